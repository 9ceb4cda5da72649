import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { driverOf } from '../entities/driver';
import { whenEnded } from '../entities/transaction';
import { GatewayError } from '../vocabulary/errors';
import { append, link, readHead, unlinkedRow, type Head, type Unlinked } from './chain';
import type { AuditEntry, AuditLedger } from './entry';
import type { Groups } from './group';
import { MariadbGroups } from './group-mariadb';
import { SqliteGroups } from './group-sqlite';
import { createIdentifiers } from './identifier';

export interface Ledger extends AuditLedger {
  /**
   * Writes the record in the caller's own transaction (begun by `transact`), so that a change and its record commit together;
   * resolves with the event's id. To be called last: the records of changes take turns until their transactions end.
   */
  recordIn(manager: EntityManager, entry: AuditEntry): Promise<string>;
  /** Takes no more records, and resolves when those that wait are settled. */
  close(): Promise<void>;
}
export interface ChainWriter extends Ledger {
  /** The last link of each chain of this process that it knows to be durable: what the database must have. */
  heads(): ReadonlyMap<string, Head>;
}
export interface LedgerOptions {
  /** What this writer's chains are called; by default a new name for each start of the process. */
  readonly chainId?: string;
  readonly clock?: () => Date;
  /** Milliseconds after which a record that is not durable is given up: its request answers AUDIT_UNAVAILABLE. */
  readonly deadline?: number;
  /** How groups become durable; by default as the database does it best. */
  readonly groups?: Groups;
}

interface Waiting { readonly row: Unlinked; resolve(id: string): void; reject(error: unknown): void }

/** Those that may wait before another is refused. */
const MOST_WAITING = 10_000;

const unavailable = (): GatewayError => new GatewayError('AUDIT_UNAVAILABLE', 'The audit record cannot be made durable now.');

/** A commit that hangs may not keep the next group waiting: it is told to end. */
async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => { reject(unavailable()); ending.abort(unavailable()); }, milliseconds); });
  try {
    return await Promise.race([work(ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The groups of a connected source. */
export function groupsOf(source: DataSource, deadline: number): Groups {
  const { pool, sqlite } = driverOf(source);
  return pool ? new MariadbGroups(pool, deadline) : new SqliteGroups(source, sqlite);
}

/**
 * The trail of this process: group commit (the requests that come while a commit is under way share the next one), one hash chain
 * for it, and a second one for records that commit with a change. Fails closed: what is not known to be durable is rejected.
 */
export function createLedger(source: DataSource, options: LedgerOptions = {}): ChainWriter {
  const chainId = options.chainId ?? randomUUID();
  const deadline = options.deadline ?? 4_000;
  const groups = options.groups ?? groupsOf(source, deadline);
  const nextId = createIdentifiers(() => (options.clock?.() ?? new Date()).getTime());
  const waiting: Waiting[] = [];
  /** Null where it is not known, at the start and after a commit that may or may not have happened: then the database says it. */
  let head: Head | null = null;
  let running: Promise<void> | null = null;
  let closed = false;
  /** Resolves when the last transaction that has a record of a change is over. */
  let turn: Promise<void> = Promise.resolve();

  async function commit(group: readonly Waiting[]): Promise<void> {
    try {
      head = await within(deadline, (signal) => groups.commit({ chainId, head, entries: group.map((each) => each.row) }, signal));
      for (const each of group) each.resolve(each.row.id);
    } catch {
      head = null;
      for (const each of group) each.reject(unavailable());
    }
  }

  async function run(): Promise<void> {
    // One turn of the event loop lets the requests of this moment into the first group.
    await new Promise((resolve) => { setImmediate(resolve); });
    while (waiting.length > 0) await commit(waiting.splice(0, groups.fits(waiting.length)));
    running = null;
  }

  return {
    record(entry) {
      if (closed || waiting.length >= MOST_WAITING) return Promise.reject(unavailable());
      return new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => { reject(unavailable()); }, deadline);
        const settle = <T>(how: (value: T) => void) => (value: T): void => { clearTimeout(timer); how(value); };
        try {
          waiting.push({ row: unlinkedRow(nextId(), entry), resolve: settle(resolve), reject: settle(reject) });
        } catch {
          settle(reject)(unavailable());
        }
        running ??= run();
      });
    },
    async recordIn(manager, entry) {
      const before = turn;
      turn = new Promise((resolve) => { if (!whenEnded(manager, resolve)) resolve(); });
      await before;
      const changes = `${chainId}.w`;
      const rows = link(changes, await readHead(manager, changes), [unlinkedRow(nextId(), entry)]);
      await append(manager, rows);
      return rows[0]?.id ?? '';
    },
    heads: () => (head === null ? new Map() : new Map([[chainId, { seq: head.seq, hash: head.hash }]])),
    async close() {
      closed = true;
      await running;
      groups.close();
    },
  };
}
