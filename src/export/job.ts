import type { Row } from '../entities/table';
import type { export_job } from '../entities/tables/export';
import type { Caller, Principal } from '../identity/caller';
import type { Obligation } from '../query/run/read-obligations';
import type { Withheld } from '../query/plan/verdicts';
import type { ErrorCode } from '../vocabulary/errors';
import { purposeCovers, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import type { ExportRequest, ExportType } from './request';

export type ExportStatus = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** How far a file is: what of it counts. */
export interface FileState { readonly bytes: number; readonly count: number }
/** Where a job goes on: members before `position` are done, and of each file so many bytes count. */
export interface Checkpoint {
  readonly position: number;
  readonly files: Readonly<Record<string, FileState>>;
  /** Members in reach when the export began and no longer at their chunk. */
  readonly leftOut: number;
  readonly withheld: readonly Withheld[];
  readonly obligations: readonly Pick<Obligation, 'code' | 'text'>[];
}
export const NOTHING_DONE: Checkpoint = Object.freeze({ position: 0, files: {}, leftOut: 0, withheld: [], obligations: [] });

export interface ManifestFile { readonly file: string; readonly type: string; readonly count: number; readonly bytes: number; readonly sha256: string }
export interface Manifest {
  readonly output: readonly ManifestFile[];
  readonly withheldTypes: readonly { readonly type: ExportType; readonly reason: string; readonly clause: string | null }[];
  readonly withheld: readonly Withheld[];
  readonly obligations: readonly Pick<Obligation, 'code' | 'text'>[];
  readonly members: { readonly exported: number; readonly leftOut: number };
}

/** An export as its row has it. `caller` is who kicked it off, at that instant. */
export interface ExportJob {
  readonly id: string; readonly place: string; readonly caller: Caller; readonly request: ExportRequest; readonly status: ExportStatus;
  readonly createdAt: string; readonly finishedAt: string | null; readonly expiresAt: string | null; readonly members: number; readonly progress: number;
  readonly worker: string | null; readonly leasedUntil: string | null; readonly checkpoint: Checkpoint; readonly manifest: Manifest | null; readonly failure: ErrorCode | null;
}

export const rowOf = (job: ExportJob): Row<typeof export_job> => ({
  id: job.id, place: job.place, subject: job.caller.subject, role: job.caller.role, organization: job.caller.organization, practitioner: job.caller.practitioner, member_id: job.caller.member,
  purpose: job.caller.purpose, purposes: JSON.stringify(job.caller.purposes), grant_id: job.caller.grant, token_id: job.caller.tokenId, request_id: job.caller.requestId,
  request: JSON.stringify(job.request), status: job.status, created_at: job.createdAt, finished_at: job.finishedAt, expires_at: job.expiresAt, members: job.members, progress: job.progress,
  worker: job.worker, leased_until: job.leasedUntil, checkpoint: JSON.stringify(job.checkpoint), manifest: job.manifest && JSON.stringify(job.manifest), failure: job.failure,
});

export const jobOf = (row: Row<typeof export_job>): ExportJob => Object.freeze({
  id: row.id, place: row.place, request: JSON.parse(row.request) as ExportRequest, status: row.status as ExportStatus, createdAt: row.created_at, finishedAt: row.finished_at,
  expiresAt: row.expires_at, members: row.members, progress: row.progress, worker: row.worker, leasedUntil: row.leased_until, checkpoint: JSON.parse(row.checkpoint) as Checkpoint,
  manifest: row.manifest === null ? null : JSON.parse(row.manifest) as Manifest, failure: row.failure as ErrorCode | null,
  caller: Object.freeze({
    subject: row.subject, role: row.role as Role, organization: row.organization, practitioner: row.practitioner, member: row.member_id, purpose: row.purpose as Purpose,
    purposes: JSON.parse(row.purposes) as Purpose[], tokenId: row.token_id, breakGlassReason: null, grant: row.grant_id, requestId: row.request_id, at: row.created_at,
  }),
});

/** Whether an export is this caller's own: everything that decides what they see is the same. */
export const isOwnedBy = ({ caller }: ExportJob, principal: Principal): boolean =>
  caller.subject === principal.subject && caller.role === principal.role && caller.organization === principal.organization && caller.practitioner === principal.practitioner && caller.member === principal.member;

/** Whether the token permits what the export is for. */
export const isForPurpose = ({ caller }: ExportJob, principal: Principal): boolean => principal.purposes.some((each) => purposeCovers(each, caller.purpose));
