import { always, eq, record, value } from '../../permissions/core/predicate';
import type { RecordType } from '../../vocabulary/records';
import { fieldBit } from '../../vocabulary/fields';
import type { Access } from '../plan/access';
import type { PlannedField } from '../plan/selection';
import { recordField } from './columns';
import { formed, isWithin, readsBeside } from './forms';
import { recordFilter, type Filter } from './filters';
import { all, constant, join, name, number, parameter, seal, sql, type CompiledRead, type Fragment, type Parameter } from './sql';
import { isAfter, orderOf } from './order';
import { predicateSql } from './predicate-sql';
import type { LevelRules } from './level-facts';
import { visibleRowsOfKnown } from './known-rows';
import type { LevelShape } from './told-level';
import { fieldIsVisible, memberScope, rowIsThere, visibleRows, visibleRowsOfLevel, type VisibleRows } from './visible-rows';

/** Columns that every record's row carries besides the selected cells: keys, and the labels that the audit record names. */
export const ROW_KEYS = ['member_id', 'id', 'labels'] as const;

/** Where the records of a statement come from. */
export type RecordSource =
  /** A connection of the members of the level above, `first` + 1 rows of each. */
  | { readonly kind: 'OF_MEMBERS'; readonly keys: number; readonly first: number; readonly after: boolean; readonly field: number }
  /** The same, of members whose facts are known: `keys` times `first` + 1 rows at most, of several members in no order. `asking`: those whose restrictions are to be asked row by row. */
  | { readonly kind: 'KNOWN'; readonly level: LevelShape; readonly first: number; readonly after: boolean; readonly field: number; readonly rules: LevelRules; readonly asking: boolean }
  /** A list across members; `keys`: among so many of them, null for all whom the caller reaches. */
  | { readonly kind: 'ACROSS'; readonly keys: number | null; readonly first: number; readonly after: boolean; readonly field: number }
  /** One record by id, of one member. */
  | { readonly kind: 'ONE' };

interface Cells { readonly columns: readonly string[]; readonly expressions: readonly Fragment[]; readonly raw: readonly string[] }

/** That a report has a list of results; what stands in it is read for those who see the results (result-read.ts). */
const LIST_IS_THERE: Fragment = sql`CASE WHEN r.result_ids IS NOT NULL THEN '[]' END`;

/** The selected cells as SQL over the derived rows `r`: visible, or NULL. A column that nobody may see is not among them. */
function cellsOf(access: Access, rows: VisibleRows, fields: readonly PlannedField[], hidden: Fragment | null): Cells {
  const columns: string[] = [];
  const expressions: Fragment[] = [];
  const raw = new Set<string>();
  const add = (column: string, field: string): void => {
    if (columns.includes(column) || (ROW_KEYS as readonly string[]).includes(column)) return;
    if (!isWithin(access, `${rows.type}.${field}`)) return;
    const bit = fieldBit(rows.type, field);
    const visible = bit === 0 ? 'ALWAYS' as const : fieldIsVisible(rows, field, bit, hidden);
    if (visible === 'NEVER') return;
    columns.push(column);
    raw.add(column);
    const shown = column === 'result_ids' ? LIST_IS_THERE : formed(access, `r.${column}`);
    if (access.profile.grant) for (const each of readsBeside(column)) raw.add(each);
    expressions.push(visible === 'ALWAYS' ? shown : sql`CASE WHEN ${visible} THEN ${shown} END`);
  };
  for (const field of fields) {
    const source = recordField(rows.type, field.name);
    if (!source) continue;
    if (source.kind === 'scalar') add(source.column, field.name);
    else for (const part of field.selections) { const column = source.parts[part.name]; if (column && isWithin(access, `Code.${part.name}`)) add(column, field.name); }
  }
  return { columns, expressions, raw: [...raw] };
}

/** Columns of the record that a rule or a filter of the outer statement still reads. */
const RULE_COLUMNS = ['member_id', 'id', 'labels', 'encounter_id', 'recorded_at', 'record_date', 'status', 'code', 'code_system'] as const;

function filterColumns(type: RecordType): string[] {
  if (type === 'CareGap') return ['measure', 'due_at'];
  return type === 'Claim' ? ['service_start'] : [];
}

/** Where a type has two groups, the derived rows carry the verdict of each, so that no rule is asked twice of a row. */
function groupFlags(rows: VisibleRows): { select: Fragment[]; outer: VisibleRows } {
  const decided = { ...rows, open: all([]) };
  if (rows.groups.length === 1) return { select: [], outer: { ...decided, groups: rows.groups.map((each) => ({ ...each, residual: always })) } };
  const select = rows.groups.map((each, place) => sql`CASE WHEN ${predicateSql(each.residual, rows.scope)} THEN 1 ELSE 0 END AS ${name(`open${place}`)}`);
  return { select, outer: { ...decided, groups: rows.groups.map((each, place) => ({ ...each, residual: eq(record(`open${place}`), value(1)) })) } };
}

/** A limit that limits nothing: neither database merges a derived table that has one, so what it works out is worked out once. */
const EVERY_ROW: Fragment = { text: '9223372036854775807', parameters: [] };

/** Derived rows: the visible records of the source, with their restricted fields and group verdicts worked out once a row. */
function derivedRows(rows: VisibleRows, flags: Fragment[], needed: readonly string[], scopeCondition: Fragment): Fragment {
  const columns = [...new Set([...RULE_COLUMNS, ...filterColumns(rows.type), ...needed])].map((column) => name(`r.${column}`));
  const hidden = rows.hidden ? [sql`${rows.hidden} AS hidden`] : [];

  return sql`(SELECT ${join([...columns, ...hidden, ...flags], ', ')} FROM ${rows.from} WHERE ${all([scopeCondition, rows.open])} LIMIT ${EVERY_ROW})`;
}

export interface RecordRead { readonly read: CompiledRead; readonly filter: Filter }
type Filters = Readonly<Record<string, unknown>> | null | undefined;

function rowsOf(access: Access, type: RecordType, source: RecordSource): VisibleRows | null {
  if (source.kind === 'OF_MEMBERS' || (source.kind === 'ACROSS' && source.keys !== null)) return visibleRowsOfLevel(access, type, source.keys ?? 0);
  return source.kind === 'KNOWN' ? visibleRowsOfKnown(access, source.rules, source.level, source.asking) : visibleRows(access, type, false);
}

interface Parts { readonly cells: Cells; readonly from: Fragment; readonly where: Fragment; readonly filter: Filter }

/** The rows of one type: denied columns are not selected, rows are cut by WHERE below any LIMIT, filters look at visible values alone. */
function partsOf(access: Access, type: RecordType, fields: readonly PlannedField[], source: RecordSource, filters: Filters): Parts | null {
  const rows = rowsOf(access, type, source);
  if (!rows) return null;
  // What facts tell is worked out on the row as it lies; a question to another table once a row, in derived rows.
  const asIs = source.kind === 'KNOWN' && !source.asking;
  const { select: flags, outer } = asIs ? { select: [], outer: rows } : groupFlags(rows);
  const hidden = asIs ? rows.hidden : rows.hidden && name('r.hidden');
  const cells = cellsOf(access, outer, fields, hidden);
  const filter = source.kind === 'ONE' ? { where: all([]), coordinates: [] } : recordFilter(outer, source.field, filters, hidden);
  const scope = rows.within ?? scopeOf(source, access);
  const simple = asIs || (!rows.hidden && flags.length === 0);
  const from = simple ? rows.from : sql`${derivedRows(rows, flags, [...cells.raw, ...(filters?.['changedSince'] === undefined ? [] : ['changed_at'])], scope)} r`;
  const there = asIs ? all([scope, rowIsThere(rows, hidden)]) : simple ? all([scope, rows.open]) : rowIsThere(outer, hidden);
  return { cells, from, where: all([there, filter.where, ...afterCondition(access, source)]), filter };
}

/** The statement for records of one type. Null where the caller can see no record of the type. */
export function compileRecordRead(access: Access, type: RecordType, fields: readonly PlannedField[], source: RecordSource, filters: Filters): RecordRead | null {
  const parts = partsOf(access, type, fields, source, filters);
  if (!parts) return null;
  const { cells, from, where, filter } = parts;
  const select = [...ROW_KEYS.map((key) => name(`r.${key}`)), ...cells.expressions.map((each, place) => sql`${each} AS ${name(`c${place}`)}`)];
  return { read: seal(pageOf(access, { select, from, where, source }), [...ROW_KEYS, ...cells.columns]), filter };
}

/** Which members' records: those of the level above (its members stand in FROM), or of every member that the caller reaches. */
function scopeOf(source: RecordSource, access: Access): Fragment {
  if (source.kind === 'OF_MEMBERS' || source.kind === 'KNOWN') return all([]);
  if (source.kind === 'ONE') return sql`r.member_id = ${parameter((values) => values.keys[0] ?? null)} AND r.id = ${parameter((values) => values.keys[1] ?? null)}`;
  const reached = sql`EXISTS (SELECT 1 FROM member m WHERE m.id = r.member_id AND ${predicateSql(access.reach, memberScope(access))})`;
  // Of few members row by row: a semi-join could begin with all whom the caller reaches.
  return source.keys === null ? reached : sql`CASE WHEN ${reached} THEN 1 ELSE 0 END = 1`;
}

function afterCondition(access: Access, source: RecordSource): Fragment[] {
  if (source.kind === 'ONE' || !source.after) return [];
  const cursor = (part: string): Parameter => (values) => values.argument(source.field, 'cursor', part) as string;
  const after = isAfter(access, name('r.id'), cursor('id'));
  if (source.kind === 'OF_MEMBERS' || source.kind === 'KNOWN') return [after];
  return [sql`${isAfter(access, name('r.member_id'), cursor('member'))} OR (r.member_id = ${parameter(cursor('member'))} AND ${after})`];
}

/** Rows that a statement of known members returns at most; as many say that some may be missing. */
export const knownLimit = ({ level: { keys }, first }: { readonly level: LevelShape; readonly first: number }): number => keys * (first + 1) + (keys > 1 ? 1 : 0);

interface Paged { readonly select: readonly Fragment[]; readonly from: Fragment; readonly where: Fragment; readonly source: RecordSource }

/** The order is the cluster's own, (member, id), or the grant's; a page of each member is cut by its place among the member's rows. */
function pageOf(access: Access, { select, from, where, source }: Paged): Fragment {
  if (source.kind === 'ONE') return sql`SELECT ${join(select, ', ')} FROM ${from} WHERE ${where}`;
  if (source.kind === 'KNOWN') {
    // Of one member the page is cut in its order; of several a limit that leaves room for a page of each: a level that fills it is read otherwise.
    const order = source.level.keys === 1 ? sql` ORDER BY r.member_id, r.id` : sql``;
    return sql`SELECT ${join(select, ', ')} FROM ${from} WHERE ${where}${order} LIMIT ${number(knownLimit(source))}`;
  }
  const limit = number(source.first + 1);
  const id = orderOf(access, name('r.id'));
  if (source.kind !== 'OF_MEMBERS' || source.keys === 1)
    return sql`SELECT ${join(select, ', ')} FROM ${from} WHERE ${where} ORDER BY ${orderOf(access, name('r.member_id'))}, ${id} LIMIT ${limit}`;
  const names = [...ROW_KEYS, ...Array.from({ length: select.length - ROW_KEYS.length }, (_, place) => `c${place}`)].map((each) => name(`p.${each}`));
  return sql`SELECT ${join(names, ', ')} FROM (SELECT ${join(select, ', ')}, ROW_NUMBER() OVER (PARTITION BY r.member_id ORDER BY ${id}) AS place FROM ${from} WHERE ${where}) p WHERE p.place <= ${limit} ORDER BY p.member_id, p.place`;
}
