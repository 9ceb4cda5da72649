/** Who and what a random world names again and again, so that facts meet: organizations, practitioners, subjects. */
import { ROLES } from './minimum-necessary';
import type { Random } from './random';
import type { World, WorldRecipient } from './world';

export interface Cast {
  readonly organizations: World['organizations'];
  readonly plans: readonly string[];
  readonly providers: readonly string[];
  readonly exchanges: readonly string[];
  readonly associates: readonly string[];
  readonly company: string;
  /** No organization of the world. */
  readonly unknown: string;
  readonly practitioners: readonly string[];
  readonly subjects: readonly string[];
}

export function cast(seed: number): Cast {
  const id = (name: string): string => `w${seed}-${name}`;
  const organization = (name: string, kind: string, part2Program = false) => ({ id: id(name), kind, part2Program });
  return {
    organizations: [
      organization('company', 'COVERED_ENTITY'), organization('plan-a', 'HEALTH_PLAN'), organization('plan-b', 'HEALTH_PLAN'),
      organization('clinic', 'PROVIDER'), organization('program', 'PROVIDER', true), organization('exchange', 'HIE'),
      organization('billing', 'BUSINESS_ASSOCIATE'), organization('hosting', 'BUSINESS_ASSOCIATE'), organization('employer', 'OTHER'),
      organization('agency', 'AUTHORITY'),
    ],
    plans: [id('plan-a'), id('plan-b')], providers: [id('clinic'), id('program')], exchanges: [id('exchange')],
    associates: [id('billing'), id('hosting')], company: id('company'), unknown: id('unheard-of'),
    practitioners: ['1', '2', '3'].map((name) => id(`practitioner-${name}`)),
    subjects: ['ann', 'ben', 'cy'].map((name) => id(`subject-${name}`)),
  };
}

export function recipient(random: Random, all: Cast): WorldRecipient {
  switch (random.integer(0, 3)) {
    case 0: return { organizationId: random.pick(all.organizations).id };
    case 1: return { subject: random.pick(all.subjects) };
    default: return { role: random.pick(ROLES) };
  }
}

/** Most often many roles at once, so that what is signed is met. */
export const recipients = (random: Random, all: Cast): WorldRecipient[] =>
  random.chance(0.5)
    ? random.some(ROLES, 8).map((role) => ({ role }))
    : Array.from({ length: random.integer(1, 3) }, () => recipient(random, all));
