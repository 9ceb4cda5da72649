import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import type { Principal } from '../identity/caller';
import { refusalEntry } from '../resolvers/audit-entry';
import type { Gateway } from '../resolvers/gateway';
import type { Authentication } from './authentication';
import { readJsonBody } from './body';
import { exchangeOf } from './respond';
import { GatewayError } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import type { ExportWorker } from '../export/export-worker';
import { isForPurpose, isOwnedBy, type ExportJob } from '../export/job';
import type { JobStore } from '../export/job-store';
import { kickOff, refuseWhatEnded } from '../export/kick-off';
import { readExportRequest } from '../export/request';
import { originOf, toldManifest } from '../export/told-manifest';

export interface ExportRouteParts {
  readonly gateway: Gateway; readonly store: JobStore; readonly worker: ExportWorker; readonly authentication: Authentication; readonly clock: () => Date;
  readonly bodyBytes: number;
}

/** Seconds until it is worth asking again. */
const RETRY_AFTER = '2';
const MEDIA_TYPE = { fhir: 'application/fhir+ndjson', gateway: 'application/x-ndjson' } as const;
const unknownJob = (): GatewayError => new GatewayError('NOT_FOUND', 'There is no such export.');

/** POST /export, GET and DELETE /export/:id, GET /export/:id/:file (docs/export.md). */
export function exportRoutes(router: Router, parts: ExportRouteParts): void {
  const on = (route: string, handle: (request: Request, response: Response) => Promise<void>) => async (request: Request, response: Response): Promise<void> => {
    exchangeOf(response).route = route;
    await handle(request, response);
  };
  router.post('/export', on('/export', (request, response) => begin(parts, request, response)));
  router.get('/export/:id', on('/export/:id', (request, response) => tell(parts, request, response)));
  router.delete('/export/:id', on('/export/:id', (request, response) => cancel(parts, request, response)));
  router.get('/export/:id/:file', on('/export/:id/:file', (request, response) => download(parts, request, response)));
}

/** The body; none at all asks for everything. */
async function bodyOf(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) === 0 && request.headers['transfer-encoding'] === undefined) return {};
  const body = await readJsonBody(request, mostBytes);
  if (body === undefined) throw new GatewayError('BAD_USER_INPUT', 'Content-Type: must be application/json');
  return body;
}

async function begin(parts: ExportRouteParts, request: Request, response: Response): Promise<void> {
  const caller = await parts.authentication.caller(request, response);
  const job = await kickOff(parts.gateway, caller, readExportRequest(await bodyOf(request, parts.bodyBytes)), parts.store.place);
  await parts.store.add(job);
  parts.worker.wake();
  response.statusCode = 202;
  response.setHeader('Content-Location', `${originOf(request)}/export/${job.id}`);
  response.setHeader('Retry-After', RETRY_AFTER);
  response.end();
}

/** The caller's own export, neither expired nor cancelled. @throws NOT_FOUND for any other, PURPOSE_NOT_PERMITTED */
async function ownJob({ store, authentication, clock }: ExportRouteParts, request: Request, response: Response): Promise<{ job: ExportJob; principal: Principal }> {
  const principal = await authentication.principal(request, response);
  const job = await store.find(String(request.params['id']));
  if (!job || !isOwnedBy(job, principal) || job.status === 'CANCELLED') throw unknownJob();
  if (job.expiresAt !== null && job.expiresAt <= instantOf(clock())) throw unknownJob();
  if (!isForPurpose(job, principal)) throw new GatewayError('PURPOSE_NOT_PERMITTED', 'The token does not permit the purpose of this export.');
  return { job, principal };
}

async function tell(parts: ExportRouteParts, request: Request, response: Response): Promise<void> {
  const { job } = await ownJob(parts, request, response);
  if (job.status === 'FAILED') throw new GatewayError(job.failure ?? 'INTERNAL', 'The export ended before it was whole; nothing of it can be read.');
  if (job.status !== 'DONE' || !job.manifest) {
    response.statusCode = 202;
    response.setHeader('X-Progress', job.status === 'WAITING' ? 'waiting' : `${job.progress} of ${job.members} members`);
    response.setHeader('Retry-After', RETRY_AFTER);
    return void response.end();
  }
  json(response, toldManifest(job, job.manifest, originOf(request)), job.expiresAt);
}

async function cancel(parts: ExportRouteParts, request: Request, response: Response): Promise<void> {
  const { job } = await ownJob(parts, request, response);
  await parts.store.cancel(job.id, instantOf(parts.clock()));
  parts.worker.wake();
  response.statusCode = 202;
  response.end();
}

async function download(parts: ExportRouteParts, request: Request, response: Response): Promise<void> {
  const { job, principal } = await ownJob(parts, request, response);
  // What is read from the disk is a name of the manifest, never one of the request.
  const file = job.manifest?.output.find((each) => each.file === request.params['file']);
  if (job.status !== 'DONE' || !file) throw new GatewayError('NOT_FOUND', 'The export has no such file.');
  const at = instantOf(parts.clock());
  const caller = { ...job.caller, tokenId: principal.tokenId, requestId: exchangeOf(response).requestId, at };
  await refuseWhatEnded(parts.gateway, job, caller);
  await parts.gateway.ledger.record({ ...refusalEntry(caller, parts.gateway.notices.at(at).version, `download ${job.id}`), kind: 'EXPORT', outcome: 'PERMIT' });
  response.setHeader('Content-Type', MEDIA_TYPE[job.request.format]);
  response.setHeader('Content-Length', file.bytes);
  response.setHeader('Content-Disposition', `attachment; filename="${file.file}"`);
  await stream(join(parts.worker.folderOf(job).path, file.file), response);
}

async function stream(path: string, response: ServerResponse): Promise<void> {
  try {
    await pipeline(createReadStream(path), response);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A reader that went away is no failure of ours.
    if (code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    if (code !== 'ENOENT') throw error;
    for (const header of ['Content-Length', 'Content-Disposition']) response.removeHeader(header);
    throw unknownJob();
  }
}

function json(response: ServerResponse, value: unknown, expiresAt: string | null): void {
  response.statusCode = 200;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (expiresAt !== null) response.setHeader('Expires', new Date(expiresAt).toUTCString());
  response.end(`${JSON.stringify(value)}\n`);
}
