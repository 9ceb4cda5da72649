import { conditional, local, relative, SYSTEM, type Reference } from './fhir';
import { FAMILY_NAMES, GIVEN_NAMES } from './names';
import { Random } from './random';
import { storyOf, type Story } from './stories';

/** The sample world's today: all dates follow from it, so that a file made in any year is the same file. */
export const TODAY = Date.UTC(2026, 5, 30, 9, 0, 0);
const DAY = 86_400_000;
/** An instant so many days before the sample world's today, `YYYY-MM-DDTHH:mm:ssZ`. */
export const daysAgo = (days: number, minutes = 0): string => `${new Date(TODAY - days * DAY + minutes * 60_000).toISOString().slice(0, 19)}Z`;
export const dateAgo = (days: number): string => daysAgo(days).slice(0, 10);

/** One member in the making: who it is, and a source of choices of its own. */
export class SampleMember {
  readonly id: string;
  readonly story: Story;
  readonly random: Random;
  readonly given: string;
  readonly family: string;

  constructor(readonly number: number, seed: number) {
    this.id = `m-${String(number).padStart(4, '0')}`;
    this.story = storyOf(number, seed);
    this.random = new Random(seed, `member ${number}`);
    this.given = this.random.pick(GIVEN_NAMES);
    this.family = this.random.pick(FAMILY_NAMES);
  }

  get memberNumber(): string { return `PHI-${String(this.number).padStart(8, '0')}`; }
  idOf(what: string, number: number | string = 1): string { return `${this.id}-${what}-${number}`; }

  /** The member, by one of the forms in which files name a patient. */
  reference(form: number): Reference {
    return form % 3 === 2 ? conditional('Patient', SYSTEM.memberNumber, this.memberNumber) : local('Patient', this.id);
  }
}

/** Where claims and coverages name an organization. */
export const organization = (id: string): Reference => relative('Organization', id);
