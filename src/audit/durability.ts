import type { DataSource } from 'typeorm';

const VARIABLES = ['innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog'] as const;

/**
 * Refuses a database that acknowledges a commit before it is on disk: the record of a disclosure must outlive a crash.
 * `asserted` (DATABASE_DURABILITY=asserted) is the deployer's word for an engine that has no such variables.
 * @throws Error that names the setting and what it must be
 */
export async function assertDurable(source: DataSource, options: { asserted?: boolean } = {}): Promise<void> {
  if (options.asserted) return;
  if (source.options.type === 'better-sqlite3') {
    const [row] = await source.query('PRAGMA synchronous') as { synchronous: number }[];
    if ((row?.synchronous ?? 0) < 2) throw new Error('DATABASE_URL: SQLite must have synchronous=FULL');
    return;
  }
  const rows = await source.query(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${VARIABLES.map(() => '?').join(', ')})`, [...VARIABLES]) as { Variable_name: string; Value: string }[];
  const found = new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
  const flush = found.get('innodb_flush_log_at_trx_commit');
  if (flush === undefined) throw new Error('DATABASE_DURABILITY: this engine does not say whether a commit is on disk; set it to asserted if it is');
  if (flush !== '1') throw new Error('DATABASE_URL: the server must have innodb_flush_log_at_trx_commit=1');
  if (found.get('log_bin') === 'ON' && found.get('sync_binlog') !== '1') throw new Error('DATABASE_URL: the server has log_bin=ON and must have sync_binlog=1');
}
