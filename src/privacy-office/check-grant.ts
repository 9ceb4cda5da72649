import { CASE_BY_CASE } from '../permissions/clauses';
import type { Clause } from '../permissions/core/clause';
import type { GrantRule } from '../permissions/core/grant';
import { ceilingOf, closedClasses, holds, missingElements, missingToOpen, mistakeIn, type Elements } from '../permissions/grant-terms';
import { categoryBit, type Category } from '../vocabulary/categories';
import { CLAUSE_IDS } from '../vocabulary/clauses';
import { GatewayError } from '../vocabulary/errors';
import type { Recipient } from '../vocabulary/recipients';
import type { SensitivityClass } from '../vocabulary/sensitivity';
import type { GrantInput } from './grant-input';
import { isDead, notFound, type MemberFacts } from './standing';
import { badInput, LONGEST, recipientsOf, requireSome, requireText } from './validate';

/** A request for a grant that states everything its clause demands and asks for nothing above what the clause can open. */
export interface CheckedGrant {
  readonly clause: Clause & { readonly grant: GrantRule };
  readonly recipient: Recipient; readonly memberIds: readonly string[]; readonly categories: readonly Category[]; readonly classes: readonly SensitivityClass[];
  readonly recordIds: readonly string[] | null; readonly remunerated: boolean; readonly elements: Elements; readonly expires: string;
}

const MOST_MEMBERS = 10_000;

function clauseOf(id: string): CheckedGrant['clause'] {
  if (!(CLAUSE_IDS as readonly string[]).includes(id)) throw notFound('input.clause');
  const found = CASE_BY_CASE.find((each) => each.id === id);
  if (!found?.grant) throw badInput('input.clause', 'is no clause that allows disclosures case by case');
  return { ...found, grant: found.grant };
}

/** What was stated by name; each once, and each as its format says. */
function elementsOf(rule: GrantRule, given: GrantInput['elements'], now: string): Elements {
  const elements: Record<string, string> = {};
  given.forEach(({ name, value }, place) => {
    const demand = rule.demands.find((each) => each.name === name);
    if (!demand) throw badInput(`input.elements[${place}].name`, 'is nothing that the clause demands');
    if (Object.hasOwn(elements, name)) throw badInput(`input.elements[${place}].name`, 'is stated twice');
    const stated = value.trim();
    // What says nothing is not stated: it is missing where it is demanded.
    if (stated === '') return;
    const mistake = mistakeIn(demand, stated, now);
    if (mistake) throw badInput(`input.elements[${place}].value`, `${demand.name} ${mistake}`);
    elements[name] = requireText(stated, `input.elements[${place}].value`);
  });
  return elements;
}

/** After a death, involvement asks for more, whether the request says that the member died or the record does (164.510(b)(5)). */
function missingOfTheDead(clause: Clause, elements: Elements, dead: boolean): string[] {
  if (clause.id !== 'family-absent' || !dead || !holds(['form=involvement'], elements)) return [];
  return missingElements(clause.grant as GrantRule, { ...elements, 'member-deceased': 'true' });
}

const incomplete = (missing: readonly string[]): GatewayError => new GatewayError('GRANT_INCOMPLETE', `input.elements: ${missing.join(', ')} must be stated.`, { missing });

function checkCeilings({ grant }: CheckedGrant['clause'], elements: Elements, categories: readonly Category[], classes: readonly SensitivityClass[]): void {
  const most = ceilingOf(grant, elements).categories;
  if (categories.some((each) => (most & categoryBit(each)) === 0)) throw badInput('input.categories', 'lists more than the clause discloses');
  const closed = closedClasses(grant, elements, classes);
  const missing = missingToOpen(grant, elements, closed);
  if (missing.length > 0) throw incomplete(missing);
  if (closed.length > 0) throw badInput('input.classes', 'names a special category that the clause does not open with what is stated');
}

/** A grant is for somebody whose identity was made sure of: a role is nobody. */
function recipientOf(given: Recipient): Recipient {
  const [recipient] = recipientsOf([given], 'input.recipient');
  if (!recipient || recipient.role) throw badInput('input.recipient', 'must be a subject or an organization');
  return recipient;
}

/**
 * Checks a request for a grant against what its clause demands.
 * @param members whom it is for, where they are known already: some demands depend on them
 * @throws GRANT_INCOMPLETE with `missing` in the extensions, BAD_USER_INPUT, NOT_FOUND for a clause that does not exist
 */
export function checkGrant(input: GrantInput, now: string, members: readonly MemberFacts[]): CheckedGrant {
  const clause = clauseOf(input.clause);
  const elements = elementsOf(clause.grant, input.elements, now);
  const dead = members.some((each) => isDead(each, now));
  const missing = [...new Set([...missingElements(clause.grant, elements), ...missingOfTheDead(clause, elements, dead)])];
  if (missing.length > 0) throw incomplete(missing);
  const memberIds = requireSome(input.memberIds, 'input.memberIds');
  if (memberIds.length > MOST_MEMBERS) throw badInput('input.memberIds', `may have ${MOST_MEMBERS} members at most`);
  if (members.length > 0 && clause.grant.decedents.some((when) => holds(when, elements)) && !members.every((each) => isDead(each, now))) throw badInput('input.memberIds', 'must have died');
  const categories = requireSome(input.categories, 'input.categories');
  const classes = [...new Set(input.classes ?? [])];
  checkCeilings(clause, elements, categories, classes);
  const recordIds = input.recordIds ? requireSome(input.recordIds, 'input.recordIds').map((each) => requireText(each, 'input.recordIds', LONGEST.id)) : null;
  if (input.expires <= now) throw badInput('input.expires', 'must be in the future');
  return { clause, recipient: recipientOf(input.recipient), memberIds, categories, classes, recordIds, remunerated: input.remunerated === true, elements, expires: input.expires };
}
