import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { randomUUID } from 'node:crypto';
import type { Caller, Principal } from '../identity/caller';
import type { Gateway } from '../resolvers/gateway';
import { instantOf } from '../vocabulary/instants';
import type { Purpose } from '../vocabulary/purposes';
import { ExportFolder } from './export-folder';
import { isOwnedBy, type ExportJob, type Manifest } from './job';
import { JobStore } from './job-store';
import { kickOff } from './kick-off';
import { placeOf } from './place';
import type { ExportRequest } from './request';
import { runJob, type Running } from './run-job';
import { LIVING, workerName } from './worker-name';

const STATE = '.export.json';
const MANIFEST = 'manifest.json';

/** What the folder that was named cannot be used for. */
export class FolderRefused extends Error {}

export interface FolderExport {
  readonly gateway: Gateway; readonly principal: Principal; readonly purpose: Purpose; readonly grant: string | null; readonly request: ExportRequest; readonly folder: string;
  readonly stopping: () => boolean; readonly onStep?: Running['onStep']; readonly clock?: () => Date;
}

/**
 * Exports into a folder of the caller's, or goes on with the same export where a process was ended. Resolves with the manifest, which lies there as
 * well; null where it was stopped before the end. @throws FolderRefused; GatewayError: what the policy or the database said
 */
export async function exportToFolder(asked: FolderExport): Promise<Manifest | null> {
  const { gateway, folder: path, clock = () => new Date() } = asked;
  const before = stateIn(path);
  const store = new JobStore(gateway.source, placeOf(path));
  const found = before === null ? null : await store.find(before);
  const job = found ?? await begin(asked, store, path, clock);
  assertSame(asked, job);
  if (job.manifest) return tell(path, job.manifest);
  const worker = workerName();
  LIVING.add(worker);
  const folder = new ExportFolder(path);
  try {
    const claimed = await store.claim(worker, instantOf(clock()), job.id);
    if (!claimed) throw new FolderRefused('--out: another process writes this export, or it was cancelled');
    await runJob({ gateway, store, worker, clock, lifetime: null, stopping: asked.stopping, onStep: asked.onStep }, claimed, folder);
    const done = await store.find(job.id);
    return done?.manifest ? tell(path, done.manifest) : null;
  } finally {
    await folder.close();
    LIVING.delete(worker);
    await store.release(job.id, worker);
  }
}

/** The export that lies in the folder; null where the folder is new. A folder with anything else in it is not written to. */
function stateIn(path: string): string | null {
  if (existsSync(join(path, STATE))) return (JSON.parse(readFileSync(join(path, STATE), 'utf8')) as { id: string }).id;
  if (existsSync(path) && readdirSync(path).some((each) => each !== '.place')) throw new FolderRefused('--out: expects a new or empty folder, or one of an export that was begun');
  return null;
}

async function begin({ gateway, principal, purpose, grant, request }: FolderExport, store: JobStore, path: string, clock: () => Date): Promise<ExportJob> {
  const caller: Caller = { ...principal, purpose, grant, breakGlassReason: null, requestId: randomUUID(), at: instantOf(clock()) };
  const job = await kickOff(gateway, caller, request, store.place);
  writeFileSync(join(path, STATE), JSON.stringify({ id: job.id }), { mode: 0o600 });
  await store.add(job);
  return job;
}

function assertSame({ principal, purpose, grant, request }: FolderExport, job: ExportJob): void {
  if (!isOwnedBy(job, principal) || job.caller.purpose !== purpose || job.caller.grant !== grant) throw new FolderRefused('--out: holds the export of another caller');
  if (!isDeepStrictEqual(job.request, request)) throw new FolderRefused('--out: holds an export of other types, another format or another instant');
}

function tell(path: string, manifest: Manifest): Manifest {
  writeFileSync(join(path, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}
