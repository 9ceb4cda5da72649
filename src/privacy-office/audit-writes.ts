import type { Ledger } from '../audit/ledger';
import type { Caller } from '../identity/caller';
import type { Office } from './office';

/** The audit record of a write of this caller, made in the transaction of the write: both commit, or neither does. */
export const auditWrites = (ledger: Pick<Ledger, 'recordIn'>, caller: Caller, noticeVersion: string): NonNullable<Office['audit']> => (manager, done) =>
  ledger.recordIn(manager, {
    at: caller.at, kind: 'WRITE', subject: caller.subject, role: caller.role, organization: caller.organization, purpose: caller.purpose, clause: done.clause,
    operation: done.mutation, coordinates: [`Mutation.${done.mutation}`], members: done.memberIds, labels: [], noticeVersion, outcome: done.outcome, flagged: done.flagged,
    reason: done.reason, grant: caller.grant, requestId: caller.requestId, tokenId: caller.tokenId,
  });
