import { fhirResources } from '../../src/export/fhir/resources';
import { EXPORT_TYPES } from '../../src/export/request';
import { RECORD_TYPE_NAMES } from '../../src/vocabulary/records';

/** What R4 demands of each resource that is made, beside resourceType (http://hl7.org/fhir/R4). */
const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  Patient: [], Coverage: ['status', 'beneficiary', 'payor'], CareTeam: [], Condition: ['subject'], MedicationRequest: ['status', 'intent', 'medicationCodeableConcept', 'subject'], AllergyIntolerance: ['patient'],
  Observation: ['status', 'code'], Immunization: ['status', 'vaccineCode', 'patient', 'occurrenceDateTime'], Procedure: ['status', 'subject'], Encounter: ['status', 'class'], DiagnosticReport: ['status', 'code'],
  DocumentReference: ['status', 'content'], CarePlan: ['status', 'intent', 'subject'], ClinicalImpression: ['status', 'subject'], DetectedIssue: ['status'],
  Claim: ['status', 'type', 'use', 'patient', 'created', 'provider', 'priority', 'insurance'],
};
const HIDDEN = { id: 'r-1', memberId: 'm-1', labels: [] };

it.each(RECORD_TYPE_NAMES)('%s: what R4 demands is there, or says that it is masked', (type) => {
  const [resource] = fhirResources(type, HIDDEN);
  for (const name of DEMANDED[resource?.resourceType ?? ''] ?? ['no such resource']) expect(resource?.[name] ?? resource?.[`_${name}`]).toBeDefined();
  expect(JSON.stringify(resource)).not.toContain('null');
  expect(JSON.stringify(resource)).toContain('m-1');
});

it('labels are HL7 codes, R and above N; a statement of disagreement travels with the record', () => {
  const amendments = [{ id: 'a-1', recordId: 'r-1', field: 'code', proposed: 'Migraine', status: 'DENIED', statementOfDisagreement: 'It was never so.', rebuttal: null }];
  const [resource] = fhirResources('Condition', { ...HIDDEN, labels: ['ABORTION', 'PART2'], code: { system: 'http://snomed.info/sct', code: '1', display: 'One' }, amendments });
  expect(resource?.['meta']).toEqual({ security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }, ...['SEX', 'SUD', '42CFRPart2'].map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }))] });
  expect(JSON.stringify(resource?.['extension'])).toContain('It was never so.');
  expect(resource?.['code']).toEqual({ coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'One' }], text: 'One' });
});

it('a member is a patient, with coverage and care team as resources of their own; what is hidden is no element', () => {
  const member = { id: 'm-1', name: null, birthDate: '1980-05-17', governmentIds: null, contact: { telephones: ['1'], emails: null, addresses: null }, coverages: [{ id: 'c', plan: { id: 'p', name: 'Plan' }, start: '2020-01-01', end: null }], careTeam: [{ id: 't', practitionerId: 'd', name: null, role: 'nurse' }] };
  const resources = fhirResources('Member', member);
  expect(resources.map((each) => each.resourceType)).toEqual(['Patient', 'Coverage', 'CareTeam']);
  expect(resources[0]).toEqual({ resourceType: 'Patient', id: 'm-1', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }] }, telecom: [{ system: 'phone', value: '1' }], birthDate: '1980-05-17' });
  for (const each of resources) for (const name of DEMANDED[each.resourceType] ?? []) expect(each[name]).toBeDefined();
});

it('an id that R4 does not allow is the same wherever it is named', () => {
  const id = 'x'.repeat(90);
  const [patient] = fhirResources('Member', { id });
  const [condition] = fhirResources('Condition', { ...HIDDEN, memberId: id });
  expect(patient?.id).toMatch(/^[0-9a-f]{64}$/);
  expect(condition?.['subject']).toEqual({ reference: `Patient/${String(patient?.id)}` });
});

it('every type has its shape', () => { for (const type of EXPORT_TYPES) expect(fhirResources(type, HIDDEN).length).toBeGreaterThan(0); });
