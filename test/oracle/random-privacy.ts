/** The privacy state of one member of a random world: authorizations, restrictions, representations, what they asked for. */
import { CLASSES } from './classes';
import { PURPOSES } from './purposes';
import { CONNECTIONS, coordinatesOf, RECORD_TYPE_NAMES, tellingCoordinatesOf } from './fields';
import { daysFrom, past, period, shifted } from './random-time';
import { recipient, recipients } from './random-cast';
import type { Cast } from './random-cast';
import type { Random } from './random';
import type { World, WorldRecord } from './world';

export const CATEGORIES = ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL'];
const KINDS = ['GUARDIAN', 'PARENT', 'HEALTH_CARE_POA', 'EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN', 'ATTORNEY'];
const SOME_PURPOSES = ['TREAT', 'HPAYMT', 'HOPERAT', 'CAREMGT', 'COVERAGE', 'CLMATTCH', 'COC', 'HRESCH', 'HMARKT', 'PUBHLTH', 'FAMRQT', 'PWATRNY', 'HCOMPL'];
const OPENING = CLASSES.filter((one) => one !== 'PSYTHPN');

function purposes(random: Random): string[] {
  if (random.chance(0.4)) return ['TREAT', 'HPAYMT', 'HOPERAT'];
  return random.some(random.chance(0.8) ? SOME_PURPOSES : PURPOSES, random.integer(1, 4));
}

function classes(random: Random): string[] {
  if (random.chance(0.15)) return [];
  if (random.chance(0.15)) return ['PSYTHPN'];
  return random.some(OPENING, random.chance(0.5) ? random.integer(1, 3) : 9);
}

export function authorization(random: Random, all: Cast, now: string, memberId: string, id: string): World['authorizations'][number] {
  const { start, end } = period(random, now);
  return {
    id, memberId, classes: classes(random), categories: random.maybe(0.35, random.some(CATEGORIES, random.integer(1, 6))),
    sale: random.chance(0.3), purposes: purposes(random), recipients: recipients(random, all), start: random.maybe(0.8, start), end,
    signedAt: random.chance(0.1) ? now : past(random, now),
    revokedAt: random.maybe(0.15, random.pick([now, shifted(now, -1), daysFrom(now, -3)])), signedByMember: random.chance(0.6),
  };
}

export function agreed(random: Random, all: Cast, now: string, memberId: string, id: string, records: readonly WorldRecord[]): World['restrictions'][number] {
  const { start, end } = period(random, now);
  const narrowing = random.integer(0, 6);
  const encounter = records.find((one) => one.encounterId !== null)?.encounterId ?? null;
  const coordinate = random.chance(0.4)
    ? random.pick(coordinatesOf('Member').filter((one) => one !== 'Member.id'))
    : random.pick(random.chance(0.2) ? [...CONNECTIONS.keys()] : tellingCoordinatesOf(random.pick(RECORD_TYPE_NAMES)));
  return {
    id, memberId, kind: 'AGREED', status: random.pick(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'RECEIVED', 'DENIED']),
    recipients: random.chance(0.4) ? [] : recipients(random, all), purposes: random.chance(0.5) ? [] : purposes(random),
    categories: narrowing === 0 || random.chance(0.15) ? random.some(CATEGORIES, 2) : [],
    classes: narrowing === 1 ? random.some(CLASSES, random.integer(1, 3)) : [], coordinates: narrowing === 2 ? [coordinate] : [],
    encounterId: narrowing === 3 ? encounter : null,
    recordId: narrowing >= 4 && narrowing < 6 && records.length > 0 ? random.pick(records).id : null,
    start, endedAt: end,
  };
}

/** "It names an encounter, or a claim": the office takes nothing else. None where the member has neither. */
export function paidInFull(random: Random, now: string, memberId: string, id: string, records: readonly WorldRecord[]): World['restrictions'] {
  const { start, end } = period(random, now);
  const payable = records.filter((one) => one.type === 'Claim' || one.type === 'Encounter' || one.encounterId !== null);
  if (payable.length === 0) return [];
  const target = random.pick(payable);
  const encounterId = target.type === 'Encounter' ? target.id : target.encounterId;
  const whole = target.type !== 'Claim' || (encounterId !== null && random.chance(0.5));
  return [{
    id, memberId, kind: 'PAID_IN_FULL', status: random.pick(['ACCEPTED', 'ACCEPTED', 'RECEIVED', 'DENIED']), recipients: [], purposes: [], categories: [],
    classes: [], coordinates: [], encounterId: whole ? encounterId : null, recordId: whole ? null : target.id, start, endedAt: end,
  }];
}

export function representation(random: Random, all: Cast, now: string, memberId: string, id: string): World['representations'][number] {
  return {
    id, memberId, subject: random.pick(all.subjects), kind: random.pick(KINDS), ...period(random, now),
    categories: random.maybe(0.3, random.some([...CATEGORIES, 'PRIVACY', 'GOVERNMENT_ID'], 4)),
    excludedClasses: random.maybe(0.4, random.chance(0.3) ? [] : random.some(CLASSES, 2)),
  };
}

export function confidential(random: Random, all: Cast, now: string, memberId: string, id: string): World['confidential'][number] {
  const { start, end } = period(random, now);
  return { id, memberId, since: start, endedAt: end, recipients: random.chance(0.5) ? [] : [recipient(random, all), { role: 'HEALTH_PLAN' }] };
}
