import type { Access } from '../plan/access';
import { fieldBit } from '../../vocabulary/fields';
import { all, levelKeys, seal, sql, type CompiledRead } from './sql';
import { fieldIsVisible, rowIsThere, visibleRows } from './visible-rows';

export const RESULT_COLUMNS = ['member_id', 'record_id', 'result_id'] as const;

/**
 * The results of the visible reports of the members of a level, in each report's own order: ids of those observations alone that the caller may
 * see. An id that lies in a report whose observation is hidden does not leave the database. Null where the caller sees no result of any report.
 */
export function compileResultRead(access: Access, keys: number): CompiledRead | null {
  const reports = visibleRows(access, 'DiagnosticReport', true);
  const results = visibleRows(access, 'Observation', true, 'v');
  if (!reports || !results) return null;
  const told = fieldIsVisible(reports, 'resultIds', fieldBit('DiagnosticReport', 'resultIds'), reports.hidden);
  if (told === 'NEVER') return null;
  // The list is JSON: an id stands in it between quotation marks.
  const place = sql`INSTR(r.result_ids, CONCAT('"', v.id, '"'))`;
  const where = all([
    sql`r.member_id IN (${levelKeys(keys)})`, sql`v.member_id = r.member_id`, sql`r.result_ids IS NOT NULL`, sql`${place} > 0`,
    rowIsThere(reports, reports.hidden), rowIsThere(results, results.hidden), ...(told === 'ALWAYS' ? [] : [told]),
  ]);
  const read = sql`SELECT r.member_id AS member_id, r.id AS record_id, v.id AS result_id FROM ${reports.from}, ${results.from} WHERE ${where} ORDER BY r.member_id, r.id, ${place}, v.id`;
  return seal(read, RESULT_COLUMNS);
}
