import type { EntityManager } from 'typeorm';
import { startOfDay, yearsAfter } from '../vocabulary/instants';
import { RECORD_TYPES, RECORD_TYPE_NAMES } from '../vocabulary/records';
import type { Cells } from './mapping';
import { marks, slices, upsert } from './write/upsert';

/** What follows from a member's claims, encounters and coverages together: derived anew whenever one of them came. */
export async function writeMemberLinks(manager: EntityManager, memberIds: readonly string[], governed: readonly string[]): Promise<void> {
  for (const slice of slices(memberIds, 200)) {
    await coverFromClaims(manager, slice);
    await linkOrganizations(manager, slice);
  }
  for (const memberId of governed) await governByPlans(manager, memberId);
}

/** A plan known only from claims covers from the first service to twelve months after the last; a Coverage of the plan wins. */
async function coverFromClaims(manager: EntityManager, members: readonly string[]): Promise<void> {
  const rows = await manager.query(`SELECT c.member_id, c.plan_id, MIN(c.service_start) AS first, MAX(COALESCE(c.service_end, c.service_start)) AS last FROM claim c
    WHERE c.member_id IN (${marks(members)}) AND c.plan_id IS NOT NULL AND c.service_start IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM coverage v WHERE v.member_id = c.member_id AND v.plan_id = c.plan_id AND v.basis = 'COVERAGE')
    GROUP BY c.member_id, c.plan_id`, [...members]) as Record<string, string>[];
  await manager.query(`DELETE FROM coverage WHERE member_id IN (${marks(members)}) AND basis = 'CLAIM'`, [...members]);
  await upsert(manager, 'coverage', rows.map((each): Cells => ({
    member_id: each.member_id as string, id: `claims-${each.plan_id}`.slice(0, 128), plan_id: each.plan_id as string, subscriber_id: null, start_at: startOfDay(each.first as string),
    end_at: startOfDay(yearsAfter(each.last as string, 1)), basis: 'CLAIM',
  })));
}

const LINKS = `SELECT DISTINCT organization_id, member_id, 'ENCOUNTER' AS via FROM encounter WHERE member_id IN (?) AND organization_id IS NOT NULL
  UNION SELECT DISTINCT provider_id, member_id, 'CLAIM' FROM claim WHERE member_id IN (?) AND provider_id IS NOT NULL
  UNION SELECT DISTINCT plan_id, member_id, 'CLAIM' FROM claim WHERE member_id IN (?) AND plan_id IS NOT NULL
  UNION SELECT DISTINCT plan_id, member_id, 'COVERAGE' FROM coverage WHERE member_id IN (?) AND basis = 'COVERAGE'`;

async function linkOrganizations(manager: EntityManager, members: readonly string[]): Promise<void> {
  await manager.query(`DELETE FROM member_organization WHERE member_id IN (${marks(members)})`, [...members]);
  await manager.query(`INSERT INTO member_organization (organization_id, member_id, via) ${LINKS.replaceAll('(?)', `(${marks(members)})`)}`, [...members, ...members, ...members, ...members]);
}

/** The plan of a record made under a plan's agreement: it pays the encounter's claim, else it covers the record's date (policy section 6). */
async function governByPlans(manager: EntityManager, memberId: string): Promise<void> {
  const claims = await manager.query('SELECT id, encounter_id, plan_id FROM claim WHERE member_id = ? AND plan_id IS NOT NULL ORDER BY id', [memberId]) as Record<string, string | null>[];
  const coverages = await manager.query('SELECT plan_id, start_at, end_at FROM coverage WHERE member_id = ? ORDER BY id', [memberId]) as Record<string, string | null>[];
  for (const type of RECORD_TYPE_NAMES) {
    const { table } = RECORD_TYPES[type];
    await manager.query(`UPDATE ${table} SET governing_plan_id = NULL WHERE member_id = ? AND governed_by = 'NOTICE' AND governing_plan_id IS NOT NULL`, [memberId]);
    const rows = await manager.query(`SELECT id, encounter_id, record_date FROM ${table} WHERE member_id = ? AND governed_by = 'PLAN_AGREEMENT'`, [memberId]) as Record<string, string | null>[];
    for (const row of rows) {
      const paying = claims.find((each) => (type === 'Claim' && each.id === row.id) || (row.encounter_id !== null && each.encounter_id === row.encounter_id));
      const covering = coverages.find((each) => row.record_date && each.start_at && each.start_at <= row.record_date && (each.end_at === null || row.record_date < (each.end_at as string)));
      await manager.query(`UPDATE ${table} SET governing_plan_id = ? WHERE member_id = ? AND id = ?`, [paying?.plan_id ?? covering?.plan_id ?? null, memberId, row.id]);
    }
  }
}
