import type { Pool, PoolConnection } from 'mysql2';
import { audit_event } from '../entities/tables/audit';
import { persist } from '../entities/transaction';
import { GENESIS, HEAD, link, valuesOf, type AuditRow, type Head } from './chain';
import { insertText, LARGEST_GROUP, type Group, type Groups } from './group';

/** Each size has a statement of its own, which is prepared once: few sizes, and every one where a group is small. */
const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 24, 32, 48, 64, 96, 128, 192, LARGEST_GROUP] as const;

/**
 * Writes the events and their members and commits them, in one packet; a failure of any part undoes it all and is told. An id of a member that is
 * too long for its column stays too long here, so that it is refused and not cut.
 */
const statement = (events: number): string => `BEGIN NOT ATOMIC
DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
START TRANSACTION;
${insertText(audit_event, events)};
INSERT INTO audit_member (member_id, event_id) SELECT j.member_id, j.event_id FROM JSON_TABLE(?, '$[*]' COLUMNS
  (event_id VARCHAR(64) PATH '$.event', NESTED PATH '$.members[*]' COLUMNS (member_id VARCHAR(255) PATH '$'))) j;
COMMIT;
END`;
const STATEMENTS = new Map(SIZES.map((size) => [size as number, statement(size)]));

/** The members of each event that has any; the list is stored as JSON already, and an event's id needs no escape. */
const membersJson = (rows: readonly AuditRow[]): string =>
  `[${rows.filter((row) => row.members !== '[]').map((row) => `{"event":"${row.id}","members":${row.members}}`).join(',')}]`;

/** Strict, as a value that is cut or replaced would not be what was hashed; and no longer at work than the record is waited for. */
const session = (milliseconds: number): string =>
  `SET SESSION autocommit = 1, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', max_statement_time = ${milliseconds / 1000}`;

const taken = (pool: Pool): Promise<PoolConnection> =>
  new Promise((resolve, reject) => { pool.getConnection((error, connection) => { if (error) reject(error); else resolve(connection); }); });
const run = (connection: PoolConnection, text: string, parameters: readonly (string | number | null)[]): Promise<unknown> =>
  new Promise((resolve, reject) => { connection.execute(text, [...parameters], (error, result) => { if (error) reject(error); else resolve(result); }); });

/** Groups on MariaDB, by a connection that is taken from the pool and kept: its statements stay prepared, and no record waits behind reads. */
export class MariadbGroups implements Groups {
  private kept: PoolConnection | null = null;
  constructor(private readonly pool: Pool, private readonly milliseconds: number) {}

  fits(waiting: number): number { return SIZES.findLast((size) => size <= waiting) ?? 1; }

  commit(group: Group, signal: AbortSignal): Promise<Head> { return persist(() => this.attempt(group, signal)); }

  private async attempt(group: Group, signal: AbortSignal): Promise<Head> {
    signal.throwIfAborted();
    const connection = this.kept ?? await taken(this.pool);
    const drop = (): void => { this.drop(connection); };
    signal.addEventListener('abort', drop, { once: true });
    try {
      signal.throwIfAborted();
      if (connection !== this.kept) await this.keep(connection);
      return await write(connection, group);
    } catch (error) {
      // Whatever it had begun ends with it.
      drop();
      throw error;
    } finally {
      signal.removeEventListener('abort', drop);
      // Of a pool of one connection none can be kept.
      if (this.pool.config.connectionLimit === 1) drop();
    }
  }

  private async keep(connection: PoolConnection): Promise<void> {
    await run(connection, session(this.milliseconds), []);
    // One that the server ends while it is idle is not to fail the next record.
    const forget = (): void => { if (this.kept === connection) this.kept = null; };
    connection.on('error', forget).on('end', forget);
    this.kept = connection;
  }

  private drop(connection: PoolConnection): void {
    if (this.kept === connection) this.kept = null;
    connection.destroy();
  }

  close(): void { if (this.kept) this.drop(this.kept); }
}

async function write(connection: PoolConnection, { chainId, head, entries }: Group): Promise<Head> {
  const before = head ?? (await run(connection, HEAD.mariadb, [chainId]) as Head[])[0] ?? GENESIS;
  const rows = link(chainId, before, entries);
  await run(connection, STATEMENTS.get(rows.length) ?? statement(rows.length), [...rows.flatMap(valuesOf), membersJson(rows)]);
  return rows.at(-1) ?? before;
}
