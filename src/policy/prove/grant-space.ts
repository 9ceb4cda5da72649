import type { Clause } from '../../permissions/core/clause';
import type { GrantRule, When } from '../../permissions/core/grant';
import { termsOf, type Elements, type GrantTerms } from '../../permissions/grant-terms';
import type { GrantFacts } from '../../query/plan/access';
import { ALL_CATEGORIES } from '../../vocabulary/categories';
import { purposeCovers, type Purpose } from '../../vocabulary/purposes';
import { CLASSES } from '../../vocabulary/sensitivity';
import { isGrantClause } from '../clause-policy';
import { alikeFor } from '../purposes-alike';

/** A grant as a proof meets it: it asks for all that there is, so that what stays closed is closed by its clause. */
export interface ProvenGrant { readonly facts: GrantFacts; readonly clause: string; readonly elements: Elements; readonly told: string }

const statedIn = (when: When): Elements => Object.fromEntries(when.map((each) => { const [name = '', value = 'stated'] = each.split('='); return [name, value]; }));

/** Every circumstance that the rule itself tells apart, and every choice that it offers, where it is asked for. */
function circumstancesOf(rule: GrantRule): Elements[] {
  const told = [...rule.ceilings, ...rule.opens, ...rule.forms].map((each) => each.when).concat(rule.decedents, rule.onPremises);
  return [{}, ...told.map(statedIn), ...rule.demands.flatMap((each) => each.choices.map((choice) => ({ ...(each.requiredWhen === null ? {} : statedIn([each.requiredWhen])), [each.name]: choice })))];
}

/** Of terms those that rules ask for: forms leave out single fields, which no statement is about. */
const decisive = ({ form: _form, leftOut: _leftOut, ...terms }: GrantTerms): string => JSON.stringify(terms);

/** Grants under one clause: each kind that is decided differently once, with and without named records and pay. */
function* grantsUnder(clause: Clause, rule: GrantRule): Generator<ProvenGrant> {
  const met = new Set<string>();
  for (const elements of circumstancesOf(rule)) for (const [narrowed, remunerated] of [[false, false], [true, true]] as const) {
    const { terms, author } = termsOf(clause.id, rule, elements, { categories: ALL_CATEGORIES, classes: CLASSES, narrowed, remunerated });
    // What was stated is part of it: a rule that opens more where nothing is stated is another case than one that does not.
    const key = `${decisive(terms)} ${JSON.stringify(elements)}`;
    if (met.has(key)) continue;
    met.add(key);
    const stated = Object.entries(elements).map(([name, value]) => `${name}=${value}`).join(', ');
    yield { facts: { id: 'grant', recipient: { organizationId: 'organization' }, terms, author }, clause: clause.id, elements, told: `under ${clause.id}${stated ? ` (${stated})` : ''}${narrowed ? ', records named, for pay' : ''}` };
  }
}

/** Every grant of these clauses with the purposes that it is read for, one of each kind that rules tell apart. */
export function* grantsOf(clauses: readonly Clause[], under: readonly string[], purposes: readonly Purpose[]): Generator<{ readonly grant: ProvenGrant; readonly purpose: Purpose }> {
  for (const clause of clauses.filter((each) => isGrantClause(each) && under.includes(each.id))) {
    const covered = purposes.filter((purpose) => clause.purposes.some((each) => purposeCovers(each, purpose)));
    const alike = new Map((covered.length > 0 ? covered : clause.purposes.slice(0, 1)).map((purpose) => [alikeFor(clauses, 'DISCLOSURE_RECIPIENT', purpose), purpose]));
    for (const grant of grantsUnder(clause, clause.grant as GrantRule)) for (const purpose of alike.values()) yield { grant, purpose };
  }
}
