import type { NonEmptyArray } from 'type-graphql';
import { BreakGlassResolvers } from './break-glass-resolver';
import { AdministrationMutations } from './administration-mutations';
import { AmendmentMutations } from './amendment-mutations';
import { BreachMutations } from './breach-mutations';
import { CareMutations } from './care-mutations';
import { ConsentMutations } from './consent-mutations';
import { GrantMutations } from './grant-mutations';
import { RightsMutations } from './rights-mutations';
import { AccountingQueries, AuditIntegrityQueries, AuditQueries, ConsentQueries, MemberQueries, OperationsQueries, PolicyQueries, PreviewQueries, PrivacyOfficeQueries, ViewerQueries } from './query-resolver';

/** The resolver classes: what the executor answers (queries.ts, mutations.ts), no more and no less. A root field is served by listing its class. */
export const SERVED_RESOLVERS: NonEmptyArray<Function> = [
  ViewerQueries, MemberQueries, OperationsQueries, PolicyQueries, AuditQueries, AuditIntegrityQueries, ConsentMutations, AdministrationMutations, CareMutations,
  RightsMutations, AmendmentMutations, PrivacyOfficeQueries, PreviewQueries, GrantMutations, BreachMutations, AccountingQueries, ConsentQueries, BreakGlassResolvers,
];
