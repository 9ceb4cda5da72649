import type { EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import type { RestrictionRow } from '../entities/tables/privacy';
import { claim, encounter } from '../entities/tables/records';
import { fieldBit } from '../vocabulary/fields';
import { RECORD_TYPES } from '../vocabulary/records';
import { findRecords } from './find-record';
import { restrictionScopes } from './spread';
import { notFound } from './standing';
import { badInput } from './validate';

const CONNECTIONS: readonly string[] = Object.values(RECORD_TYPES).map((each) => `Member.${each.connection}`);

/** True for a schema coordinate that can be restricted by itself: not ADMINISTRATIVE, not inside an object decided as a whole. */
export function isRestrictable(coordinate: string): boolean {
  const [type = '', field = '', ...more] = coordinate.split('.');
  return more.length === 0 && (CONNECTIONS.includes(coordinate) || fieldBit(type, field) !== 0);
}

/**
 * The encounter and record that a restriction names must be the member's. One about what was paid in full names an encounter or a claim.
 * @throws BAD_USER_INPUT or NOT_FOUND naming the argument
 */
export async function checkReach(manager: EntityManager, row: RestrictionRow): Promise<void> {
  if (row.kind === 'PAID_IN_FULL' && row.encounter_id === null && row.record_id === null) throw badInput('input.encounterId', 'PAID_IN_FULL names an encounter, or a claim in recordId');
  if (row.encounter_id !== null) {
    const [found] = await selectRows(manager, encounter, { member_id: row.member_id, id: row.encounter_id });
    if (!found) throw notFound('input.encounterId');
  }
  if (row.record_id === null) return;
  const found = (await findRecords(manager, row.record_id)).filter((each) => each.member_id === row.member_id);
  if (found.length === 0) throw notFound('input.recordId');
  if (row.kind === 'PAID_IN_FULL' && !found.some((each) => each.type === 'Claim')) throw badInput('input.recordId', 'PAID_IN_FULL names a claim');
}

/** A restriction that would hide nothing, whatever the member's records are, is a mistake to be told and not a promise to be kept. */
export function checkWhatItHides(row: RestrictionRow): void {
  for (const coordinate of JSON.parse(row.coordinates) as string[])
    if (!isRestrictable(coordinate)) throw badInput('input.coordinates', 'each must be a field that can be restricted by itself, as Type.field');
  if (restrictionScopes({ ...row, status: 'ACCEPTED' }, []).length === 0) throw badInput('input', 'no field is in all that it names');
}

/** True where a claim of the encounter (or the claim that it names, where that has none) shows a plan's payment or a shortfall. */
export async function paymentIsInDoubt(manager: EntityManager, row: RestrictionRow): Promise<boolean> {
  const own = await selectRows(manager, claim, { member_id: row.member_id });
  const named = own.find((each) => each.id === row.record_id);
  const encounters = [row.encounter_id, named?.encounter_id ?? null].filter((each) => each !== null);
  const covered = own.filter((each) => each === named || encounters.includes(each.encounter_id ?? ''));
  const completing = own.filter((each) => covered.some((one) => each.completes_claim_id === one.id));
  return [...covered, ...completing].some((each) => (each.plan_paid ?? 0) > 0 || (each.shortfall ?? 0) > 0);
}
