import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { entityOf, type Dialect } from './table';
import { TABLES } from './tables';
import { MIGRATIONS } from './migrations';

/** `sqlite:PATH`, `sqlite::memory:` or `mysql://user:pw@host:port/db`; anything else throws, naming the variable. */
export function dialectOf(url: string): Dialect {
  if (url.startsWith('sqlite:')) return 'sqlite';
  if (url.startsWith('mysql:') || url.startsWith('mariadb:')) return 'mariadb';
  throw new Error('DATABASE_URL: expected sqlite:PATH, sqlite::memory: or mysql://user:pw@host:port/db');
}

/** The bits of a set of rows together: MariaDB has the aggregate, SQLite gets it here. */
interface AggregatingDatabase { aggregate(name: string, options: object): void; pragma(text: string): void }
function prepareSqlite(database: AggregatingDatabase): void {
  database.aggregate('BIT_OR', { deterministic: true, start: 0, step: (mask: number, bits: number | null) => (bits === null ? mask : mask | bits) });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
}

function optionsFor(url: string, dialect: Dialect, poolSize: number): DataSourceOptions {
  const shared = { entities: Object.values(TABLES).map((each) => entityOf(each, dialect)), migrations: MIGRATIONS, migrationsRun: false, synchronize: false, logging: false as const };
  if (dialect === 'sqlite') {
    const path = url.slice('sqlite:'.length);
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    return { ...shared, type: 'better-sqlite3', database: path, prepareDatabase: (database) => prepareSqlite(database as AggregatingDatabase) };
  }
  return {
    ...shared, type: 'mariadb', url: url.replace(/^mysql:/, 'mariadb:'), charset: 'utf8mb4_bin', timezone: 'Z', dateStrings: true,
    connectTimeout: 2000, poolSize, extra: { queueLimit: 200, enableKeepAlive: true, maxPreparedStatements: MOST_PREPARED },
  };
}

/**
 * Statements that a connection keeps prepared. The driver would keep 16,000, and one connection with as many different queries would use up what
 * MariaDB allows all of its clients (max_prepared_stmt_count, 16,382).
 */
const MOST_PREPARED = 300;

/** A data source that is not connected yet; `await source.initialize()` connects, with at most `poolSize` connections to MariaDB. Tables come by migration only. */
export function createDataSource(url: string, { poolSize = 10 }: { poolSize?: number } = {}): DataSource {
  return new DataSource(optionsFor(url, dialectOf(url), poolSize));
}
export const dialectOfSource = (source: DataSource): Dialect => (source.options.type === 'better-sqlite3' ? 'sqlite' : 'mariadb');
