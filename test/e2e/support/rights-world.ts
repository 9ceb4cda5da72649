import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asker } from './gateway';

/** A small world for the members' rights: Ann with records of every kind that a right can be about, Bob beside her, and who asks. */
type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string };
const to = (type: string, id: string) => ({ reference: `${type}/${id}` });
const code = (system: string, value: string, display: string) => ({ coding: [{ system, code: value, display }] });
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const LOINC = 'http://loinc.org';

const organization = (id: string, kind: string): Resource => ({ resourceType: 'Organization', id, name: id, type: [{ coding: [{ system: 'urn:phi-gateway:organization-kind', code: kind }] }] });
const condition = (id: string, system: string, value: string, display: string, encounter?: string): Resource => ({
  resourceType: 'Condition', id, subject: to('Patient', 'ann'), code: code(system, value, display), recordedDate: '2026-03-01', ...(encounter ? { encounter: to('Encounter', encounter) } : {}),
});
const note = (id: string, loinc: string, display: string, more: object = {}): Resource => ({
  resourceType: 'DocumentReference', id, status: 'current', subject: to('Patient', 'ann'), type: code(LOINC, loinc, display), date: '2026-03-01T10:00:00Z',
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Words of the note.').toString('base64') } }], ...more,
});
export const claim = (paid: { plan: number; member: number }): Resource => ({
  resourceType: 'ExplanationOfBenefit', id: 'eob', status: 'active', type: { coding: [{ code: 'professional' }] }, patient: to('Patient', 'ann'), outcome: 'complete', insurer: to('Organization', 'acme-plan'),
  claim: to('Claim', 'claim-1'), billablePeriod: { start: '2026-03-01', end: '2026-03-01' },
  total: [['submitted', 100], ['benefit', paid.plan], ['paidbypatient', paid.member]].map(([name, value]) => ({ category: { coding: [{ code: name }] }, amount: { value, currency: 'USD' } })),
});

const RESOURCES: readonly Resource[] = [
  organization('company', 'COVERED_ENTITY'), organization('clinic', 'PROVIDER'), organization('acme-plan', 'HEALTH_PLAN'),
  { resourceType: 'Practitioner', id: 'nurse-1', name: [{ text: 'Nurse One' }] }, { resourceType: 'Practitioner', id: 'doctor-2', name: [{ text: 'Doctor Two' }] },
  { resourceType: 'Patient', id: 'ann', birthDate: '1980-05-01', name: [{ given: ['Ann'], family: 'Able' }] }, { resourceType: 'Patient', id: 'bob', birthDate: '1975-01-01', name: [{ given: ['Bob'], family: 'Baker' }] },
  { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' }, subject: to('Patient', 'ann'), period: { start: '2026-03-01T10:00:00Z', end: '2026-03-01T11:00:00Z' } },
  condition('asthma', ICD, 'J45.909', 'Unspecified asthma, uncomplicated', 'visit'), condition('hiv', ICD, 'B20', 'Human immunodeficiency virus [HIV] disease'),
  { resourceType: 'Observation', id: 'pressure', status: 'final', subject: to('Patient', 'ann'), code: code(LOINC, '8480-6', 'Systolic blood pressure'), effectiveDateTime: '2026-03-01T10:30:00Z', valueString: 'one hundred and ninety' },
  { resourceType: 'MedicationRequest', id: 'inhaler', status: 'active', intent: 'order', subject: to('Patient', 'ann'), medicationCodeableConcept: { text: 'albuterol inhaler' }, authoredOn: '2026-03-01' },
  note('process-note', '11488-4', 'Consult note', { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSYTHPN' }] } }),
  note('for-the-court', '11488-4', 'Consult note', { meta: { tag: [{ system: 'urn:phi-gateway:compilation', code: 'LEGAL' }] } }),
  { resourceType: 'Claim', id: 'claim-1', status: 'active', use: 'claim', patient: to('Patient', 'ann'), created: '2026-03-02', provider: to('Organization', 'company'), billablePeriod: { start: '2026-03-01', end: '2026-03-01' },
    type: { coding: [{ code: 'professional' }] }, priority: { coding: [{ code: 'normal' }] }, insurance: [{ sequence: 1, focal: true, coverage: { display: 'NO_INSURANCE' } }],
    item: [{ sequence: 1, productOrService: { text: 'Office visit' }, encounter: [to('Encounter', 'visit')] }], total: { value: 100, currency: 'USD' } },
  claim({ plan: 0, member: 100 }),
];

const folder = mkdtempSync(join(tmpdir(), 'rights-'));
/** Writes resources as one bundle, and returns the path to import. */
export function writeBundle(name: string, resources: readonly Resource[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ fullUrl: `http://example.org/${resource.resourceType}/${resource.id}`, resource })) }));
  return path;
}
export const writeWorld = (): string => writeBundle('world.json', RESOURCES);

export const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', organization: 'company' };
export const colleague: Asker = { ...officer, subject: 'officer-2' };
export const ann: Asker = { role: 'MEMBER', purposes: ['PATRQT'], subject: 'ann-login', member: 'ann' };
export const bob: Asker = { role: 'MEMBER', purposes: ['PATRQT'], subject: 'bob-login', member: 'bob' };
export const daughter: Asker = { role: 'PERSONAL_REPRESENTATIVE', purposes: ['FAMRQT'], subject: 'daughter' };
export const lawyer: Asker = { role: 'PERSONAL_REPRESENTATIVE', purposes: ['PWATRNY'], subject: 'lawyer' };
export const nurse: Asker = { role: 'NURSE', purposes: ['TREAT'], subject: 'nurse-login', practitioner: 'nurse-1', organization: 'company' };
export const doctor: Asker = { role: 'EXTERNAL_PROVIDER', purposes: ['TREAT'], subject: 'doctor-login', practitioner: 'doctor-2', organization: 'clinic' };
export const desk: Asker = { role: 'WORKFORCE', purposes: ['HOPERAT'], subject: 'desk-1', organization: 'company' };
