import type { Scalar } from '../../permissions/core/interpret';
import type { RecordType } from '../../vocabulary/records';
import { classesOf } from '../../vocabulary/sensitivity';

/** Where a field comes from: its columns, and how their values make the field's value. Objects are read part by part. */
export type FieldSource =
  | { readonly kind: 'scalar'; readonly column: string; readonly read: (value: Scalar) => unknown }
  | { readonly kind: 'object'; readonly parts: Readonly<Record<string, string>> };

const same = (value: Scalar): unknown => value;
const json = (value: Scalar): unknown => (typeof value === 'string' ? JSON.parse(value) : null);
const flag = (value: Scalar): unknown => (value === null ? null : value === 1);
/** Sets of labels are few and rows are many: each is spelled out once. */
const SPELLED = new Map<number, readonly string[]>();
function labels(value: Scalar): unknown {
  if (typeof value !== 'number') return null;
  const known = SPELLED.get(value) ?? Object.freeze(classesOf(value));
  if (SPELLED.size < 10_000) SPELLED.set(value, known);
  return known;
}
const scalar = (column: string, read: (value: Scalar) => unknown = same): FieldSource => ({ kind: 'scalar', column, read });
const code = (system: string, value: string, display: string): FieldSource => ({ kind: 'object', parts: { system, code: value, display } });

const COMMON: Readonly<Record<string, FieldSource>> = {
  id: scalar('id'), memberId: scalar('member_id'), code: code('code_system', 'code', 'code_display'), status: scalar('status'), recordedAt: scalar('recorded_at'),
  encounterId: scalar('encounter_id'), labels: scalar('labels', labels), governedBy: scalar('governed_by'),
};

const OWN: Readonly<Record<RecordType, Readonly<Record<string, FieldSource>>>> = {
  Condition: { onsetAt: scalar('onset_at'), abatedAt: scalar('abated_at') },
  Medication: { dosage: scalar('dosage'), prescriberId: scalar('prescriber_id'), startedAt: scalar('started_at'), endedAt: scalar('ended_at') },
  Allergy: { criticality: scalar('criticality'), reaction: scalar('reaction') },
  Observation: { category: scalar('category'), value: scalar('value'), unit: scalar('unit'), effectiveAt: scalar('effective_at') },
  Immunization: { occurredAt: scalar('occurred_at') },
  Procedure: { performedAt: scalar('performed_at') },
  Encounter: { class: scalar('class'), start: scalar('start_at'), end: scalar('end_at'), reason: code('reason_system', 'reason_code', 'reason_display') },
  DiagnosticReport: { category: scalar('category'), conclusion: scalar('conclusion'), effectiveAt: scalar('effective_at'), resultIds: scalar('result_ids', json) },
  Document: { authorId: scalar('author_id'), title: scalar('title'), text: scalar('text') },
  CarePlan: { title: scalar('title'), start: scalar('start_at'), end: scalar('end_at'), activities: scalar('activities', json) },
  MedicationReview: { reviewerId: scalar('reviewer_id'), findings: scalar('findings'), recommendation: scalar('recommendation') },
  CareGap: { measure: scalar('measure'), dueAt: scalar('due_at'), closedAt: scalar('closed_at') },
  Claim: {
    planId: scalar('plan_id'), billedAmount: scalar('billed_amount'), paidByMember: scalar('paid_by_member'), paidInFullByMember: scalar('paid_in_full', flag),
    currency: scalar('currency'), serviceStart: scalar('service_start'), serviceEnd: scalar('service_end'), diagnoses: scalar('diagnoses', json),
  },
};

/** The member's own fields. `contact`, the collections and what is read elsewhere have no column here. */
const MEMBER: Readonly<Record<string, FieldSource>> = {
  id: scalar('id'), memberNumber: scalar('member_number'), preferredName: scalar('preferred_name'), birthDate: scalar('birth_date'), gender: scalar('gender'),
  genderIdentity: scalar('gender_identity'), pronouns: scalar('pronouns'), deceasedAt: scalar('deceased_at'),
  name: { kind: 'object', parts: { given: 'name_given', family: 'name_family', prefix: 'name_prefix', suffix: 'name_suffix', text: 'name_text' } },
};
/** Parts of objects that are stored as JSON lists. */
export const JSON_PARTS: ReadonlySet<string> = new Set(['name_given', 'telephones', 'emails']);

export const recordField = (type: RecordType, field: string): FieldSource | null => COMMON[field] ?? OWN[type][field] ?? null;
export const memberField = (field: string): FieldSource | null => MEMBER[field] ?? null;
export const readJson = json;
