import type { EntityManager } from 'typeorm';
import { instantOf } from '../../vocabulary/instants';
import { marks, slices } from './upsert';

/** Notes of members that who may see what of them may have changed now: an export of changes has them whole. */
export async function stampStanding(manager: EntityManager, memberIds: readonly string[], now: string = instantOf(new Date())): Promise<void> {
  for (const slice of slices([...new Set(memberIds)])) await manager.query(`UPDATE member SET standing_changed_at = ? WHERE id IN (${marks(slice)})`, [now, ...slice]);
}
