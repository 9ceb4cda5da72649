import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';

/** better-sqlite3 has one connection, on which a second transaction would nest in the first: there they take turns. */
const TURNS = new WeakMap<DataSource, Promise<unknown>>();

/**
 * Runs reads that must see what is committed and nothing else: on SQLite they would meet a transaction half done on the same
 * connection, so they take their turn; on MariaDB each has its own. Never to be called inside a transaction.
 */
export const undisturbed = <T>(source: DataSource, read: () => Promise<T>): Promise<T> => inTurn(source, read);

function inTurn<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  if (source.options.type !== 'better-sqlite3') return work();
  const result = (TURNS.get(source) ?? Promise.resolve()).then(work);
  TURNS.set(source, result.catch(() => undefined));
  return result;
}

/** The database asks for the whole transaction again: deadlock or lock wait (also Galera's certification failure), a busy SQLite file. */
const TRANSIENT_NUMBERS: readonly unknown[] = [1213, 1205];
export function isTransient(error: unknown): boolean {
  const { driverError } = error as { driverError?: unknown };
  const { errno, sqlState, code } = (driverError ?? error) as { errno?: unknown; sqlState?: unknown; code?: unknown };
  return TRANSIENT_NUMBERS.includes(errno) || sqlState === '40001' || (typeof code === 'string' && code.startsWith('SQLITE_BUSY'));
}

/** What waits for the end of a transaction, committed or not. */
const WAITING_FOR_END = new WeakMap<EntityManager, (() => void)[]>();

/** Calls back when the transaction of this manager has ended; false where it was not begun by `transact`. */
export function whenEnded(manager: EntityManager, callback: () => void): boolean {
  return (WAITING_FOR_END.get(manager)?.push(callback) ?? 0) > 0;
}

async function runOnce<T>(source: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const callbacks: (() => void)[] = [];
  try {
    return await source.transaction((manager) => { WAITING_FOR_END.set(manager, callbacks); return work(manager); });
  } finally {
    for (const each of callbacks) each();
  }
}

export interface Patience { readonly tries: number; readonly milliseconds: number }
const PATIENCE: Patience = { tries: 12, milliseconds: 5_000 };
const LONGEST_PAUSE = 400;

/** Runs the work, and again (full jitter) while the database asks for that. What else fails, or still fails at the end of the patience, is rejected as it is. */
export async function persist<T>(work: () => Promise<T>, patience: Patience = PATIENCE): Promise<T> {
  const until = Date.now() + patience.milliseconds;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const pause = Math.random() * Math.min(LONGEST_PAUSE, 5 * 2 ** attempt);
      if (!isTransient(error) || attempt >= patience.tries || Date.now() + pause > until) throw error;
      await sleep(pause);
    }
  }
}

/** Runs the work in one transaction, which commits when it resolves; the whole runs again while the database asks for that. Where it rejects, nothing is written. */
export const transact = <T>(source: DataSource, work: (manager: EntityManager) => Promise<T>, patience: Patience = PATIENCE): Promise<T> =>
  persist(() => inTurn(source, () => runOnce(source, work)), patience);
