import { createHash } from 'node:crypto';

/** A FHIR R4 resource as the generator writes it. */
export interface Resource { resourceType: string; id: string; [field: string]: unknown }
export interface BundleEntry { fullUrl: string; resource: Resource; request: { method: 'PUT'; url: string } }
export interface Bundle { resourceType: 'Bundle'; type: 'transaction'; entry: BundleEntry[] }
export interface Reference { reference?: string; display?: string; [field: string]: unknown }
export interface Coding { system: string; code: string; display?: string }
export interface Concept { coding?: Coding[]; text?: string }

const HL7 = 'http://terminology.hl7.org/CodeSystem';
export const SYSTEM = Object.freeze({
  actCode: `${HL7}/v3-ActCode`, actReason: `${HL7}/v3-ActReason`, roleCode: `${HL7}/v3-RoleCode`, idType: `${HL7}/v2-0203`,
  organizationType: `${HL7}/organization-type`, claimType: `${HL7}/claim-type`, adjudication: `${HL7}/adjudication`,
  consentScope: `${HL7}/consentscope`, measurePopulation: `${HL7}/measure-population`, participation: `${HL7}/v3-ParticipationType`,
  organizationKind: 'urn:phi-gateway:organization-kind', program: 'urn:phi-gateway:program',
  compilation: 'urn:phi-gateway:compilation', governance: 'urn:phi-gateway:governance',
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm', rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm', loinc: 'http://loinc.org',
  hcpcs: 'urn:oid:2.16.840.1.113883.6.285', cvx: 'http://hl7.org/fhir/sid/cvx', npi: 'http://hl7.org/fhir/sid/us-npi',
  ssn: 'http://hl7.org/fhir/sid/us-ssn', memberNumber: 'urn:phi-gateway:member-number', measure: 'urn:phi-gateway:measure',
});

/** A code with its text; without a system, the text alone, as much of real FHIR has it. */
export const concept = (system: string | null, code: string, display: string): Concept =>
  system ? { coding: [{ system, code, display }], text: display } : { text: display };

/** The `urn:uuid:` of a resource: the same in every run, from type and id. */
export function urnOf(type: string, id: string): string {
  const hex = createHash('sha256').update(`phi-gateway sample ${type}/${id}`).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A reference inside the bundle. */
export const local = (type: string, id: string): Reference => ({ reference: urnOf(type, id) });
/** A reference by type and id, to what another file holds. */
export const relative = (type: string, id: string, display?: string): Reference =>
  ({ reference: `${type}/${id}`, ...(display ? { display } : {}) });
/** A conditional reference: the resource that bears this identifier. */
export const conditional = (type: string, system: string, value: string, display?: string): Reference =>
  ({ reference: `${type}?identifier=${system}|${value}`, ...(display ? { display } : {}) });

/** A transaction that can be run again: every entry is put under its own id. */
export function bundleOf(resources: readonly Resource[]): Bundle {
  const entry = resources.map((resource) => ({
    fullUrl: urnOf(resource.resourceType, resource.id),
    resource,
    request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` },
  }));
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

/** An amount in US dollars, to the cent. */
export const dollars = (value: number): { value: number; currency: string } => ({ value: Math.round(value * 100) / 100, currency: 'USD' });
