import type { Answer } from '../../query/run/shape';
import { isThere, list, memberHead, present, reference, text, period, codeIn, type Element, type Resource } from './elements';

const IDENTIFIER_TYPE = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const GENDER_IDENTITY = 'http://hl7.org/fhir/StructureDefinition/patient-genderIdentity';
const PRONOUNS = 'http://hl7.org/fhir/StructureDefinition/individual-pronouns';

const identifier = (type: string, value: unknown): Element[] => (isThere(value) ? [{ type: { coding: [{ system: IDENTIFIER_TYPE, code: type }] }, value }] : []);

function namesOf(answer: Answer): Element[] {
  const name = (answer['name'] ?? null) as Answer | null;
  const official = name && { use: 'official', ...present({ text: name['text'], family: name['family'], given: name['given'], prefix: isThere(name['prefix']) ? [name['prefix']] : null, suffix: isThere(name['suffix']) ? [name['suffix']] : null }) };
  return [...(official ? [official] : []), ...(isThere(answer['preferredName']) ? [{ use: 'usual', text: answer['preferredName'] }] : [])];
}

const USES = ['home', 'work', 'temp', 'old', 'billing'];
const address = (each: Answer): Element => present({
  use: codeIn(USES, each['use']), line: each['line'], city: each['city'], state: each['state'], postalCode: each['postalCode'], country: each['country'],
});
const telecom = (system: string, values: unknown): Element[] => (Array.isArray(values) ? values.map((value) => ({ system, value: value as unknown })) : []);

function patient(answer: Answer): Resource {
  const contact = (answer['contact'] ?? {}) as Answer;
  const extensions = [
    ...(isThere(answer['genderIdentity']) ? [{ url: GENDER_IDENTITY, valueCodeableConcept: { text: answer['genderIdentity'] } }] : []),
    ...(isThere(answer['pronouns']) ? [{ url: PRONOUNS, valueCodeableConcept: { text: answer['pronouns'] } }] : []),
  ];
  const language = text(contact['preferredLanguage']);
  return {
    ...memberHead('Patient', answer['id']),
    ...present({
      extension: extensions, identifier: [...identifier('MR', answer['memberNumber']), ...list(answer['governmentIds']).flatMap((each) => identifier(String(each['kind']), each['value']))],
      name: namesOf(answer), telecom: [...telecom('phone', contact['telephones']), ...telecom('email', contact['emails'])], gender: codeIn(['male', 'female', 'other', 'unknown'], answer['gender']),
      birthDate: answer['birthDate'], deceasedDateTime: answer['deceasedAt'], address: list(contact['addresses']).map(address),
      communication: language ? [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: language }] }, preferred: true }] : null,
    }),
  };
}

const coverage = (member: unknown) => (each: Answer): Resource => {
  const plan = (each['plan'] ?? {}) as Answer;
  return {
    ...memberHead('Coverage', each['id']), status: 'active',
    ...present({ subscriberId: each['subscriberId'], beneficiary: reference('Patient', member), period: period(each['start'], each['end']) }),
    payor: [{ ...reference('Organization', plan['id']), ...present({ display: plan['name'] }) }],
  };
};

function careTeam(member: unknown, team: readonly Answer[]): Resource {
  return {
    ...memberHead('CareTeam', text(member) ? `${String(member)}-care-team` : null), status: 'active', ...present({ subject: reference('Patient', member) }),
    participant: team.map((each) => present({
      role: isThere(each['role']) ? [{ text: each['role'] }] : null, member: { ...reference('Practitioner', each['practitionerId']), ...present({ display: each['name'] }) }, period: period(each['start'], each['end']),
    })),
  };
}

/** A member as a Patient, and what covers and cares for them as resources of their own. */
export function memberResources(answer: Answer): Resource[] {
  const team = list(answer['careTeam']);
  const covered = list(answer['coverages']).map(coverage(answer['id']));
  return [patient(answer), ...covered, ...(team.length > 0 ? [careTeam(answer['id'], team)] : [])];
}
