import { fieldBit, fieldsOf } from '../../vocabulary/fields';
import type { RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { all, any, constant, join, name, parameter, seal, sql, type CompiledRead } from './sql';
import { fieldIsVisible, rowIsThere, visibleRows } from './visible-rows';

export const AMENDMENT_COLUMNS = ['member_id', 'record_id', 'id', 'field', 'proposed', 'status', 'reason', 'statement', 'rebuttal', 'decided_at'] as const;

/**
 * Amendments of the visible records of a type, for the members of the level above: accepted ones, and denied ones with their
 * statement. An entry is visible exactly to those who see the field that it amends on that record (policy section 2).
 */
export function compileAmendmentRead(access: Access, type: RecordType, keys: number): CompiledRead | null {
  const rows = visibleRows(access, type, true);
  if (!rows) return null;
  const seen = fieldsOf(type).flatMap((field) => {
    const visible = fieldIsVisible(rows, field, fieldBit(type, field), rows.hidden);
    if (visible === 'NEVER') return [];
    return [visible === 'ALWAYS' ? sql`a.field = ${constant(field)}` : sql`a.field = ${constant(field)} AND ${visible}`];
  });
  const where = all([
    sql`a.member_id IN (${join(Array.from({ length: keys }, (_, place) => parameter((values) => values.keys[place] ?? null)), ', ')})`,
    sql`a.record_type = ${constant(type)}`, sql`a.status = 'ACCEPTED' OR (a.status = 'DENIED' AND a.statement IS NOT NULL)`, rowIsThere(rows, rows.hidden), any(seen),
  ]);
  const read = sql`SELECT ${join(AMENDMENT_COLUMNS.map((column) => name(`a.${column}`)), ', ')} FROM ${rows.from} JOIN amendment a ON a.member_id = r.member_id AND a.record_id = r.id WHERE ${where} ORDER BY a.member_id, a.record_id, a.id`;
  return seal(read, AMENDMENT_COLUMNS);
}
