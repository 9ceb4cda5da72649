import type { EntityManager } from 'typeorm';
import type { TableName } from '../../entities/tables';
import { RECORD_TYPES } from '../../vocabulary/records';
import type { Cells, RecordDraft } from '../mapping';
import { memberKey } from '../record-state';
import type { Settled } from '../settle';
import { conditionsOf, type Key } from './keys';
import { stampStanding } from './stamp-standing';
import { marks, slices, upsert } from './upsert';

/** What a file cannot change: a withholding on a professional's finding, and when the record first came (an ended restriction goes by it). */
const KEEP = ['withheld', 'updated_at'];

const groupBy = <T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(key(each));
    if (group) group.push(each);
    else groups.set(key(each), [each]);
  }
  return groups;
};

/** Deletes what hangs on records (by member, type and id), so that a second import replaces it. */
async function deleteOf(manager: EntityManager, table: 'citation' | 'label_basis' | 'label_source', keys: readonly Key[], more = ''): Promise<void> {
  for (const { where, values } of conditionsOf(keys, 'record_id')) await manager.query(`DELETE FROM ${table} WHERE ${where}${more}`, values);
}

/** Writes records with all that hangs on them. `known`: the members of whom something is stored already; `replaced`: the records that are. */
export async function writeRecords(
  manager: EntityManager, drafts: readonly RecordDraft[], settled: readonly Settled[], known: ReadonlySet<string>, replaced: ReadonlySet<string>,
): Promise<void> {
  const stale = drafts.filter((each) => replaced.has(memberKey(each.row.member_id as string, each.type, each.id))).map((each) => ({ memberId: each.row.member_id as string, type: each.type, id: each.id }));
  await deleteOf(manager, 'citation', stale);
  await deleteOf(manager, 'label_basis', stale, " AND own = 1 AND basis <> 'MANUAL'");
  for (const [table, rows] of groupBy(drafts, (each) => each.table)) await upsert(manager, table as TableName, rows.map((each) => each.row), { keep: KEEP, stamp: 'changed_at' });
  await upsert(manager, 'label_source', drafts.map((each) => ({
    member_id: each.row.member_id as string, record_type: each.type, record_id: each.id, input: JSON.stringify(each.source),
  })));
  await upsert(manager, 'citation', drafts.flatMap((each) => each.cites.map((key): Cells => {
    const slash = key.indexOf('/');
    return { member_id: each.row.member_id as string, record_type: each.type, record_id: each.id, cited_type: key.slice(0, slash), cited_id: key.slice(slash + 1) };
  })));
  await writeSettled(manager, settled, known);
}

/** Writes what settling changed in stored records, and why each record bears its labels. */
export async function writeSettled(manager: EntityManager, settled: readonly Settled[], known: ReadonlySet<string>): Promise<void> {
  for (const { state, changed } of settled) {
    if (state.draft || !changed) continue;
    const { labels, own_labels, labelled, program_id, governed_by, record_date } = state.row;
    await manager.query(`UPDATE ${RECORD_TYPES[state.type].table} SET labels = ?, own_labels = ?, labelled = ?, program_id = ?, governed_by = ?, record_date = ? WHERE member_id = ? AND id = ?`,
      [labels, own_labels, labelled, program_id, governed_by, record_date, state.memberId, state.id]);
  }
  await stampStanding(manager, settled.filter(({ changed, state }) => changed && !state.draft && known.has(state.memberId)).map(({ state }) => state.memberId));
  const again = settled.filter(({ state }) => !state.draft && state.bases).map(({ state }) => state);
  await deleteOf(manager, 'label_basis', again, " AND own = 1 AND basis <> 'MANUAL'");
  for (const slice of slices([...new Set(settled.map(({ state }) => state.memberId))].filter((id) => known.has(id)), 100)) {
    await manager.query(`DELETE FROM label_basis WHERE member_id IN (${marks(slice)}) AND own = 0`, slice);
  }
  await upsert(manager, 'label_basis', settled.flatMap(basisRows));
}

function basisRows({ state, inherited }: Settled): Cells[] {
  const of = (own: number) => (basis: Settled['inherited'][number]): Cells => ({
    member_id: state.memberId, record_type: state.type, record_id: state.id, class: basis.class, rule: basis.rule, basis: basis.basis, code_set: basis.codeSet, linked: basis.linked, own,
  });
  return [...inherited.map(of(0)), ...(state.bases ?? []).map(of(1))];
}

/** Removes claims of their own that turned out to complete others. */
export async function removeClaims(manager: EntityManager, claims: readonly Key[]): Promise<void> {
  const own: Key[] = [];
  for (const { where, values } of conditionsOf(claims)) {
    const rows = await manager.query(`SELECT member_id, id FROM claim WHERE ${where}`, values) as { member_id: string; id: string }[];
    own.push(...rows.map((each) => ({ memberId: each.member_id, type: 'Claim', id: each.id })));
  }
  for (const { where, values } of conditionsOf(own.map(({ memberId, id }) => ({ memberId, id })))) await manager.query(`DELETE FROM claim WHERE ${where}`, values);
  for (const table of ['citation', 'label_basis', 'label_source'] as const) await deleteOf(manager, table, own);
}
