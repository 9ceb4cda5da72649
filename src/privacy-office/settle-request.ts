import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { selectRows, updateRows } from '../entities/rows';
import { privacy_request } from '../entities/tables/privacy';
import type { ClauseId } from '../vocabulary/clauses';
import { daysAfter } from '../vocabulary/instants';
import { authorizeCall, type MutationName } from './authorize-call';
import { requestSeenBy } from './complaints';
import { EXTENDABLE, EXTENSION_DAYS, type RequestKind } from './due';
import type { Office } from './office';
import { detailOf, isTask, type PrivacyRequest, type RequestRow } from './requests';
import { notFound } from './standing';
import { inTransaction } from './transaction';
import { badInput, conflict, requireText } from './validate';

const CLAUSE: Readonly<Partial<Record<RequestKind, ClauseId>>> = {
  ACCESS: 'access', AMENDMENT: 'amendment', ACCOUNTING: 'accounting', NOTICE_COPY: 'notice-copy', COMPLAINT: 'complaints', RESTRICTION: 'restrictions',
  CONFIDENTIAL_COMMUNICATION: 'confidential-communications',
};

/** A change of an entry that the office makes itself; an entry may be about no member. */
function changeRequest(
  office: Office, caller: Caller, call: { mutation: MutationName; id: string; reason: string }, change: (row: RequestRow, manager: EntityManager) => Partial<RequestRow>,
): Promise<PrivacyRequest> {
  authorizeCall(caller, call.mutation);
  return inTransaction(office.source, async (manager) => {
    const [row] = await selectRows(manager, privacy_request, { id: call.id }, { lock: true });
    const before = row && requestSeenBy(row, caller);
    if (!row || !before || before.summary === null && row.kind === 'COMPLAINT') throw notFound('id');
    const set = change(row, manager);
    await updateRows(manager, privacy_request, { id: row.id }, set);
    await office.audit?.(manager, {
      mutation: call.mutation, clause: CLAUSE[row.kind as RequestKind] ?? null, memberIds: row.member_id === null ? [] : [row.member_id], outcome: 'DONE', flagged: false, reason: call.reason,
    });
    return requestSeenBy({ ...row, ...set }, caller) ?? before;
  });
}

const told = (row: RequestRow, what: string): string => `${row.summary ?? ''}${row.summary?.endsWith('.') ? '' : '.'} ${what}`;

/**
 * The one extension, by 30 days, of access, amendment and accounting, with a reason told in time (164.524(b)(2)(iii), 164.526(b)(2)(ii),
 * 164.528(c)(1)(ii)). @throws BAD_USER_INPUT for another kind; CONFLICT when it is settled, extended already, or late
 */
export function extendRequest(office: Office, caller: Caller, args: { id: string; reason: string }): Promise<PrivacyRequest> {
  return changeRequest(office, caller, { mutation: 'extendRequest', id: args.id, reason: args.reason }, (row) => {
    const reason = requireText(args.reason, 'reason', 1000);
    if (!EXTENDABLE.includes(row.kind as RequestKind) || isTask(row)) throw badInput('id', 'only access, amendment and accounting can be extended');
    if (row.status !== 'RECEIVED') throw conflict('The request is settled already');
    if (row.extended_at !== null) throw conflict('The request was extended before');
    if (row.due_at === null || row.due_at < caller.at) throw conflict('The request is overdue: an extension must be told in time');
    return { extended_at: caller.at, due_at: daysAfter(row.due_at, EXTENSION_DAYS), summary: told(row, `Extended once, by ${EXTENSION_DAYS} days: ${reason}`) };
  });
}

/** What the decision of its own settles, and what the answer of the office does. */
const DECIDED_ELSEWHERE: readonly string[] = ['GRANT', 'AMENDMENT', 'RESTRICTION'];

/**
 * Settles what waits for an answer and no decision: access, an accounting, a copy of the Notice, a complaint, a task of the office's own.
 * The answer is told to who asked. @throws BAD_USER_INPUT for what another mutation decides; CONFLICT when it is settled
 */
export function completeRequest(office: Office, caller: Caller, args: { id: string; response: string }): Promise<PrivacyRequest> {
  return changeRequest(office, caller, { mutation: 'completeRequest', id: args.id, reason: args.response }, (row) => {
    const response = requireText(args.response, 'response', 1000);
    if (DECIDED_ELSEWHERE.includes(row.kind) && !isTask(row)) throw badInput('id', 'is decided by a mutation of its own');
    if (row.status !== 'RECEIVED') throw conflict('The request is settled already');
    return { status: 'COMPLETED', decided_at: caller.at, summary: told(row, `Answered: ${response}`), detail: JSON.stringify({ ...detailOf(row), response, answeredBy: caller.subject }) };
  });
}
