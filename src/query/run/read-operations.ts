import { fieldBit } from '../../vocabulary/fields';
import type { RecordType } from '../../vocabulary/records';
import { compileMemberScope } from '../compile/member-read';
import { all, constant, name, seal, sql, type CompiledRead, type Fragment } from '../compile/sql';
import { fieldIsVisible, rowIsThere, visibleRows } from '../compile/visible-rows';
import type { PlannedField } from '../plan/selection';
import { checkedPageSize, runValues, statement, type Reading } from './reading';

/** A cell of 1 to 10 is suppressed; 0 is shown (policy section 8, aggregates). */
const SMALLEST = 11;
const isSmall = (count: number): boolean => count > 0 && count < SMALLEST;
interface Tally { key: string; display: string | null; count: number | null; suppressed: boolean }

/** Counts of the members reached, and of those among them that the filter selects. */
function countRead(reading: Reading, field: PlannedField, filter: Filters): CompiledRead {
  const { reached, filtered } = compileMemberScope(reading.access, field.id, filter);
  return seal(sql`SELECT COUNT(*) AS reached, COALESCE(SUM(CASE WHEN ${filtered.where} THEN 1 ELSE 0 END), 0) AS chosen FROM member m WHERE ${reached}`, ['reached', 'chosen']);
}
type Filters = Readonly<Record<string, unknown>> | null;

/** Visible rows of one type of the members selected, grouped by a visible value. `distinct`: members, not rows, are counted. */
function tallyRead(reading: Reading, field: PlannedField, filter: Filters, type: RecordType, column: 'code' | 'measure', status: Fragment | null, distinct: boolean): CompiledRead | null {
  const rows = visibleRows(reading.access, type, true);
  if (!rows) return null;
  const visible = fieldIsVisible(rows, column, fieldBit(type, column), rows.hidden);
  // A status that is hidden is NULL here too: it neither counts a row nor leaves it out (law 3).
  const statusVisible = status ? fieldIsVisible(rows, 'status', fieldBit(type, 'status'), rows.hidden) : 'ALWAYS';
  if (visible === 'NEVER' || statusVisible === 'NEVER') return null;
  const { reached, filtered } = compileMemberScope(reading.access, field.id, filter);
  const where = all([
    rowIsThere(rows, rows.hidden), ...(visible === 'ALWAYS' ? [] : [visible]), ...(statusVisible === 'ALWAYS' ? [] : [statusVisible]), ...(status ? [status] : []), sql`${name(`r.${column}`)} IS NOT NULL`,
    sql`EXISTS (SELECT 1 FROM member m WHERE m.id = r.member_id AND ${reached} AND ${filtered.where})`,
  ]);
  const key = column === 'code' ? [name('r.code_system'), name('r.code')] : [constant(null), name('r.measure')];
  const display = column === 'code' ? sql`MIN(r.code_display)` : sql`MIN(r.measure)`;
  const count = distinct ? sql`COUNT(DISTINCT r.member_id)` : sql`COUNT(*)`;
  const grouped = column === 'code' ? sql`r.code_system, r.code` : sql`r.measure`;
  return seal(sql`SELECT ${key[0] as Fragment} AS system_, ${key[1] as Fragment} AS key_, ${display} AS display_, ${count} AS count_ FROM ${rows.from} WHERE ${where} GROUP BY ${grouped}`, ['system', 'key', 'display', 'count']);
}

/** Largest first, suppressed cells last by key: an order by hidden counts would tell them. */
function arranged(rows: readonly (readonly unknown[])[], hideAll: boolean): Tally[] {
  return rows.map(([system, key, display, count]) => {
    const suppressed = hideAll || isSmall(Number(count));
    return { key: system === null ? String(key) : `${String(system)}|${String(key)}`, display: display === null ? null : String(display), count: suppressed ? null : Number(count), suppressed };
  }).sort((left, right) => (right.count ?? -1) - (left.count ?? -1) || (left.key < right.key ? -1 : 1));
}

function tallySize(reading: Reading, field: PlannedField): number {
  return checkedPageSize(reading.arguments.get(field.id)?.['first'] ?? 20);
}

const TALLIES = {
  openCareGapsByMeasure: { type: 'CareGap', column: 'measure', distinct: false },
  membersByCondition: { type: 'Condition', column: 'code', distinct: true },
  membersByMedication: { type: 'Medication', column: 'code', distinct: true },
} as const;

/**
 * The operations report: counts over rows that the caller could see one by one. Where the filter selects, or leaves out, 1 to 10 of
 * the members reached, every cell is suppressed: the difference to the whole would tell them.
 */
export async function readOperations(reading: Reading, field: PlannedField): Promise<Record<string, unknown>> {
  const filter = (reading.arguments.get(field.id)?.['filter'] ?? null) as Filters;
  const counted = statement(reading, `operations:${field.id}`, () => countRead(reading, field, filter));
  const [row] = await reading.database.rows(counted, runValues(reading, [], null));
  const [reached, chosen] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0)];
  const hideAll = isSmall(chosen) || isSmall(reached - chosen);
  compileMemberScope(reading.access, field.id, filter).filtered.coordinates.forEach((each) => reading.touched.used.add(each));
  const report: Record<string, unknown> = { __typename: 'OperationsReport' };
  for (const part of field.selections) {
    if (part.name === 'members') report[part.key] = { count: hideAll ? null : chosen, suppressed: hideAll };
    const tally = TALLIES[part.name as keyof typeof TALLIES];
    if (!tally) continue;
    const open = part.name === 'openCareGapsByMeasure' ? sql`r.status = 'open'` : null;
    const read = statement(reading, `tally:${field.id}:${part.name}`, () => tallyRead(reading, field, filter, tally.type, tally.column, open, tally.distinct));
    const rows = read ? await reading.database.rows(read, runValues(reading, [], null)) : [];
    const all_ = arranged(rows, hideAll);
    report[part.key] = part.name === 'openCareGapsByMeasure' ? all_ : all_.slice(0, tallySize(reading, part));
    reading.touched.used.add(`${tally.type}.${tally.column}`);
    if (open) reading.touched.used.add(`${tally.type}.status`);
  }
  return report;
}
