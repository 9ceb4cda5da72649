import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { asGatewayError } from '../query/run/database';
import { GatewayError, type ErrorCode } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { ExportFolder } from './export-folder';
import type { ExportJob } from './job';
import { isPassing, runJob, type Running } from './run-job';
import { LIVING, workerName } from './worker-name';

export interface ExportWorkerParts extends Omit<Running, 'worker' | 'stopping' | 'onStep'> {
  /** Where the folders of the jobs lie. */
  readonly root: string;
  /** Milliseconds between two looks for jobs of which nobody told. */
  readonly interval?: number;
  /** Told of what ended a job, or of what it waits for; never a value of a record. */
  readonly onError: (message: string, error: unknown) => void;
}
export interface ExportWorker {
  /** Looks for work now, and from time to time. */
  start(): void;
  wake(): void;
  folderOf(job: Pick<ExportJob, 'id'>): ExportFolder;
  /** Lets the chunk under way come to its end, gives the job back, and resolves. */
  stop(): Promise<void>;
}

const INTERVAL = 2_000;
/** Pause before a job goes on that the database or the trail held up. */
const PATIENCE = 1_000;

/** One job after the other, in this process. A job that a process left behind is gone on with from its checkpoint. */
export function createExportWorker(parts: ExportWorkerParts): ExportWorker {
  const { store, clock } = parts;
  const worker = workerName();
  const now = (): string => instantOf(clock());
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  let again = false;
  const folderOf = ({ id }: Pick<ExportJob, 'id'>): ExportFolder => new ExportFolder(join(parts.root, id));

  async function run(job: ExportJob): Promise<void> {
    const folder = folderOf(job);
    try {
      const end = await runJob({ ...parts, worker, stopping: () => stopping }, job, folder);
      if (end === 'STOPPED') await store.release(job.id, worker);
    } catch (thrown) {
      const error = asGatewayError(thrown);
      await folder.close();
      if (isPassing(error)) {
        parts.onError('an export waits for the database', error);
        if (!stopping) await sleep(PATIENCE);
        return;
      }
      parts.onError('an export failed', error);
      await store.save(job.id, worker, now(), { status: 'FAILED', failure: codeOf(error), finishedAt: now(), expiresAt: lifetimeFrom() });
      await folder.remove();
    }
  }
  const lifetimeFrom = (): string => instantOf(new Date(clock().getTime() + (parts.lifetime ?? 0)));

  /** Files of jobs that ended are removed when their time is over; the row stays, and is answered as unknown. */
  async function sweep(): Promise<void> {
    for (const job of await store.ended(now())) await folderOf(job).remove();
  }

  async function work(): Promise<void> {
    try {
      await sweep();
      for (let job = await store.claim(worker, now()); job && !stopping; job = await store.claim(worker, now())) await run(job);
    } catch (error) {
      parts.onError('exports cannot be looked for', error);
    }
  }
  function wake(): void {
    if (stopping) return;
    if (working) { again = true; return; }
    working = work().finally(() => {
      working = null;
      if (again) { again = false; wake(); }
    });
  }

  return {
    start() {
      LIVING.add(worker);
      timer = setInterval(wake, parts.interval ?? INTERVAL);
      timer.unref();
      wake();
    },
    wake,
    folderOf,
    async stop() {
      stopping = true;
      if (timer) clearInterval(timer);
      await working;
      LIVING.delete(worker);
    },
  };
}

const codeOf = (error: unknown): ErrorCode => (error instanceof GatewayError ? error.code : 'INTERNAL');
