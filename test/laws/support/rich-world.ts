/** Random worlds in which members meet: several of the oracle's small worlds under one cast, with restrictions on what filters and orders use. */
import { Random } from '../../oracle/random';
import { randomWorld } from '../../oracle/random-world';
import type { World } from '../../oracle/world';

const CAST = 'company|plan-a|plan-b|clinic|program|exchange|billing|hosting|employer|agency|practitioner-\\d|subject-ann|subject-ben|subject-cy|unheard-of';
const LISTS = ['members', 'coverages', 'careTeam', 'namedBy', 'representations', 'openings', 'optOuts', 'authorizations', 'restrictions', 'confidential', 'records'] as const;
/** What filters, orders and counts look at, so that the restricted cells are those that could be told by them. */
const USED = ['Member.name', 'Member.name', 'Member.birthDate', 'Member.memberNumber', 'Member.preferredName', 'Member.coverages', 'Member.careTeam', 'Condition.code', 'Encounter.code', 'Procedure.code', 'Immunization.code', 'Allergy.code', 'CarePlan.code', 'Condition.status', 'Medication.code', 'CareGap.status', 'CareGap.measure', 'CareGap.dueAt', 'Claim.status', 'Claim.serviceStart', 'Observation.code', 'Document.text', 'MedicationReview.findings', 'DiagnosticReport.conclusion', 'DiagnosticReport.code'];

function restrict(random: Random, world: World): void {
  for (const { id } of world.members) for (let place = random.integer(0, 3); place > 0; place -= 1) world.restrictions.push({
    id: `${id}-used-${place}`, memberId: id, kind: 'AGREED', status: 'ACCEPTED', recipients: random.chance(0.7) ? [] : [{ role: random.pick(['NURSE', 'WORKFORCE', 'HEALTH_PLAN']) }], purposes: [], categories: [], classes: [],
    coordinates: random.some(USED, random.integer(1, 2)), encounterId: null, recordId: null, start: new Date(Date.parse(world.now) - 86_400_000).toISOString(), endedAt: null,
  });
}

/** `parts`: how many small worlds, of 4 to 12 members each, are put together. */
export function richWorld(seed: number, parts: number): World {
  const random = new Random(seed + 77_777);
  const world = randomWorld(seed * 10);
  for (let part = 1; part < parts; part += 1) {
    const at = seed * 10 + part;
    const other = randomWorld(at);
    const text = JSON.stringify(other).replace(new RegExp(`w${at}-(${CAST})`, 'g'), `w${seed * 10}-$1`);
    const met = JSON.parse(text) as World;
    // Instants are relative to the other world's own now; the days between are few against its periods.
    for (const list of LISTS) (world[list] as unknown[]).push(...met[list]);
  }
  restrict(random, world);
  // One grant of each clause: each is many rows to load.
  world.grants = world.grants.filter((one) => one.id.endsWith(seed % 2 === 0 ? '-0' : '-1'));
  return world;
}
