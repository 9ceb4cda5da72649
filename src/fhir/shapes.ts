import { BrokenResource } from './broken';
import { isDate } from './dates';
import { isObject, type Json } from './json';

/**
 * What the elements that we read must be, by resource type. An element may repeat or not, and elements that were codes in older
 * versions may be texts; nothing else is bent, because what does not parse cannot decide access.
 */
type Kind = 'string' | 'number' | 'boolean' | 'date' | 'object' | 'texts' | 'concept' | 'code-or-concept' | Shape;
interface Shape { readonly [element: string]: Kind }

const coding = { system: 'string', code: 'string', display: 'string' } as const;
const identifier = { system: 'string', value: 'string' } as const;
const reference = { reference: 'string', type: 'string', display: 'string', identifier } as const;
const period = { start: 'date', end: 'date' } as const;
const money = { value: 'number', currency: 'string' } as const;
const attachment = { contentType: 'string', data: 'string', title: 'string' } as const;
const meta = { security: coding, tag: coding } as const;

const SHAPES: Readonly<Record<string, Shape>> = {
  Patient: {
    identifier, name: { use: 'string', text: 'string', family: 'texts', given: 'texts', prefix: 'texts', suffix: 'texts', period }, birthDate: 'date', gender: 'string',
    telecom: { system: 'string', value: 'string' }, deceasedDateTime: 'date', deceasedBoolean: 'boolean',
    address: { use: 'string', line: 'texts', city: 'string', state: 'string', postalCode: 'string', country: 'string', period }, communication: { language: 'concept', preferred: 'boolean' },
  },
  Practitioner: { identifier, name: { text: 'string', family: 'texts', given: 'texts' } },
  PractitionerRole: { identifier, practitioner: reference, organization: reference, active: 'boolean' },
  Organization: { identifier, name: 'string', type: 'concept', active: 'boolean' },
  RelatedPerson: { identifier, patient: reference },
  Coverage: { status: 'string', beneficiary: reference, payor: reference, period, subscriberId: 'string' },
  CareTeam: { status: 'string', subject: reference, period, participant: { role: 'concept', member: reference, period } },
  Condition: {
    subject: reference, patient: reference, encounter: reference, context: reference, code: 'concept', clinicalStatus: 'code-or-concept', verificationStatus: 'code-or-concept',
    onsetDateTime: 'date', onsetPeriod: period, abatementDateTime: 'date', abatementPeriod: period, recordedDate: 'date', assertedDate: 'date', recorder: reference, asserter: reference,
  },
  MedicationRequest: {
    status: 'string', subject: reference, patient: reference, encounter: reference, context: reference, medicationCodeableConcept: 'concept', medicationReference: reference,
    authoredOn: 'date', requester: 'object', recorder: reference, reasonReference: reference, dosageInstruction: { text: 'string' },
  },
  MedicationStatement: {
    status: 'string', subject: reference, context: reference, medicationCodeableConcept: 'concept', medicationReference: reference, effectiveDateTime: 'date',
    effectivePeriod: period, dateAsserted: 'date', informationSource: reference, dosage: { text: 'string' },
  },
  Medication: { code: 'concept' },
  AllergyIntolerance: {
    patient: reference, encounter: reference, code: 'concept', clinicalStatus: 'code-or-concept', criticality: 'string', recordedDate: 'date', assertedDate: 'date', onsetDateTime: 'date',
    recorder: reference, asserter: reference, reaction: { substance: 'concept', manifestation: 'concept', description: 'string' },
  },
  Observation: {
    status: 'string', subject: reference, encounter: reference, context: reference, category: 'concept', code: 'concept', effectiveDateTime: 'date', effectivePeriod: period,
    effectiveInstant: 'date', issued: 'date', performer: reference, valueQuantity: { value: 'number', unit: 'string' }, valueCodeableConcept: 'concept', valueString: 'string',
    valueBoolean: 'boolean', valueInteger: 'number', component: { code: 'concept', valueQuantity: { value: 'number', unit: 'string' }, valueCodeableConcept: 'concept', valueString: 'string' },
  },
  Immunization: { status: 'string', patient: reference, encounter: reference, vaccineCode: 'concept', occurrenceDateTime: 'date', date: 'date', recorded: 'date' },
  Procedure: {
    status: 'string', subject: reference, encounter: reference, context: reference, code: 'concept', performedDateTime: 'date', performedPeriod: period, recorder: reference, asserter: reference,
    performer: { actor: reference }, reasonReference: reference,
  },
  Encounter: {
    status: 'string', class: 'code-or-concept', type: 'concept', subject: reference, patient: reference, participant: { individual: reference }, period, reasonCode: 'concept',
    reasonReference: reference, serviceProvider: reference, diagnosis: { condition: reference },
  },
  DiagnosticReport: {
    status: 'string', category: 'concept', code: 'concept', subject: reference, encounter: reference, context: reference, effectiveDateTime: 'date', effectivePeriod: period, issued: 'date',
    performer: 'object', result: reference, conclusion: 'string', presentedForm: attachment,
  },
  DocumentReference: {
    status: 'string', type: 'concept', category: 'concept', subject: reference, date: 'date', indexed: 'date', created: 'date', author: reference, custodian: reference, description: 'string',
    content: { attachment }, context: 'object',
  },
  CarePlan: { status: 'string', category: 'concept', title: 'string', description: 'string', subject: reference, encounter: reference, period, created: 'date', author: reference, addresses: reference, activity: 'object' },
  Claim: {
    status: 'string', type: 'concept', patient: reference, billablePeriod: period, created: 'date', provider: reference, insurer: reference, diagnosis: 'object', procedure: 'object',
    insurance: { coverage: reference, focal: 'boolean' }, item: 'object', total: 'object', prescription: reference,
  },
  ExplanationOfBenefit: {
    status: 'string', type: 'concept', patient: reference, billablePeriod: period, created: 'date', provider: reference, insurer: reference, claim: reference, diagnosis: 'object', procedure: 'object',
    insurance: { coverage: reference }, item: 'object', total: 'object', payment: { amount: money },
  },
  Consent: { status: 'string', patient: reference, dateTime: 'date', performer: reference, organization: reference, policy: 'object', policyRule: 'code-or-concept', provision: 'object' },
  DetectedIssue: { status: 'string', code: 'concept', patient: reference, identifiedDateTime: 'date', identifiedPeriod: period, evidence: { code: 'concept', detail: reference }, detail: 'string', author: reference },
  MeasureReport: { status: 'string', type: 'string', measure: 'string', subject: reference, date: 'date', period, group: { population: { code: 'concept', count: 'number' } } },
};

/** The patient without whom a resource of the type is none (cardinality 1..1 in FHIR R4). */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Condition: ['subject', 'patient'], MedicationRequest: ['subject', 'patient'], MedicationStatement: ['subject'], AllergyIntolerance: ['patient'], Immunization: ['patient'],
  Procedure: ['subject'], CarePlan: ['subject'], Claim: ['patient'], ExplanationOfBenefit: ['patient'], Coverage: ['beneficiary'], RelatedPerson: ['patient'],
};

/** @throws BrokenResource naming the first element that is not what its type says */
export function assertShape(resource: Json): void {
  const type = resource.resourceType as string;
  const shape = SHAPES[type];
  if (!shape) return;
  if (resource.meta !== undefined) check(type, 'meta', resource.meta, meta);
  for (const element in shape) if (resource[element] !== undefined && resource[element] !== null) check(type, element, resource[element], shape[element] as Kind);
  const required = REQUIRED[type];
  if (required && !required.some((each) => isObject(resource[each]))) throw new BrokenResource(type, required[0] as string, 'a reference');
}

const OF_KIND: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string', number: (value) => typeof value === 'number', boolean: (value) => typeof value === 'boolean', object: isObject,
  texts: (value) => typeof value === 'string' || value === null, date: (value) => typeof value === 'string' && isDate(value.trim()),
};
const EXPECTED: Readonly<Record<string, string>> = { string: 'a text', texts: 'texts', number: 'a number', boolean: 'true or false', object: 'an object', date: 'a date of FHIR' };

function check(type: string, path: string, value: unknown, kind: Kind): void {
  if (Array.isArray(value)) {
    if (kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'date') throw new BrokenResource(type, path, `${EXPECTED[kind]}, once`);
    for (const each of value) if (each !== null) check(type, path, each, kind);
    return;
  }
  if (typeof kind === 'string' && kind !== 'concept' && kind !== 'code-or-concept') {
    if (!OF_KIND[kind]?.(value)) throw new BrokenResource(type, path, EXPECTED[kind] ?? kind);
    return;
  }
  if (kind === 'code-or-concept' && typeof value === 'string') return;
  if (!isObject(value)) throw new BrokenResource(type, path, 'an object');
  if (kind === 'concept' || kind === 'code-or-concept') checkConcept(type, path, value);
  else for (const element in kind) if (value[element] !== undefined && value[element] !== null) check(type, `${path}.${element}`, value[element], kind[element] as Kind);
}

function checkConcept(type: string, path: string, value: Json): void {
  if (value.text !== undefined && value.text !== null && typeof value.text !== 'string') throw new BrokenResource(type, `${path}.text`, 'a text');
  if (value.coding !== undefined && value.coding !== null) check(type, `${path}.coding`, value.coding, coding);
}
