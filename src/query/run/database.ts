import type { Database, Statement } from 'better-sqlite3';
import type { Pool, QueryOptions } from 'mysql2';
import type { DataSource } from 'typeorm';
import { dialectOfSource } from '../../entities/data-source';
import type { Dialect } from '../../entities/table';
import { undisturbed } from '../../entities/transaction';
import type { Scalar } from '../../permissions/core/interpret';
import { GatewayError, invariant } from '../../vocabulary/errors';
import type { CompiledRead, RunValues } from '../compile/sql';

export type Rows = readonly (readonly Scalar[])[];
/** The only holder of a connection for reads. Nothing but a CompiledRead can be run. */
export interface ReadDatabase {
  readonly dialect: Dialect;
  rows(read: CompiledRead, values: RunValues): Promise<Rows>;
  /** Several reads of the same values, with the rows of each in their order: where they travel, in one message there and back. The list is kept by who asks. */
  all(reads: readonly RunTogether[], values: RunValues): Promise<readonly Rows[]>;
}
/** One of several reads. `isNeeded`: false where it can have no rows; it is sent all the same, so that what is sent does not tell, and the database leaves it. */
export interface RunTogether { readonly read: CompiledRead; readonly isNeeded: ((values: RunValues) => boolean) | null }
/** Sees each statement and what came back: for tests that prove what leaves the database. */
export type Recorder = (event: { readonly text: string; readonly parameters: readonly Scalar[]; readonly columns: readonly string[]; readonly rows: Rows }) => void;

const parametersOf = (read: CompiledRead, values: RunValues): Scalar[] => read.parameters.map((each) => {
  const value = each(values);
  // A boolean or an object would be spread or printed by the driver: only scalars may reach a parameter.
  invariant(value === null || typeof value === 'string' || typeof value === 'number', 'a parameter is a scalar');
  return value;
});

class SqliteReads implements ReadDatabase {
  readonly dialect = 'sqlite';
  private readonly statements = new Map<string, Statement<unknown[]>>();
  constructor(private readonly source: DataSource, private readonly database: Database, private readonly recorder: Recorder | null) {}

  async rows(read: CompiledRead, values: RunValues): Promise<Rows> {
    const parameters = parametersOf(read, values);
    // One connection reads and writes: a read takes its turn, so that it never sees what another request has not committed.
    const rows = await undisturbed(this.source, async () => this.statement(read).all(...parameters) as Scalar[][]);
    this.recorder?.({ text: read.text, parameters, columns: read.columns, rows });
    return rows;
  }

  all(reads: readonly RunTogether[], values: RunValues): Promise<readonly Rows[]> { return Promise.all(reads.map((each) => this.rows(each.read, values))); }

  private statement(read: CompiledRead): Statement<unknown[]> {
    const known = this.statements.get(read.text);
    if (known) return known;
    const made = this.database.prepare(read.text).raw(true);
    invariant(made.columns().length === read.columns.length, 'the columns returned are the columns decided');
    if (this.statements.size > 2000) this.statements.clear();
    this.statements.set(read.text, made);
    return made;
  }
}

const STATEMENT_SECONDS = 2;
class MariadbReads implements ReadDatabase {
  readonly dialect = 'mariadb';
  private readonly compounds = new WeakMap<readonly RunTogether[], string>();
  constructor(private readonly pool: Pool, private readonly recorder: Recorder | null) {
    pool.on('connection', (connection) => connection.query(`SET SESSION max_statement_time = ${STATEMENT_SECONDS}`));
  }

  async rows(read: CompiledRead, values: RunValues): Promise<Rows> {
    const parameters = parametersOf(read, values);
    const { rows, fields } = await this.execute(read.text, parameters);
    return this.seen(read, parameters, rows as Rows, fields as readonly unknown[]);
  }

  /** One prepared compound statement, which answers with a result for each read that is needed and one for itself. */
  async all(reads: readonly RunTogether[], values: RunValues): Promise<readonly Rows[]> {
    if (reads.length === 0) return [];
    const needed = reads.map(({ isNeeded }) => isNeeded === null || isNeeded(values));
    const parameters = reads.map(({ read }) => parametersOf(read, values));
    const sent = reads.flatMap(({ isNeeded }, place) => [...(isNeeded ? [needed[place] ? 1 : 0] : []), ...(parameters[place] ?? [])]);
    const { rows, fields } = await this.execute(this.compoundOf(reads), sent);
    const results = rows as Rows[];
    invariant(results.length === needed.filter(Boolean).length + 1, 'a compound statement answers each read that is needed');
    let next = 0;
    return reads.map(({ read }, place) => {
      if (!needed[place]) return this.seen(read, parameters[place] ?? [], [], read.columns);
      const at = next++;
      return this.seen(read, parameters[place] ?? [], results[at] ?? [], (fields as (readonly unknown[])[])[at] ?? []);
    });
  }

  private compoundOf(reads: readonly RunTogether[]): string {
    const each = ({ read, isNeeded }: RunTogether): string => (isNeeded ? `IF ? = 1 THEN ${read.text}; END IF;` : `${read.text};`);
    const known = this.compounds.get(reads) ?? `BEGIN NOT ATOMIC ${reads.map(each).join(' ')} END`;
    this.compounds.set(reads, known);
    return known;
  }

  private execute(text: string, values: Scalar[]): Promise<{ rows: unknown; fields: unknown }> {
    return new Promise((resolve, reject) => {
      this.pool.execute({ sql: text, values, rowsAsArray: true } as QueryOptions, (error, rows, fields) => { if (error) reject(error); else resolve({ rows, fields }); });
    });
  }

  private seen(read: CompiledRead, parameters: readonly Scalar[], rows: Rows, fields: readonly unknown[]): Rows {
    invariant(fields.length === read.columns.length, 'the columns returned are the columns decided');
    this.recorder?.({ text: read.text, parameters, columns: read.columns, rows });
    return rows;
  }
}

/** What a failed statement is to the caller: never its text. Lost connections and exhausted pools can be retried. */
export function asGatewayError(error: unknown): unknown {
  if (error instanceof GatewayError || (error instanceof Error && error.message.startsWith('invariant:'))) return error;
  const { code = '', errno = 0 } = ((error as { driverError?: unknown }).driverError ?? error) as { code?: string; errno?: number };
  const passing = /^(ECONN|EPIPE|ETIMEDOUT|PROTOCOL_|POOL_|ER_CON_COUNT|SQLITE_BUSY|SQLITE_LOCKED)/.test(code) || [1969, 1205, 1213, 1290, 1792, 1047, 3024].includes(errno)
    || (error instanceof Error && /Queue limit reached|Pool is closed|closed state/.test(error.message));
  return passing ? new GatewayError('DATABASE_UNAVAILABLE', 'the database did not answer in time; try again') : error;
}

/** Reads through the connection that TypeORM holds. */
export function createReads(source: DataSource, recorder: Recorder | null = null): ReadDatabase {
  const driver = source.driver as unknown as { databaseConnection?: Database; pool?: Pool };
  const reads: ReadDatabase = dialectOfSource(source) === 'sqlite' ? new SqliteReads(source, driver.databaseConnection as Database, recorder) : new MariadbReads(driver.pool as Pool, recorder);
  const told = async <T>(asked: () => Promise<T>): Promise<T> => { try { return await asked(); } catch (error) { throw asGatewayError(error); } };
  return { dialect: reads.dialect, rows: (read, values) => told(() => reads.rows(read, values)), all: (list, values) => told(() => reads.all(list, values)) };
}
