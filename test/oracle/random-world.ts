/** Small random worlds and callers, the same for the same seed, in which what is seen and what is hidden are both common. */
import { CATEGORIES, agreed, authorization, confidential, paidInFull, representation } from './random-privacy';
import { Random } from './random';
import { bornYearsAgo, past, period, shifted } from './random-time';
import { cast } from './random-cast';
import { coordinatesOf } from './fields';
import { grantsOf } from './random-grants';
import { recordsOf } from './random-records';
import type { Cast } from './random-cast';
import type { Cell, World, WorldMember } from './world';

export { randomCaller } from './random-caller';
export { randomGrantCaller } from './random-grants';

const NOWS = ['2026-03-15T00:00:00.000Z', '2026-03-15T12:34:56.789Z', '2026-11-01T23:59:59.999Z'];

function member(random: Random, now: string, id: string): WorldMember {
  const born = random.pick([
    () => bornYearsAgo(now, random.integer(19, 80), 40), () => bornYearsAgo(now, random.integer(19, 80), 40), () => bornYearsAgo(now, 18, 0),
    () => bornYearsAgo(now, 18, 1), () => bornYearsAgo(now, 15, 9), () => bornYearsAgo(now, 12, 0), () => bornYearsAgo(now, 12, 1), () => bornYearsAgo(now, 6, 5),
  ])();
  const died = random.pick([past(random, now), now, shifted(now, 1), shifted(now, -1)]);
  return { id, birthDate: random.maybe(0.93, born), deceasedAt: random.maybe(0.15, died), state: random.pick(['CA', 'CA', 'NY', 'TX', 'ZZ', null]) };
}

/** Several in a list of at most `most`, each with an id of its own. */
function several<T>(random: Random, most: number, prefix: string, make: (id: string) => T): T[] {
  return Array.from({ length: random.integer(0, most) }, (_, index) => make(`${prefix}${index}`));
}

function relate(random: Random, all: Cast, world: World, memberId: string): void {
  const { now } = world;
  world.coverages.push(...several(random, 2, `${memberId}-cov`, (id) => {
    const { start, end } = period(random, now);
    return { id, memberId, planId: random.pick(all.plans), start: random.maybe(0.93, start), end };
  }));
  world.careTeam.push(...several(random, 3, `${memberId}-team`, (id) => {
    const { start, end } = period(random, now);
    return { id, memberId, practitionerId: random.pick(all.practitioners), start: random.maybe(0.93, start), end };
  }));
  const named = [...all.providers, ...all.exchanges].filter(() => random.chance(0.4));
  world.namedBy.push(...named.map((organizationId) => ({ memberId, organizationId, via: random.pick(['CLAIM', 'ENCOUNTER'] as const) })));
  if (random.chance(0.2)) world.optOuts.push(optOut(random, now, memberId));
  for (const subject of all.subjects.filter(() => random.chance(0.3))) world.openings.push(opening(random, now, subject, memberId));
}

function optOut(random: Random, now: string, memberId: string): World['optOuts'][number] {
  const { start, end } = period(random, now);
  return { memberId, since: start, endedAt: end };
}

function opening(random: Random, now: string, subject: string, memberId: string): World['openings'][number] {
  const hour = 3_600_000;
  const openedAt = shifted(now, random.pick([-600_000, -600_000, 0, -hour, -hour + 1, -hour - 1]));
  return { subject, memberId, openedAt, expiresAt: shifted(openedAt, hour) };
}

function protect(random: Random, all: Cast, world: World, memberId: string): void {
  const { now } = world;
  const own = recordsOf(random, all, now, memberId);
  world.records.push(...own);
  // A claim names its payer as it names its provider.
  const payers = new Set(own.flatMap((one) => (one.payerId === null ? [] : [one.payerId])));
  world.namedBy.push(...[...payers].map((organizationId) => ({ memberId, organizationId, via: 'CLAIM' as const })));
  world.authorizations.push(...several(random, 5, `${memberId}-auth`, (id) => authorization(random, all, now, memberId, id)));
  world.representations.push(...several(random, 2, `${memberId}-rep`, (id) => representation(random, all, now, memberId, id)));
  world.restrictions.push(...several(random, 1, `${memberId}-agreed`, (id) => agreed(random, all, now, memberId, id, own)));
  if (random.chance(0.4)) world.restrictions.push(...paidInFull(random, now, memberId, `${memberId}-paid`, own));
  if (random.chance(0.3)) world.confidential.push(confidential(random, all, now, memberId, `${memberId}-conf`));
}

function agreements(random: Random, all: Cast, now: string, seed: number): World['agreements'] {
  return [...all.associates, ...all.plans].flatMap((organizationId, of) =>
    several(random, 2, `w${seed}-agreement-${of}-`, (id) => ({
      id, organizationId, kind: random.pick(of < all.associates.length ? ['BUSINESS_ASSOCIATE', 'BUSINESS_ASSOCIATE', 'PLAN_SERVICES'] as const : ['PLAN_SERVICES'] as const),
      purposes: random.some(['HPAYMT', 'HOPERAT', 'CAREMGT', 'CLMATTCH'], random.integer(1, 3)), categories: random.some(CATEGORIES, random.integer(2, 7)),
      remunerated: random.chance(0.25), ...period(random, now),
    })));
}

export function randomWorld(seed: number): World {
  const random = new Random(seed);
  const all = cast(seed);
  const now = random.pick(NOWS);
  const world: World = {
    now, organizations: all.organizations, members: [], coverages: [], careTeam: [], namedBy: [], agreements: agreements(random, all, now, seed),
    representations: [], openings: [], optOuts: [], authorizations: [], restrictions: [], confidential: [], grants: [], records: [],
  };
  for (let count = random.integer(4, 12), index = 0; index < count; index += 1) {
    const one = member(random, now, `w${seed}-m${index}`);
    world.members.push(one);
    relate(random, all, world, one.id);
    protect(random, all, world, one.id);
  }
  world.grants.push(...grantsOf(new Random(seed * 104_729 + 11), all, world, seed));
  return world;
}

/** Every cell of the world: the fields of each member, then those of each record. */
export function allCells(world: World): Cell[] {
  const ofMembers = world.members.flatMap((one) => coordinatesOf('Member').map((coordinate) => ({ memberId: one.id, recordId: null, coordinate })));
  const ofRecords = world.records.flatMap((one) => coordinatesOf(one.type).map((coordinate) => ({ memberId: one.memberId, recordId: one.id, coordinate })));
  return [...ofMembers, ...ofRecords];
}
