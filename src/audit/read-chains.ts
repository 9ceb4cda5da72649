import type { DataSource } from 'typeorm';
import { undisturbed } from '../entities/transaction';
import { readCheckpoint, type Checkpoint } from './checkpoint';

/** Reads of the stored chains and checkpoints, all of what is committed alone, in pages. */
const PAGE = 10_000;
const CHECKPOINTS = 200;

/** SQLite would read the whole table for this; with each chain's name found by the one before, it reads a row a chain. */
const SIZES_SQLITE = `WITH RECURSIVE chain(id) AS (SELECT MIN(chain_id) FROM audit_event UNION ALL
  SELECT (SELECT MIN(e.chain_id) FROM audit_event e WHERE e.chain_id > chain.id) FROM chain WHERE chain.id IS NOT NULL)
SELECT id AS chain, (SELECT MAX(e.seq) FROM audit_event e WHERE e.chain_id = chain.id) AS size FROM chain WHERE id IS NOT NULL`;
const SIZES_MARIADB = 'SELECT chain_id AS chain, MAX(seq) AS size FROM audit_event GROUP BY chain_id';

/** The place of the last record of every chain. */
export async function readSizes(source: DataSource): Promise<Map<string, number>> {
  const text = source.options.type === 'better-sqlite3' ? SIZES_SQLITE : SIZES_MARIADB;
  const rows = await undisturbed(source, () => source.query(text) as Promise<{ chain: string; size: number }[]>);
  return new Map(rows.map(({ chain, size }) => [chain, Number(size)]));
}

export interface Link { readonly seq: number; readonly prev_hash: string; readonly hash: string }

/** The links of a chain after a place up to another, in order, a page at a time (waiting for each by itself would take longer than the read). */
export async function* linksOf(source: DataSource, chain: string, after: number, upTo: number): AsyncGenerator<readonly Link[]> {
  for (let last = after; last < upTo;) {
    const text = `SELECT seq, prev_hash, hash FROM audit_event WHERE chain_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ${PAGE}`;
    const from = last;
    const rows = await undisturbed(source, () => source.query(text, [chain, from, upTo]) as Promise<Link[]>);
    yield rows;
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    last = end.seq;
  }
}
export async function* hashesOf(source: DataSource, chain: string, upTo: number): AsyncGenerator<readonly string[]> {
  for await (const links of linksOf(source, chain, 0, upTo)) yield links.map((each) => each.hash);
}

/** A checkpoint as the database keeps it; `checkpoint` is null where the row is not one, or says something else than its columns. */
export interface StoredCheckpoint { readonly number: number; readonly checkpoint: Checkpoint | null }
interface CheckpointRow { number: number; at: string; hash: string; body: string; signature: string }

function stored(row: CheckpointRow): StoredCheckpoint {
  const checkpoint = readCheckpoint(row.body, row.signature);
  const fits = checkpoint !== null && checkpoint.body.number === row.number && checkpoint.body.at === row.at && checkpoint.hash === row.hash;
  return { number: row.number, checkpoint: fits ? checkpoint : null };
}

/** The stored checkpoints after a number, ascending. */
export async function* storedCheckpoints(source: DataSource, after: number): AsyncGenerator<StoredCheckpoint> {
  for (let last = after; ;) {
    const from = last;
    const text = `SELECT number, at, hash, body, signature FROM audit_checkpoint WHERE number > ? ORDER BY number LIMIT ${CHECKPOINTS}`;
    const rows = await undisturbed(source, () => source.query(text, [from]) as Promise<CheckpointRow[]>);
    for (const row of rows) yield stored(row);
    const end = rows.at(-1);
    if (!end || rows.length < CHECKPOINTS) return;
    last = end.number;
  }
}
