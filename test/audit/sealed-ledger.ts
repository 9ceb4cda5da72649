import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { numbersIn, pathOf } from '../../src/audit/checkpoint-folder';
import { createCheckpoints } from '../../src/audit/checkpoints';
import { createLedger } from '../../src/audit/ledger';
import { insertRows } from '../../src/entities/rows';
import { audit_checkpoint, audit_event, audit_member } from '../../src/entities/tables/audit';
import type { Row } from '../../src/entities/table';
import { entry } from './entries';

export type EventRow = Row<typeof audit_event>;
export type MemberRow = Row<typeof audit_member>;
export type CheckpointRow = Row<typeof audit_checkpoint>;
export interface Snapshot { readonly events: EventRow[]; readonly members: MemberRow[]; readonly checkpoints: CheckpointRow[]; readonly files: ReadonlyMap<number, string> }
export interface Signing { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
export interface SealedLedger { readonly source: DataSource; readonly folder: string; readonly signing: Signing; readonly snapshot: Snapshot; close(): void }

const TABLES = ['audit_event', 'audit_member', 'audit_checkpoint'] as const;

export async function readSnapshot(source: DataSource, folder: string): Promise<Snapshot> {
  const [events, members, checkpoints] = await Promise.all(TABLES.map((table) => source.query(`SELECT * FROM ${table}`))) as [EventRow[], MemberRow[], CheckpointRow[]];
  const files = new Map((await numbersIn(folder)).map((number) => [number, readFileSync(pathOf(folder, number), 'utf8')]));
  return { events, members, checkpoints, files };
}

/** Makes the stored ledger what a snapshot says (the triggers must be gone). */
export async function store(source: DataSource, { events, members, checkpoints }: Omit<Snapshot, 'files'>): Promise<void> {
  for (const table of TABLES) await source.query(`DELETE FROM ${table}`);
  await insertRows(source.manager, audit_event, events);
  await insertRows(source.manager, audit_member, members);
  await insertRows(source.manager, audit_checkpoint, checkpoints);
}
export function storeFiles(folder: string, files: ReadonlyMap<number, string>, before: ReadonlyMap<number, string>): void {
  for (const number of new Set([...files.keys(), ...before.keys()])) {
    const contents = files.get(number);
    if (contents === undefined) rmSync(pathOf(folder, number), { force: true });
    else if (contents !== before.get(number)) writeFileSync(pathOf(folder, number), contents);
  }
}

/** Three chains, sealed in rounds, all of it covered by the last checkpoint. */
export async function sealedLedger(source: DataSource, rounds = 5): Promise<SealedLedger> {
  const signing = generateKeyPairSync('ed25519');
  const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  const checkpoints = createCheckpoints(source, { folder, signing });
  const ledgers = ['chain-a', 'chain-b', 'chain-c'].map((chainId) => createLedger(source, { chainId }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, ledger] of ledgers.entries())
      // The last chain is quiet in most rounds.
      for (let count = place === 2 && round % 3 !== 1 ? 0 : 2 + ((round + place) % 3); count > 0; count -= 1)
        await ledger.record(entry({ subject: `sub-${round}-${count}`, members: count % 2 ? ['anna'] : ['bert', 'anna'], reason: count === 2 ? 'said "é"\n\u2028' : null }));
    await checkpoints.take();
  }
  await Promise.all(ledgers.map((each) => each.close()));
  return { source, folder, signing, snapshot: await readSnapshot(source, folder), close: () => rmSync(folder, { recursive: true, force: true }) };
}
