import { isPurpose, type Purpose } from '../vocabulary/purposes';
import { ROLES, type Role } from '../vocabulary/roles';
import type { Principal } from './caller';
import { IDENTIFIER, unauthenticated } from './unauthenticated';

/** Names of the claims that the deployer's authorization server uses (AUTH_CLAIM_…). */
export interface ClaimNames {
  readonly role: string;
  readonly organization: string;
  readonly purposes: string;
  readonly practitioner: string;
  readonly members: string;
}

type Needed = 'practitioner' | 'organization' | 'member';
const CLINICIAN: readonly Needed[] = ['practitioner', 'organization'];
/** What a role's token needs beside sub, role and purposes; a role without an entry needs nothing more. */
export const NEEDED_CLAIMS: Partial<Readonly<Record<Role, readonly Needed[]>>> = Object.freeze({
  PHARMACIST: CLINICIAN, NURSE: CLINICIAN, HEALTHCARE_PROFESSIONAL: CLINICIAN, EXTERNAL_PROVIDER: CLINICIAN,
  BUSINESS_ASSOCIATE: ['organization'], HEALTH_PLAN: ['organization'], HIE_PARTICIPANT: ['organization'], MEMBER: ['member'],
});

/**
 * Claims that passed the token's checks, read into the one shape that policy sees; no other claim goes further.
 * @throws UNAUTHENTICATED naming the claim that is missing or malformed, never its value
 */
export function principalOf(claims: Readonly<Record<string, unknown>>, names: ClaimNames): Principal {
  const role = claims[names.role];
  if (!isRole(role)) throw unauthenticated(`The claim ${names.role} does not name a role.`);
  const needed = NEEDED_CLAIMS[role] ?? [];
  const read = (name: string, isNeeded: boolean): string | null => {
    const value = claims[name] ?? null;
    if (value === null && !isNeeded) return null;
    if (typeof value !== 'string' || !IDENTIFIER.test(value)) throw unauthenticated(`The role needs an identifier in the claim ${name}.`);
    return value;
  };
  return Object.freeze({
    subject: read('sub', true) ?? '',
    role,
    organization: read(names.organization, needed.includes('organization')),
    practitioner: read(names.practitioner, needed.includes('practitioner')),
    member: role === 'MEMBER' ? onlyMember(claims[names.members], names.members) : null,
    purposes: purposesOf(claims[names.purposes], names.purposes),
    tokenId: read('jti', false),
  });
}

const isRole = (value: unknown): value is Role => typeof value === 'string' && (ROLES as readonly string[]).includes(value);

function onlyMember(value: unknown, name: string): string {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : null;
  if (typeof only !== 'string' || !IDENTIFIER.test(only)) throw unauthenticated(`The role needs exactly one member in the claim ${name}.`);
  return only;
}

/** A code that the vocabulary does not list permits nothing, so it is left out (policy section 1). */
function purposesOf(value: unknown, name: string): readonly Purpose[] {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) throw unauthenticated(`The claim ${name} is not a list of purposes of use.`);
  return Object.freeze([...new Set(value as string[])].filter(isPurpose));
}
