import type { Caller } from '../identity/caller';
import { GatewayError } from '../vocabulary/errors';
import { purposeCovers, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';

export const MUTATIONS = [
  'optOutOfExchange', 'optInToExchange', 'recordAuthorization', 'revokeAuthorization', 'requestRestriction', 'decideRestriction', 'endRestriction',
  'requestConfidentialCommunication', 'requestAccess', 'requestAmendment', 'decideAmendment', 'extendRequest', 'withholdFromAccess', 'liftWithholding',
  'fileStatementOfDisagreement', 'answerStatement', 'requestAccounting', 'requestNoticeCopy', 'fileComplaint', 'completeRequest', 'recordRepresentation',
  'endRepresentation', 'assignCareTeam', 'endCareTeamAssignment', 'recordAgreement', 'endAgreement', 'requestGrant', 'decideGrant', 'endGrant', 'relabelRecord',
  'recordMedicationReview', 'openCareGap', 'closeCareGap', 'assessBreach', 'reviewBreakGlass',
] as const;
export type MutationName = (typeof MUTATIONS)[number];

/** What a member may do for themselves, and a personal representative within scope. */
export const OWN_REQUESTS: readonly MutationName[] = Object.freeze([
  'optOutOfExchange', 'optInToExchange', 'recordAuthorization', 'revokeAuthorization', 'requestRestriction', 'endRestriction',
  'requestConfidentialCommunication', 'requestAccess', 'requestAmendment', 'fileStatementOfDisagreement', 'requestAccounting', 'requestNoticeCopy',
  'fileComplaint',
]);
const CLINICAL_WORK: readonly MutationName[] = Object.freeze(['recordMedicationReview', 'openCareGap', 'closeCareGap']);

/** Whose record the caller must stand to: any member's, their own, one that they represent, one on whose care team they are. */
export type Relationship = 'ANY' | 'SELF' | 'REPRESENTATION' | 'CARE_TEAM';
interface CallRule { readonly roles: readonly Role[]; readonly purposes: readonly Purpose[]; readonly relationship: Relationship; readonly mutations: readonly MutationName[] }

/** Who may call what (policy section 11). A purpose carries the children that inherit from it. */
export const CALL_RULES: readonly CallRule[] = Object.freeze([
  { roles: ['PRIVACY_OFFICER'], purposes: ['HCOMPL'], relationship: 'ANY', mutations: MUTATIONS.filter((each) => !CLINICAL_WORK.includes(each)) },
  { roles: ['MEMBER'], purposes: ['PATRQT'], relationship: 'SELF', mutations: OWN_REQUESTS },
  { roles: ['PERSONAL_REPRESENTATIVE'], purposes: ['FAMRQT', 'PWATRNY'], relationship: 'REPRESENTATION', mutations: OWN_REQUESTS },
  { roles: ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL'], purposes: ['TREAT'], relationship: 'CARE_TEAM', mutations: CLINICAL_WORK },
  {
    roles: ['WORKFORCE'], purposes: ['HOPERAT'], relationship: 'ANY',
    mutations: ['assignCareTeam', 'endCareTeamAssignment', 'requestGrant', 'openCareGap', 'closeCareGap'],
  },
]);

/**
 * What the caller must be to the member of the call.
 * @throws FORBIDDEN where the role, for its purpose, may not call the mutation at all
 */
export function authorizeCall(caller: Pick<Caller, 'role' | 'purpose' | 'grant'>, mutation: MutationName): Relationship {
  const rule = CALL_RULES.find((each) => each.roles.includes(caller.role) && each.mutations.includes(mutation)
    && each.purposes.some((purpose) => purposeCovers(purpose, caller.purpose)));
  // A grant lets its holder read, and nothing else.
  if (!rule || caller.grant !== null) throw new GatewayError('FORBIDDEN', `${mutation}: this role may not call it for this purpose of use.`);
  return rule.relationship;
}
