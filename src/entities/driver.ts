import type { Database, Statement } from 'better-sqlite3';
import type { Pool } from 'mysql2';
import type { DataSource } from 'typeorm';
import { undisturbed } from './transaction';

/**
 * What TypeORM drives, for statements that every request pays and that gain nothing from TypeORM: its pool of connections to MariaDB, or
 * its one connection to SQLite, which is to be used within a turn only (`undisturbed`).
 */
export type Driver = { readonly pool: Pool; readonly sqlite: null } | { readonly pool: null; readonly sqlite: Database };

/** @throws Error where the source is not connected */
export function driverOf(source: DataSource): Driver {
  const { pool, databaseConnection: sqlite } = source.driver as unknown as { pool?: Pool; databaseConnection?: Database };
  if (source.options.type === 'better-sqlite3' && sqlite) return { pool: null, sqlite };
  if (source.options.type !== 'better-sqlite3' && pool) return { pool, sqlite: null };
  throw new Error('the database is not connected');
}

type Scalar = string | number | null;
const PREPARED = new WeakMap<Database, Map<string, Statement<unknown[]>>>();
function preparedOn(database: Database, text: string): Statement<unknown[]> {
  const known = PREPARED.get(database) ?? new Map<string, Statement<unknown[]>>();
  PREPARED.set(database, known);
  const made = known.get(text) ?? database.prepare(text);
  known.set(text, made);
  return made;
}

/**
 * Runs one statement by itself, which commits with it; answers the rows of a SELECT. Its text is to be one of few, as it is prepared once a
 * connection and stays so. Never to be called inside a transaction.
 */
export async function runPrepared(source: DataSource, text: string, parameters: readonly Scalar[]): Promise<unknown[]> {
  const { pool, sqlite } = driverOf(source);
  if (sqlite) return undisturbed(source, async () => {
    const statement = preparedOn(sqlite, text);
    if (statement.reader) return statement.all(...parameters);
    statement.run(...parameters);
    return [];
  });
  return new Promise((resolve, reject) => {
    pool.execute(text, [...parameters], (error, rows) => { if (error) reject(error); else resolve(Array.isArray(rows) ? rows : []); });
  });
}
