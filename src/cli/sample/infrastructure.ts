import { concept, conditional, relative, SYSTEM, type Concept, type Reference, type Resource } from './fhir';

/** The organizations of the sample world: stable ids, which the guides use. */
export const ORGANIZATIONS = Object.freeze([
  { id: 'org-phi', name: 'Lanternleaf Care Company', kind: 'COVERED_ENTITY', type: 'prov' },
  { id: 'org-clinic', name: 'Thimbleford Family Clinic', kind: 'PROVIDER', type: 'prov' },
  { id: 'org-part2', name: 'Merrowfen Recovery Program', kind: 'PROVIDER', type: 'prov' },
  { id: 'org-plan-a', name: 'Bramble Health Plan', kind: 'HEALTH_PLAN', type: 'ins' },
  { id: 'org-plan-b', name: 'Pocketwatch Mutual', kind: 'HEALTH_PLAN', type: 'pay' },
  { id: 'org-hie', name: 'Seven Rivers Exchange', kind: 'HIE', type: 'other' },
  { id: 'org-billing', name: 'Tallymark Billing', kind: 'BUSINESS_ASSOCIATE', type: 'bus' },
] as const);
export type OrganizationId = (typeof ORGANIZATIONS)[number]['id'];

export interface Practitioner { id: string; npi: string; given: string; family: string; organization: OrganizationId; work: Concept }

const WORK = Object.freeze({
  pharmacist: concept('http://nucc.org/provider-taxonomy', '183500000X', 'Pharmacist'),
  nurse: concept('http://nucc.org/provider-taxonomy', '163W00000X', 'Registered Nurse'),
  physician: concept('http://nucc.org/provider-taxonomy', '208D00000X', 'General Practice Physician'),
  psychologist: concept('http://nucc.org/provider-taxonomy', '103T00000X', 'Psychologist'),
  counselor: concept('http://nucc.org/provider-taxonomy', '101YA0400X', 'Addiction Counselor'),
});
const SURNAMES = ['Ferncastle', 'Bellowmint', 'Cobblethwaite', 'Drizzlemoor', 'Elderpatch', 'Frostnettle', 'Gooseberrow', 'Hollyspindle'];

/** How many pharmacists and nurses share the members after the first. */
export const STAFF = 8;

function practitioners(): Practitioner[] {
  const list: Practitioner[] = [];
  const add = (id: string, given: string, family: string, organization: OrganizationId, work: Concept): void => {
    // No NPI begins with 9: these can belong to nobody.
    list.push({ id, npi: `99990000${String(list.length + 10)}`, given, family, organization, work });
  };
  for (let each = 1; each <= STAFF; each += 1) {
    const surname = SURNAMES[each - 1] ?? 'Ferncastle';
    add(`prac-pharmacist-${each}`, 'Pilldora', surname, 'org-phi', WORK.pharmacist);
    add(`prac-nurse-${each}`, 'Nightinga', surname, 'org-phi', WORK.nurse);
  }
  add('prac-physician-1', 'Hippora', 'Stethley', 'org-phi', WORK.physician);
  add('prac-psychologist-1', 'Mindrel', 'Couchworth', 'org-phi', WORK.psychologist);
  add('prac-gp-1', 'Outridge', 'Clinnabar', 'org-clinic', WORK.physician);
  add('prac-counselor-1', 'Soberine', 'Stillwater', 'org-part2', WORK.counselor);
  return list;
}
export const PRACTITIONERS: readonly Practitioner[] = Object.freeze(practitioners());
const BY_ID = new Map(PRACTITIONERS.map((each) => [each.id, each]));

export function practitioner(id: string): Practitioner {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`no practitioner ${id} in the sample world`);
  return found;
}

/** The three ways in which files name a practitioner from elsewhere. */
export function practitionerReference(id: string, form: number): Reference {
  const { npi, given, family } = practitioner(id);
  if (form % 3 === 0) return relative('Practitioner', id, `${given} ${family}`);
  if (form % 3 === 1) return conditional('Practitioner', SYSTEM.npi, npi, `${given} ${family}`);
  return relative('PractitionerRole', roleId(id));
}
/** As above, for elements to which a PractitionerRole cannot be given. */
export const personReference = (id: string, form: number): Reference => practitionerReference(id, form % 2);

const roleId = (practitionerId: string): string => practitionerId.replace('prac-', 'role-');

function organizationResource({ id, name, kind, type }: (typeof ORGANIZATIONS)[number]): Resource {
  return {
    resourceType: 'Organization', id, active: true, name,
    ...(id === 'org-part2' ? { meta: { tag: [{ system: SYSTEM.program, code: 'PART2' }] } } : {}),
    identifier: [{ system: 'urn:phi-gateway:organization', value: id }],
    type: [concept(SYSTEM.organizationKind, kind, kind), concept(SYSTEM.organizationType, type, type)],
  };
}

/** Organizations, practitioners and their roles: what members' files refer to. */
export function infrastructure(): Resource[] {
  const people = PRACTITIONERS.flatMap(({ id, npi, given, family, organization, work }): Resource[] => [
    { resourceType: 'Practitioner', id, active: true, identifier: [{ system: SYSTEM.npi, value: npi }], name: [{ family, given: [given] }] },
    {
      resourceType: 'PractitionerRole', id: roleId(id), active: true, practitioner: relative('Practitioner', id),
      organization: relative('Organization', organization), code: [work],
    },
  ]);
  return [...ORGANIZATIONS.map(organizationResource), ...people];
}
