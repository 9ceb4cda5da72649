import type { Answer } from '../../query/run/shape';
import type { RecordType } from '../../vocabulary/records';
import { coded, codeIn, concept, demanded, demandedPrimitive, extension, isThere, list, masked, period, present, recordHead, reference, text, type Element, type Resource } from './elements';

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem/';
const subject = (answer: Answer): Element => demanded(reference('Patient', answer['memberId']));
const encounter = (answer: Answer): Element | null => reference('Encounter', answer['encounterId']);
const note = (value: unknown): Element[] => (text(value) ? [{ text: value }] : []);

const EVENT = ['preparation', 'in-progress', 'not-done', 'on-hold', 'stopped', 'completed', 'entered-in-error', 'unknown'];
const REPORT = ['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled', 'entered-in-error', 'unknown'];
const ORDER = ['active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft', 'unknown'];
const PLAN = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'];
const VISIT = ['planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled', 'entered-in-error', 'unknown'];
const BILL = ['active', 'cancelled', 'draft', 'entered-in-error'];
const ISSUE = ['registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown'];
/** A demanded status: the record's, `otherwise` where the gateway's own word is no code of R4, masked where it may not be seen. */
const status = (answer: Answer, codes: readonly string[], otherwise: string): Element =>
  demandedPrimitive('status', isThere(answer['status']) ? codeIn(codes, answer['status'], otherwise) : null);

const money = (value: unknown, currency: unknown): Element | null => (typeof value === 'number' ? { value, ...present({ currency }) } : null);

/** A number with a unit is a quantity; anything else stays as the gateway tells it. */
function observed(answer: Answer): Element {
  const value = text(answer['value']);
  if (value === null) return {};
  if (/^-?\d+(\.\d+)?$/.test(value)) return { valueQuantity: present({ value: Number(value), unit: answer['unit'] }) };
  return { valueString: text(answer['unit']) ? `${value} ${String(answer['unit'])}` : value };
}

function claim(answer: Answer): Resource {
  const currency = answer['currency'];
  const paid = [
    ...(money(answer['paidByMember'], currency) ? [extension('paid-by-member', { valueMoney: money(answer['paidByMember'], currency) })] : []),
    ...(typeof answer['paidInFullByMember'] === 'boolean' ? [extension('paid-in-full-by-member', { valueBoolean: answer['paidInFullByMember'] })] : []),
  ];
  const head = recordHead('Claim', answer);
  return {
    ...head, ...present({ extension: [...list(head['extension']), ...paid] }),
    ...status(answer, BILL, 'active'), type: demanded(concept(answer['code'])), use: 'claim', patient: subject(answer), ...demandedPrimitive('created', answer['recordedAt'] ?? answer['serviceStart']),
    provider: masked, priority: { coding: [{ system: `${TERMINOLOGY}processpriority`, code: 'normal' }] },
    ...present({
      insurer: reference('Organization', answer['planId']), billablePeriod: period(answer['serviceStart'], answer['serviceEnd']), total: money(answer['billedAmount'], currency),
      diagnosis: list(answer['diagnoses']).map((each, place) => ({ sequence: place + 1, diagnosisCodeableConcept: demanded(concept(each)) })),
    }),
    insurance: [{ sequence: 1, focal: true, coverage: masked }],
  };
}

const document = (answer: Answer): Resource => ({
  ...recordHead('DocumentReference', answer), status: 'current',
  ...present({
    type: concept(answer['code']), subject: subject(answer), date: answer['recordedAt'], author: reference('Practitioner', answer['authorId']) ? [reference('Practitioner', answer['authorId'])] : null,
    description: answer['title'], context: encounter(answer) ? { encounter: [encounter(answer)] } : null,
  }),
  content: [{ attachment: text(answer['text']) ? { contentType: 'text/plain; charset=utf-8', data: Buffer.from(String(answer['text'])).toString('base64'), ...present({ title: answer['title'] }) } : masked }],
});

/** How each type of record is said in FHIR R4. */
export const RECORDS: Readonly<Record<RecordType, (answer: Answer) => Resource>> = {
  Condition: (answer) => ({
    ...recordHead('Condition', answer), subject: subject(answer),
    ...present({
      clinicalStatus: coded(`${TERMINOLOGY}condition-clinical`, codeIn(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'], answer['status'])),
      code: concept(answer['code']), encounter: encounter(answer), onsetDateTime: answer['onsetAt'], abatementDateTime: answer['abatedAt'], recordedDate: answer['recordedAt'],
    }),
  }),
  Medication: (answer) => ({
    ...recordHead('MedicationRequest', answer), ...status(answer, ORDER, 'unknown'), intent: 'order', medicationCodeableConcept: demanded(concept(answer['code'])), subject: subject(answer),
    ...present({
      encounter: encounter(answer), authoredOn: answer['startedAt'] ?? answer['recordedAt'], requester: reference('Practitioner', answer['prescriberId']),
      dosageInstruction: isThere(answer['dosage']) ? [{ text: answer['dosage'] }] : null,
      dispenseRequest: period(answer['startedAt'], answer['endedAt']) ? { validityPeriod: period(answer['startedAt'], answer['endedAt']) } : null,
    }),
  }),
  Allergy: (answer) => ({
    ...recordHead('AllergyIntolerance', answer), patient: subject(answer),
    ...present({
      clinicalStatus: coded(`${TERMINOLOGY}allergyintolerance-clinical`, codeIn(['active', 'inactive', 'resolved'], answer['status'])), code: concept(answer['code']), encounter: encounter(answer),
      criticality: codeIn(['low', 'high', 'unable-to-assess'], answer['criticality']), recordedDate: answer['recordedAt'],
      reaction: text(answer['reaction']) ? [{ manifestation: [{ text: answer['reaction'] }] }] : null,
    }),
  }),
  Observation: (answer) => ({
    ...recordHead('Observation', answer), ...status(answer, REPORT, 'unknown'), code: demanded(concept(answer['code'])), subject: subject(answer),
    ...present({
      category: text(answer['category']) ? [{ coding: [{ system: `${TERMINOLOGY}observation-category`, code: answer['category'] }] }] : null, encounter: encounter(answer),
      effectiveDateTime: answer['effectiveAt'], issued: answer['recordedAt'],
    }),
    ...observed(answer),
  }),
  Immunization: (answer) => ({
    ...recordHead('Immunization', answer), ...status(answer, ['completed', 'entered-in-error', 'not-done'], 'completed'), vaccineCode: demanded(concept(answer['code'])), patient: subject(answer),
    ...present({ encounter: encounter(answer), recorded: answer['recordedAt'] }), ...demandedPrimitive('occurrenceDateTime', answer['occurredAt']),
  }),
  Procedure: (answer) => ({
    ...recordHead('Procedure', answer), ...status(answer, EVENT, 'unknown'), subject: subject(answer),
    ...present({ code: concept(answer['code']), encounter: encounter(answer), performedDateTime: answer['performedAt'] }),
  }),
  Encounter: (answer) => ({
    ...recordHead('Encounter', answer), ...status(answer, VISIT, 'unknown'), class: text(answer['class']) ? { system: `${TERMINOLOGY}v3-ActCode`, code: answer['class'] } : masked, subject: subject(answer),
    ...present({ type: concept(answer['code']) ? [concept(answer['code'])] : null, period: period(answer['start'], answer['end']), reasonCode: concept(answer['reason']) ? [concept(answer['reason'])] : null }),
  }),
  DiagnosticReport: (answer) => ({
    ...recordHead('DiagnosticReport', answer), ...status(answer, REPORT, 'unknown'), code: demanded(concept(answer['code'])), subject: subject(answer),
    ...present({
      category: text(answer['category']) ? [{ text: answer['category'] }] : null, encounter: encounter(answer), effectiveDateTime: answer['effectiveAt'], issued: answer['recordedAt'],
      result: Array.isArray(answer['resultIds']) ? (answer['resultIds'] as unknown[]).map((id) => reference('Observation', id)) : null, conclusion: answer['conclusion'],
    }),
  }),
  Document: document,
  CarePlan: (answer) => ({
    ...recordHead('CarePlan', answer), ...status(answer, PLAN, 'unknown'), intent: 'plan', subject: subject(answer),
    ...present({
      category: concept(answer['code']) ? [concept(answer['code'])] : null, title: answer['title'], encounter: encounter(answer), period: period(answer['start'], answer['end']), created: answer['recordedAt'],
      activity: list(answer['activities']).map((each) => ({ detail: { code: demanded(concept(each)), status: 'unknown' } })),
    }),
  }),
  MedicationReview: (answer) => ({
    ...recordHead('ClinicalImpression', answer), ...status(answer, ['in-progress', 'completed', 'entered-in-error'], 'completed'), subject: subject(answer),
    ...present({
      code: concept(answer['code']), encounter: encounter(answer), date: answer['recordedAt'], assessor: reference('Practitioner', answer['reviewerId']), summary: answer['findings'],
      note: note(answer['recommendation']),
    }),
  }),
  CareGap: (answer) => ({
    ...recordHead('DetectedIssue', answer), ...status(answer, ISSUE, answer['status'] === 'closed' ? 'final' : 'preliminary'), code: { coding: [{ system: `${TERMINOLOGY}v3-ActCode`, code: 'CAREGAP' }] },
    ...present({
      patient: reference('Patient', answer['memberId']), identifiedDateTime: answer['recordedAt'], detail: answer['measure'],
      evidence: concept(answer['code']) ? [{ code: [concept(answer['code'])] }] : null,
      mitigation: isThere(answer['closedAt']) ? [{ action: { text: 'closed' }, date: answer['closedAt'] }] : null,
    }),
    ...(isThere(answer['dueAt']) ? { extension: [...list(recordHead('DetectedIssue', answer)['extension']), extension('due', { valueDate: answer['dueAt'] })] } : {}),
  }),
  Claim: claim,
};
