import type { EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import { claim } from '../entities/tables/records';
import { RECORD_TYPES, RECORD_TYPE_NAMES } from '../vocabulary/records';
import type { CheckedGrant } from './check-grant';
import { notFound } from './standing';

export interface ScopedRecord { readonly member_id: string; readonly record_id: string; readonly named: number }

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** Records of these members by a column, of every type, in one statement. */
async function recordsBy(manager: EntityManager, column: 'id' | 'encounter_id', values: readonly string[], memberIds: readonly string[]): Promise<{ id: string; member_id: string }[]> {
  const one = (type: (typeof RECORD_TYPE_NAMES)[number]): string => `SELECT id, member_id FROM \`${RECORD_TYPES[type].table}\` WHERE ${column} IN (${marks(values.length)}) AND member_id IN (${marks(memberIds.length)})`;
  return manager.query(RECORD_TYPE_NAMES.map(one).join(' UNION ALL '), RECORD_TYPE_NAMES.flatMap(() => [...values, ...memberIds])) as Promise<{ id: string; member_id: string }[]>;
}

/** The records of a claim: the claim, its encounter and all of the encounter's (164.512(l)). A claim that is not on record here has none: the request names its records then. */
async function recordsOfClaim(manager: EntityManager, id: string, memberIds: readonly string[]): Promise<ScopedRecord[]> {
  const [found] = await selectRows(manager, claim, { id, member_id: memberIds });
  if (!found) return [];
  const encounter = found.encounter_id;
  const around = encounter === null ? [] : [...await recordsBy(manager, 'encounter_id', [encounter], memberIds), { id: encounter, member_id: found.member_id }];
  const ids = new Map([{ id, member_id: found.member_id }, ...around].map((each) => [each.id, each]));
  return [...ids.values()].map((each) => ({ member_id: each.member_id, record_id: each.id, named: 0 }));
}

/**
 * The records that a grant is limited to: those that it names, else those of the claim that it states; null where neither limits it.
 * @throws NOT_FOUND for a record that is not there, or not one of the grant's members; one that the caller may not see was asked before, and answered
 * alike (named-records.ts)
 */
export async function scopeOfGrant(manager: EntityManager, { clause, recordIds, elements, memberIds }: CheckedGrant): Promise<ScopedRecord[] | null> {
  if (recordIds) {
    const found = await recordsBy(manager, 'id', recordIds, memberIds);
    if (recordIds.some((id) => !found.some((each) => each.id === id))) throw notFound('input.recordIds');
    return [...new Map(found.map((each) => [`${each.member_id} ${each.id}`, { member_id: each.member_id, record_id: each.id, named: 1 }])).values()];
  }
  return clause.id === 'workers-compensation' ? recordsOfClaim(manager, elements['claim'] ?? '', memberIds) : null;
}
