import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { putRows, selectRows, updateRows } from '../entities/rows';
import { restriction, type RestrictionRow } from '../entities/tables/privacy';
import type { Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';
import { toldRecipient, type Recipient } from '../vocabulary/recipients';
import type { SensitivityClass } from '../vocabulary/sensitivity';
import { judgeAuthenticity, type AuthenticityInput } from './authenticity';
import { dueAt } from './due';
import type { Office } from './office';
import { fileRequest, settleRequests, settleTasks, type RequestStatus } from './requests';
import { checkReach, checkWhatItHides, paymentIsInDoubt } from './restriction-reach';
import { spreadRestrictions } from './spread';
import { notFound, type Standing } from './standing';
import { isToldOfPayments, withoutPayments } from './told-restriction';
import { conflict, optionalText, recipientsOf, requireText } from './validate';
import { write } from './write';

export type RestrictionKind = 'PAID_IN_FULL' | 'AGREED';
export interface RestrictionInput {
  readonly kind: RestrictionKind; readonly recipients?: readonly Recipient[] | null; readonly purposes?: readonly Purpose[] | null;
  readonly categories?: readonly Category[] | null; readonly classes?: readonly SensitivityClass[] | null; readonly coordinates?: readonly string[] | null;
  readonly encounterId?: string | null; readonly recordId?: string | null; readonly text?: string | null;
}
/** As `Restriction` of the schema. */
export interface RestrictionResult {
  id: string; kind: RestrictionKind; status: RequestStatus; recipients: Recipient[]; purposes: Purpose[]; categories: Category[]; classes: SensitivityClass[];
  coordinates: string[]; encounterId: string | null; recordId: string | null; requestedAt: string; decidedAt: string | null; response: string | null; endedAt: string | null;
}

/** Writes a restriction and its scope; the same id again replaces what was asked, and keeps a decision or an end that came through the office. */
export async function writeRestriction(manager: EntityManager, row: RestrictionRow): Promise<void> {
  const [known] = await selectRows(manager, restriction, { member_id: row.member_id, id: row.id }, { lock: true });
  const decided = known?.decided_by ? { status: known.status, decided_at: known.decided_at, decided_by: known.decided_by, response: known.response } : {};
  const ended = { ended_at: row.ended_at ?? known?.ended_at ?? null, ends_for_later_records_at: row.ends_for_later_records_at ?? known?.ends_for_later_records_at ?? null };
  await putRows(manager, restriction, [{ ...row, ...decided, ...ended }]);
  await spreadRestrictions(manager, row.member_id);
}

export function restrictionOf(row: RestrictionRow): RestrictionResult {
  const list = <T>(json: string): T[] => JSON.parse(json) as T[];
  return {
    id: row.id, kind: row.kind as RestrictionKind, status: row.status as RequestStatus, recipients: list<Recipient>(row.recipients).map(toldRecipient), purposes: list(row.purposes),
    categories: list(row.categories), classes: list(row.classes), coordinates: list(row.coordinates), encounterId: row.encounter_id, recordId: row.record_id,
    requestedAt: row.requested_at, decidedAt: row.decided_at, response: row.response, endedAt: row.ended_at ?? row.ends_for_later_records_at,
  };
}

/**
 * Notice, "Request Restrictions" (164.522(a)). One about what was paid in full binds from this instant, and is accepted unless a
 * claim speaks against it; another one waits for the privacy office and binds once agreed.
 */
export function requestRestriction(
  office: Office, caller: Caller, { memberId, input, authenticity }: { memberId: string; input: RestrictionInput; authenticity: AuthenticityInput },
): Promise<RestrictionResult> {
  return write(office, caller, { mutation: 'requestRestriction', memberId, clause: 'restrictions' }, async ({ manager, standing }) => {
    const judged = await judgeAuthenticity(manager, caller, standing, authenticity);
    const asked = restrictionDraft(caller, memberId, input, judged.requestedBy, judged.channel);
    await checkReach(manager, asked);
    checkWhatItHides(asked);
    const status = judged.authentic ? await firstStatus(manager, asked) : 'REJECTED_INAUTHENTIC';
    const row = { ...asked, status, decided_at: status === 'RECEIVED' ? null : caller.at };
    await putRows(manager, restriction, [row]);
    await spreadRestrictions(manager, memberId);
    await fileRequest(manager, caller, judged, {
      kind: 'RESTRICTION', memberId, status, subjectId: row.id, summary: row.kind === 'AGREED' ? 'Restriction asked for' : 'Restriction of what was paid in full',
      dueAt: row.kind === 'AGREED' ? dueAt(office, 'RESTRICTION', caller.at, standing.member.home_state) : caller.at,
    });
    return { result: restrictionOf(isToldOfPayments(standing) ? row : withoutPayments(row)), rejected: !judged.authentic };
  });
}

const firstStatus = async (manager: EntityManager, row: RestrictionRow): Promise<RequestStatus> =>
  (row.kind === 'AGREED' || await paymentIsInDoubt(manager, row) ? 'RECEIVED' : 'ACCEPTED');

/** What would be asked for. @throws BAD_USER_INPUT */
export function restrictionDraft(caller: Caller, memberId: string, input: RestrictionInput, requestedBy: string, channel: string): RestrictionRow {
  const list = (all: readonly unknown[] | null | undefined): string => JSON.stringify([...new Set(all ?? [])]);
  return {
    member_id: memberId, id: randomUUID(), kind: input.kind, status: 'RECEIVED', recipients: list(recipientsOf(input.recipients ?? [], 'input.recipients')),
    purposes: list(input.purposes), categories: list(input.categories), classes: list(input.classes), coordinates: list(input.coordinates),
    encounter_id: input.encounterId ?? null, record_id: input.recordId ?? null, text: optionalText(input.text, 'input.text'), requested_at: caller.at,
    requested_by: requestedBy, decided_at: null, decided_by: null, response: null, ended_at: null, ends_for_later_records_at: null, channel, source: 'API',
  };
}

const memberOf = (id: string) => async (manager: EntityManager): Promise<string | null> => (await selectRows(manager, restriction, { id }))[0]?.member_id ?? null;

/** A member knows their own; a representative those alone that they asked for (policy section 3). */
async function readRestriction(manager: EntityManager, caller: Caller, standing: Standing, id: string): Promise<RestrictionRow> {
  const [row] = await selectRows(manager, restriction, { member_id: standing.member.id, id }, { lock: true });
  if (!row || (standing.relationship === 'REPRESENTATION' && row.requested_by !== caller.subject)) throw notFound('id');
  return row;
}

async function change(manager: EntityManager, standing: Standing, row: RestrictionRow, set: Partial<RestrictionRow>): Promise<RestrictionResult> {
  await updateRows(manager, restriction, { member_id: row.member_id, id: row.id }, set);
  await spreadRestrictions(manager, row.member_id);
  const changed = { ...row, ...set };
  return restrictionOf(isToldOfPayments(standing) ? changed : withoutPayments(changed));
}

/** The privacy office's answer; a refusal lifts what bound until then. @throws CONFLICT when it was decided or ended before */
export function decideRestriction(office: Office, caller: Caller, args: { id: string; agree: boolean; response: string }): Promise<RestrictionResult> {
  return write(office, caller, { mutation: 'decideRestriction', memberId: memberOf(args.id), clause: 'restrictions', reason: args.response }, async ({ manager, standing }) => {
    const response = requireText(args.response, 'response');
    const row = await readRestriction(manager, caller, standing, args.id);
    if (row.status !== 'RECEIVED' || row.ended_at !== null) throw conflict('The restriction is decided already');
    const status: RequestStatus = args.agree ? 'ACCEPTED' : 'DENIED';
    await settleRequests(manager, 'RESTRICTION', row.id, status, caller.at);
    return { result: await change(manager, standing, row, { status, response, decided_at: caller.at, decided_by: caller.subject }) };
  });
}

/**
 * Ends a restriction: at once where the member asks or agrees; else only for records made from now on, and one about what was paid
 * in full not at all (164.522(a)(2)). @throws CONFLICT for that, and when it ended before
 */
export function endRestriction(office: Office, caller: Caller, args: { id: string; reason: string; memberAgreed?: boolean | null }): Promise<RestrictionResult> {
  return write(office, caller, { mutation: 'endRestriction', memberId: memberOf(args.id), clause: 'restrictions', reason: args.reason }, async ({ manager, standing }) => {
    requireText(args.reason, 'reason');
    const row = await readRestriction(manager, caller, standing, args.id);
    // The member's own call is the member asking.
    const agreed = standing.relationship !== 'ANY' || args.memberAgreed === undefined || args.memberAgreed === true;
    if (row.ended_at !== null || !['RECEIVED', 'ACCEPTED'].includes(row.status)) throw conflict('The restriction is not in force');
    if (!agreed) return { result: await endForLaterRecords(manager, standing, row, caller.at), flagged: true };
    const withdrawn = row.status === 'RECEIVED';
    await settleTasks(manager, 'RESTRICTION', row.id, caller.at);
    if (withdrawn) await settleRequests(manager, 'RESTRICTION', row.id, 'WITHDRAWN', caller.at);
    return { result: await change(manager, standing, row, { ended_at: caller.at, ...(withdrawn ? { status: 'WITHDRAWN' } : {}) }) };
  });
}

function endForLaterRecords(manager: EntityManager, standing: Standing, row: RestrictionRow, at: string): Promise<RestrictionResult> {
  if (row.kind === 'PAID_IN_FULL') throw conflict('A restriction of what was paid in full ends with the agreement of the member alone');
  if (row.status === 'RECEIVED') throw conflict('The restriction is not agreed yet: decide it');
  if (row.ends_for_later_records_at !== null) throw conflict('The restriction has ended for later records already');
  return change(manager, standing, row, { ends_for_later_records_at: at });
}
