/** Random callers of a random world: every role with mostly the purposes it has, and mostly an organization that fits. */
import { PURPOSES } from './purposes';
import { ROLES } from './minimum-necessary';
import { Random } from './random';
import type { World, WorldCaller } from './world';

const CARE = ['TREAT', 'TREAT', 'COC', 'ETREAT', 'BTG', 'HRESCH'];
const MEANT: Record<string, string[]> = {
  PHARMACIST: CARE, NURSE: CARE, HEALTHCARE_PROFESSIONAL: CARE,
  WORKFORCE: ['HPAYMT', 'HOPERAT', 'TRAIN', 'CLMATTCH', 'HMARKT', 'HCOMPL'],
  EXTERNAL_PROVIDER: [...CARE, 'HPAYMT', 'HPAYMT', 'REMITADV'],
  BUSINESS_ASSOCIATE: ['HPAYMT', 'HOPERAT', 'HOPERAT', 'CAREMGT', 'CLMATTCH', 'HRESCH'],
  HEALTH_PLAN: ['HPAYMT', 'HOPERAT', 'HOPERAT', 'CAREMGT', 'CLMATTCH', 'COVERAGE', 'HMARKT', 'HCOMPL'],
  HIE_PARTICIPANT: ['TREAT', 'TREAT', 'HPAYMT', 'HOPERAT', 'CAREMGT', 'ETREAT', 'CLMATTCH', 'PUBHLTH'],
  MEMBER: ['PATRQT', 'PATRQT', 'PATRQT', 'PATRQT', 'HRESCH'], PERSONAL_REPRESENTATIVE: ['FAMRQT', 'PWATRNY', 'FAMRQT', 'PWATRNY', 'HRESCH'], DISCLOSURE_RECIPIENT: ['HRESCH', 'HMARKT', 'PUBHLTH', 'FAMRQT', 'HCOMPL'],
  PRIVACY_OFFICER: ['HCOMPL'], AUDITOR: ['HCOMPL'],
};
const KINDS: Record<string, string[]> = {
  EXTERNAL_PROVIDER: ['PROVIDER'], BUSINESS_ASSOCIATE: ['BUSINESS_ASSOCIATE'], HEALTH_PLAN: ['HEALTH_PLAN'],
  HIE_PARTICIPANT: ['HIE', 'PROVIDER', 'HEALTH_PLAN'], DISCLOSURE_RECIPIENT: ['AUTHORITY', 'OTHER'],
};
const ALONE = new Set(['MEMBER', 'PERSONAL_REPRESENTATIVE', 'PRIVACY_OFFICER', 'AUDITOR']);
const CARING = new Set(['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER', 'HIE_PARTICIPANT']);
/** The roles with the most rules are asked more often. */
const OFTEN = [...ROLES, 'NURSE', 'EXTERNAL_PROVIDER', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN', 'HIE_PARTICIPANT', 'PERSONAL_REPRESENTATIVE'];

function organization(random: Random, world: World, role: string): string | null {
  if (ALONE.has(role)) return null;
  if (random.chance(0.03)) return null;
  if (random.chance(0.04)) return `${world.organizations[0]?.id ?? ''}-unheard-of`;
  if (random.chance(0.1)) return random.pick(world.organizations).id;
  const kinds = KINDS[role] ?? ['COVERED_ENTITY', 'COVERED_ENTITY', 'PROVIDER'];
  const kind = random.pick(kinds);
  return random.pick(world.organizations.filter((one) => one.kind === kind)).id;
}

export function randomCaller(world: World, seed: number): WorldCaller {
  const random = new Random(seed * 7919 + 13);
  const role = random.pick(OFTEN);
  const subjects = [...new Set(['nobody', ...world.openings.map((one) => one.subject), ...world.representations.map((one) => one.subject)])];
  const practitioners = [...new Set(['nobody', ...world.careTeam.map((one) => one.practitionerId)])];
  return {
    subject: random.chance(0.1) ? 'nobody' : random.pick(subjects), role, organizationId: organization(random, world, role),
    practitionerId: CARING.has(role) ? random.maybe(0.97, random.pick(practitioners)) : null,
    memberId: role === 'MEMBER' ? random.pick(world.members).id : null,
    purpose: random.chance(0.85) ? random.pick(MEANT[role] ?? PURPOSES) : random.pick(PURPOSES),
  };
}
