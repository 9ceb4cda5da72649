import type { Category } from '../../vocabulary/categories';
import { CLASSES, subtree, type SensitivityClass } from '../../vocabulary/sensitivity';

/** How an element of a grant is written: words, a day (YYYY-MM-DD), `true` or `false`, one of `choices`. */
export type ElementFormat = 'TEXT' | 'DATE' | 'BOOLEAN' | 'CHOICE';

/** Something that a request for a grant states (policy section 7), as `ClauseElement` of the schema, and what is checked of it. */
export interface ClauseElement {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Required where another element has a value, `name=value`. */
  readonly requiredWhen: string | null;
  readonly format: ElementFormat;
  readonly choices: readonly string[];
  /** Required where this other element is stated at all. */
  readonly requiredWith: string | null;
  /** A day that must have come: something that is said to have happened. */
  readonly past: boolean;
  /** A statement that refuses the grant where it is true. */
  readonly refuses: boolean;
}

/** All of these hold: `name=value` is stated so, `name` is stated. An empty list always holds. */
export type When = readonly string[];

/** What is disclosed is never more than this: categories, or single coordinates (`HumanName.*` is every field of the type). */
export interface Ceiling { readonly when: When; readonly categories: readonly Category[]; readonly coordinates: readonly string[] | null }
/** Special classes that a grant opens without an authorization, where it names them: these and no others, children listed too. */
export interface Opening { readonly when: When; readonly classes: readonly SensitivityClass[]; /** Only in what the person of this element wrote. */ readonly writtenBy: string | null }
/** FULL shows what is granted; the others leave identifiers out (164.514(b)(2), (e)). */
export type DisclosureForm = 'FULL' | 'LIMITED_DATA_SET' | 'SAFE_HARBOR';
export interface FormRule { readonly when: When; readonly form: DisclosureForm }

/** What a grant under a clause demands, and what it can open. */
export interface GrantRule {
  readonly demands: readonly ClauseElement[];
  /** The first that holds; where none does, the ceiling is the grant's own categories. */
  readonly ceilings: readonly Ceiling[];
  readonly opens: readonly Opening[];
  /** The first that holds; else FULL. */
  readonly forms: readonly FormRule[];
  /** Releases that the accounting leaves out though the clause is accounted. */
  readonly unaccounted: readonly When[];
  /** Releases that a representative is not told of (164.528; policy section 8). */
  readonly keptFromRepresentatives: readonly When[];
  /** Only members who have died. */
  readonly decedents: readonly When[];
  /** Nothing leaves: staff alone can read. */
  readonly onPremises: readonly When[];
  /** Binding on it: agreed restrictions (164.522(a)(1)(v) lifts them for most). */
  readonly agreedRestrictionsBind: boolean;
  /** Overrides paid-in-full restrictions, the exchange opt-out and a plan's agreement (policy section 6). */
  readonly overridesPrivacyState: boolean;
}

type Draft = Partial<Omit<GrantRule, 'demands'>> & Pick<GrantRule, 'demands'>;
export const grant = (draft: Draft): GrantRule => ({
  ceilings: [], opens: [], forms: [], unaccounted: [], keptFromRepresentatives: [], decedents: [], onPremises: [], agreedRestrictionsBind: false, overridesPrivacyState: false, ...draft,
});

type Given = Partial<Pick<ClauseElement, 'required' | 'requiredWhen' | 'requiredWith' | 'past' | 'refuses'>>;
const element = (name: string, description: string, format: ElementFormat, choices: readonly string[], given: Given): ClauseElement =>
  ({ name, description, required: given.requiredWhen === undefined && given.requiredWith === undefined, requiredWhen: null, format, choices, requiredWith: null, past: false, refuses: false, ...given });
/** An element is required unless it says when; `optional` ones never are. */
export const optional: Given = { required: false };
export const text = (name: string, description: string, given: Given = {}): ClauseElement => element(name, description, 'TEXT', [], given);
export const day = (name: string, description: string, given: Given = {}): ClauseElement => element(name, description, 'DATE', [], given);
export const choice = (name: string, description: string, choices: readonly string[], given: Given = {}): ClauseElement => element(name, description, 'CHOICE', choices, given);
/** A statement: required ones count only where they are `true`. */
export const statement = (name: string, description: string, given: Given = {}): ClauseElement => element(name, description, 'BOOLEAN', [], given);

export const ceiling = (when: When, categories: readonly Category[], coordinates: readonly string[] | null = null): Ceiling => ({ when, categories, coordinates });
export const opening = (when: When, classes: readonly SensitivityClass[], writtenBy: string | null = null): Opening => ({ when, classes, writtenBy });
/** These classes with what stands below them, but PART2: that is opened by its own name. */
export const covering = (...names: readonly SensitivityClass[]): SensitivityClass[] => CLASSES.filter((each) => each !== 'PART2' && names.some((name) => subtree(name).includes(each)));
/** Every class but these and what stands below them. */
export const allBut = (...names: readonly SensitivityClass[]): SensitivityClass[] => CLASSES.filter((each) => !names.some((name) => subtree(name).includes(each)));
