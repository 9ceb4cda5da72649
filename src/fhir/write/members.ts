import type { EntityManager } from 'typeorm';
import type { Mapping } from '../mapping';
import { conditionsOf } from './keys';
import { marks, slices } from './upsert';

/** Resources whose rows bear their id, or their id and a part of it (`id.1`). */
const ROWS_OF: readonly (readonly ['care_team' | 'coverage', string, ReadonlySet<string>])[] = [
  ['care_team', "origin = 'IMPORT'", new Set(['CareTeam'])], ['coverage', "basis = 'COVERAGE'", new Set(['Coverage', 'Claim', 'ExplanationOfBenefit'])],
];

/** Removes the rows that an earlier import of these resources made beside their records: what is not said again must not stay. */
export async function forgetRows(manager: EntityManager, mappings: readonly Mapping[]): Promise<void> {
  for (const slice of slices(mappings.flatMap((each) => (each.type === 'Patient' ? [each.id] : [])))) {
    await manager.query(`DELETE FROM government_id WHERE member_id IN (${marks(slice)})`, slice);
  }
  for (const [table, mine, types] of ROWS_OF) {
    const owners = new Set(mappings.filter((each) => types.has(each.type)).map((each) => `${each.memberId} ${each.id}`));
    const members = [...new Set(mappings.filter((each) => types.has(each.type)).map((each) => each.memberId as string))];
    for (const slice of slices(members, 200)) {
      const rows = await manager.query(`SELECT member_id, id FROM ${table} WHERE member_id IN (${marks(slice)}) AND ${mine}`, slice) as { member_id: string; id: string }[];
      const stale = rows.filter((each) => ownersOf(each).some((one) => owners.has(one))).map((each) => ({ memberId: each.member_id, id: each.id }));
      for (const { where, values } of conditionsOf(stale)) await manager.query(`DELETE FROM ${table} WHERE ${where}`, values);
    }
  }
}

/** An id may hold dots itself: every beginning of it can be the resource's. */
function ownersOf({ member_id, id }: { member_id: string; id: string }): string[] {
  const parts = id.split('.');
  return parts.map((_, count) => `${member_id} ${parts.slice(0, count + 1).join('.')}`);
}
