/** Random grants under every clause, under most of the circumstances that a clause tells apart, and callers who read under them. */
import { CATEGORIES } from './random-privacy';
import { CLASSES } from './classes';
import { GRANT_CLAUSES, isForPurpose } from './grant-clauses';
import { PURPOSES } from './purposes';
import { Random } from './random';
import { ROLES } from './minimum-necessary';
import { daysFrom, future, past, shifted } from './random-time';
import type { Cast } from './random-cast';
import type { World, WorldCaller, WorldGrant } from './world';

type Stated = Record<string, string>;
type Stating = (random: Random, all: Cast, world: World) => Stated;
const FORMS: Stated[] = [{}, {}, {}, { 'de-identification': 'limited-data-set' }, { 'de-identification': 'safe-harbor' }];
const PART2: Stated[] = [{}, { 'part2-order': 'order and subpoena' }];
/** What decides of what a clause demands; the rest says nothing about what is seen. */
const STATED: Readonly<Record<string, Stating>> = {
  'family-absent': (random) => random.pick<Stated>([{ form: 'notification' }, { form: 'involvement', involvement: 'care' }, { form: 'involvement', involvement: 'payment' }]),
  'public-health': (random) => ({
    activity: random.pick(['disease-control', 'child-abuse', 'child-abuse', 'fda', 'exposure', 'workplace']), ...random.pick(FORMS), ...random.pick<Stated>([{}, { 'part2-report': 'the law asks' }]),
  }),
  'health-oversight': (random, all) => random.pick<Stated>([{}, { 'notes-author': random.pick(all.practitioners) }, { 'notes-author': random.pick(all.practitioners) }]),
  'judicial-proceedings': (random) => ({ basis: random.pick(['order', 'order', 'order', 'subpoena', 'discovery', 'own-dispute']), ...random.pick(PART2) }),
  'law-enforcement': (random) => ({
    ...random.pick<Stated>([
      { circumstance: 'process', process: 'order' }, { circumstance: 'process', process: 'warrant' }, { circumstance: 'process', process: 'administrative-request' },
      { circumstance: 'locating' }, { circumstance: random.pick(['victim', 'death-by-crime', 'crime-on-premises', 'emergency']) },
    ]), ...random.pick(PART2),
  }),
  research: (random) => ({ basis: random.pick(['waiver', 'waiver', 'preparatory', 'decedents', 'limited-data-set']), ...random.pick(FORMS) }),
  'government-functions': (random) => ({ function: random.pick(['military', 'veterans', 'national-security', 'protective-services', 'state-department']) }),
  'workers-compensation': (random, _all, world) => {
    const claims = world.records.filter((one) => one.type === 'Claim');
    return { claim: claims.length > 0 && random.chance(0.6) ? random.pick(claims).id : 'of the state alone' };
  },
  'required-by-law': (random) => random.pick<Stated>([{}, { hhs: 'true' }]),
};

function grantUnder(random: Random, all: Cast, world: World, clause: string, id: string): WorldGrant {
  const { now } = world;
  const members = random.some(world.members.map((one) => one.id), random.chance(0.3) ? 1 : random.integer(2, world.members.length));
  const named = world.records.filter((one) => members.includes(one.memberId) && random.chance(0.5)).map((one) => one.id);
  return {
    id, clause, status: random.chance(0.9) ? 'ACCEPTED' : random.pick(['RECEIVED', 'DENIED']), recipient: random.chance(0.5) ? { subject: random.pick(all.subjects) } : { organizationId: random.pick(all.organizations).id },
    memberIds: members, categories: random.some(random.chance(0.1) ? [...CATEGORIES, 'PRIVACY', 'GOVERNMENT_ID'] : CATEGORIES, random.integer(4, 11)),
    classes: random.chance(0.2) ? [] : random.some(CLASSES, random.integer(3, 18)), recordIds: named.length > 0 && random.chance(0.35) ? named : null, remunerated: random.chance(0.08),
    elements: STATED[clause]?.(random, all, world) ?? {}, decidedAt: random.pick([past(random, now), past(random, now), past(random, now), now, shifted(now, random.pick([-1, 1]))]),
    expires: random.chance(0.9) ? future(random, now) : random.pick([now, shifted(now, 1), shifted(now, -1), daysFrom(now, -3)]),
  };
}

/** Two under each clause. */
export const grantsOf = (random: Random, all: Cast, world: World, seed: number): WorldGrant[] =>
  GRANT_CLAUSES.flatMap((clause) => [0, 1].map((place) => grantUnder(random, all, world, clause, `w${seed}-grant-${clause}-${place}`)));

/** Somebody who names a grant: most often its recipient, or staff on their behalf, for a purpose of its clause. */
export function randomGrantCaller(world: World, seed: number): WorldCaller {
  const random = new Random(seed * 6_151 + 29);
  const grant = random.pick(world.grants);
  const role = random.chance(0.04) ? random.pick(ROLES) : random.pick(['DISCLOSURE_RECIPIENT', 'DISCLOSURE_RECIPIENT', 'WORKFORCE', 'PRIVACY_OFFICER']);
  const fitting = PURPOSES.filter((each) => isForPurpose(grant.clause, each));
  const isOther = random.chance(0.05);
  const anywhere = random.chance(0.5) ? random.pick(world.organizations).id : null;
  return {
    role, subject: isOther ? 'nobody' : grant.recipient.subject ?? 'who comes from there', organizationId: isOther ? null : grant.recipient.organizationId ?? anywhere, practitionerId: null,
    memberId: role === 'MEMBER' ? random.pick(world.members).id : null, purpose: random.chance(0.93) ? random.pick(fitting) : random.pick(PURPOSES), grantId: random.chance(0.98) ? grant.id : 'of nobody',
  };
}
