import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import type { ClauseId } from '../vocabulary/clauses';
import { GatewayError } from '../vocabulary/errors';
import { authorizeCall, type MutationName } from './authorize-call';
import type { Office } from './office';
import { notFound, standingTo, type Standing } from './standing';
import { inTransaction } from './transaction';

export interface Call {
  readonly mutation: MutationName;
  readonly clause: ClauseId | null;
  /** The member that the call names; else a finder of the member of what it names by id (null: there is none such). */
  readonly memberId: string | ((manager: EntityManager) => Promise<string | null>);
  readonly reason?: string | null;
  /** What the argument is called that names the member or the thing. */
  readonly argument?: string;
}
export interface Session { readonly manager: EntityManager; readonly standing: Standing }
/** `inauthentic`: the request was recorded and refused, and the call has no status to say so. */
export type Outcome<T> = { readonly result: T; readonly rejected?: boolean; readonly flagged?: boolean } | { readonly inauthentic: string };

/**
 * The frame of every write about a member: who may call it, what the caller is to the member, the work and its audit record, in
 * one transaction. @throws FORBIDDEN, NOT_FOUND, INAUTHENTIC, DATABASE_UNAVAILABLE and what the work throws
 */
export async function write<T>(office: Office, caller: Caller, call: Call, work: (session: Session) => Promise<Outcome<T>>): Promise<T> {
  const relationship = authorizeCall(caller, call.mutation);
  const { memberId } = call;
  const argument = call.argument ?? (typeof memberId === 'string' ? 'memberId' : 'id');
  const outcome = await inTransaction(office.source, async (manager) => {
    const found = typeof memberId === 'string' ? memberId : await memberId(manager);
    if (found === null) throw notFound(argument);
    const done = await work({ manager, standing: await standingTo(manager, caller, relationship, found, argument) });
    const rejected = 'inauthentic' in done || done.rejected === true;
    await office.audit?.(manager, {
      mutation: call.mutation, clause: rejected ? 'request-authenticity' : call.clause, memberIds: [found], outcome: rejected ? 'REJECTED_INAUTHENTIC' : 'DONE',
      flagged: rejected || ('flagged' in done && done.flagged === true), reason: call.reason ?? null,
    });
    return done;
  });
  // The rejected request stays on record: only now does the call fail.
  if ('inauthentic' in outcome) throw new GatewayError('INAUTHENTIC', `${call.mutation}: the request could not be confirmed as the member's; it is on record as rejected.`);
  return outcome.result;
}
