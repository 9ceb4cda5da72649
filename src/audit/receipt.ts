import type { KeyObject } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { undisturbed } from '../entities/transaction';
import { hashOf, type AuditRow } from './chain';
import { readCheckpoint, signatureHolds, type Checkpoint, type SealedChain } from './checkpoint';
import { inclusionRanges, rootByInclusion, rootsOf } from './merkle';
import { hashesOf, storedCheckpoints } from './read-chains';

const HASH = z.string().regex(/^[0-9a-f]{64}$/);
const RECEIPT = z.strictObject({
  version: z.literal(1), auditId: z.string(), chain: z.string(), position: z.int().positive(), hash: HASH, size: z.int().positive(), root: HASH, path: z.array(HASH).max(53),
  checkpoint: z.strictObject({ text: z.string(), signature: z.string() }), record: z.record(z.string(), z.union([z.string(), z.int(), z.null()])).nullable(),
});

/**
 * That a record is in the ledger, checkable with the public key alone: the record's hash at its place (from 1) of its chain, the
 * path to the root of the chain's tree of `size` records, and the signed checkpoint that states that root. `record`: all of the
 * record but its hash, where it was asked for: it says whose data was touched.
 */
export type Receipt = Readonly<z.infer<typeof RECEIPT>>;
export type ReceiptAnswer =
  /** No such record: it was never made, or it was taken out. */
  | { readonly status: 'UNKNOWN' }
  /** The record is there and no checkpoint covers it yet (60 s at most, while a gateway runs). */
  | { readonly status: 'NOT_SEALED'; readonly chain: string; readonly position: number }
  | { readonly status: 'SEALED'; readonly receipt: Receipt };

/** Checkpoints are looked for from this long before the record was made, by the clock of its writer. */
const CLOCKS_DIFFER = 3_600_000;
const timeOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

/** The first checkpoint that covers a place of a chain. */
async function covering(source: DataSource, row: AuditRow, from: number): Promise<{ checkpoint: Checkpoint; sealed: SealedChain } | null> {
  for await (const { checkpoint } of storedCheckpoints(source, from)) {
    const sealed = checkpoint?.body.chains.find((each) => each.chain === row.chain_id && each.size >= row.seq);
    if (checkpoint && sealed) return { checkpoint, sealed };
  }
  return null;
}

/** The receipt of a record, by the auditId of its answer. */
export async function receiptOf(source: DataSource, auditId: string, options: { record?: boolean } = {}): Promise<ReceiptAnswer> {
  const [row] = await undisturbed(source, () => source.query('SELECT * FROM audit_event WHERE id = ?', [auditId]) as Promise<AuditRow[]>);
  if (!row) return { status: 'UNKNOWN' };
  const about = new Date(timeOf(row.id) - CLOCKS_DIFFER).toISOString();
  const [before] = await undisturbed(source, () => source.query('SELECT MAX(number) AS number FROM audit_checkpoint WHERE at < ?', [about]) as Promise<{ number: number | null }[]>);
  const start = Number(before?.number ?? 0);
  // The first that covers it is not far from its time; were the clocks further apart, a later one covers it as well.
  const found = await covering(source, row, start) ?? (start > 0 ? await covering(source, row, 0) : null);
  if (!found) return { status: 'NOT_SEALED', chain: row.chain_id, position: row.seq };
  const { checkpoint: { text, signature }, sealed: { size, root } } = found;
  const path = await rootsOf(inclusionRanges(row.seq - 1, [0, size]), hashesOf(source, row.chain_id, size));
  const { hash, ...record } = row;
  return {
    status: 'SEALED',
    receipt: { version: 1, auditId: row.id, chain: row.chain_id, position: row.seq, hash, size, root, path, checkpoint: { text, signature }, record: options.record ? record : null },
  };
}

export type ReceiptCheck = { readonly holds: true; readonly checkpoint: number; readonly at: string } | { readonly holds: false; readonly what: string };

/** Checks a receipt without the database. `what` names the first thing that does not hold. */
export function checkReceipt(given: unknown, publicKeys: readonly KeyObject[]): ReceiptCheck {
  const parsed = RECEIPT.safeParse(given);
  if (!parsed.success) return { holds: false, what: `it is no receipt (${parsed.error.issues[0]?.path.join('.') || 'its form'})` };
  const receipt = parsed.data;
  const checkpoint = readCheckpoint(receipt.checkpoint.text, receipt.checkpoint.signature);
  if (!checkpoint || !signatureHolds(checkpoint, publicKeys)) return { holds: false, what: 'the checkpoint is not signed by this key' };
  const sealed = checkpoint.body.chains.find((each) => each.chain === receipt.chain);
  if (!sealed || sealed.size !== receipt.size || sealed.root !== receipt.root) return { holds: false, what: 'the checkpoint states another tree' };
  if (rootByInclusion(receipt.hash, receipt.position - 1, receipt.size, receipt.path) !== receipt.root) return { holds: false, what: 'the path does not lead from the hash to the root' };
  if (receipt.record && !isRecordOf(receipt)) return { holds: false, what: 'the record is not the one of the hash' };
  return { holds: true, checkpoint: checkpoint.body.number, at: checkpoint.body.at };
}

function isRecordOf({ record, hash, auditId, chain, position }: Receipt): boolean {
  return record !== null && record.id === auditId && record.chain_id === chain && record.seq === position && hashOf(record as Omit<AuditRow, 'hash'>) === hash;
}
