import { HOMES, type Home } from './names';
import { ORDINARY_VISITS } from './ordinary-visits';
import { Random } from './random';
import { SPECIAL_VISITS } from './special-visits';

/** What one member's file is about; everything that is left out is ordinary. */
export interface Story {
  /** Keys of visit kinds, oldest first. */
  visits: readonly string[];
  home: Home;
  birthYear: number;
  plan: 'org-plan-a' | 'org-plan-b' | null;
  /** The plan before this one, ended within the last two years. */
  formerPlan?: 'org-plan-a' | 'org-plan-b';
  /** A visit of these was paid in full by the member. */
  paidByMember?: readonly string[];
  gender?: 'female' | 'male' | 'other' | 'unknown';
  genderIdentity?: boolean;
  psychotherapyNote?: boolean;
  legalCompilation?: boolean;
  /** Visits made while administering the plan's services. */
  planGoverned?: readonly string[];
  deceased?: boolean;
  related?: 'parent' | 'executor';
  consents?: readonly ConsentKind[];
  /** The external provider is on the care team. */
  outsideProvider?: boolean;
  medicationReview?: boolean;
}
export type ConsentKind = 'hiv-to-plan' | 'part2-single' | 'exchange-opt-out' | 'restriction' | 'expired';

const home = (index: number): Home => HOMES[index] ?? HOMES[0];

/** The first twelve: between them every class, every shape of trouble, for the guides and the tests. */
export const FIRST_STORIES: readonly Story[] = Object.freeze([
  { visits: ['diabetes', 'hypertension', 'hiv', 'check-up'], home: home(0), birthYear: 1968, plan: 'org-plan-a', gender: 'male', outsideProvider: true, medicationReview: true },
  { visits: ['knee', 'part2-program', 'sinusitis'], home: home(1), birthYear: 1984, plan: 'org-plan-b', gender: 'female', consents: ['part2-single'], medicationReview: true },
  { visits: ['alcohol', 'chlamydia', 'cholesterol'], home: home(2), birthYear: 1979, plan: 'org-plan-a', formerPlan: 'org-plan-b', gender: 'male' },
  { visits: ['depression', 'knee'], home: home(3), birthYear: 1991, plan: 'org-plan-a', gender: 'female', psychotherapyNote: true, outsideProvider: true, medicationReview: true },
  { visits: ['violence', 'personality', 'asthma'], home: home(0), birthYear: 1995, plan: 'org-plan-b', gender: 'female', consents: ['restriction'] },
  { visits: ['contraception', 'pregnancy', 'abortion', 'check-up'], home: home(4), birthYear: 1998, plan: 'org-plan-a', gender: 'female', paidByMember: ['abortion', 'contraception'], outsideProvider: true },
  { visits: ['gender', 'orientation', 'hypertension'], home: home(1), birthYear: 1993, plan: 'org-plan-b', gender: 'male', genderIdentity: true },
  { visits: ['infertility', 'genetic', 'check-up'], home: home(2), birthYear: 1987, plan: 'org-plan-a', gender: 'female' },
  { visits: ['asthma', 'chlamydia', 'ankle'], home: home(3), birthYear: 2012, plan: 'org-plan-b', gender: 'female', related: 'parent' },
  { visits: ['cocaine', 'hypertension', 'diabetes'], home: home(0), birthYear: 1941, plan: 'org-plan-a', gender: 'male', deceased: true, related: 'executor' },
  { visits: ['ankle', 'diabetes', 'check-up'], home: home(1), birthYear: 1975, plan: 'org-plan-a', gender: 'male', legalCompilation: true, planGoverned: ['diabetes'], consents: ['exchange-opt-out'] },
  { visits: ['hiv', 'opioid', 'cholesterol'], home: home(2), birthYear: 1972, plan: 'org-plan-a', gender: 'female', consents: ['hiv-to-plan', 'expired'], outsideProvider: true, medicationReview: true },
]);

/** The story of any member, the first being number 1: the same for a seed, however many members are asked for. */
export function storyOf(number: number, seed: number): Story {
  const told = FIRST_STORIES[number - 1];
  if (told) return told;
  const random = new Random(seed, `story ${number}`);
  const visits = new Set(Array.from({ length: random.integer(1, 3) }, () => random.pick(ORDINARY_VISITS).key));
  if (random.chance(0.2)) visits.add(random.pick(SPECIAL_VISITS).key);
  const plan = random.pick(['org-plan-a', 'org-plan-a', 'org-plan-b', null] as const);
  return {
    visits: [...visits], home: random.pick(HOMES), birthYear: random.integer(1936, 2018), plan,
    gender: random.pick(['female', 'male', 'female', 'male', 'other'] as const),
    outsideProvider: random.chance(0.2), medicationReview: random.chance(0.1), deceased: random.chance(0.01),
    consents: random.chance(0.03) ? ['exchange-opt-out'] : [],
    paidByMember: random.chance(0.05) ? [...visits].slice(-1) : [],
  };
}
