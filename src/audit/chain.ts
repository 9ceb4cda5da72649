import { hash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Row } from '../entities/table';
import { audit_event, audit_member } from '../entities/tables/audit';
import { dialectOfSource } from '../entities/data-source';
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
  return sha256(canonicalForm(hashed));
}
const sha256 = (text: string): string => hash('sha256', text, 'hex');

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
const isSorted = (all: readonly string[]): boolean => all.every((each, place) => place === 0 || (all[place - 1] ?? '') < each);
const sorted = (all: readonly string[]): readonly string[] => (isSorted(all) ? all : [...new Set(all)].sort());

/** A row with its names in canonical order, so that JSON says its canonical form: each request pays for one. (Who verifies sorts what was stored.) */
const linked = (entry: Unlinked, chainId: string, last: Head): Omit<AuditRow, 'hash'> => ({
  at: entry.at, chain_id: chainId, clause: entry.clause, coordinates: entry.coordinates, flagged: entry.flagged, grant_id: entry.grant_id, id: entry.id, kind: entry.kind,
  labels: entry.labels, members: entry.members, notice_version: entry.notice_version, operation: entry.operation, organization: entry.organization, outcome: entry.outcome,
  prev_hash: last.hash, purpose: entry.purpose, reason: entry.reason, request_id: entry.request_id, role: entry.role, seq: last.seq + 1, subject: entry.subject,
  token_id: entry.token_id,
});

/** Gives each its place after the head, in order. */
export function link(chainId: string, head: Head, entries: readonly Unlinked[]): AuditRow[] {
  let last = head;
  return entries.map((entry) => {
    const row = linked(entry, chainId, last) as AuditRow;
    row.hash = sha256(JSON.stringify(row));
    last = row;
    return row;
  });
}

/** Asks for the head of a chain. On MariaDB it waits for a commit of the chain that is under way. */
export const HEAD = { sqlite: 'SELECT seq, hash FROM audit_event WHERE chain_id = ? ORDER BY seq DESC LIMIT 1', mariadb: 'SELECT seq, hash FROM audit_event WHERE chain_id = ? ORDER BY seq DESC LIMIT 1 FOR UPDATE' } as const;

/** The head of a chain as it is stored; the row stays locked until the transaction ends, so that no other takes the same place. */
export async function readHead(manager: EntityManager, chainId: string): Promise<Head> {
  const [head] = await manager.query(HEAD[dialectOfSource(manager.connection)], [chainId]) as Head[];
  return head ?? GENESIS;
}

const NAMES = Object.keys(audit_event.columns) as (keyof AuditRow)[];
/** In the order of the table's columns. */
export const valuesOf = (row: AuditRow): (string | number | null)[] => NAMES.map((name) => row[name]);
export const membersOf = (row: Pick<AuditRow, 'members'>): string[] => JSON.parse(row.members) as string[];

export async function append(manager: EntityManager, rows: readonly AuditRow[]): Promise<void> {
  await insertRows(manager, audit_event, rows);
  await insertRows(manager, audit_member, rows.flatMap((row) => membersOf(row).map((member_id) => ({ member_id, event_id: row.id }))));
}
