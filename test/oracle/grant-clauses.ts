/** Section 7: its two tables, clause by clause, and what of section 6 a clause overrides. */
import { READINGS } from './readings';
import { coversClass, rowOf } from './classes';
import { isEmergency } from './minimum-necessary';
import { isPurpose, permitsAny } from './purposes';
import type { Category } from './fields';
import type { WorldGrant } from './world';

type Stated = WorldGrant['elements'];

/** "purpose": the codes, or any. */
const PURPOSES_OF: Readonly<Record<string, readonly string[] | 'any'>> = {
  'family-present': ['FAMRQT'], 'family-absent': ['FAMRQT'], 'threat-to-safety': ['THREAT'], 'public-health': ['PUBHLTH'], 'abuse-victims': 'any',
  'health-oversight': ['HCOMPL'], 'judicial-proceedings': ['HLEGAL'], 'law-enforcement': ['HLEGAL'], coroners: ['HDECD'], 'organ-donation': ['DONAT'],
  research: ['HRESCH'], 'government-functions': ['MILCDM', 'GOV'], 'correctional-institutions': 'any', 'workers-compensation': ['HPAYMT'], 'required-by-law': 'any',
};
export const GRANT_CLAUSES: readonly string[] = Object.keys(PURPOSES_OF);

export function isForPurpose(clause: string, purpose: string): boolean {
  const named = PURPOSES_OF[clause] ?? [];
  if (named !== 'any') return permitsAny(named, purpose);
  return isPurpose(purpose) && (READINGS.anyPurposeIsEmergencyOrMarketing || (!isEmergency(purpose) && purpose !== 'HMARKT'));
}

/** "They bind treatment, payment, operations, family ...; they do not bind grants under threat-to-safety through required-by-law." */
export const FAMILY: ReadonlySet<string> = new Set(['family-present', 'family-absent']);
/** "Only a grant under required-by-law overrides" what was paid in full, the opt-out and a plan's agreement. */
export const overridesPrivacyState = ({ clause }: WorldGrant): boolean => clause === 'required-by-law';

const NOTIFICATION = new Set(['Member.name', 'Member.deceasedAt', 'Encounter.class', 'Encounter.status', 'Encounter.start', 'Encounter.end']);
/** The address is of the contact. */
const LOCATING = new Set(['Member.name', 'Member.birthDate', 'Member.gender', 'Member.contact', 'Member.deceasedAt']);
const CARE = new Set<string>(['IDENTITY', 'CARE_MANAGEMENT', 'MEDICATION']);
const PAYMENT = new Set<string>(['IDENTITY', 'COVERAGE', 'FINANCIAL']);

/** The column "at most" where it is a list; "else the grant's own categories, without PRIVACY and GOVERNMENT_ID". */
export function isBelowCeiling(clause: string, stated: Stated, coordinate: string, category: Category): boolean {
  if (category === 'PRIVACY' || category === 'GOVERNMENT_ID') return false;
  if (clause === 'family-absent' && stated['form'] === 'notification') return NOTIFICATION.has(coordinate);
  if (clause === 'family-absent' && stated['involvement'] === 'care') return CARE.has(category);
  if (clause === 'family-absent' && stated['involvement'] === 'payment') return PAYMENT.has(category);
  return clause !== 'law-enforcement' || stated['circumstance'] !== 'locating' || LOCATING.has(coordinate);
}

/** "without an authorization": whether the clause can open a class at all, by what was stated. `authored`: the overseen author wrote it. */
export function mayOpen(clause: string, stated: Stated, label: string, authored: boolean): boolean {
  const row = rowOf(label);
  if (row === null) return false;
  const ofTwo = row === 'PART2' || row === 'PSYTHPN';
  switch (clause) {
    case 'required-by-law': case 'coroners': return row !== 'PART2';
    case 'public-health':
      switch (stated['activity']) {
        case 'disease-control': case 'exposure': return row === 'STD' || row === 'HIV';
        case 'child-abuse': return row === 'PART2' ? stated['part2-report'] !== undefined : row !== 'PSYTHPN';
        case 'fda': return !ofTwo;
        default: return false;
      }
    case 'abuse-victims': return row === 'SDV';
    case 'threat-to-safety': return row === 'PSY' || row === 'SUD' || row === 'SDV' || row === 'PSYTHPN';
    case 'judicial-proceedings': return stated['basis'] === 'order' && (row !== 'PART2' || stated['part2-order'] !== undefined);
    case 'law-enforcement':
      return stated['circumstance'] === 'process' && (stated['process'] === 'order' || stated['process'] === 'warrant') && (row !== 'PART2' || stated['part2-order'] !== undefined);
    case 'health-oversight': return row === 'PSYTHPN' ? authored : row !== 'PART2' && row !== 'SEX';
    default: return false;
  }
}

/** "A grant opens a special class only by naming it in `classes`": a class named covers its children. */
export const isNamedClass = (named: readonly string[], label: string): boolean =>
  named.some((one) => (label === 'PART2' && !READINGS.grantOfParentCoversPart2 ? one === label : coversClass(one, label)));

/** The end of section 7: what a limited data set leaves out, and Safe Harbor too; both keep dates, state and postal code in some form. */
export function leavesIdentifiersOut(clause: string, stated: Stated): boolean {
  if (clause === 'research' && stated['basis'] === 'limited-data-set') return true;
  return (clause === 'research' || clause === 'public-health') && stated['de-identification'] !== undefined;
}
const IDENTIFIERS = ['Member.memberNumber', 'Member.name', 'Member.preferredName', 'Member.governmentIds', 'Member.privacy'];
/** Words that somebody wrote, and lists of codes that come with their displays. */
const FREE_TEXT = [
  'Member.genderIdentity', 'Member.pronouns', 'Member.interactionAlerts', 'Medication.dosage', 'Allergy.reaction', 'CarePlan.title', 'CarePlan.activities', 'Claim.diagnoses', 'CareGap.measure',
];
const NULL_WITHOUT_IDENTIFIERS: ReadonlySet<string> = new Set([...IDENTIFIERS, ...FREE_TEXT]);
export const isLeftOut = (coordinate: string, category: Category): boolean => category === 'NOTE' || NULL_WITHOUT_IDENTIFIERS.has(coordinate);
