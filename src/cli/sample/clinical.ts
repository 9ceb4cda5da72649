import { local, relative, SYSTEM, type Resource } from './fhir';
import { personReference, practitionerReference } from './infrastructure';
import type { SampleMember } from './member';
import type { Finding, Prescription } from './visit-kinds';
import type { Visit } from './visits';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
export const attachment = (title: string, text: string): unknown => ({ contentType: 'text/plain; charset=utf-8', title, data: base64(text) });

function encounter(member: SampleMember, visit: Visit): Resource {
  return {
    resourceType: 'Encounter', id: visit.id('enc'), ...visit.meta, status: 'finished', class: { system: SYSTEM.actCode, code: 'AMB' },
    type: [{ text: 'Office visit' }], subject: member.reference(0), period: visit.period, reasonCode: [visit.kind.reason],
    participant: [{ individual: practitionerReference(visit.performer, visit.number) }],
    diagnosis: [{ condition: local('Condition', visit.id('cond')) }], serviceProvider: relative('Organization', visit.provider),
  };
}

function condition(member: SampleMember, visit: Visit): Resource {
  const security = visit.kind.security?.map((code) => ({ system: SYSTEM.actCode, code }));
  return {
    resourceType: 'Condition', id: visit.id('cond'), ...(security ? { meta: { ...visit.meta.meta, security } } : visit.meta),
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' }] }],
    code: visit.kind.reason, subject: member.reference(visit.number), encounter: local('Encounter', visit.id('enc')),
    onsetDateTime: visit.period.start, recordedDate: visit.period.start, recorder: personReference(visit.performer, visit.number),
  };
}

/** A prescription; the drug stands in the order itself, in a contained resource or in one of its own, as files have it. */
function prescription(member: SampleMember, visit: Visit, given: Prescription, index: number): Resource[] {
  const form = (member.number + index) % 3;
  const medicationId = visit.id('drug', index + 1);
  const drug: Record<string, unknown> = form === 0 ? { medicationCodeableConcept: given.code }
    : { medicationReference: form === 1 ? { reference: '#drug' } : local('Medication', medicationId) };
  const request: Resource = {
    resourceType: 'MedicationRequest', id: visit.id('med', index + 1), ...visit.meta,
    ...(form === 1 ? { contained: [{ resourceType: 'Medication', id: 'drug', code: given.code }] } : {}),
    status: given.ended ? 'completed' : 'active', intent: 'order', ...drug, subject: member.reference(0),
    encounter: local('Encounter', visit.id('enc')), authoredOn: visit.period.start, requester: personReference(visit.performer, visit.number),
    ...(index % 2 === 0 ? { reasonReference: [local('Condition', visit.id('cond'))] } : { reasonCode: [visit.kind.reason] }),
    dosageInstruction: [{ sequence: 1, text: given.dosage }],
  };
  return form === 2 ? [{ resourceType: 'Medication', id: medicationId, code: given.code }, request] : [request];
}

function valueOf({ value, unit, text }: Finding): Record<string, unknown> {
  if (value !== undefined) return { valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } };
  return text === undefined ? {} : { valueCodeableConcept: { text } };
}

function observation(member: SampleMember, visit: Visit, finding: Finding, index: number): Resource {
  const category = finding.category ?? 'laboratory';
  return {
    resourceType: 'Observation', id: visit.id('obs', index + 1), ...visit.meta, status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code: finding.code, subject: member.reference(visit.number + index), encounter: local('Encounter', visit.id('enc')),
    effectiveDateTime: visit.period.start, issued: visit.period.end, ...valueOf(finding),
    ...(finding.parts ? { component: finding.parts.map((part) => ({ code: part.code, ...valueOf(part) })) } : {}),
  };
}

function report(member: SampleMember, visit: Visit): Resource[] {
  const findings = visit.kind.findings?.filter(({ category }) => category === undefined) ?? [];
  if (findings.length === 0) return [];
  const conclusion = findings.map(({ code, value, unit, text }) => `${code.text}: ${value ?? text ?? ''} ${unit ?? ''}`.trim()).join('. ');
  return [{
    resourceType: 'DiagnosticReport', id: visit.id('rep'), ...visit.meta, status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
    code: { text: 'Laboratory report' }, subject: member.reference(0), encounter: local('Encounter', visit.id('enc')),
    effectiveDateTime: visit.period.start, issued: visit.period.end, performer: [personReference(visit.performer, visit.number)],
    result: findings.map((finding) => local('Observation', visit.id('obs', (visit.kind.findings?.indexOf(finding) ?? 0) + 1))),
    conclusion, presentedForm: [attachment('Laboratory report', conclusion)],
  }];
}

function procedure(member: SampleMember, visit: Visit): Resource[] {
  if (!visit.kind.procedure) return [];
  return [{
    resourceType: 'Procedure', id: visit.id('proc'), ...visit.meta, status: 'completed', code: visit.kind.procedure, subject: member.reference(0),
    encounter: local('Encounter', visit.id('enc')), performedPeriod: visit.period, reasonReference: [local('Condition', visit.id('cond'))],
    performer: [{ actor: personReference(visit.performer, visit.number) }],
  }];
}

/** The note of the visit: what was said, and the reason in words; nothing in it is coded. */
function note(member: SampleMember, visit: Visit): Resource {
  const text = `${visit.period.start.slice(0, 10)}\n\n# Chief complaint\n${visit.kind.reason.text}\n\n# History\n${visit.kind.note}\n`;
  return {
    resourceType: 'DocumentReference', id: visit.id('doc'), ...visit.meta, status: 'current',
    type: { coding: [{ system: SYSTEM.loinc, code: '34117-2', display: 'History and physical note' }] }, subject: member.reference(0),
    date: visit.period.end, author: [personReference(visit.performer, visit.number)], custodian: relative('Organization', visit.provider),
    content: [{ attachment: attachment('Visit note', text) }], context: { encounter: [local('Encounter', visit.id('enc'))], period: visit.period },
  };
}

function carePlan(member: SampleMember, visit: Visit): Resource[] {
  if (!visit.kind.activity) return [];
  const reason = [local('Condition', visit.id('cond'))];
  return [{
    resourceType: 'CarePlan', id: visit.id('plan'), ...visit.meta, status: 'active', intent: 'order', title: `Plan: ${visit.kind.activity.text}`,
    subject: member.reference(0), encounter: local('Encounter', visit.id('enc')), period: { start: visit.period.start }, addresses: reason,
    activity: [{ detail: { code: visit.kind.activity, status: 'in-progress', reasonReference: reason } }],
  }];
}

/** All that a visit leaves behind, but its bill. */
export function recordsOf(member: SampleMember, visit: Visit): Resource[] {
  const { medications = [], findings = [] } = visit.kind;
  return [
    encounter(member, visit), condition(member, visit),
    ...medications.flatMap((each, index) => prescription(member, visit, each, index)),
    ...findings.map((each, index) => observation(member, visit, each, index)),
    ...report(member, visit), ...procedure(member, visit), note(member, visit), ...carePlan(member, visit),
  ];
}
