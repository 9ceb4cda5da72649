import type { FieldTags } from '../directives/tags';
import type { Caller } from '../identity/caller';
import { interpret, type Facts } from '../permissions/core/interpret';
import type { Notices } from '../permissions/notice';
import { createAccess, type Access, type CallerFacts } from '../query/plan/access';
import type { ReadDatabase } from '../query/run/database';
import { GatewayError } from '../vocabulary/errors';
import type { Pseudonyms } from '../vocabulary/pseudonyms';
import type { Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import { cellsAt } from './cells-at';
import { readMemberFacts } from './facts';
import { verdictOf, type Explanation, type View } from './explain-steps';

/** Another caller, as an explanation or a simulation states it. */
export interface StatedCaller {
  readonly subject: string; readonly role: Role; readonly organizationId?: string | null; readonly purpose: Purpose; readonly practitionerId?: string | null;
  readonly memberIds?: readonly string[] | null; readonly grantId?: string | null; readonly asOf?: string | null;
}
export interface ExplainRequest extends StatedCaller { readonly memberId: string; readonly recordId?: string | null; readonly coordinate: string }

/** What the policy's own account is given from. */
export interface PolicySources {
  readonly database: ReadDatabase;
  readonly notices: Notices;
  readonly tags: ReadonlyMap<string, FieldTags>;
  readonly pseudonyms: Pseudonyms;
  /** What the database knows of a caller's organization, and of the grant that it names, at the caller's instant; NOT_FOUND for a grant that is not in force for it. */
  readonly callerFacts: (caller: Caller) => Promise<CallerFacts>;
}

const bad = (what: string): GatewayError => new GatewayError('BAD_USER_INPUT', what);
const notFound = (what: string): GatewayError => new GatewayError('NOT_FOUND', what);

/** The id behind what a viewer wrote: an auditor writes pseudonyms, and a real id is no better than an unknown one. */
export function realId(view: View, pseudonyms: Pseudonyms, kind: 'member' | 'record', written: string, element: string): string {
  if (view !== 'AUDITOR') return written;
  const id = pseudonyms.idOf(kind, written);
  if (id === null) throw notFound(`${element}: there is none`);
  return id;
}

/** The caller that an input states, at its instant. `now`: where it states none. */
export function statedCaller(stated: StatedCaller, view: View, pseudonyms: Pseudonyms, now: string): Caller {
  const members = (stated.memberIds ?? []).map((each) => realId(view, pseudonyms, 'member', each, 'input.memberIds'));
  if (members.length > 1) throw bad('input.memberIds: a caller is one member at most');
  return Object.freeze({
    subject: stated.subject, role: stated.role, purpose: stated.purpose, purposes: [stated.purpose], organization: stated.organizationId ?? null, practitioner: stated.practitionerId ?? null,
    member: stated.role === 'MEMBER' ? members[0] ?? null : null, tokenId: null, breakGlassReason: null, grant: stated.grantId ?? null, requestId: 'policy', at: stated.asOf ?? now,
  });
}

/** The access of a stated caller under the Notice that was in effect at its instant. */
export async function statedAccess(sources: PolicySources, caller: Caller): Promise<Access> {
  const { clauses } = sources.notices.at(caller.at);
  return createAccess(clauses, caller, await sources.callerFacts(caller));
}

/**
 * Why a caller sees, or does not see, a coordinate of a member or of one of the member's records: every rule in order, under the
 * Notice and the privacy state at an instant, over the records as they are. It reads the columns that rules read and no other, so it holds no value.
 * @param own the access of a member who asks about their own record, and about no other
 * @throws GatewayError BAD_USER_INPUT naming the element; NOT_FOUND for a member, record or grant that there is not, and for any grant to a member; FORBIDDEN for another's record
 */
export async function explain(sources: PolicySources, input: ExplainRequest, view: View, now: string, own: Access | null = null): Promise<Explanation & { readonly memberId: string }> {
  const at = cellsAt(input.coordinate);
  if (!at || !sources.tags.has(input.coordinate)) throw bad('input.coordinate: names no field of a member or a record, such as Member.birthDate');
  if (input.recordId && !at.record) throw bad('input.recordId: the coordinate is no field of a record');
  const caller = statedCaller(input, view, sources.pseudonyms, now);
  const memberId = realId(view, sources.pseudonyms, 'member', input.memberId, 'input.memberId');
  const recordId = input.recordId ? realId(view, sources.pseudonyms, 'record', input.recordId, 'input.recordId') : null;
  if (view === 'MEMBER' && (own === null || memberId !== own.caller.member)) throw new GatewayError('FORBIDDEN', 'input.memberId: a member asks about their own record');
  // A member is told of disclosures by the accounting, which an agency may have suspended (164.528(a)(2)): no grant is known here.
  if (view === 'MEMBER' && caller.grant !== null) throw notFound('input.grantId: there is none');
  const access = await statedAccess(sources, caller);
  const known = await readMemberFacts(sources.database, access, memberId);
  if (!known) throw notFound('input.memberId: there is none');
  if (own && !interpret(own.reach, { m: known.m, bound: own.bound, relation: known.relation })) throw notFound('input.memberId: there is none');
  const record = recordId !== null && at.record ? await known.record(at.record, recordId) : null;
  if (recordId !== null && !record) throw notFound('input.recordId: there is none of this type and member');
  const facts: Facts = { m: known.m, ...(record ? { r: record } : {}), bound: access.bound, relation: known.relation };
  return { ...verdictOf(access, at, facts, view), memberId };
}
