import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** An empty database of one test, as a DATABASE_URL; `drop` removes it with all that is in it. */
export interface TestDatabase { name: 'sqlite' | 'mariadb'; url: string; drop(): Promise<void> }

const uniqueName = (): string => `t_${process.pid}_${randomBytes(6).toString('hex')}`;

/** A SQLite file that does not exist yet: a file, and not `:memory:`, so that several connections meet in it. */
export async function sqliteDatabase(): Promise<TestDatabase> {
  const path = join(tmpdir(), `${uniqueName()}.db`);
  const drop = async (): Promise<void> => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(path + suffix, { force: true });
  };
  return { name: 'sqlite', url: `sqlite:${path}`, drop };
}

/** A database of a random name on the server of TEST_MYSQL_URL (script/test and script/mariadb set it). */
export async function mariadbDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_MYSQL_URL;
  if (!server) throw new Error('TEST_MYSQL_URL is not set: run script/test, or script/mariadb start, or set SQLITE_ONLY=1 for a quick look');
  const name = uniqueName();
  const run = async (statement: string): Promise<void> => {
    const connection = await createConnection(server);
    try { await connection.query(statement); } finally { await connection.end(); }
  };
  await run(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  return { name: 'mariadb', url: new URL(`/${name}`, server).href, drop: () => run(`DROP DATABASE IF EXISTS \`${name}\``) };
}

/**
 * The two databases of every test that touches one, for `describe.each`. SQLITE_ONLY=1 leaves MariaDB out and says so; a run of
 * the whole suite (PHI_FULL_RUN, set by script/test, or CI) does not listen to it, because a database left out is a failure there.
 */
export function testDatabases(): { name: 'sqlite' | 'mariadb'; create: () => Promise<TestDatabase> }[] {
  const sqlite = { name: 'sqlite' as const, create: sqliteDatabase };
  const mariadb = { name: 'mariadb' as const, create: mariadbDatabase };
  const fullRun = Boolean(process.env.PHI_FULL_RUN ?? process.env.CI);
  if (process.env.SQLITE_ONLY !== '1' || fullRun) return [sqlite, mariadb];
  process.stderr.write('SQLITE_ONLY=1: MariaDB is left out of this run\n');
  return [sqlite];
}
