import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { member } from '../entities/tables/member';
import { disclosure_grant, grant_member, grant_scope_record, restriction } from '../entities/tables/privacy';
import { categoriesOf, categoryMask, type Category } from '../vocabulary/categories';
import { GatewayError } from '../vocabulary/errors';
import { daysAfter } from '../vocabulary/instants';
import type { Recipient } from '../vocabulary/recipients';
import { classMask } from '../vocabulary/sensitivity';
import { authorizeCall } from './authorize-call';
import { checkGrant, type CheckedGrant } from './check-grant';
import { dueAt } from './due';
import type { GrantInput } from './grant-input';
import { scopeOfGrant } from './grant-scope';
import type { Office } from './office';
import { fileRequest, settleRequests, type RequestStatus } from './requests';
import { notFound } from './standing';
import { inTransaction } from './transaction';
import { conflict, requireText } from './validate';

type GrantRow = Row<typeof disclosure_grant>;
/** As `Grant` of the schema. `restrictionExists` is for the privacy office alone. */
export interface GrantResult {
  id: string; clause: string; status: RequestStatus; recipient: Recipient; memberIds: string[]; categories: Category[]; expires: string; requestedBy: string; decidedBy: string | null;
  restrictionExists: boolean | null;
}

const ORAL_DAYS = 30;

/** Until when the member is not told: what the agency asked for; an oral statement counts for thirty days at most (164.528(a)(2)(ii)). */
export function suspendedUntil(elements: Readonly<Record<string, string>>, at: string): string | null {
  const asked = elements['suspend-accounting-until'];
  if (asked === undefined) return null;
  const until = new Date(Date.parse(asked)).toISOString();
  const most = daysAfter(at, ORAL_DAYS);
  return /\boral(ly)?\b/i.test(elements['suspension-statement'] ?? '') && until > most ? most : until;
}

/** A grant is for members whom it lists, all of whom must be there; they are held until it is recorded. */
async function membersOf(manager: EntityManager, ids: readonly string[]): Promise<Row<typeof member>[]> {
  const found = await selectRows(manager, member, { id: ids });
  if (found.length < ids.length) throw notFound('input.memberIds');
  return found;
}

async function hasRestriction(manager: EntityManager, memberIds: readonly string[], at: string): Promise<boolean> {
  const rows = await selectRows(manager, restriction, { member_id: memberIds, status: ['ACCEPTED', 'RECEIVED'] });
  return rows.some((each) => (each.status === 'ACCEPTED' || each.kind === 'PAID_IN_FULL') && (each.ended_at === null || at < each.ended_at));
}

const resultOf = (row: GrantRow, memberIds: readonly string[], caller: Caller, restrictionExists: boolean): GrantResult => ({
  id: row.id, clause: row.clause, status: row.status as RequestStatus, recipient: JSON.parse(row.recipient) as Recipient, memberIds: [...memberIds],
  categories: categoriesOf(row.category_mask), expires: row.expires_at, requestedBy: row.requested_by, decidedBy: row.decided_by,
  restrictionExists: caller.role === 'PRIVACY_OFFICER' ? restrictionExists : null,
});

const rowOf = (caller: Caller, checked: CheckedGrant, narrowed: boolean): GrantRow => ({
  id: randomUUID(), clause: checked.clause.id, status: 'RECEIVED', recipient: JSON.stringify(checked.recipient), category_mask: categoryMask(checked.categories),
  class_mask: classMask(checked.classes), elements: JSON.stringify(checked.elements), remunerated: checked.remunerated ? 1 : 0, narrowed: narrowed ? 1 : 0, expires_at: checked.expires,
  requested_by: caller.subject, requested_at: caller.at, decided_by: null, decided_at: null, reason: null, suspended_until: suspendedUntil(checked.elements, caller.at),
});

/**
 * Asks for a disclosure under one clause (policy section 7), which a different privacy officer decides within five days.
 * @throws GRANT_INCOMPLETE (extensions.missing), with nothing recorded; BAD_USER_INPUT; NOT_FOUND; FORBIDDEN
 */
export async function requestGrant(office: Office, caller: Caller, { input }: { input: GrantInput }): Promise<GrantResult> {
  authorizeCall(caller, 'requestGrant');
  return inTransaction(office.source, async (manager) => {
    const early = checkGrant(input, caller.at, []);
    const members = await membersOf(manager, early.memberIds);
    const checked = checkGrant(input, caller.at, members);
    const scope = await scopeOfGrant(manager, checked);
    const row = rowOf(caller, checked, scope !== null);
    await insertRows(manager, disclosure_grant, [row]);
    await insertRows(manager, grant_member, checked.memberIds.map((member_id) => ({ grant_id: row.id, member_id })));
    await insertRows(manager, grant_scope_record, (scope ?? []).map((each) => ({ grant_id: row.id, ...each })));
    const restricted = await hasRestriction(manager, checked.memberIds, caller.at);
    const summary = `Grant under ${checked.clause.id}${restricted ? '; a restriction of a member exists' : ''}`;
    const state = members.length === 1 ? members[0]?.home_state ?? null : null;
    // The entry names no member: what a member is shown of their requests may not tell of a disclosure that an agency suspended.
    await fileRequest(manager, caller, { authentic: true, channel: 'SUPPORT', requestedBy: caller.subject },
      { kind: 'GRANT', memberId: null, summary, status: 'RECEIVED', dueAt: dueAt(office, 'GRANT', caller.at, state), subjectId: row.id, detail: { restrictionExists: restricted } });
    await office.audit?.(manager, { mutation: 'requestGrant', clause: checked.clause.id, memberIds: checked.memberIds, outcome: 'DONE', flagged: false, reason: null });
    return resultOf(row, checked.memberIds, caller, restricted);
  });
}

/**
 * Decides on a grant. Four eyes: never the officer who asked for it.
 * @throws FORBIDDEN for the one who asked; CONFLICT for a second decision and for the approval of one that has expired; NOT_FOUND
 */
export async function decideGrant(office: Office, caller: Caller, { id, approve, reason }: { id: string; approve: boolean; reason: string }): Promise<GrantResult> {
  authorizeCall(caller, 'decideGrant');
  return inTransaction(office.source, async (manager) => {
    const stated = requireText(reason, 'reason');
    const [row] = await selectRows(manager, disclosure_grant, { id }, { lock: true });
    if (!row) throw notFound('id');
    if (row.requested_by === caller.subject) throw new GatewayError('FORBIDDEN', 'decideGrant: the one who asked for a grant may not decide on it.');
    if (row.status !== 'RECEIVED') throw conflict('The grant was decided before');
    if (approve && row.expires_at <= caller.at) throw conflict('The grant has expired');
    const set = { status: approve ? 'ACCEPTED' : 'DENIED', decided_by: caller.subject, decided_at: caller.at, reason: stated };
    await updateRows(manager, disclosure_grant, { id }, set);
    await settleRequests(manager, 'GRANT', id, approve ? 'ACCEPTED' : 'DENIED', caller.at);
    const memberIds = (await selectRows(manager, grant_member, { grant_id: id }, { orderBy: ['member_id'] })).map((each) => each.member_id);
    await office.audit?.(manager, { mutation: 'decideGrant', clause: row.clause as CheckedGrant['clause']['id'], memberIds, outcome: 'DONE', flagged: false, reason: stated });
    return resultOf({ ...row, ...set }, memberIds, caller, await hasRestriction(manager, memberIds, caller.at));
  });
}

/**
 * Ends an approved grant at once, where what it was given for is over, or turned out otherwise: the next request under it finds none. What
 * was read stays on the trail and in the accounting. @throws NOT_FOUND; CONFLICT where it is not in force
 */
export async function endGrant(office: Office, caller: Caller, { id, reason }: { id: string; reason: string }): Promise<GrantResult> {
  authorizeCall(caller, 'endGrant');
  return inTransaction(office.source, async (manager) => {
    const stated = requireText(reason, 'reason');
    const [row] = await selectRows(manager, disclosure_grant, { id }, { lock: true });
    if (!row) throw notFound('id');
    if (row.status !== 'ACCEPTED' || row.expires_at <= caller.at) throw conflict('The grant is not in force');
    await updateRows(manager, disclosure_grant, { id }, { status: 'WITHDRAWN' });
    const memberIds = (await selectRows(manager, grant_member, { grant_id: id }, { orderBy: ['member_id'] })).map((each) => each.member_id);
    await office.audit?.(manager, { mutation: 'endGrant', clause: row.clause as CheckedGrant['clause']['id'], memberIds, outcome: 'DONE', flagged: false, reason: stated });
    return resultOf({ ...row, status: 'WITHDRAWN' }, memberIds, caller, await hasRestriction(manager, memberIds, caller.at));
  });
}
