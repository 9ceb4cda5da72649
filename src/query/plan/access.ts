import type { Caller } from '../../identity/caller';
import type { Clause } from '../../permissions/core/clause';
import { decide, openCategories, reach, type Decision, type Profile } from '../../permissions/core/decide';
import type { Scalar } from '../../permissions/core/interpret';
import type { GrantTerms } from '../../permissions/grant-terms';
import { minimumCell } from '../../permissions/minimum-necessary';
import type { BoundParameter, CellKind, Predicate } from '../../permissions/core/predicate';
import type { Category } from '../../vocabulary/categories';
import { monthsBefore, yearsBefore } from '../../vocabulary/instants';
import { canonicalPurpose, inheritedFrom, lineageOf, purposeCovers, type Purpose } from '../../vocabulary/purposes';
import { ANY_PURPOSE, ANY_RECIPIENT, callerKeys, PAYER_KEY, type Recipient } from '../../vocabulary/recipients';
import { IMPLIED_KIND, KINDS_OF_ROLE, type OrganizationKind } from '../../vocabulary/roles';

/** What the database knows of the caller's organization, read once at the start of a request. */
export interface CallerFacts {
  readonly organizationKind: OrganizationKind | null;
  readonly organizationName: string | null;
  /** Agreements in force at the instant of the request. */
  readonly agreements: readonly { kind: 'BUSINESS_ASSOCIATE' | 'PLAN_SERVICES'; categoryMask: number; remunerated: boolean; purposes: readonly Purpose[] }[];
  /** The grant in force that the request names, where it names one. The organization is then the recipient's. */
  readonly grant?: GrantFacts | null;
}
export interface GrantFacts { readonly id: string; readonly recipient: Recipient; readonly terms: GrantTerms; readonly author: string | null }
export const NO_FACTS: CallerFacts = Object.freeze({ organizationKind: null, organizationName: null, agreements: [] });

/** The caller as the policy sees them: the profile that plans are made for, the values that they are run with. */
export interface Access {
  readonly caller: Caller;
  readonly clauses: readonly Clause[];
  readonly profile: Profile;
  /** Equal for callers whose plans are equal. */
  readonly key: string;
  readonly bound: Readonly<Record<BoundParameter, Scalar | readonly string[]>>;
  decide(cell: CellKind): Decision;
  readonly reach: Predicate;
  readonly categories: readonly Category[] | 'AUTHORIZED';
}

/** As whom a grant is read: the recipient, also where staff read on their behalf (policy section 4). */
export function readerOf(caller: Caller, grant: Pick<GrantFacts, 'recipient'> | null | undefined): Caller {
  if (!grant) return caller;
  const own = caller.role === 'DISCLOSURE_RECIPIENT';
  return {
    ...caller, role: 'DISCLOSURE_RECIPIENT', practitioner: null, member: null,
    subject: own ? caller.subject : grant.recipient.subject ?? '', organization: own ? caller.organization : grant.recipient.organizationId ?? null,
  };
}

/** The keys by which restrictions bind this caller: none the member, before their own record, and the privacy office; in an emergency only paid-in-full. */
function restrictionKeys(caller: Caller, kind: OrganizationKind, planServicesAssociate: boolean, grant: GrantTerms | null): string[] {
  if (grant) return [...(grant.agreedRestrictionsBind ? [ANY_RECIPIENT, ...callerKeys(caller)] : []), ...(kind === 'HEALTH_PLAN' && !grant.overridesPrivacyState ? [PAYER_KEY] : [])];
  if ((caller.role === 'MEMBER' || caller.role === 'PRIVACY_OFFICER') && minimumCell(caller.role, caller.purpose)) return [];
  const purposes = inheritedFrom(caller.purpose);
  const exchanging = caller.role === 'HIE_PARTICIPANT' && (purposes.includes('HPAYMT') || purposes.includes('HOPERAT'));
  const payer = caller.role === 'HEALTH_PLAN' || kind === 'HEALTH_PLAN' || planServicesAssociate || exchanging;
  const agreed = canonicalPurpose(caller.purpose) === 'ETREAT' ? [] : [ANY_RECIPIENT, ...callerKeys(caller)];
  return payer ? [...agreed, PAYER_KEY] : agreed;
}

function boundValues(caller: Caller, restrictions: readonly string[], grant: GrantFacts | null): Access['bound'] {
  return Object.freeze({
    now: caller.at, subject: caller.subject, organization: caller.organization, practitioner: caller.practitioner, member: caller.member,
    bornAfterForMinor: yearsBefore(caller.at, 18), bornByForTwelve: yearsBefore(caller.at, 12), coverageEndedAfter: monthsBefore(caller.at, 24),
    callerKeys: callerKeys(caller), restrictionKeys: restrictions, purposes: inheritedFrom(caller.purpose),
    restrictionPurposes: [ANY_PURPOSE, ...lineageOf(caller.purpose)], grant: grant?.id ?? null, grantAuthor: grant?.terms.authorsNotes ? grant.author : null,
  });
}

function profileOf(caller: Caller, facts: CallerFacts, restrictions: readonly string[], organizationKind: OrganizationKind, planServicesAssociate: boolean): Profile {
  const grant = facts.grant ?? null;
  const inForce = facts.agreements.filter((each) => each.purposes.some((listed) => purposeCovers(listed, caller.purpose)));
  const mask = (of: typeof inForce): number => of.reduce((all, each) => all | each.categoryMask, 0);
  const absent = new Set<BoundParameter>();
  if (!caller.organization) absent.add('organization');
  if (!caller.practitioner) absent.add('practitioner');
  if (!caller.member) absent.add('member');
  if (restrictions.length === 0) absent.add('restrictionKeys');
  if (!grant) absent.add('grant');
  if (!grant?.terms.authorsNotes || grant.author === null) absent.add('grantAuthor');
  return Object.freeze({
    role: caller.role, purpose: canonicalPurpose(caller.purpose), organizationKind,
    organizationFits: facts.organizationKind === null || (KINDS_OF_ROLE[caller.role]?.includes(facts.organizationKind) ?? true),
    agreementCategories: mask(inForce.filter((each) => !each.remunerated)), remuneratedCategories: mask(inForce.filter((each) => each.remunerated)),
    planAgreementCategories: mask(inForce.filter((each) => each.kind === 'PLAN_SERVICES' && !each.remunerated)),
    remuneratedPlanCategories: mask(inForce.filter((each) => each.kind === 'PLAN_SERVICES' && each.remunerated)), planServicesAssociate, grant: grant?.terms ?? null, absent,
  });
}

/** What is decided for a profile before any row is read. It holds nothing of a caller: profiles that are equal share it. */
interface Decided { readonly decisions: Map<string, Decision>; readonly reach: Predicate; readonly categories: readonly Category[] | 'AUTHORIZED' }
const DECIDED = new WeakMap<readonly Clause[], Map<string, Decided>>();
/** Profiles are few (role, purpose, kind of organization, agreements); a flood of odd ones starts the memory anew. */
const MOST_PROFILES = 2000;

function decidedFor(clauses: readonly Clause[], profile: Profile, key: string): Decided {
  const profiles = DECIDED.get(clauses) ?? new Map<string, Decided>();
  DECIDED.set(clauses, profiles);
  const known = profiles.get(key);
  if (known) return known;
  if (profiles.size >= MOST_PROFILES) profiles.clear();
  const made: Decided = { decisions: new Map(), reach: reach(clauses, profile), categories: openCategories(clauses, profile) };
  profiles.set(key, made);
  return made;
}

/** Builds the access of a caller from the token and the facts; decisions are made once for a kind of cell and a profile. */
export function createAccess(clauses: readonly Clause[], caller: Caller, facts: CallerFacts): Access {
  const grant = facts.grant ?? null;
  const reader = readerOf(caller, grant);
  const kind = facts.organizationKind ?? IMPLIED_KIND[reader.role];
  const planServicesAssociate = reader.role === 'BUSINESS_ASSOCIATE' && facts.agreements.some((each) => each.kind === 'PLAN_SERVICES');
  const restrictions = restrictionKeys(reader, kind, planServicesAssociate, grant?.terms ?? null);
  const profile = profileOf(reader, facts, restrictions, kind, planServicesAssociate);
  const key = JSON.stringify([profile, [...profile.absent].sort(), restrictions.length, callerKeys(reader).length]);
  const { decisions, reach: reached, categories } = decidedFor(clauses, profile, key);
  return Object.freeze({
    caller, clauses, profile, bound: boundValues(reader, restrictions, grant), key,
    decide(cell: CellKind): Decision {
      const name = `${cell.type}|${cell.category}|${cell.sensitivityMask}|${cell.noteKind}|${profile.grant ? cell.coordinate ?? '' : ''}`;
      const known = decisions.get(name) ?? decide(clauses, profile, cell);
      decisions.set(name, known);
      return known;
    },
    reach: reached, categories,
  });
}
