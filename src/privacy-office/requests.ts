import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { privacy_request } from '../entities/tables/privacy';
import type { Judged, RequestChannel } from './authenticity';
import type { RequestKind } from './due';

export type RequestStatus = 'RECEIVED' | 'REJECTED_INAUTHENTIC' | 'ACCEPTED' | 'DENIED' | 'COMPLETED' | 'WITHDRAWN';
export interface Fee { amount: number; currency: string; reason: string; estimate: boolean }
/** As `PrivacyRequest` of the schema. */
export interface PrivacyRequest {
  id: string; kind: RequestKind; memberId: string | null; status: RequestStatus; channel: RequestChannel | null; receivedAt: string; dueAt: string | null;
  decidedAt: string | null; summary: string | null; fee: Fee | null;
}
/** What is filed. `summary` is a fixed phrase, never a value of a record; `subjectId` is the thing that the request is about. */
export interface Filing {
  readonly kind: RequestKind; readonly memberId: string | null; readonly summary: string; readonly status: RequestStatus; readonly dueAt: string | null;
  readonly subjectId?: string; readonly detail?: Readonly<Record<string, unknown>>; readonly fee?: Fee | null;
}
export type RequestRow = Row<typeof privacy_request>;

const OPEN: readonly RequestStatus[] = ['RECEIVED'];

/** Makes the entry on the worklist that every request leaves (policy section 11), and returns its id. */
export async function fileRequest(manager: EntityManager, caller: Caller, judged: Judged, filing: Filing): Promise<string> {
  return (await fileRow(manager, caller, judged, filing)).id;
}

/** As `fileRequest`, and returns the whole entry. */
export async function fileRow(manager: EntityManager, caller: Pick<Caller, 'at'>, judged: Judged, filing: Filing): Promise<RequestRow> {
  const status = judged.authentic ? filing.status : 'REJECTED_INAUTHENTIC';
  const row: RequestRow = {
    id: randomUUID(), kind: filing.kind, member_id: filing.memberId, status, channel: judged.channel, received_at: caller.at, due_at: filing.dueAt, extended_at: null,
    decided_at: OPEN.includes(status) ? null : caller.at, summary: filing.summary, requested_by: judged.requestedBy, subject_id: filing.subjectId ?? null,
    fee: filing.fee ? JSON.stringify(filing.fee) : null, detail: filing.detail ? JSON.stringify(filing.detail) : null,
  };
  await insertRows(manager, privacy_request, [row]);
  return row;
}

/** Closes what waits on the worklist about one thing; the office's own tasks have `settleTasks`. `summary` is what is told instead, where given. */
export function settleRequests(manager: EntityManager, kind: RequestKind, subjectId: string, status: RequestStatus, at: string, summary: string | null = null): Promise<void> {
  return settle(manager, { kind, subject_id: subjectId }, { status, decided_at: at, ...(summary === null ? {} : { summary }) }, false);
}
/** Closes the tasks of the office's own about one thing: what it was to ask, or to do, is done. */
export const settleTasks = (manager: EntityManager, kind: RequestKind, subjectId: string, at: string): Promise<void> =>
  settle(manager, { kind, subject_id: subjectId }, { status: 'COMPLETED', decided_at: at }, true);

async function settle(manager: EntityManager, about: { kind: RequestKind; subject_id: string }, set: Partial<RequestRow>, tasks: boolean): Promise<void> {
  const open = await selectRows(manager, privacy_request, { ...about, status: 'RECEIVED' });
  await updateRows(manager, privacy_request, { id: open.filter((row) => isTask(row) === tasks).map((row) => row.id) }, set);
}

/** True for an entry that is the office's own affair, a question or a task and no request of the member: only the office sees it. */
export const isTask = (row: Pick<RequestRow, 'detail'>): boolean => detailOf(row)['task'] === true;

/** Puts a task on the office's own list. */
export const fileTask = (manager: EntityManager, at: string, filing: Omit<Filing, 'status'>): Promise<RequestRow> =>
  fileRow(manager, { at }, { authentic: true, channel: 'SUPPORT', requestedBy: 'privacy-office' }, { ...filing, status: 'RECEIVED', detail: { ...filing.detail, task: true } });

export const detailOf = (row: Pick<RequestRow, 'detail'>): Readonly<Record<string, unknown>> => (row.detail === null ? {} : JSON.parse(row.detail) as Readonly<Record<string, unknown>>);

export function privacyRequestOf(row: RequestRow): PrivacyRequest {
  return {
    id: row.id, kind: row.kind as RequestKind, memberId: row.member_id, status: row.status as RequestStatus, channel: row.channel as RequestChannel | null,
    receivedAt: row.received_at, dueAt: row.due_at, decidedAt: row.decided_at, summary: row.summary, fee: row.fee === null ? null : JSON.parse(row.fee) as Fee,
  };
}
