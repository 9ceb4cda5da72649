/** Section 2: every field has exactly one category. Connections, amendments and links to other nodes are not cells. */

export type Category =
  | 'IDENTITY' | 'CONTACT' | 'GOVERNMENT_ID' | 'COVERAGE' | 'CARE_TEAM' | 'CLINICAL' | 'MEDICATION' | 'CARE_MANAGEMENT' | 'NOTE' | 'FINANCIAL'
  | 'PRIVACY' | 'ADMINISTRATIVE';

const MEMBER: Record<string, Category> = {
  id: 'ADMINISTRATIVE',
  memberNumber: 'IDENTITY', name: 'IDENTITY', preferredName: 'IDENTITY', birthDate: 'IDENTITY', gender: 'IDENTITY', genderIdentity: 'IDENTITY',
  pronouns: 'IDENTITY', deceasedAt: 'IDENTITY',
  contact: 'CONTACT', governmentIds: 'GOVERNMENT_ID', coverages: 'COVERAGE', careTeam: 'CARE_TEAM', privacy: 'PRIVACY',
  interactionAlerts: 'MEDICATION',
};

const RECORD_TYPES: Record<string, [Category, string[]]> = {
  Condition: ['CLINICAL', ['onsetAt', 'abatedAt']],
  Allergy: ['CLINICAL', ['criticality', 'reaction']],
  Observation: ['CLINICAL', ['category', 'value', 'unit', 'effectiveAt']],
  Immunization: ['CLINICAL', ['occurredAt']],
  Procedure: ['CLINICAL', ['performedAt']],
  Encounter: ['CLINICAL', ['class', 'start', 'end', 'reason']],
  DiagnosticReport: ['CLINICAL', ['category', 'conclusion', 'effectiveAt', 'resultIds']],
  Medication: ['MEDICATION', ['dosage', 'prescriberId', 'startedAt', 'endedAt']],
  MedicationReview: ['MEDICATION', ['reviewerId', 'findings', 'recommendation']],
  CareGap: ['CARE_MANAGEMENT', ['measure', 'dueAt', 'closedAt']],
  CarePlan: ['CARE_MANAGEMENT', ['title', 'start', 'end', 'activities']],
  Document: ['NOTE', ['authorId', 'title', 'text']],
  Claim: ['FINANCIAL', ['planId', 'billedAmount', 'paidByMember', 'paidInFullByMember', 'currency', 'serviceStart', 'serviceEnd', 'diagnoses']],
};

/** The connections of a member (schema.graphql) and the type that each leads to: a restriction that names one hides those records. */
export const CONNECTIONS: ReadonlyMap<string, string> = new Map([
  ['Member.conditions', 'Condition'], ['Member.allergies', 'Allergy'], ['Member.observations', 'Observation'], ['Member.immunizations', 'Immunization'],
  ['Member.procedures', 'Procedure'], ['Member.encounters', 'Encounter'], ['Member.diagnosticReports', 'DiagnosticReport'], ['Member.medications', 'Medication'],
  ['Member.medicationReviews', 'MedicationReview'], ['Member.careGaps', 'CareGap'], ['Member.carePlans', 'CarePlan'], ['Member.documents', 'Document'], ['Member.claims', 'Claim'],
]);

const ADMINISTRATIVE = ['id', 'memberId', 'encounterId', 'recordedAt', 'labels', 'governedBy'];
const NOTES = new Set(['MedicationReview.findings', 'MedicationReview.recommendation', 'DiagnosticReport.conclusion']);

/** These fields of a member, who has no labels, reveal GENDER_IDENTITY by their mere presence (interface.md: both bear the class). */
export const REVEALS_GENDER_IDENTITY: ReadonlySet<string> = new Set(['Member.genderIdentity', 'Member.pronouns']);

const CATEGORY = new Map<string, Category>();
for (const [name, category] of Object.entries(MEMBER)) CATEGORY.set(`Member.${name}`, category);
for (const [type, [category, names]] of Object.entries(RECORD_TYPES)) {
  for (const name of ADMINISTRATIVE) CATEGORY.set(`${type}.${name}`, 'ADMINISTRATIVE');
  for (const name of ['code', 'status', ...names]) CATEGORY.set(`${type}.${name}`, NOTES.has(`${type}.${name}`) ? 'NOTE' : category);
}

export const categoryOf = (coordinate: string): Category | undefined => CATEGORY.get(coordinate);
export const RECORD_TYPE_NAMES: readonly string[] = Object.keys(RECORD_TYPES);

const OF_TYPE = new Map<string, string[]>();
for (const coordinate of CATEGORY.keys()) {
  const type = coordinate.slice(0, coordinate.indexOf('.'));
  OF_TYPE.set(type, [...(OF_TYPE.get(type) ?? []), coordinate]);
}
export const coordinatesOf = (type: string): readonly string[] => OF_TYPE.get(type) ?? [];

const TELLING = new Map([...OF_TYPE].map(([type, all]) => [type, all.filter((one) => CATEGORY.get(one) !== 'ADMINISTRATIVE')] as const));
/** The coordinates of a type that are not administrative: those that make a row visible. */
export const tellingCoordinatesOf = (type: string): readonly string[] => TELLING.get(type) ?? [];
