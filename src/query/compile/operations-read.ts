import { fieldBit } from '../../vocabulary/fields';
import type { RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import type { PlannedField } from '../plan/selection';
import { compileMemberScope } from './member-read';
import { all, constant, name, seal, sql, type CompiledRead, type Fragment } from './sql';
import { fieldIsVisible, rowIsThere, visibleRows } from './visible-rows';

export type Filters = Readonly<Record<string, unknown>> | null;

/** The rows that are open, of a type with a status. */
export const OPEN: Fragment = sql`r.status = 'open'`;

/** Counts of the members reached, and of those among them that the filter selects. */
export function countRead(access: Access, field: PlannedField, filter: Filters): CompiledRead {
  const { reached, filtered } = compileMemberScope(access, field.id, filter);
  return seal(sql`SELECT COUNT(*) AS reached, COALESCE(SUM(CASE WHEN ${filtered.where} THEN 1 ELSE 0 END), 0) AS chosen FROM member m WHERE ${reached}`, ['reached', 'chosen']);
}
/** Visible rows of one type of the members selected, grouped by a visible value. `distinct`: members, not rows, are counted. */
export function tallyRead(access: Access, field: PlannedField, filter: Filters, type: RecordType, column: 'code' | 'measure', status: Fragment | null, distinct: boolean): CompiledRead | null {
  const rows = visibleRows(access, type, true);
  if (!rows) return null;
  const visible = fieldIsVisible(rows, column, fieldBit(type, column), rows.hidden);
  // A status that is hidden is NULL here too: it neither counts a row nor leaves it out (law 3).
  const statusVisible = status ? fieldIsVisible(rows, 'status', fieldBit(type, 'status'), rows.hidden) : 'ALWAYS';
  if (visible === 'NEVER' || statusVisible === 'NEVER') return null;
  const { reached, filtered } = compileMemberScope(access, field.id, filter);
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
