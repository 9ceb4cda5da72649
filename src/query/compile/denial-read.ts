import type { RecordType } from '../../vocabulary/records';
import { classBit } from '../../vocabulary/sensitivity';
import type { Access } from '../plan/access';
import { any, join, levelKeys, number, seal, sql, type CompiledRead } from './sql';
import { rowIsThere, visibleRows } from './visible-rows';

/**
 * Which of these types hold a psychotherapy note, and which something compiled for a legal proceeding, among the records that the access
 * would show of the members of a level; null where it shows none of the types. `place`: that of the type in the list.
 */
export function denialRead(access: Access, types: readonly RecordType[], size: number): CompiledRead | null {
  const keys = levelKeys(size);
  const parts = types.flatMap((type, place) => {
    const rows = visibleRows(access, type, true);
    if (!rows) return [];
    const kept = any([sql`r.legal = 1`, sql`(r.labels & ${number(classBit('PSYTHPN'))}) <> 0`]);
    return [sql`SELECT ${number(place)} AS place, MAX(CASE WHEN (r.labels & ${number(classBit('PSYTHPN'))}) <> 0 THEN 1 ELSE 0 END) AS note, MAX(r.legal) AS legal FROM ${rows.from} WHERE r.member_id IN (${keys}) AND (${rowIsThere(rows, rows.hidden)}) AND ${kept}`];
  });
  return parts.length === 0 ? null : seal(join(parts, ' UNION ALL '), ['place', 'note', 'legal']);
}
