import type { GraphQLResolveInfo } from 'graphql';
import type { AmendmentDenialGround, PrivacyRequestKind, RequestStatus } from '../schema/enums';
import type { AgreementInput, BreachInput, GrantInput } from '../schema/inputs/administration';
import type { AuditFilter, CareGapFilter, ClaimFilter, MemberFilter, MemberOrder } from '../schema/inputs/filters';
import type { ExplainInput, SimulationInput } from '../schema/inputs/policy';
import type { AddressInput, Authenticity, AuthorizationInput, RecipientInput, RepresentationInput, RestrictionInput } from '../schema/inputs/rights';
import type { Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';
import type { ReviewFinding } from '../vocabulary/review-findings';
import type { Role } from '../vocabulary/roles';
import type { SensitivityClass } from '../vocabulary/sensitivity';

/** What a resolver needs of the context of a request. */
export interface ResolverContext { readonly services: ResolverServices }

/** What answers one field: arguments as given (absent where left out, null where null), the context, graphql-js's info. */
export type Serve<Args> = (args: Args, context: ResolverContext, info: GraphQLResolveInfo) => Promise<unknown>;
type Maybe<T> = T | null | undefined;
type Page = { readonly first?: Maybe<number>; readonly after?: Maybe<string> };
type Period = { readonly from: string; readonly to: string };
type OfMember = { readonly memberId: string };
type ById = { readonly id: string };
type Authentic = { readonly authenticity: Authenticity };
type None = Readonly<Record<string, never>>;

export interface QueryServices {
  viewer: Serve<None>;
  member: Serve<ById>;
  members: Serve<Page & { readonly filter?: Maybe<MemberFilter>; readonly orderBy?: Maybe<MemberOrder> }>;
  careGaps: Serve<Page & { readonly filter?: Maybe<CareGapFilter> }>;
  claims: Serve<Page & { readonly filter?: Maybe<ClaimFilter> }>;
  operations: Serve<{ readonly filter?: Maybe<MemberFilter> }>;
  notice: Serve<{ readonly asOf?: Maybe<string> }>;
  privacyWorklist: Serve<Page & { readonly kind?: Maybe<keyof typeof PrivacyRequestKind>; readonly status?: Maybe<keyof typeof RequestStatus> }>;
  breakGlassReviews: Serve<{ readonly reviewed?: Maybe<boolean>; readonly first?: Maybe<number> }>;
  fhirConsents: Serve<OfMember>;
  previewAuthorization: Serve<OfMember & { readonly input: AuthorizationInput }>;
  previewRestriction: Serve<OfMember & { readonly input: RestrictionInput }>;
  accountingOfDisclosures: Serve<OfMember & { readonly from?: Maybe<string>; readonly to?: Maybe<string> }>;
  auditEvents: Serve<Page & { readonly filter?: Maybe<AuditFilter> }>;
  auditIntegrity: Serve<None>;
}

/** The fields of `Policy`: the object is handed to graphql-js as it is, which calls the method of the field's name. */
export interface PolicyServices {
  catalogue: Serve<{ readonly category?: Maybe<Category>; readonly sensitivity?: Maybe<SensitivityClass> }>;
  matrix: Serve<{ readonly roles?: Maybe<readonly Role[]>; readonly purposes?: Maybe<readonly Purpose[]>; readonly asOf?: Maybe<string> }>;
  clause: Serve<ById>;
  explain: Serve<{ readonly input: ExplainInput }>;
  simulate: Serve<{ readonly input: SimulationInput }>;
}

export interface RightsServices {
  optOutOfExchange: Serve<OfMember & Authentic>;
  optInToExchange: Serve<OfMember & Authentic>;
  recordAuthorization: Serve<OfMember & { readonly input: AuthorizationInput }>;
  revokeAuthorization: Serve<ById & Authentic>;
  requestRestriction: Serve<OfMember & Authentic & { readonly input: RestrictionInput }>;
  decideRestriction: Serve<ById & { readonly agree: boolean; readonly response: string }>;
  endRestriction: Serve<ById & { readonly reason: string; readonly memberAgreed?: Maybe<boolean> }>;
  requestConfidentialCommunication: Serve<OfMember & Authentic & {
    readonly telephone?: Maybe<string>; readonly email?: Maybe<string>; readonly address?: Maybe<AddressInput>; readonly recipients?: Maybe<readonly RecipientInput[]>;
  }>;
  requestAccess: Serve<OfMember & Authentic & { readonly copies?: Maybe<boolean> }>;
  extendRequest: Serve<ById & { readonly reason: string }>;
  completeRequest: Serve<ById & { readonly response: string }>;
  withholdFromAccess: Serve<{ readonly recordId: string; readonly finding: string; readonly professionalId: string }>;
  liftWithholding: Serve<{ readonly recordId: string; readonly finding: string; readonly professionalId: string }>;
  requestAccounting: Serve<OfMember & Authentic & Period>;
  requestNoticeCopy: Serve<OfMember & { readonly paper: boolean }>;
  fileComplaint: Serve<{ readonly memberId?: Maybe<string>; readonly text: string }>;
  requestAmendment: Serve<OfMember & Authentic & { readonly recordId: string; readonly field: string; readonly proposed: string; readonly reason: string }>;
  decideAmendment: Serve<ById & { readonly accept: boolean; readonly reason: string; readonly ground?: Maybe<keyof typeof AmendmentDenialGround> }>;
  fileStatementOfDisagreement: Serve<{ readonly amendmentId: string; readonly statement: string }>;
  answerStatement: Serve<{ readonly amendmentId: string; readonly rebuttal?: Maybe<string>; readonly summary?: Maybe<string> }>;
}

export interface AdministrationServices {
  recordRepresentation: Serve<OfMember & { readonly input: RepresentationInput }>;
  endRepresentation: Serve<ById>;
  assignCareTeam: Serve<OfMember & { readonly practitionerId: string; readonly role: string; readonly start?: Maybe<string>; readonly end?: Maybe<string> }>;
  endCareTeamAssignment: Serve<ById>;
  recordAgreement: Serve<{ readonly input: AgreementInput }>;
  endAgreement: Serve<ById>;
  relabelRecord: Serve<{ readonly recordId: string; readonly classes: readonly SensitivityClass[]; readonly reason: string }>;
  requestGrant: Serve<{ readonly input: GrantInput }>;
  decideGrant: Serve<ById & { readonly approve: boolean; readonly reason: string }>;
  endGrant: Serve<ById & { readonly reason: string }>;
  assessBreach: Serve<{ readonly input: BreachInput }>;
  reviewBreakGlass: Serve<ById & { readonly finding: ReviewFinding; readonly note: string }>;
}

export interface CareServices {
  recordMedicationReview: Serve<OfMember & {
    readonly findings: string; readonly recommendation: string; readonly medicationIds?: Maybe<readonly string[]>; readonly encounterId?: Maybe<string>;
  }>;
  openCareGap: Serve<OfMember & { readonly measure: string; readonly dueAt?: Maybe<string>; readonly encounterId?: Maybe<string> }>;
  closeCareGap: Serve<ById>;
}

/** One method for each root field that is served; resolvers hand over and do nothing else. A value of `Record` names its type in `__typename`. */
export interface ResolverServices extends QueryServices, RightsServices, AdministrationServices, CareServices {
  readonly policy: PolicyServices;
}
