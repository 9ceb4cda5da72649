import type { DataSource } from 'typeorm';
import { createHash } from 'node:crypto';
import { audit_event } from '../entities/tables/audit';
import { undisturbed } from '../entities/transaction';
import { GENESIS, hashOf, membersOf, type AuditRow, type Head } from './chain';

/** As `AuditIntegrity` of the schema. `head`: one hash over the heads of all chains; `brokenAt`: the first event that does not fit. */
export interface LedgerState { intact: boolean; events: number; head: string; brokenAt: string | null; checkedAt: string }

const PAGE = 1_000;
const COLUMNS = Object.keys(audit_event.columns).map((name) => `\`${name}\``).join(', ');
const SELECT = `SELECT ${COLUMNS} FROM audit_event WHERE chain_id > ? OR (chain_id = ? AND seq > ?) ORDER BY chain_id, seq LIMIT ${PAGE}`;

/** Walks every chain from its first record: places without a gap, each hash over its record, each record on the one before. */
export async function verifyLedger(source: DataSource, clock: () => Date = () => new Date()): Promise<LedgerState> {
  const heads = createHash('sha256');
  let brokenAt: string | null = null;
  let events = 0;
  let chain = '';
  let last: Head = GENESIS;
  for (;;) {
    const [rows, members] = await undisturbed(source, () => readPage(source, chain, last.seq));
    for (const row of rows) {
      if (row.chain_id !== chain) {
        if (chain !== '') heads.update(`${chain} ${last.seq} ${last.hash}\n`);
        [chain, last] = [row.chain_id, GENESIS];
      }
      if (brokenAt === null && !follows(row, last, members.get(row.id) ?? [])) brokenAt = row.id;
      last = { seq: row.seq, hash: row.hash };
      events += 1;
    }
    if (rows.length < PAGE) break;
  }
  if (chain !== '') heads.update(`${chain} ${last.seq} ${last.hash}\n`);
  return { intact: brokenAt === null, events, head: heads.digest('hex'), brokenAt, checkedAt: clock().toISOString() };
}

/** The index by member is no part of the hash, but it must say what the record says. */
function follows(row: AuditRow, last: Head, members: readonly string[]): boolean {
  return row.seq === last.seq + 1 && row.prev_hash === last.hash && row.hash === hashOf(row) && JSON.stringify([...members].sort()) === JSON.stringify(membersOf(row));
}

async function readPage(source: DataSource, chain: string, seq: number): Promise<[AuditRow[], Map<string, string[]>]> {
  const rows = await source.query(SELECT, [chain, chain, seq]) as AuditRow[];
  return [rows, await membersByEvent(source, rows)];
}

async function membersByEvent(source: DataSource, rows: readonly AuditRow[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (rows.length === 0) return found;
  const text = `SELECT event_id, member_id FROM audit_member WHERE event_id IN (${rows.map(() => '?').join(', ')})`;
  for (const { event_id: event, member_id: member } of await source.query(text, rows.map((row) => row.id)) as { event_id: string; member_id: string }[])
    found.set(event, [...(found.get(event) ?? []), member]);
  return found;
}
