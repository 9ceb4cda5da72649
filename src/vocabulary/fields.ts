import type { Category } from './categories';
import { RECORD_TYPES, RECORD_TYPE_NAMES, isRecordType, type RecordType } from './records';

/**
 * The restrictable fields of each type, in an order that only grows at its end: the place of a field is its bit in
 * `restriction_scope.field_mask`. Fields of category ADMINISTRATIVE go wherever their record goes and have no bit; objects decided
 * as a whole (GovernmentId, Coverage, CareTeamMember, what stands below `privacy`) are restricted by the field that leads to them.
 * A connection of a member (`Member.medications`) is restricted by hiding the records themselves.
 */
const RECORD_FIELDS = ['code', 'status', 'amendments'] as const;
const OWN_FIELDS = {
  Condition: ['onsetAt', 'abatedAt'],
  Medication: ['dosage', 'prescriberId', 'startedAt', 'endedAt'],
  Allergy: ['criticality', 'reaction'],
  Observation: ['category', 'value', 'unit', 'effectiveAt'],
  Immunization: ['occurredAt'],
  Procedure: ['performedAt'],
  Encounter: ['class', 'start', 'end', 'reason'],
  DiagnosticReport: ['category', 'conclusion', 'effectiveAt', 'resultIds'],
  Document: ['authorId', 'title', 'text'],
  CarePlan: ['title', 'start', 'end', 'activities'],
  MedicationReview: ['reviewerId', 'findings', 'recommendation'],
  CareGap: ['measure', 'dueAt', 'closedAt'],
  Claim: ['planId', 'billedAmount', 'paidByMember', 'paidInFullByMember', 'currency', 'serviceStart', 'serviceEnd', 'diagnoses'],
} as const satisfies Record<RecordType, readonly string[]>;

const MEMBER_FIELDS: Readonly<Record<string, Readonly<Record<string, Category>>>> = {
  Member: {
    memberNumber: 'IDENTITY', name: 'IDENTITY', preferredName: 'IDENTITY', birthDate: 'IDENTITY', gender: 'IDENTITY', genderIdentity: 'IDENTITY', pronouns: 'IDENTITY',
    deceasedAt: 'IDENTITY', contact: 'CONTACT', governmentIds: 'GOVERNMENT_ID', coverages: 'COVERAGE', careTeam: 'CARE_TEAM', interactionAlerts: 'MEDICATION', privacy: 'PRIVACY',
  },
  HumanName: { given: 'IDENTITY', family: 'IDENTITY', prefix: 'IDENTITY', suffix: 'IDENTITY', text: 'IDENTITY' },
  Contact: { telephones: 'CONTACT', emails: 'CONTACT', addresses: 'CONTACT', preferredLanguage: 'CONTACT', confidential: 'CONTACT' },
  Address: { use: 'CONTACT', line: 'CONTACT', city: 'CONTACT', state: 'CONTACT', postalCode: 'CONTACT', country: 'CONTACT' },
};

/** Record fields whose category is not their type's (policy section 2). */
const NOTE_FIELDS = ['MedicationReview.findings', 'MedicationReview.recommendation', 'DiagnosticReport.conclusion'];
/** Fields of the member that reveal a class by their mere presence. */
export const GENDER_IDENTITY_FIELDS: readonly string[] = Object.freeze(['Member.genderIdentity', 'Member.pronouns']);

/**
 * Fields that hold words which somebody wrote. What a code says they may say again: they are hidden with it, and the forms of a disclosure
 * without identifiers leave them out.
 */
export const FREE_TEXT_FIELDS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  Member: ['genderIdentity', 'pronouns'], HumanName: ['text'], Medication: ['dosage'], Allergy: ['reaction'], DiagnosticReport: ['conclusion'], Document: ['title', 'text'], CarePlan: ['title', 'activities'],
  MedicationReview: ['findings', 'recommendation'], CareGap: ['measure'], Claim: ['diagnoses'],
});
/** Fields that hold words where the sender gave neither a measured value nor a code: hidden with the code too. */
const WORDS_AT_TIMES: Readonly<Record<string, readonly string[]>> = { Observation: ['value'], Encounter: ['reason'] };
/** Beside the code of a record: the fields whose values stand in the words beside them. */
const CODED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['given', 'family', 'prefix', 'suffix'], Observation: ['category'], DiagnosticReport: ['category'], Encounter: ['reason'], Claim: ['diagnoses'],
};

/** These fields, with the words that tell what one of them says (docs/adr/words-beside-a-hidden-code.md). Words hidden by themselves hide no code. */
export function withWords(type: string, fields: readonly string[]): readonly string[] {
  const coded = [...(isRecordType(type) ? ['code'] : []), ...CODED_FIELDS[type] ?? []];
  if (!coded.some((each) => fields.includes(each))) return fields;
  return [...new Set([...fields, ...FREE_TEXT_FIELDS[type] ?? [], ...WORDS_AT_TIMES[type] ?? []])];
}

export const RESTRICTABLE_TYPES = Object.freeze([...Object.keys(MEMBER_FIELDS), ...RECORD_TYPE_NAMES]) as readonly string[];

/** The restrictable fields of a type, in the order of their bits; empty for a type that has none. */
export function fieldsOf(type: string): readonly string[] {
  if (isRecordType(type)) return [...RECORD_FIELDS, ...OWN_FIELDS[type]];
  return Object.keys(MEMBER_FIELDS[type] ?? {});
}

/** The bit of a coordinate such as `Medication.dosage`; 0 for one that cannot be restricted by itself. */
export function fieldBit(type: string, field: string): number {
  const place = fieldsOf(type).indexOf(field);
  return place < 0 ? 0 : 1 << place;
}

/** The category of a restrictable field; null for any other. */
export function categoryOfField(type: string, field: string): Category | null {
  if (!fieldsOf(type).includes(field)) return null;
  if (!isRecordType(type)) return MEMBER_FIELDS[type]?.[field] ?? null;
  return NOTE_FIELDS.includes(`${type}.${field}`) ? 'NOTE' : RECORD_TYPES[type].category;
}

/** All bits of a type: a record with all of them hidden is not there. */
export const allFieldBits = (type: string): number => (1 << fieldsOf(type).length) - 1;
