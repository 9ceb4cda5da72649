import { withinGrant, termsOf } from '../permissions/grant-terms';
import { categoryBit, categoriesOf, type Category } from '../vocabulary/categories';
import { categoryOfField } from '../vocabulary/fields';
import { recipientKey } from '../vocabulary/recipients';
import { isRecordType, RECORD_TYPES } from '../vocabulary/records';
import type { Disclosure, Release } from './release';

export type Directory = ReadonlyMap<string, { readonly name: string | null; readonly address: string | null }>;
/** What is told of an address that is stored as the parts of FHIR's. */
function addressLine(stored: string | null | undefined): string | null {
  if (!stored) return null;
  const parsed = JSON.parse(stored) as unknown;
  const parts = (Array.isArray(parsed) ? parsed[0] : parsed) as Readonly<Record<string, unknown>> | string | null | undefined;
  if (typeof parts === 'string' || !parts) return parts || null;
  const line = ['line', 'city', 'state', 'postalCode', 'country'].flatMap((name) => { const part = parts[name]; return Array.isArray(part) ? part.map(String) : typeof part === 'string' ? [part] : []; });
  return line.length > 0 ? line.join(', ') : null;
}

/** Whom it went to: as the grant states it, else as the directory knows the organization, else by the key that the grant names. */
function recipientOf(release: Release, directory: Directory): { recipient: string; recipientAddress: string | null } {
  const { grant } = release;
  const organization = (grant ? grant.recipient.organizationId : release.organization) ?? null;
  const known = organization === null ? undefined : directory.get(organization);
  const fallback = grant ? recipientKey(grant.recipient).replace(/^(sub|org):/, '') : release.organization ?? release.subject;
  return { recipient: grant?.elements['recipient-name'] ?? known?.name ?? fallback, recipientAddress: grant?.elements['recipient-address'] ?? addressLine(known?.address) };
}

/** The category of a coordinate that holds data of a member; null for what is structure. */
function categoryOf(coordinate: string): Category | null {
  const [type = '', field = ''] = coordinate.split('.');
  const own = categoryOfField(type, field);
  if (own) return own;
  if (isRecordType(type)) return RECORD_TYPES[type].category;
  return type === 'Coverage' ? 'COVERAGE' : type === 'CareTeamMember' ? 'CARE_TEAM' : null;
}
const CALLED: Readonly<Record<Category, string>> = {
  IDENTITY: 'identity', CONTACT: 'contact', GOVERNMENT_ID: 'government ids', COVERAGE: 'coverage', CARE_TEAM: 'care team', CLINICAL: 'clinical records', MEDICATION: 'medications',
  CARE_MANAGEMENT: 'care management', NOTE: 'notes', FINANCIAL: 'claims', PRIVACY: 'privacy', ADMINISTRATIVE: 'record keys',
};

/** What was disclosed, by category: what was asked for and lay within the grant. Never a value of a record. */
export function categoriesReleased(release: Release): number {
  const { grant, coordinates } = release;
  const terms = grant?.clause.grant ? termsOf(grant.clause.id, grant.clause.grant, grant.elements, { categories: grant.categories, classes: [], narrowed: false, remunerated: false }).terms : null;
  return coordinates.filter((each) => withinGrant(terms, each)).map(categoryOf)
    .reduce((mask, each) => (each && (!terms || (terms.categories & categoryBit(each)) !== 0) ? mask | categoryBit(each) : mask), 0);
}

/** Why: the clause, and what of its choices was stated. */
function reasonOf({ grant }: Release): string {
  if (!grant) return 'Emergency treatment: records of a substance use disorder program';
  const chosen = (grant.clause.grant?.demands ?? []).filter((each) => each.format === 'CHOICE' && grant.elements[each.name] !== undefined).map((each) => `${each.name} ${grant.elements[each.name] ?? ''}`);
  return [grant.clause.title, ...(chosen.length > 0 ? [chosen.join(', ')] : [])].join(': ');
}

/**
 * One disclosure in the words of an accounting. `protocol`: research of many members, told by its protocol (164.528(b)(4)); `released`: the
 * categories, as bits, where the line stands for more than this release.
 */
export function describe(release: Release, directory: Directory, protocol: { readonly until: string } | null, released = categoriesReleased(release)): Omit<Disclosure, 'at'> {
  const { grant } = release;
  const categories = categoriesOf(protocol && grant ? grant.categories : released).map((each) => CALLED[each]).join(', ');
  const description = protocol && grant
    ? `Research protocol ${grant.elements['waiver-number'] ?? ''} of ${grant.elements['waiver-board'] ?? ''}: ${categories}. Your information may or may not have been among what was disclosed until ${protocol.until.slice(0, 10)}; we help you to reach the researcher.`
    : `Disclosed: ${categories || 'that the person is a member'}.`;
  return { ...recipientOf(release, directory), description, purpose: reasonOf(release), clause: grant?.clause.id ?? 'treatment' };
}
