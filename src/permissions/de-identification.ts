import { FREE_TEXT_FIELDS } from '../vocabulary/fields';
import type { DisclosureForm } from './core/grant';

/**
 * What the forms without identifiers leave out (policy section 7, its end; 45 CFR 164.514(b)(2), (e)(2)). A test compares the first
 * list with the schema's tags: a field that is tagged with an identifier and stands in none of these lists fails it.
 */

/** Identifiers that are null in both forms. */
export const IDENTIFYING: readonly string[] = Object.freeze([
  'Member.memberNumber', 'Member.name', 'Member.preferredName', 'HumanName.*', 'Member.governmentIds', 'GovernmentId.*', 'Contact.telephones', 'Contact.emails', 'Address.line',
  'Coverage.subscriberId', 'Member.privacy',
]);
/** Words that somebody wrote, and notes: nobody can say that they name nobody. */
export const FREE_TEXT: readonly string[] = Object.freeze([
  ...Object.entries(FREE_TEXT_FIELDS).flatMap(([type, fields]) => fields.map((each) => `${type}.${each}`)),
  'Member.documents', 'Document.*', 'CareTeamMember.name', 'CareTeamMember.role', 'Code.display', 'Member.interactionAlerts',
  ...['Condition', 'Medication', 'Allergy', 'Observation', 'Immunization', 'Procedure', 'Encounter', 'DiagnosticReport', 'CarePlan', 'MedicationReview', 'CareGap', 'Claim'].map((each) => `${each}.amendments`),
]);
/** Keys of rows: they stay, as pseudonyms of the grant. */
export const PSEUDONYMOUS: readonly string[] = Object.freeze(['Member.id', 'Coverage.id', 'CareTeamMember.id', 'DiagnosticReport.resultIds']);
/** Smaller than a state: Safe Harbor leaves it out. */
const SMALLER_THAN_A_STATE: readonly string[] = Object.freeze(['Address.city']);

const BY_FORM: Readonly<Record<DisclosureForm, readonly string[]>> = Object.freeze({
  FULL: Object.freeze([]), LIMITED_DATA_SET: Object.freeze([...IDENTIFYING, ...FREE_TEXT]), SAFE_HARBOR: Object.freeze([...IDENTIFYING, ...FREE_TEXT, ...SMALLER_THAN_A_STATE]),
});
export const coordinatesLeftOut = (form: DisclosureForm): readonly string[] => BY_FORM[form];

/**
 * Prefixes of postal codes whose areas hold 20,000 people or fewer, by the Census of 2000 as the Office for Civil Rights lists them in its guidance on
 * de-identification (164.514(b)(2)(i)(B)): they are told as 000.
 */
export const SPARSE_POSTAL_PREFIXES: readonly string[] = Object.freeze(['036', '059', '063', '102', '203', '556', '692', '790', '821', '823', '830', '831', '878', '879', '884', '890', '893']);
/** Ages over 89 are one (164.514(b)(2)(i)(C)). */
export const OLDEST_AGE_TOLD = 90;
