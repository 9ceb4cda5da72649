import type { DataSource, EntityManager } from 'typeorm';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import { undisturbed } from '../entities/transaction';
import type { Row } from '../entities/table';
import { export_job } from '../entities/tables/export';
import { inTransaction } from '../privacy-office/transaction';
import { asGatewayError } from '../query/run/database';
import { GatewayError } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { jobOf, rowOf, type ExportJob, type ExportStatus } from './job';
import { isAlive } from './worker-name';

const OPEN: readonly ExportStatus[] = ['WAITING', 'RUNNING'];
/** Unfinished exports of one subject at most: each of them is a lot of work. */
const MOST_OPEN = 5;
/** How long a worker may be silent before another takes its job. */
export const LEASE_MILLISECONDS = 15_000;

type Change = Partial<Pick<ExportJob, 'status' | 'finishedAt' | 'expiresAt' | 'members' | 'progress' | 'checkpoint' | 'manifest' | 'failure'>>;
const leaseFrom = (now: string): string => instantOf(new Date(Date.parse(now) + LEASE_MILLISECONDS));

/** The jobs of one folder of exports. Every method @throws DATABASE_UNAVAILABLE where the database cannot be asked. */
export class JobStore {
  constructor(private readonly source: DataSource, readonly place: string) {}

  async find(id: string): Promise<ExportJob | null> {
    const [row] = await this.read((manager) => selectRows(manager, export_job, { id, place: this.place }));
    return row ? jobOf(row) : null;
  }

  /** @throws RATE_LIMITED where the subject has several that are not done */
  async add(job: ExportJob): Promise<void> {
    await inTransaction(this.source, async (manager) => {
      const open = await selectRows(manager, export_job, { subject: job.caller.subject, status: OPEN }, { lock: true });
      if (open.length >= MOST_OPEN) throw new GatewayError('RATE_LIMITED', `A subject may have ${MOST_OPEN} exports that are not done.`, { retryAfter: 60 });
      await insertRows(manager, export_job, [rowOf(job)]);
    });
  }

  /** Takes the oldest job that nobody runs: a new one, or one whose worker ended or fell silent. */
  async claim(worker: string, now: string, id?: string): Promise<ExportJob | null> {
    return inTransaction(this.source, async (manager) => {
      const rows = await selectRows(manager, export_job, { place: this.place, status: OPEN, ...(id === undefined ? {} : { id }) }, { orderBy: ['created_at', 'id'], lock: true });
      const free = rows.find((each) => each.worker === null || each.worker === worker || (each.leased_until ?? '') <= now || !isAlive(each.worker));
      if (!free) return null;
      const taken = { status: 'RUNNING', worker, leased_until: leaseFrom(now) };
      await updateRows(manager, export_job, { id: free.id }, taken);
      return jobOf({ ...free, ...taken });
    });
  }

  /** Saves how far this worker is, and its lease; false where the job is another's by now, or was cancelled. */
  async save(id: string, worker: string, now: string, change: Change): Promise<boolean> {
    return inTransaction(this.source, async (manager) => {
      const [row] = await selectRows(manager, export_job, { id }, { lock: true });
      if (!row || row.worker !== worker || row.status !== 'RUNNING') return false;
      await updateRows(manager, export_job, { id }, { ...columnsOf(change), leased_until: leaseFrom(now) });
      return true;
    });
  }
  /** Gives a job back that is not done, so that the next worker need not wait. */
  async release(id: string, worker: string): Promise<void> {
    await inTransaction(this.source, (manager) => updateRows(manager, export_job, { id, worker, status: 'RUNNING' }, { worker: null, leased_until: null }));
  }
  async cancel(id: string, now: string): Promise<void> {
    await inTransaction(this.source, (manager) => updateRows(manager, export_job, { id }, { status: 'CANCELLED', finished_at: now, expires_at: now }));
  }

  /** Jobs whose files are to be removed: expired, cancelled or failed ones. */
  async ended(now: string): Promise<ExportJob[]> {
    const rows = await this.read((manager) => selectRows(manager, export_job, { place: this.place, status: ['DONE', 'FAILED', 'CANCELLED'] }));
    return rows.filter((row) => row.expires_at !== null && row.expires_at <= now).map(jobOf);
  }

  private async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await undisturbed(this.source, () => work(this.source.manager));
    } catch (error) {
      throw asGatewayError(error);
    }
  }
}

function columnsOf(change: Change): Partial<Row<typeof export_job>> {
  const { status, finishedAt, expiresAt, members, progress, checkpoint, manifest, failure } = change;
  const all: Readonly<Record<string, unknown>> = {
    status, finished_at: finishedAt, expires_at: expiresAt, members, progress, failure,
    checkpoint: checkpoint && JSON.stringify(checkpoint), manifest: manifest && JSON.stringify(manifest),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<Row<typeof export_job>>;
}
