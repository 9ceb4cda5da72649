import { concept, relative, SYSTEM, type Resource } from './fhir';
import { personReference, practitionerReference, STAFF } from './infrastructure';
import { daysAgo, organization, type SampleMember } from './member';
import { STREETS } from './names';

function genderExtensions(member: SampleMember): { extension?: unknown[] } {
  if (!member.story.genderIdentity) return {};
  const woman = { text: 'Identifies as female gender' };
  return {
    extension: [
      { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity', valueCodeableConcept: woman },
      { url: 'http://hl7.org/fhir/StructureDefinition/individual-genderIdentity', extension: [{ url: 'value', valueCodeableConcept: woman }] },
      {
        url: 'http://hl7.org/fhir/StructureDefinition/individual-pronouns',
        extension: [{ url: 'value', valueCodeableConcept: concept('http://loinc.org', 'LA29519-8', 'she/her/her/hers/herself') }],
      },
    ],
  };
}

function identifiers(member: SampleMember): unknown[] {
  const { random, story } = member;
  const typed = (code: string, system: string, value: string): unknown => ({ type: { coding: [{ system: SYSTEM.idType, code }] }, system, value });
  return [
    typed('MB', SYSTEM.memberNumber, member.memberNumber),
    // Social security numbers of area 999 were never issued.
    typed('SS', SYSTEM.ssn, `999-${random.digits(2)}-${random.digits(4)}`),
    typed('DL', `urn:phi-gateway:driver-licence:${story.home.state}`, `S999${random.digits(5)}`),
  ];
}

function contact(member: SampleMember): Partial<Resource> {
  const { random, story: { home } } = member;
  return {
    telecom: [
      { system: 'phone', use: 'mobile', value: `${home.area}-555-01${random.digits(2)}` },
      { system: 'email', value: `${member.given}.${member.family}.${member.number}@example.org`.toLowerCase() },
    ],
    address: [{
      use: 'home', line: [`${random.integer(1, 998)} ${random.pick(STREETS)}`], city: home.town, state: home.state,
      postalCode: `${home.postal}${random.digits(2)}`, country: 'US',
    }],
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: random.chance(0.15) ? 'es' : 'en' }] }, preferred: true }],
  };
}

function patient(member: SampleMember): Resource {
  const { random, story, given, family } = member;
  const birthDate = `${story.birthYear}-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`;
  const nickname = story.genderIdentity ? 'Lumira' : given.slice(0, 4);
  return {
    resourceType: 'Patient', id: member.id, ...genderExtensions(member), identifier: identifiers(member), active: true,
    name: [{ use: 'official', family, given: [given, family.slice(0, 1)] }, { use: 'nickname', given: [nickname] }],
    gender: story.gender ?? 'unknown', birthDate, ...contact(member),
    ...(story.deceased ? { deceasedDateTime: daysAgo(40) } : {}),
    generalPractitioner: [personReference('prac-physician-1', member.number)],
  };
}

function coverages(member: SampleMember): Resource[] {
  const coverage = (number: number, plan: string, period: unknown): Resource => ({
    resourceType: 'Coverage', id: member.idOf('cov', number), status: 'active', beneficiary: member.reference(0),
    subscriberId: `SUB-${member.number}-${number}`, period, payor: [organization(plan)],
  });
  const { plan, formerPlan } = member.story;
  return [
    ...(plan ? [coverage(1, plan, { start: formerPlan ? '2025-09-01' : '2022-01-01' })] : []),
    ...(formerPlan ? [coverage(2, formerPlan, { start: '2022-01-01', end: '2025-08-31' })] : []),
  ];
}

/** The first members share one pharmacist and one nurse, whom the guides know; later ones are spread over the staff. */
function careTeam(member: SampleMember): Resource {
  const shift = member.number <= 24 ? 1 : 1 + (member.number % STAFF);
  const participant = (id: string, role: string, form: number): unknown =>
    ({ role: [{ text: role }], member: practitionerReference(id, form), period: { start: '2023-01-01' } });
  return {
    resourceType: 'CareTeam', id: member.idOf('team'), status: 'active', subject: member.reference(0), period: { start: '2023-01-01' },
    participant: [
      { role: [{ text: 'Patient' }], member: member.reference(0) },
      participant(`prac-pharmacist-${shift}`, 'Pharmacist', 0),
      participant(`prac-nurse-${shift}`, 'Nurse', 1),
      ...(member.story.psychotherapyNote ? [participant('prac-psychologist-1', 'Psychologist', 0)] : []),
      ...(member.story.outsideProvider ? [participant('prac-gp-1', 'Family physician', 2)] : []),
    ],
    managingOrganization: [relative('Organization', 'org-phi')],
  };
}

function relatedPerson(member: SampleMember): Resource[] {
  const { related } = member.story;
  if (!related) return [];
  const relationship = related === 'parent' ? concept(SYSTEM.roleCode, 'PRN', 'parent') : concept(SYSTEM.roleCode, 'EXCEST', 'executor of estate');
  return [{
    resourceType: 'RelatedPerson', id: member.idOf('related'), active: true, patient: member.reference(0), relationship: [relationship],
    name: [{ family: member.family, given: ['Keeperin'] }], period: { start: '2024-01-01' },
  }];
}

/** Who the member is, who pays, who cares, who stands beside them. */
export const identityOf = (member: SampleMember): Resource[] =>
  [patient(member), ...coverages(member), careTeam(member), ...relatedPerson(member)];
