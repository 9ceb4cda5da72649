import { authorizeCall, MUTATIONS, type MutationName } from '../privacy-office/authorize-call';
import { mayAskForAccounting } from '../privacy-office/read-accounting';
import { inheritedFrom } from '../vocabulary/purposes';
import type { Category } from '../vocabulary/categories';
import { GatewayError } from '../vocabulary/errors';
import type { Access } from '../query/plan/access';
import { withheldLine } from '../query/plan/verdicts';

/** The context that a rule of the shield tree decides from. */
export interface DecisionContext { readonly access: Access }

const forbidden = (field: string): GatewayError => new GatewayError('FORBIDDEN', `${field}: not for this role and purpose`);

function sees(access: Access, category: Category): boolean {
  return access.categories === 'AUTHORIZED' || access.categories.includes(category);
}

/** Who may call which query (policy section 11). */
const QUERIES: Readonly<Record<string, (access: Access) => boolean>> = {
  privacyWorklist: ({ profile }) => profile.role === 'PRIVACY_OFFICER',
  breakGlassReviews: ({ profile }) => profile.role === 'PRIVACY_OFFICER',
  fhirConsents: (access) => mutationVerdict(access, 'recordAuthorization') === true,
  previewAuthorization: (access) => mutationVerdict(access, 'recordAuthorization') === true,
  previewRestriction: (access) => mutationVerdict(access, 'requestRestriction') === true,
  viewer: () => true,
  notice: () => true,
  policy: () => true,
  member: ({ profile }) => profile.role !== 'AUDITOR',
  members: ({ profile }) => profile.role !== 'AUDITOR',
  careGaps: (access) => sees(access, 'CARE_MANAGEMENT'),
  claims: (access) => sees(access, 'FINANCIAL'),
  operations: ({ profile }) => ['WORKFORCE', 'HEALTH_PLAN', 'BUSINESS_ASSOCIATE'].includes(profile.role) && inheritedFrom(profile.purpose).includes('HOPERAT'),
  accountingOfDisclosures: ({ caller }) => mayAskForAccounting(caller),
  auditEvents: ({ profile }) => profile.role === 'AUDITOR' || profile.role === 'PRIVACY_OFFICER',
  auditIntegrity: ({ profile }) => profile.role === 'AUDITOR' || profile.role === 'PRIVACY_OFFICER',
};

/** … and which field of the policy; an explanation to a member is of their own record, which it checks by itself. */
const POLICY: Readonly<Record<string, (access: Access) => boolean>> = {
  catalogue: () => true,
  matrix: () => true,
  clause: () => true,
  explain: ({ profile: { role, purpose } }) => role === 'AUDITOR' || (role === 'PRIVACY_OFFICER' && purpose === 'HCOMPL') || (role === 'MEMBER' && purpose === 'PATRQT'),
  simulate: ({ profile: { role, purpose } }) => role === 'AUDITOR' || (role === 'PRIVACY_OFFICER' && purpose === 'HCOMPL'),
};

function mutationVerdict(access: Access, name: string): true | GatewayError {
  if (!(MUTATIONS as readonly string[]).includes(name)) return forbidden(name);
  try {
    authorizeCall(access.caller, name as MutationName);
    return true;
  } catch (error) {
    return error instanceof GatewayError ? error : forbidden(name);
  }
}

/** The one decision that every shield rule asks: an entry is for this caller or refused, a cell may be seen or is withheld. */
export function decideCoordinate({ access }: DecisionContext, coordinate: string): boolean | GatewayError {
  const [type = '', field = ''] = coordinate.split('.');
  if (type === 'Query') return QUERIES[field]?.(access) === true ? true : forbidden(field);
  if (type === 'Policy') return POLICY[field]?.(access) === true ? true : forbidden(`policy.${field}`);
  if (type === 'Mutation') return mutationVerdict(access, field);
  return withheldLine(access, coordinate) === null;
}
