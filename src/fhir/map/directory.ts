import { codingsOf } from '../codes';
import { list, object, text, texts, type Json } from '../json';
import type { Mapping } from '../mapping';
import { ORGANIZATION_KINDS, type OrganizationKind } from '../../vocabulary/roles';

const KIND_SYSTEM = 'urn:phi-gateway:organization-kind';
const BY_TYPE: Readonly<Record<string, OrganizationKind>> = { prov: 'PROVIDER', pay: 'HEALTH_PLAN', ins: 'HEALTH_PLAN', govt: 'AUTHORITY', bus: 'BUSINESS_ASSOCIATE' };

/** What the file says of the kind: `stated` by the deployer's own coding, which wins; else by HL7's organization types. */
export function kindsOf(resource: Json): { stated: OrganizationKind | null; typed: OrganizationKind | null } {
  const codings = codingsOf(resource.type);
  const stated = codings.find((each) => each.system === KIND_SYSTEM && ORGANIZATION_KINDS.some((kind) => kind === each.code))?.code as OrganizationKind | undefined;
  const typed = codings.map((each) => BY_TYPE[each.code ?? '']).find((each): each is OrganizationKind => each !== undefined);
  return { stated: stated ?? null, typed: typed ?? null };
}

export const isProgram = (resource: Json): boolean =>
  list(object(resource.meta)?.tag).some((tag) => tag.system === 'urn:phi-gateway:program' && tag.code === 'PART2');

/** The kind is decided when it is written: what pays a claim is a plan, and what the deployer owns is a covered entity. */
export function mapOrganization(mapping: Mapping): void {
  const { resource, id } = mapping;
  const address = list(resource.address)[0];
  const { stated, typed } = kindsOf(resource);
  mapping.rows.push({ table: 'organization', row: {
    id, name: text(resource.name), kind: stated ?? typed ?? 'OTHER', part2_program: isProgram(resource) ? 1 : 0, address: address ? JSON.stringify({
      use: text(address.use), line: texts(address.line), city: text(address.city), state: text(address.state), postalCode: text(address.postalCode), country: text(address.country),
    }) : null, updated_at: mapping.now,
  } });
  if (stated) mapping.aliases.push({ type: 'OrganizationKind', alias: id, target: stated });
}

const nameOf = (names: unknown): string | null => {
  const name = list(names)[0];
  if (!name) return null;
  return text(name.text) ?? ([...texts(name.prefix), ...texts(name.given), ...texts(name.family)].join(' ') || null);
};

export function mapPractitioner(mapping: Mapping): void {
  mapping.rows.push({ table: 'practitioner', row: { id: mapping.id, name: nameOf(mapping.resource.name), organization_id: null, updated_at: mapping.now } });
}

/** A role is known by its practitioner, and tells where the practitioner works. */
export function mapPractitionerRole(mapping: Mapping): void {
  const { resource, id } = mapping;
  const practitioner = mapping.find(resource.practitioner, ['Practitioner'], 'practitioner')?.id;
  const organization = mapping.find(resource.organization, ['Organization'], 'organization')?.id;
  if (!practitioner) return;
  mapping.aliases.push({ type: 'PractitionerRole', alias: id, target: practitioner });
  if (organization && resource.active !== false) mapping.aliases.push({ type: 'PractitionerOrganization', alias: practitioner, target: organization });
}

/** A related person has no record here; who signed a consent is found by it. */
export function mapRelatedPerson(mapping: Mapping): void {
  const memberId = mapping.member(mapping.resource.patient, 'patient');
  if (memberId) mapping.aliases.push({ type: 'RelatedPerson', alias: mapping.id, target: mapping.id });
}

/** A drug has no record of its own; orders of later files find it among the kept resources. */
export const mapDrug = (): void => undefined;
