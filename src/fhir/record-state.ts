import type { EntityManager } from 'typeorm';
import type { LabelBasis } from '../labelling/labels';
import { RECORD_TYPES, RECORD_TYPE_NAMES, type RecordType } from '../vocabulary/records';
import { classBit, isClass } from '../vocabulary/sensitivity';
import type { Cells, LabelSource } from './mapping';
import { marks, slices } from './write/upsert';

/** A record of a member as the settling sees it: one that is being written (`draft`), or one that stands in its table. */
export interface RecordState {
  memberId: string; type: RecordType; id: string; draft: boolean;
  /** The row, or of a stored one the columns that settling can change. */ row: Cells;
  cites: string[];
  /** Own labels; of a stored record as stored, unless it is labelled again. */ own: number;
  /** Why it bears them; null leaves what is stored. */ bases: LabelBasis[] | null;
  /** The Part 2 program that keeps, recorded or authored it. */ ownProgram: string | null;
  ownGoverned: boolean;
}
export const keyOf = (type: string, id: string): string => `${type}/${id}`;
/** A record's key among those of several members. */
export const memberKey = (memberId: string, type: string, id: string): string => `${memberId} ${type}/${id}`;

const COLUMNS = 'member_id, id, encounter_id, record_date, recorded_at, labels, own_labels, labelled, governed_by, program_id';
const UNION = (places: string): string => RECORD_TYPE_NAMES.map((type) => {
  const own = type === 'Encounter' ? 'organization_id, start_at' : 'NULL AS organization_id, NULL AS start_at';
  return `SELECT '${type}' AS type, ${COLUMNS}, ${own} FROM ${RECORD_TYPES[type].table} WHERE member_id IN (${places})`;
}).join(' UNION ALL ');

/** The stored records of members, but those being written now (by their keys). */
export async function storedStates(manager: EntityManager, memberIds: readonly string[], drafts: ReadonlySet<string>): Promise<RecordState[]> {
  const states = new Map<string, RecordState>();
  for (const slice of slices(memberIds, 50)) {
    const rows = await manager.query(UNION(marks(slice)), RECORD_TYPE_NAMES.flatMap(() => slice)) as (Cells & { type: RecordType })[];
    for (const { type, ...row } of rows) {
      const memberId = row.member_id as string;
      const id = row.id as string;
      const key = memberKey(memberId, type, id);
      if (!drafts.has(key)) states.set(key, { memberId, type, id, draft: false, row, cites: [], own: row.own_labels as number, bases: null, ownProgram: null, ownGoverned: false });
    }
    const citations = await manager.query(`SELECT member_id, record_type, record_id, cited_type, cited_id FROM citation WHERE member_id IN (${marks(slice)})`, slice) as Record<string, string>[];
    for (const each of citations) states.get(memberKey(each.member_id as string, each.record_type as string, each.record_id as string))?.cites.push(keyOf(each.cited_type as string, each.cited_id as string));
  }
  return [...states.values()];
}

/** A stored record from which labels, a program or a plan's agreement could reach others, or which a visit could give its date. */
const CONCERNS = "(labels <> 0 OR own_labels <> 0 OR labelled <> 1 OR program_id IS NOT NULL OR governed_by <> 'NOTICE' OR record_date IS NULL)";

/** Those of the members who have such a record: of the others nothing that is stored can change by what is written now. */
export async function concernedMembers(manager: EntityManager, memberIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const some = RECORD_TYPE_NAMES.map((type) => `EXISTS (SELECT 1 FROM ${RECORD_TYPES[type].table} r WHERE r.member_id = m.id AND ${CONCERNS})`).join(' OR ');
  for (const slice of slices(memberIds)) {
    for (const each of await manager.query(`SELECT m.id FROM member m WHERE m.id IN (${marks(slice)}) AND (${some})`, slice) as { id: string }[]) found.add(each.id);
  }
  return found;
}

/** The keys of those of the records that are stored already. */
export async function storedKeys(manager: EntityManager, records: readonly { memberId: string; type: RecordType; id: string }[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const type of new Set(records.map((each) => each.type))) for (const slice of slices(records.filter((each) => each.type === type).map((each) => each.id))) {
    const rows = await manager.query(`SELECT member_id, id FROM ${RECORD_TYPES[type].table} WHERE id IN (${marks(slice)})`, slice) as { member_id: string; id: string }[];
    for (const each of rows) found.add(memberKey(each.member_id, type, each.id));
  }
  return found;
}

export interface StoredSource { memberId: string; type: string; id: string; source: LabelSource }
/** What the labels of stored records were derived from. */
export async function storedSources(manager: EntityManager, memberIds: readonly string[], type?: string): Promise<StoredSource[]> {
  const found: StoredSource[] = [];
  for (const slice of slices(memberIds, 50)) {
    const rows = await manager.query(`SELECT member_id, record_type, record_id, input FROM label_source WHERE member_id IN (${marks(slice)})${type ? ' AND record_type = ?' : ''}`,
      type ? [...slice, type] : slice) as Record<string, string>[];
    for (const each of rows) found.push({ memberId: each.member_id as string, type: each.record_type as string, id: each.record_id as string, source: JSON.parse(each.input as string) as LabelSource });
  }
  return found;
}

/** Labels that a privacy officer set (relabelRecord): they stand in place of own labels, whatever a file or a code set says. */
export async function manualLabels(manager: EntityManager, memberIds: readonly string[]): Promise<Map<string, number>> {
  const manual = new Map<string, number>();
  for (const slice of slices(memberIds, 200)) {
    const rows = await manager.query(`SELECT member_id, record_type, record_id, class FROM label_basis WHERE member_id IN (${marks(slice)}) AND basis = 'MANUAL'`, slice) as Record<string, string>[];
    for (const each of rows) {
      const key = memberKey(each.member_id as string, each.record_type as string, each.record_id as string);
      manual.set(key, (manual.get(key) ?? 0) | (isClass(each.class as string) ? classBit(each.class as never) : 0));
    }
  }
  return manual;
}
