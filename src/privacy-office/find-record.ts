import type { EntityManager } from 'typeorm';
import { RECORD_TYPES, RECORD_TYPE_NAMES, type RecordType } from '../vocabulary/records';

export interface FoundRecord { readonly type: RecordType; readonly id: string; readonly member_id: string; readonly own_labels: number }

const EVERY_TYPE = RECORD_TYPE_NAMES.map((type) =>
  `SELECT '${type}' AS type, id, member_id, own_labels FROM \`${RECORD_TYPES[type].table}\` WHERE id = ?`).join(' UNION ALL ');

/** The records of that id, of whatever type, in one statement. */
export const findRecords = (manager: EntityManager, id: string): Promise<FoundRecord[]> =>
  manager.query(EVERY_TYPE, RECORD_TYPE_NAMES.map(() => id)) as Promise<FoundRecord[]>;
