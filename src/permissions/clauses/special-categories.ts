import { coverMask } from '../../vocabulary/sensitivity';
import { clause, prohibition, type Prohibition, type SensitivityColumn } from '../core/clause';
import { and, bits, bound, byState, covered, eq, isIn, known, not, or, overlaps, record, row, union, value, values, type Operand, type Predicate } from '../core/predicate';
import type { Jurisdiction } from '../jurisdictions/jurisdiction';
import { stateNeed, tableNeed } from '../special-categories';
import { authorizesCategory, familyOf, ofAge, onCareTeam, revealed } from './relationships';

const PART2 = coverMask(['PART2']);
const NOTES = coverMask(['PSYTHPN']);
const PSYTHPN = value(NOTES);
const GDIS = value(coverMask(['GDIS']));

/** What the member's authorizations in force cover for this caller, purpose and category, together. */
export const coverage: Operand = bits('authorization_scope', 'class_mask', authorizesCategory);
/** … with what the grant that is read under opens by itself (policy section 7). */
const opened: Operand = union(coverage, known('grantClasses'));

const treating = isIn(known('purpose'), ...values(...familyOf('TREAT')));
const isAuthor = eq(record('author_id'), bound('practitioner'));

/** Some class that needs an authorization in this column, in the member's state, is not covered. */
function uncovered(column: SensitivityColumn, jurisdictions: readonly Jurisdiction[]): Predicate {
  const need = (forTreatment: boolean, without: number): Operand => byState(tableNeed(column) & ~without,
    Object.fromEntries(jurisdictions.map((each) => [each.state, stateNeed(column, each, forTreatment) & ~without])));
  const holds = (forTreatment: boolean): Predicate => or(
    covered(revealed, need(forTreatment, 0), opened),
    // Oversight of the author of psychotherapy notes reads what that author wrote (164.508(a)(2)(ii)*).
    and(eq(record('author_id'), bound('grantAuthor')), covered(revealed, need(forTreatment, NOTES), opened)),
    // The recording program's own callers, whatever their role, treat without one (42 CFR 2.12(c)(3)).
    and(treating, eq(record('program_id'), bound('organization')), covered(revealed, need(forTreatment, PART2), opened)),
  );
  return not(or(and(treating, holds(true)), and(not(treating), holds(false))));
}

/** Part 2 records of one who is not known to be of age need the minor's own signature, whoever asks (42 CFR 2.14*). */
const withoutMinorsSignature: Predicate = and(
  not(ofAge), overlaps(revealed, value(PART2)), not(and(treating, eq(record('program_id'), bound('organization')))),
  not(covered(revealed, value(PART2), bits('authorization_scope', 'class_mask', and(authorizesCategory, eq(row('signed_by_member'), value(1)))))),
);

const column = (name: SensitivityColumn, jurisdictions: readonly Jurisdiction[]): Prohibition => prohibition({
  level: 'CELL', reason: 'AUTHORIZATION_REQUIRED', rule: `special-category:${name}`, column: name, hides: uncovered(name, jurisdictions),
});

/** Named children of payment and operations that are not underwriting: the purposes for which a plan may see genetic information at all. */
const NOT_UNDERWRITING = familyOf('HPAYMT', 'HOPERAT').filter((each) => !['HPAYMT', 'HOPERAT', 'COVERAGE', 'ELIGDTRM', 'ENROLLM'].includes(each));

/** Notice: "Special Categories of Treatment Information". */
export const specialCategories = (jurisdictions: readonly Jurisdiction[]) => clause({
  id: 'special-categories',
  title: 'Special Categories of Treatment Information',
  citation: '42 CFR Part 2; 45 CFR 164.508(a)(2), 164.502(a)(5)(i)*; state law by jurisdiction file',
  summary: 'Substance use, HIV, sexually transmitted infections, mental health, genetics, abuse and sexual health need the member\'s authorization wherever no law permits more.',
  purposes: [],
  needsAuthorization: true,
  prohibits: [
    prohibition({ level: 'CELL', reason: 'AUTHORIZATION_REQUIRED', rule: 'not-labelled-yet', exceptRoles: ['MEMBER'], hides: not(eq(record('labelled'), value(1))) }),
    prohibition({
      level: 'CELL', reason: 'AUTHORIZATION_REQUIRED', rule: 'part2-of-a-minor', exceptRoles: ['MEMBER', 'PRIVACY_OFFICER'], exceptPurposes: ['ETREAT'], hides: withoutMinorsSignature,
    }),
    column('INSIDE_TREAT', jurisdictions), column('ETREAT', jurisdictions), column('INSIDE_OTHER', jurisdictions), column('OUTSIDE', jurisdictions),
    prohibition({
      level: 'CELL', reason: 'PSYCHOTHERAPY_NOTE', rule: 'psychotherapy-note-of-another', column: 'INSIDE_TREAT', hides: and(overlaps(revealed, PSYTHPN), not(and(isAuthor, onCareTeam))),
    }),
    prohibition({ level: 'CELL', reason: 'PSYCHOTHERAPY_NOTE', rule: 'psychotherapy-note-of-another', column: 'ETREAT', hides: and(overlaps(revealed, PSYTHPN), not(isAuthor)) }),
    // The cell of treatment holds every NOTE but psychotherapy notes by another author (policy section 3); what is read under a grant has no cell.
    prohibition({
      level: 'CELL', reason: 'PSYCHOTHERAPY_NOTE', rule: 'psychotherapy-note-outside-the-cell', column: 'OUTSIDE', roles: ['EXTERNAL_PROVIDER'],
      hides: and(treating, eq(known('category'), value('NOTE')), overlaps(revealed, PSYTHPN), not(isAuthor)),
    }),
    prohibition({
      level: 'CELL', reason: 'AUTHORIZATION_REQUIRED', rule: 'genetic-information-and-plans', exceptRoles: ['MEMBER', 'PERSONAL_REPRESENTATIVE'], exceptPurposes: ['ETREAT'],
      hides: and(or(eq(known('organizationKind'), value('HEALTH_PLAN')), eq(known('role'), value('HEALTH_PLAN'))), not(isIn(known('purpose'), ...values(...NOT_UNDERWRITING))), overlaps(revealed, GDIS)),
    }),
  ],
  reading: 'The outside column is the strictest law among the states served and holds for payment as well. A record with several labels needs all of them covered.',
});
