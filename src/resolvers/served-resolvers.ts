import type { NonEmptyArray } from 'type-graphql';
import { BreakGlassResolvers } from './break-glass-resolver';
import { AdministrationMutations, AmendmentMutations, CareMutations, ConsentMutations, BreachMutations, GrantMutations, RightsMutations } from './mutation-resolver';
import { AccountingQueries, AuditIntegrityQueries, AuditQueries, ConsentQueries, MemberQueries, OperationsQueries, PolicyQueries, PreviewQueries, PrivacyOfficeQueries, ViewerQueries } from './query-resolver';

/**
 * The resolver classes whose fields are served: what the executor answers (queries.ts, mutations.ts), no more and no less. The rest of the
 * contract is declared (all-resolvers.ts) and joins this list with its services.
 */
export const SERVED_RESOLVERS: NonEmptyArray<Function> = [
  ViewerQueries, MemberQueries, OperationsQueries, PolicyQueries, AuditQueries, AuditIntegrityQueries, ConsentMutations, AdministrationMutations, CareMutations,
  RightsMutations, AmendmentMutations, PrivacyOfficeQueries, PreviewQueries, GrantMutations, BreachMutations, AccountingQueries, ConsentQueries, BreakGlassResolvers,
];
