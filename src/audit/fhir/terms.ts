import type { CodeableConcept, Coding } from './types';

/** Codes of FHIR R4 AuditEvent and of IHE Basic Audit Log Patterns (BALP 1.1.4), with the system that defines each. */
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const REST = 'http://hl7.org/fhir/restful-interaction';
const AUTHORIZATION = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType';
const coding = (system: string, code: string, display: string): Coding => Object.freeze({ system, code, display });
export const concept = (of: Coding): CodeableConcept => ({ coding: [of] });

const PROFILES = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit';
export const PROFILE = Object.freeze({ disclosure: `${PROFILES}.PrivacyDisclosure.Source`, query: `${PROFILES}.Query`, patientQuery: `${PROFILES}.PatientQuery` });

export const TYPE = Object.freeze({
  activity: coding(DCM, '110100', 'Application Activity'), export: coding(DCM, '110106', 'Export'), import: coding(DCM, '110107', 'Import'), alert: coding(DCM, '110113', 'Security Alert'),
  rest: coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest', 'Restful Operation'),
});
export const SUBTYPE = Object.freeze({
  disclose: coding('http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', 'disclose', 'Disclose Record Lifecycle Event'), search: coding(REST, 'search-type', 'search-type'),
  update: coding(REST, 'update', 'update'), capabilities: coding(REST, 'capabilities', 'capabilities'),
  byRole: coding(AUTHORIZATION, 'AuthZ-Role', 'Authorization Decision using only Roles'), override: coding(DCM, '110127', 'Emergency Override Started'),
});
export const AGENT = Object.freeze({
  application: coding(DCM, '110150', 'Application'), destination: coding(DCM, '110152', 'Destination Role ID'), source: coding(DCM, '110153', 'Source Role ID'),
  user: coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP', 'information recipient'),
  organization: coding('http://terminology.hl7.org/CodeSystem/v3-RoleClass', 'PROV', 'healthcare provider'),
  custodian: coding('http://snomed.info/sct', '159541003', 'Record keeping/library clerk'),
  decider: coding('http://terminology.hl7.org/CodeSystem/extra-security-role-type', 'authserver', 'authorization server'),
});
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
export const ENTITY = Object.freeze({
  person: coding(ENTITY_TYPE, '1', 'Person'), system: coding(ENTITY_TYPE, '2', 'System Object'), patient: coding(OBJECT_ROLE, '1', 'Patient'), query: coding(OBJECT_ROLE, '24', 'Query'),
  request: coding('https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', 'XrequestId', 'The X-Request-Id used to identify a http request response set'),
});
export const APPLICATION_SERVER = coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server');
/** Identifier systems of the gateway's own. */
export const SYSTEM = Object.freeze({
  member: 'urn:phi-gateway:member', pseudonym: 'urn:phi-gateway:member-pseudonym', subject: 'urn:phi-gateway:subject', organization: 'urn:phi-gateway:organization',
  role: 'urn:phi-gateway:role', request: 'urn:phi-gateway:request', token: 'urn:ietf:params:oauth:jti',
});
