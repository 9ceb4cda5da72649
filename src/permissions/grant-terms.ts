import { ALL_CATEGORIES, categoryMask } from '../vocabulary/categories';
import type { ClauseId } from '../vocabulary/clauses';
import { DATE, INSTANT, dateOf } from '../vocabulary/instants';
import { ALL_CLASSES, classMask, coverMask, type SensitivityClass } from '../vocabulary/sensitivity';
import { coordinatesLeftOut } from './de-identification';
import type { ClauseElement, DisclosureForm, GrantRule, When } from './core/grant';

/** What was stated, by the names that the clause demands. */
export type Elements = Readonly<Record<string, string>>;

/** Whether all of a condition is stated. */
export const holds = (when: When, elements: Elements): boolean => when.every((each) => {
  const [name = '', value] = each.split('=');
  return value === undefined ? elements[name] !== undefined : elements[name] === value;
});

function isRequired(demand: ClauseElement, elements: Elements): boolean {
  return demand.required || (demand.requiredWhen !== null && holds([demand.requiredWhen], elements))
    || (demand.requiredWith !== null && elements[demand.requiredWith] !== undefined);
}
/** A statement that has to be made is made where it is true. */
const isStated = (demand: ClauseElement, value: string | undefined): boolean => value !== undefined && !(demand.format === 'BOOLEAN' && value !== 'true');

/** The demanded elements that are not stated, by name, in the clause's order. */
export const missingElements = (rule: GrantRule, elements: Elements): string[] =>
  rule.demands.filter((each) => isRequired(each, elements) && !isStated(each, elements[each.name])).map((each) => each.name);

/** The 31st of February is read as a day of March: it is none. */
const isOfTheCalendar = (value: string): boolean => { const read = Date.parse(value); return !Number.isNaN(read) && new Date(read).toISOString().startsWith(value.slice(0, 10)); };

/** What is wrong with the value of an element; null where nothing is. */
export function mistakeIn(demand: ClauseElement, value: string, now: string): string | null {
  switch (demand.format) {
    case 'TEXT': return null;
    case 'CHOICE': return demand.choices.includes(value) ? null : `must be one of ${demand.choices.join(', ')}`;
    case 'BOOLEAN':
      if (value !== 'true' && value !== 'false') return 'must be true or false';
      return demand.refuses && value === 'true' ? 'refuses the disclosure' : null;
    case 'DATE':
      if ((!DATE.test(value) && !INSTANT.test(value)) || !isOfTheCalendar(value)) return 'must be a day, YYYY-MM-DD';
      return demand.past && dateOf(value) > dateOf(now) ? 'must have come' : null;
  }
}

/** The most that may be disclosed: categories as bits, and single coordinates where the clause lists them. PRIVACY and GOVERNMENT_ID never. */
export function ceilingOf(rule: GrantRule, elements: Elements): { categories: number; coordinates: readonly string[] | null } {
  const found = rule.ceilings.find((each) => holds(each.when, elements));
  return { categories: found ? categoryMask(found.categories) : ALL_CATEGORIES & ~categoryMask(['PRIVACY', 'GOVERNMENT_ID', 'ADMINISTRATIVE']), coordinates: found?.coordinates ?? null };
}

/** The classes that a grant with these elements can open at all, as bits; and what it opens only of one author, with the author. */
export function openable(rule: GrantRule, elements: Elements): { classes: number; ofAuthor: number; author: string | null } {
  let [classes, ofAuthor] = [0, 0];
  let author: string | null = null;
  for (const each of rule.opens.filter((one) => holds(one.when, elements))) {
    if (each.writtenBy === null) classes |= classMask(each.classes);
    else { ofAuthor |= classMask(each.classes); author = elements[each.writtenBy] ?? null; }
  }
  return { classes, ofAuthor, author };
}

/** The classes named that the grant cannot open. */
export function closedClasses(rule: GrantRule, elements: Elements, named: readonly SensitivityClass[]): SensitivityClass[] {
  const { classes, ofAuthor } = openable(rule, elements);
  return named.filter((each) => (classMask([each]) & (classes | ofAuthor)) === 0);
}

/** Elements that, once stated, would open classes which are closed without them: all that an opening of this clause still lacks. */
export function missingToOpen(rule: GrantRule, elements: Elements, closed: readonly SensitivityClass[]): string[] {
  const lacking = closed.flatMap((each) => {
    const wanting = rule.opens.filter((one) => one.classes.includes(each)).map((one) => one.when.filter((when) => !holds([when], elements)));
    return wanting.find((unmet) => unmet.length > 0 && unmet.every((when) => !when.includes('='))) ?? [];
  });
  return [...new Set(lacking)];
}

/** What of a grant the policy decides by, before any row is read. Two grants of equal terms have the same plan. */
export interface GrantTerms {
  readonly clause: ClauseId;
  /** Categories granted, within the ceiling, as bits. */
  readonly categories: number;
  /** Coordinates that may be seen; null where the categories alone decide. */
  readonly coordinates: readonly string[] | null;
  /** Coordinates that the form leaves out. */
  readonly leftOut: readonly string[];
  /** Classes opened without an authorization, as bits. */
  readonly classes: number;
  /** PSYTHPN is open in what the overseen author wrote. */
  readonly authorsNotes: boolean;
  readonly form: DisclosureForm;
  /** Only the records that it names. */
  readonly narrowed: boolean;
  /** Paid for: each member's authorization to the sale is asked. */
  readonly remunerated: boolean;
  readonly decedents: boolean;
  readonly onPremises: boolean;
  readonly agreedRestrictionsBind: boolean;
  readonly overridesPrivacyState: boolean;
}
export interface Granted { readonly categories: number; readonly classes: readonly SensitivityClass[]; readonly narrowed: boolean; readonly remunerated: boolean }

/** The terms of a grant under a clause, from what it states and what was granted. */
export function termsOf(clause: ClauseId, rule: GrantRule, elements: Elements, granted: Granted): { terms: GrantTerms; author: string | null } {
  const most = ceilingOf(rule, elements);
  const open = openable(rule, elements);
  const asked = coverMask(granted.classes) & ALL_CLASSES;
  const form = rule.forms.find((each) => holds(each.when, elements))?.form ?? 'FULL';
  const some = (all: readonly When[]): boolean => all.some((when) => holds(when, elements));
  const terms: GrantTerms = Object.freeze({
    clause, categories: granted.categories & most.categories, coordinates: most.coordinates, leftOut: coordinatesLeftOut(form), classes: asked & open.classes,
    authorsNotes: (asked & open.ofAuthor) !== 0, form, narrowed: granted.narrowed, remunerated: granted.remunerated, decedents: some(rule.decedents), onPremises: some(rule.onPremises),
    agreedRestrictionsBind: rule.agreedRestrictionsBind, overridesPrivacyState: rule.overridesPrivacyState,
  });
  return { terms, author: open.author };
}

/** Whether a coordinate is within a grant's limits: `Address.*` stands for every field of the type. */
export function withinGrant(terms: Pick<GrantTerms, 'coordinates' | 'leftOut'> | null, coordinate: string): boolean {
  if (!terms) return true;
  const listed = (all: readonly string[]): boolean => all.includes(coordinate) || all.includes(`${coordinate.split('.')[0] ?? ''}.*`);
  return !listed(terms.leftOut) && (terms.coordinates === null || listed(terms.coordinates));
}

/** Whether a release under a grant is listed in the accounting of disclosures, and to a representative too. */
export const isAccounted = (clause: { readonly accounted: boolean; readonly grant: GrantRule | null }, elements: Elements): boolean =>
  clause.accounted && !(clause.grant?.unaccounted ?? []).some((when) => holds(when, elements));
export const isKeptFromRepresentatives = (rule: GrantRule | null, elements: Elements): boolean => (rule?.keptFromRepresentatives ?? []).some((when) => holds(when, elements));
