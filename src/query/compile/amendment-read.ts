import { fieldBit, fieldsOf } from '../../vocabulary/fields';
import type { RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { operandSql, predicateSql, type SqlScope } from './predicate-sql';
import { all, any, constant, constants, join, levelKeys, name, number, seal, sql, type CompiledRead, type Fragment } from './sql';
import { fieldIsVisible, rowIsThere, visibleRows, type VisibleRows } from './visible-rows';

export const AMENDMENT_COLUMNS = ['member_id', 'record_id', 'id', 'field', 'proposed', 'status', 'reason', 'statement', 'rebuttal', 'decided_at', 'previous'] as const;

/** Told in place of a proposed value that the caller may not read: the field cannot be null. */
const WITHHELD = 'Withheld.';

/** The bit of the field that the entry amends. */
function amendedBit(type: RecordType): Fragment {
  const cases = fieldsOf(type).map((field) => sql` WHEN ${constant(field)} THEN ${number(fieldBit(type, field))}`);
  return sql`CASE a.field${join(cases, '')} ELSE 0 END`;
}

/** Whether the caller would see the amended field of a record that bore the classes which these words reveal, and no others. */
function wordsAreVisible(rows: VisibleRows, labels: Fragment): Fragment {
  const scope: SqlScope = { ...rows.scope, record: (column) => (column === 'labels' ? labels : rows.scope.record(column)) };
  const operand = rows.groups[0]?.decision.hidden;
  const free = rows.hidden && operand ? [sql`(${operandSql(operand, scope)} & ${amendedBit(rows.type)}) = 0`] : [];
  const open = any(rows.groups.map((each) => all([sql`a.field IN (${constants(each.group.fields)})`, predicateSql(each.residual, scope)])));
  return sql`(${labels} = 0 OR (${all([open, ...free])}))`;
}

/** The columns of an entry: its words where the caller may read them; in place of a statement the summary of the privacy office, and until there is one nothing (policy section 6). */
function cells(rows: VisibleRows): Fragment[] {
  const proposed = wordsAreVisible(rows, name('a.proposed_labels'));
  const words: Readonly<Record<string, Fragment>> = {
    proposed: sql`CASE WHEN ${proposed} THEN a.proposed ELSE ${constant(WITHHELD)} END`,
    reason: sql`CASE WHEN ${proposed} THEN a.reason END`,
    previous: sql`CASE WHEN ${proposed} THEN a.previous END`,
    statement: sql`CASE WHEN ${wordsAreVisible(rows, name('a.statement_labels'))} THEN a.statement ELSE a.summary END`,
    rebuttal: sql`CASE WHEN ${wordsAreVisible(rows, name('a.rebuttal_labels'))} THEN a.rebuttal END`,
  };
  return AMENDMENT_COLUMNS.map((column) => sql`${words[column] ?? name(`a.${column}`)} AS ${name(column)}`);
}

/**
 * Amendments of the visible records of a type, for the members of the level above: accepted ones with their history, and denied ones with
 * their statement. An entry is visible exactly to those who see the field that it amends on that record (policy section 2).
 */
export function compileAmendmentRead(access: Access, type: RecordType, keys: number): CompiledRead | null {
  const rows = visibleRows(access, type, true);
  if (!rows) return null;
  const seen = fieldsOf(type).flatMap((field) => {
    const visible = fieldIsVisible(rows, field, fieldBit(type, field), rows.hidden);
    if (visible === 'NEVER') return [];
    return [visible === 'ALWAYS' ? sql`a.field = ${constant(field)}` : sql`a.field = ${constant(field)} AND ${visible}`];
  });
  // A restriction on the history itself hides every entry, whatever field it amends.
  const history = rows.hidden ? [sql`(${rows.hidden} & ${number(fieldBit(type, 'amendments'))}) = 0`] : [];
  const where = all([
    sql`a.member_id IN (${levelKeys(keys)})`,
    sql`a.record_type = ${constant(type)}`, sql`a.status = 'ACCEPTED' OR (a.status = 'DENIED' AND a.statement IS NOT NULL)`, rowIsThere(rows, rows.hidden), ...history, any(seen),
  ]);
  const read = sql`SELECT ${join(cells(rows), ', ')} FROM ${rows.from} JOIN amendment a ON a.member_id = r.member_id AND a.record_id = r.id WHERE ${where} ORDER BY a.member_id, a.record_id, a.id`;
  return seal(read, AMENDMENT_COLUMNS);
}
