import type { Gateway } from '../resolvers/gateway';
import { recordReliance } from '../privacy-office/reliance';
import { readMemberPage } from '../query/run/read-members';
import { bindingOf, SIZES, untouched } from '../query/run/reading';
import { GatewayError } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { planOf, prepareExport, readChunk, withheldTypes, type Chunk } from './chunk';
import { PAGE } from './document';
import { fileOf, FilesLost, type ExportFolder } from './export-folder';
import { NOTHING_DONE, type Checkpoint, type ExportJob, type FileState, type Manifest } from './job';
import type { JobStore } from './job-store';

/** What a job is run with. `onStep`: told after each chunk, which waits for it; `stopping`: true once the process is to end. */
export interface Running {
  readonly gateway: Gateway; readonly store: JobStore; readonly worker: string; readonly clock: () => Date;
  /** Milliseconds from the end of the export until its files are removed; null: they stay. */
  readonly lifetime: number | null;
  readonly stopping: () => boolean;
  readonly onStep?: (members: number, of: number, rows: number) => void | Promise<void>;
}

/** Members of a chunk, in the sizes that statements are prepared for: fewer where they have much, so that memory stays flat. */
const FIRST_SIZE = 50;
const CHUNK_BYTES = { least: 1_000_000, most: 6_000_000 } as const;
function nextSize(size: number, bytes: number): number {
  const place = SIZES.findIndex((each) => each >= size);
  if (bytes > CHUNK_BYTES.most) return SIZES[Math.max(0, place - 1)] ?? 1;
  return bytes < CHUNK_BYTES.least ? SIZES[Math.min(SIZES.length - 1, place + 1)] ?? size : size;
}

/** The members that the caller reaches at the start, page by page: whoever comes later is the next export's. */
async function* membersOf(gateway: Gateway, job: ExportJob): AsyncGenerator<readonly string[]> {
  const operation = await prepareExport(gateway, job.caller, ['Member']);
  // The page is asked for its ids alone: no other cell is selected, and nothing is released.
  const { members } = planOf(operation);
  const ids = { ...members, selections: members.selections.map((each) => (each.name === 'nodes' ? { ...each, selections: each.selections.filter((field) => field.name === 'id') } : each)) };
  const binding = bindingOf(operation.reading, members);
  const statements = new Map<string, unknown>();
  for (let last: string | null = null; ;) {
    const touched = untouched();
    const after: Record<string, unknown> = last === null ? {} : { after: operation.reading.cursors.seal({ id: last }, binding, job.caller.at) };
    const page = await readMemberPage({ ...operation.reading, statements, touched, arguments: new Map([[members.id, { first: PAGE, ...after }]]) }, ids);
    const found = [...touched.members];
    if (found.length > 0) yield found;
    last = found.at(-1) ?? null;
    if (!(page['pageInfo'] as { hasNextPage: boolean }).hasNextPage || last === null) return;
  }
}

/** Brings the folder to the job's checkpoint; where files were lost the export begins anew. Resolves with the checkpoint. */
async function openFolder(running: Running, job: ExportJob, folder: ExportFolder): Promise<{ checkpoint: Checkpoint; members: number }> {
  await folder.make();
  try {
    if (!(await folder.hasMembers())) throw new FilesLost();
    await folder.cutTo(job.checkpoint.files);
    return { checkpoint: job.checkpoint, members: job.members };
  } catch (error) {
    if (!(error instanceof FilesLost)) throw error;
  }
  await folder.cutTo({});
  const members = await folder.writeMembers(membersOf(running.gateway, job));
  return { checkpoint: NOTHING_DONE, members };
}

const unlike = <T>(all: readonly T[]): T[] => [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];

/** Releases a chunk: the record of it is durable, then its lines are on the disk, and the checkpoint that follows makes them count. */
async function release(running: Running, job: ExportJob, folder: ExportFolder, before: Checkpoint, chunk: Chunk, count: number): Promise<Checkpoint> {
  if (chunk.entry) {
    const auditId = await running.gateway.ledger.record({ ...chunk.entry, operation: `export ${job.id}` });
    await recordReliance(running.gateway.source, { ...job.caller, at: chunk.entry.at }, auditId, chunk.relied);
  }
  const files: Record<string, FileState> = { ...before.files };
  for (const [name, lines] of chunk.lines) files[name] = await folder.append(name, lines, files[name] ?? { bytes: 0, count: 0 });
  return {
    position: before.position + count, files, leftOut: before.leftOut + chunk.leftOut, withheld: unlike([...before.withheld, ...chunk.withheld]),
    obligations: unlike([...before.obligations, ...chunk.obligations.map(({ code, text }) => ({ code, text }))]),
  };
}

async function manifestOf(running: Running, job: ExportJob, folder: ExportFolder, checkpoint: Checkpoint): Promise<Manifest> {
  const output = [];
  for (const [type, { bytes, count }] of Object.entries(checkpoint.files)) output.push({ type, file: fileOf(type), count, bytes, sha256: await folder.hash(type) });
  const operation = await prepareExport(running.gateway, { ...job.caller, at: instantOf(running.clock()) }, job.request.types);
  return {
    output, withheldTypes: withheldTypes(operation), withheld: checkpoint.withheld, obligations: checkpoint.obligations,
    members: { exported: checkpoint.position - checkpoint.leftOut, leftOut: checkpoint.leftOut },
  };
}

/** How a run ended: DONE; STOPPED, because the process is to end; LOST, because the job is another worker's or was cancelled. */
export type RunEnd = 'DONE' | 'STOPPED' | 'LOST';

/**
 * Runs a claimed job from its checkpoint to its end. Every chunk is decided anew at its own instant.
 * @throws GatewayError: what the policy or the database said
 */
export async function runJob(running: Running, job: ExportJob, folder: ExportFolder): Promise<RunEnd> {
  const { store, worker, clock } = running;
  const now = (): string => instantOf(clock());
  const opened = await openFolder(running, job, folder);
  let { checkpoint } = opened;
  if (!(await store.save(job.id, worker, now(), { members: opened.members, progress: checkpoint.position, checkpoint }))) return 'LOST';
  const members = folder.members(checkpoint.position);
  try {
    for (let size = FIRST_SIZE; ;) {
      if (running.stopping()) return 'STOPPED';
      const ids = await members.next(size);
      if (ids.length === 0) break;
      const chunk = await readChunk(running.gateway, { caller: { ...job.caller, at: now() }, request: job.request, ids });
      // Whoever took the job over meanwhile releases it; nothing of this chunk is on record yet.
      if (!(await store.save(job.id, worker, now(), {}))) return 'LOST';
      const bytesBefore = bytesOf(checkpoint);
      checkpoint = await release(running, job, folder, checkpoint, chunk, ids.length);
      if (!(await store.save(job.id, worker, now(), { checkpoint, progress: checkpoint.position }))) return 'LOST';
      await running.onStep?.(checkpoint.position, opened.members, rowsOf(checkpoint));
      size = nextSize(ids.length === size ? size : FIRST_SIZE, bytesOf(checkpoint) - bytesBefore);
    }
  } finally {
    members.close();
    await folder.close();
  }
  const manifest = await manifestOf(running, job, folder, checkpoint);
  const finishedAt = now();
  const expiresAt = running.lifetime === null ? null : instantOf(new Date(clock().getTime() + running.lifetime));
  if (!(await store.save(job.id, worker, finishedAt, { status: 'DONE', finishedAt, expiresAt, manifest }))) return 'LOST';
  await folder.removeMembers();
  return 'DONE';
}

const bytesOf = ({ files }: Checkpoint): number => Object.values(files).reduce((sum, each) => sum + each.bytes, 0);
const rowsOf = ({ files }: Checkpoint): number => Object.values(files).reduce((sum, each) => sum + each.count, 0);

/** What passes by itself: the job waits for it. Anything else ends the job. */
export const isPassing = (error: unknown): boolean => error instanceof GatewayError && (error.code === 'DATABASE_UNAVAILABLE' || error.code === 'AUDIT_UNAVAILABLE');
