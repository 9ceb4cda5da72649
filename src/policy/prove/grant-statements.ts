import { and, eq, ofMember, row } from '../../permissions/core/predicate';
import { categoryMask, categoryBit } from '../../vocabulary/categories';
import { isRecordType } from '../../vocabulary/records';
import { coverMask } from '../../vocabulary/sensitivity';
import type { ProvenGrant } from './grant-space';
import type { Smt } from './smt';
import type { Case } from './space';
import type { Statement } from './statement';

/** The classes that a grant opens by itself, from the second table of policy section 7, written here again and not read from the clauses. */
const PART2 = coverMask(['PART2']);
const NOTES = coverMask(['PSYTHPN']);
const EVERY = coverMask(['SUD', 'HIV', 'STD', 'PSY', 'PSYTHPN', 'GDIS', 'SDV', 'SEX']);
const but = (...left: number[]): number => left.reduce((all, each) => all & ~each, EVERY);

export function openedBy({ clause, elements }: ProvenGrant): number {
  const ordered = (holds: boolean): number => (holds ? ('part2-order' in elements ? EVERY : but(PART2)) : 0);
  switch (clause) {
    case 'required-by-law': case 'coroners': return but(PART2);
    case 'public-health':
      if (elements['activity'] === 'child-abuse') return but(NOTES, 'part2-report' in elements ? 0 : PART2);
      if (elements['activity'] === 'fda') return but(NOTES, PART2);
      return elements['activity'] === 'disease-control' || elements['activity'] === 'exposure' ? coverMask(['STD', 'HIV']) : 0;
    case 'abuse-victims': return coverMask(['SDV']);
    case 'threat-to-safety': return coverMask(['PSY', 'SUD', 'SDV', 'PSYTHPN']) & ~PART2;
    case 'judicial-proceedings': return ordered(elements['basis'] === 'order');
    case 'law-enforcement': return ordered(elements['circumstance'] === 'process' && ['order', 'warrant'].includes(elements['process'] ?? ''));
    case 'health-oversight': return but(PART2, NOTES, coverMask(['SEX']));
    default: return 0;
  }
}
/** Psychotherapy notes are open to the oversight of who wrote them. */
export const overseesAuthors = ({ clause, elements }: ProvenGrant): boolean => clause === 'health-oversight' && 'notes-author' in elements;

/** What no grant opens, and what the ceilings of the first table leave, by category. */
const NEVER = categoryMask(['PRIVACY', 'GOVERNMENT_ID']);
function isAboveCeiling({ clause, elements }: ProvenGrant, category: number): boolean {
  const within = (...categories: Parameters<typeof categoryMask>[0]): boolean => (categoryMask(categories) & category) !== 0;
  if (clause === 'family-absent' && elements['form'] === 'notification') return !within('IDENTITY', 'CLINICAL');
  const helps = clause === 'family-absent' && elements['form'] === 'involvement';
  if (helps && elements['involvement'] === 'care') return !within('IDENTITY', 'CARE_MANAGEMENT', 'MEDICATION');
  if (helps && elements['involvement'] === 'payment') return !within('IDENTITY', 'COVERAGE', 'FINANCIAL');
  return clause === 'law-enforcement' && elements['circumstance'] === 'locating' && !within('IDENTITY', 'CONTACT');
}

/** The truth that a row of a relation is there which names the grant and the member; where the rule asks for any other row, that breaks the statement. */
function asksProperly(smt: Smt, relation: string, named: boolean): { readonly there: string; readonly improper: string } {
  const asked = smt.facts.filter((each) => each.relation === relation && (!named || JSON.stringify(each.where).includes('"named"')));
  const proper = smt.formula(and(ofMember, eq(row('grant_id'), { kind: 'bound', name: 'grant' })));
  return { there: `(or false ${asked.map((each) => each.atom).join(' ')})`, improper: `(or false ${asked.map((each) => `(and ${smt.formula(each.where)} (not ${proper}))`).join(' ')})` };
}

export const grants: Statement = {
  id: 'grants', says: 'A grant opens no member and no note that it does not name, nothing above its clause\'s ceiling, and never what members asked for or their government ids.',
  against: (one: Case, smt: Smt) => {
    const { grant, cell } = one;
    if (!grant) return null;
    const decision = one.access.decide(cell);
    if (decision.effect === 'DENY') return 'false';
    const visible = smt.formula(decision.visible);
    const bit = categoryBit(cell.category);
    if ((bit & NEVER) !== 0 || isAboveCeiling(grant, bit)) return `(and true ${visible})`;
    const member = asksProperly(smt, 'grant_member', false);
    const note = cell.category === 'NOTE' && isRecordType(cell.type) ? asksProperly(smt, 'grant_scope_record', true) : null;
    return `(and true ${visible} (or (not ${member.there}) ${member.improper}${note ? ` (not ${note.there}) ${note.improper}` : ''}))`;
  },
};
