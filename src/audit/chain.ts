import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Row } from '../entities/table';
import { audit_event, audit_member } from '../entities/tables/audit';
import { insertRows } from '../entities/rows';
import { classMask } from '../vocabulary/sensitivity';
import type { AuditEntry } from './entry';

export type AuditRow = Row<typeof audit_event>;
/** The last link of a chain: its place, from 1, and its hash. */
export interface Head { readonly seq: number; readonly hash: string }

/** What the first record of a chain has for the hash before it. */
export const GENESIS: Head = Object.freeze({ seq: 0, hash: '0'.repeat(64) });

/**
 * The canonical form of RFC 8785: for a flat object of strings, whole numbers and nulls, as a stored record is, that is JSON with
 * its names in order. (A test compares it with the library `canonicalize`, which cannot be loaded from CommonJS.)
 */
export const canonicalForm = (record: Readonly<Record<string, string | number | null>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1))));

/** SHA-256, in hexadecimal, of the canonical form of everything stored but the hash itself; the hash before is part of it. */
export function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { hash: _, ...hashed } = row as AuditRow;
  return createHash('sha256').update(canonicalForm(hashed), 'utf8').digest('hex');
}

/** An entry before it has its place in a chain. */
export type Unlinked = Omit<AuditRow, 'chain_id' | 'seq' | 'prev_hash' | 'hash'>;

export function unlinkedRow(id: string, entry: AuditEntry): Unlinked {
  return {
    id, at: entry.at, kind: entry.kind, subject: entry.subject, role: entry.role, organization: entry.organization, purpose: entry.purpose, clause: entry.clause,
    operation: entry.operation, coordinates: JSON.stringify(sorted(entry.coordinates)), members: JSON.stringify(sorted(entry.members)), labels: classMask(entry.labels),
    notice_version: entry.noticeVersion, outcome: entry.outcome, flagged: entry.flagged ? 1 : 0, reason: entry.reason, grant_id: entry.grant,
    request_id: entry.requestId, token_id: entry.tokenId,
  };
}
const sorted = (all: readonly string[]): string[] => [...new Set(all)].sort();

/** Gives each its place after the head, in order. */
export function link(chainId: string, head: Head, entries: readonly Unlinked[]): AuditRow[] {
  let last = head;
  return entries.map((entry) => {
    const row = { ...entry, chain_id: chainId, seq: last.seq + 1, prev_hash: last.hash };
    last = { seq: row.seq, hash: hashOf(row) };
    return { ...row, hash: last.hash };
  });
}

/** The head of a chain as it is stored; the row stays locked until the transaction ends, so that no other takes the same place. */
export async function readHead(manager: EntityManager, chainId: string): Promise<Head> {
  const lock = manager.connection.options.type === 'better-sqlite3' ? '' : ' FOR UPDATE';
  const [head] = await manager.query(`SELECT seq, hash FROM audit_event WHERE chain_id = ? ORDER BY seq DESC LIMIT 1${lock}`, [chainId]) as Head[];
  return head ?? GENESIS;
}

export const membersOf = (row: Pick<AuditRow, 'members'>): string[] => JSON.parse(row.members) as string[];

export async function append(manager: EntityManager, rows: readonly AuditRow[]): Promise<void> {
  await insertRows(manager, audit_event, rows);
  await insertRows(manager, audit_member, rows.flatMap((row) => membersOf(row).map((member_id) => ({ member_id, event_id: row.id }))));
}
