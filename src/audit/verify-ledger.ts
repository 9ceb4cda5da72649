import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { undisturbed } from '../entities/transaction';
import type { Head } from './chain';
import { createChainCheck, type ChainCheck } from './check-chain';
import { readSeals, type Evidence, type Seals } from './evidence';
import { placeOf, type Finding } from './finding';
import { eventPages, readRecord } from './read-pages';

/**
 * As `AuditIntegrity` of the schema, and more. `head`: one hash over the heads of all chains; `brokenAt`: the place of the first
 * finding (`placeOf`); `sealed`: how many of the events signed checkpoints cover.
 */
export interface LedgerState {
  intact: boolean; events: number; head: string; brokenAt: string | null; checkedAt: string;
  checkpoints: number; sealed: number; findings: Finding[];
}
export interface VerifyOptions {
  readonly clock?: () => Date;
  /** Signed checkpoints to check against; the records' own links alone where left out. */
  readonly evidence?: Evidence | null;
  /** The last links that this process knows to be durable (`ChainWriter.heads`): what was cut off before it was sealed shows by them alone. */
  readonly heads?: ReadonlyMap<string, Head>;
  /** Called with the number of events checked so far. */
  readonly onProgress?: (events: number) => void;
}

const NO_SEALS: Seals = { chains: new Map(), checkpoints: 0, finding: null };

/**
 * Walks every chain from its first record: places without a gap, each hash over its record, each record on the one before, none
 * older than it, the index by member as the record says; and the roots and heads of every checkpoint, in the database and in the folder.
 */
export async function verifyLedger(source: DataSource, options: VerifyOptions = {}): Promise<LedgerState> {
  const now = options.clock?.() ?? new Date();
  // The checkpoints first: what they seal was there before them.
  const seals = options.evidence ? await readSeals(source, options.evidence, now) : NO_SEALS;
  const waiting = new Set([...seals.chains.keys(), ...options.heads?.keys() ?? []]);
  const heads = createHash('sha256');
  let [finding, events, sealed]: [Finding | null, number, number] = [null, 0, 0];
  const open = (chain: string): ChainCheck => createChainCheck(chain, seals.chains.get(chain) ?? [], (row) => readRecord(source, row));
  let check = open('');
  const finish = (): void => {
    const end = check.end();
    if (check.chain === '') return;
    // Chains that are gone lie, in the order of names, before this one.
    for (const name of [...waiting].sort()) if (name < check.chain) { finding ??= removed(name); waiting.delete(name); }
    finding ??= end.finding ?? againstOwn(check.chain, options.heads?.get(check.chain), end.head);
    heads.update(`${check.chain} ${end.head.seq} ${end.head.hash}\n`);
    sealed += end.sealed;
    waiting.delete(check.chain);
  };
  for await (const rows of eventPages(source)) {
    for (const row of rows) {
      if (row.chain_id !== check.chain) { finish(); check = open(row.chain_id); }
      const closer = check.take(row);
      if (closer) await closer;
      events += 1;
    }
    options.onProgress?.(events);
  }
  finish();
  for (const name of [...waiting].sort()) finding ??= removed(name);
  finding ??= await readOrphan(source);
  const findings = [finding, seals.finding].filter((each) => each !== null);
  return {
    intact: findings.length === 0, events, head: heads.digest('hex'), brokenAt: findings[0] ? placeOf(findings[0]) : null, checkedAt: now.toISOString(),
    checkpoints: seals.checkpoints, sealed, findings,
  };
}

/** What the database has of a chain of this process may be more than was known when the walk began, never less or something else. */
function againstOwn(chain: string, own: Head | undefined, found: Head): Finding | null {
  if (own === undefined || found.seq > own.seq || (found.seq === own.seq && found.hash === own.hash)) return null;
  return { kind: found.seq < own.seq ? 'TRUNCATED' : 'REWRITTEN', chain, position: Math.min(found.seq + 1, own.seq), event: null, checkpoint: null };
}

const removed = (chain: string): Finding => ({ kind: 'CHAIN_REMOVED', chain, position: 1, event: null, checkpoint: null });

/** A line of the index by member that no record stands behind. */
async function readOrphan(source: DataSource): Promise<Finding | null> {
  const text = 'SELECT a.event_id AS event FROM audit_member a WHERE NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.id = a.event_id) ORDER BY a.event_id LIMIT 1';
  const [orphan] = await undisturbed(source, () => source.query(text) as Promise<{ event: string }[]>);
  return orphan ? { kind: 'MEMBERS_DIFFER', chain: null, position: null, event: orphan.event, checkpoint: null } : null;
}
