import type { NonEmptyArray } from 'type-graphql';
import { BreakGlassResolvers } from './break-glass-resolver';
import {
  AdministrationMutations, AmendmentMutations, BreachMutations, CareMutations, ConsentMutations, GrantMutations, RightsMutations,
} from './mutation-resolver';
import {
  AccountingQueries, AuditIntegrityQueries, AuditQueries, ConsentQueries, MemberQueries, OperationsQueries, PolicyQueries, PreviewQueries, PrivacyOfficeQueries, ViewerQueries,
} from './query-resolver';

/** Every resolver class: together they are the whole contract. A root field is served by listing its class. */
export const ALL_RESOLVERS: NonEmptyArray<Function> = [
  ViewerQueries, MemberQueries, OperationsQueries, PolicyQueries, PrivacyOfficeQueries, PreviewQueries, ConsentQueries, AccountingQueries, AuditQueries, AuditIntegrityQueries,
  ConsentMutations, RightsMutations, AmendmentMutations, AdministrationMutations, GrantMutations, BreachMutations, CareMutations, BreakGlassResolvers,
];
