import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows, updateRows } from '../entities/rows';
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
  readonly subjectId?: string; readonly detail?: Readonly<Record<string, unknown>>;
}

const OPEN: readonly RequestStatus[] = ['RECEIVED'];

/** Makes the entry on the worklist that every request leaves (policy section 11), and returns its id. */
export async function fileRequest(manager: EntityManager, caller: Caller, judged: Judged, filing: Filing): Promise<string> {
  const status = judged.authentic ? filing.status : 'REJECTED_INAUTHENTIC';
  const id = randomUUID();
  await insertRows(manager, privacy_request, [{
    id, kind: filing.kind, member_id: filing.memberId, status, channel: judged.channel, received_at: caller.at, due_at: filing.dueAt, extended_at: null,
    decided_at: OPEN.includes(status) ? null : caller.at, summary: filing.summary, requested_by: judged.requestedBy, subject_id: filing.subjectId ?? null, fee: null,
    detail: filing.detail ? JSON.stringify(filing.detail) : null,
  }]);
  return id;
}

/** Closes what waits on the worklist about one thing. */
export const settleRequests = (manager: EntityManager, kind: RequestKind, subjectId: string, status: RequestStatus, at: string): Promise<void> =>
  updateRows(manager, privacy_request, { kind, subject_id: subjectId, status: 'RECEIVED' }, { status, decided_at: at });

export function privacyRequestOf(row: Row<typeof privacy_request>): PrivacyRequest {
  return {
    id: row.id, kind: row.kind as RequestKind, memberId: row.member_id, status: row.status as RequestStatus, channel: row.channel as RequestChannel | null,
    receivedAt: row.received_at, dueAt: row.due_at, decidedAt: row.decided_at, summary: row.summary, fee: row.fee === null ? null : JSON.parse(row.fee) as Fee,
  };
}
