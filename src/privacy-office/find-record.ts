import type { EntityManager } from 'typeorm';
import { invariant } from '../vocabulary/errors';
import { RECORD_TYPES, RECORD_TYPE_NAMES, type RecordType } from '../vocabulary/records';
import { classesOf } from '../vocabulary/sensitivity';

export interface FoundRecord { readonly type: RecordType; readonly id: string; readonly member_id: string; readonly own_labels: number }

const EVERY_TYPE = RECORD_TYPE_NAMES.map((type) =>
  `SELECT '${type}' AS type, id, member_id, own_labels FROM \`${RECORD_TYPES[type].table}\` WHERE id = ?`).join(' UNION ALL ');

/** The records of that id, of whatever type, in one statement. */
export const findRecords = (manager: EntityManager, id: string): Promise<FoundRecord[]> =>
  manager.query(EVERY_TYPE, RECORD_TYPE_NAMES.map(() => id)) as Promise<FoundRecord[]>;

/** Keys and labels of a record that its writer may not read: nothing clinical. It must be there. */
export async function readKeys(manager: EntityManager, type: RecordType, memberId: string, id: string): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await manager.query(`SELECT labels, governed_by FROM ${RECORD_TYPES[type].table} WHERE member_id = ? AND id = ?`, [memberId, id]) as { labels: number; governed_by: string }[];
  invariant(row, 'a record that was written is there');
  return { __typename: type, id, memberId, labels: classesOf(row.labels), governedBy: row.governed_by };
}
