import { table, type ColumnSpec } from '../table';

/**
 * What every record has, whatever its type. record_date is the date of policy section 4 (null: outside every period); labels
 * are the bits that a caller must be covered for (own and inherited, most specific); labelled is 0 until the labelling service
 * has seen it, and such a record is shown to nobody but the member; program_id is the Part 2 program that recorded it. updated_at is when the
 * record first came; changed_at when what it says last became another (null: not known, so an export of changes has it).
 */
const COMMON = {
  member_id: 'id', id: 'id', code_system: 'line?', code: 'line?', code_display: 'text?', status: 'code?', recorded_at: 'instant?',
  encounter_id: 'id?', record_date: 'instant?', labels: 'mask', own_labels: 'mask', labelled: 'flag', governed_by: 'code', governing_plan_id: 'id?',
  program_id: 'id?', author_id: 'id?', legal: 'flag', withheld: 'flag', source_type: 'code', updated_at: 'instant', changed_at: 'instant?',
} as const satisfies Record<string, ColumnSpec>;

function recordTable<const Name extends string, const Own extends Readonly<Record<string, ColumnSpec>>>(name: Name, own: Own) {
  return table({
    name, columns: { ...COMMON, ...own } as typeof COMMON & Own, primary: ['member_id', 'id'] as never, indices: [['id'] as never],
  });
}

export const condition_record = recordTable('condition_record', { onset_at: 'instant?', abated_at: 'instant?' });
export const medication = recordTable('medication', { dosage: 'text?', prescriber_id: 'id?', started_at: 'instant?', ended_at: 'instant?', ingredients: 'json?' });
export const allergy = recordTable('allergy', { criticality: 'code?', reaction: 'text?' });
export const observation = recordTable('observation', { category: 'line?', value: 'text?', unit: 'line?', effective_at: 'instant?' });
export const immunization = recordTable('immunization', { occurred_at: 'instant?' });
export const procedure_record = recordTable('procedure_record', { performed_at: 'instant?' });
export const encounter = recordTable('encounter', {
  class: 'line?', start_at: 'instant?', end_at: 'instant?', reason_system: 'line?', reason_code: 'line?', reason_display: 'text?', organization_id: 'id?',
});
export const diagnostic_report = recordTable('diagnostic_report', { category: 'line?', conclusion: 'longtext?', effective_at: 'instant?', result_ids: 'json?' });
/** medication_review: 1 for a note of type medication review (policy section 2). */
export const document = recordTable('document', { title: 'text?', text: 'longtext?', medication_review: 'flag' });
export const care_plan = recordTable('care_plan', { title: 'text?', start_at: 'instant?', end_at: 'instant?', activities: 'json?' });
export const medication_review = recordTable('medication_review', { reviewer_id: 'id?', findings: 'longtext?', recommendation: 'longtext?', medication_ids: 'json?' });
export const care_gap = recordTable('care_gap', { measure: 'line?', due_at: 'date?', closed_at: 'instant?' });
/** plan_id: whom it was billed to; plan_paid: a payment of the plan, in the claim's currency; shortfall: what is neither paid by the member nor the plan. */
export const claim = recordTable('claim', {
  plan_id: 'id?', billed_amount: 'double?', paid_by_member: 'double?', plan_paid: 'double?', shortfall: 'double?', paid_in_full: 'flag?', currency: 'code?',
  service_start: 'date?', service_end: 'date?', diagnoses: 'json?', provider_id: 'id?', completes_claim_id: 'id?',
});

/** What a record cites (a claim its conditions, a report its results, …): labels flow from the cited to the citing, one step. */
export const citation = table({
  name: 'citation',
  columns: { member_id: 'id', record_type: 'code', record_id: 'id', cited_type: 'code', cited_id: 'id' },
  primary: ['member_id', 'record_type', 'record_id', 'cited_type', 'cited_id'],
  indices: [['member_id', 'cited_id']],
});

/** Why a record bears a class: the basis, the code set or rule, the linked record. own: 1 its own label, 0 inherited. */
export const label_basis = table({
  name: 'label_basis',
  columns: { member_id: 'id', record_type: 'code', record_id: 'id', class: 'code', rule: 'line', basis: 'code', code_set: 'line?', linked: 'line?', own: 'flag' },
  primary: ['member_id', 'record_type', 'record_id', 'class', 'rule'],
});

/** What own labels were derived from (JSON of LabelInput and what the import adds), so that new code sets can label again. record_type may be ExplanationOfBenefit: one that completes a claim. */
export const label_source = table({
  name: 'label_source',
  columns: { member_id: 'id', record_type: 'code', record_id: 'id', input: 'longtext' },
  primary: ['member_id', 'record_type', 'record_id'],
});

/** Resources as imported, where they are needed again: those that wait for the target of a reference, and drugs that orders of other files name. */
export const source_resource = table({
  name: 'source_resource',
  columns: { source_type: 'code', source_id: 'id', content: 'longtext' },
  primary: ['source_type', 'source_id'],
});
