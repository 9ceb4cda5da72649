import type { KeyObject } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { FIRST_PREVIOUS, signatureHolds, type Checkpoint } from './checkpoint';
import { numbersIn, readFromFolder } from './checkpoint-folder';
import type { Finding, FindingKind } from './finding';
import { storedCheckpoints, type StoredCheckpoint } from './read-chains';

/** What the records are checked against beside their own links. */
export interface Evidence {
  /** The folder of this database (`folderOfDatabase`); null where there is none. */
  readonly folder: string | null;
  /** The key that signs, and those that signed before. */
  readonly publicKeys: readonly KeyObject[];
}

/** A state of a chain that a signed checkpoint states. */
export interface Seal { readonly checkpoint: number; readonly size: number; readonly head: string; readonly root: string }
/** The seals of every chain, in the order of their sizes; and the first thing that is wrong with the checkpoints. */
export interface Seals { readonly chains: ReadonlyMap<string, readonly Seal[]>; readonly checkpoints: number; readonly finding: Finding | null }

/** A checkpoint that another node stored may take until that node's next turn to be in this node's folder. */
const COPIED_WITHIN = 120_000;
const BEFORE_ALL = -1 - 2 ** 31;

/** One number as the two places keep it; undefined: not there, null: there and no checkpoint. */
interface Kept { readonly number: number; readonly stored: Checkpoint | null | undefined; readonly file: Checkpoint | null | undefined }

async function* keptCheckpoints(source: DataSource, folder: string | null): AsyncGenerator<Kept> {
  // The folder is read first and follows the database, so that what is written meanwhile is not missed.
  const files = new Set(folder === null ? [] : await numbersIn(folder));
  const newestFile = Math.max(0, ...[...files].slice(-1));
  const rows = storedCheckpoints(source, BEFORE_ALL);
  const next = async (): Promise<StoredCheckpoint | null> => { const { value, done } = await rows.next(); return done ? null : value; };
  let row = await next();
  for (let number = 1; row !== null || number <= newestFile;) {
    const isHere = row !== null && row.number <= number;
    const at = isHere && row !== null ? row.number : number;
    const file = folder !== null && files.has(at) ? await readFromFolder(folder, at) : undefined;
    yield { number: at, stored: isHere && row !== null ? row.checkpoint : undefined, file };
    if (at === number) number += 1;
    if (isHere) row = await next();
  }
}

/**
 * Reads every checkpoint of the database and of the folder: its signature, its place, its link to the one before, and each place
 * against the other. What is signed counts as evidence wherever it is kept: one that was removed here speaks from there.
 */
export async function readSeals(source: DataSource, { folder, publicKeys }: Evidence, now: Date): Promise<Seals> {
  const chains = new Map<string, Seal[]>();
  const newestFile = folder === null ? 0 : (await numbersIn(folder)).at(-1) ?? 0;
  let finding: Finding | null = null;
  /** The hash of the one before; null where that is not known. */
  let previous: string | null = FIRST_PREVIOUS;
  let checkpoints = 0;
  for await (const kept of keptCheckpoints(source, folder)) {
    const linked = (each: Checkpoint): boolean => previous === null || each.body.previous === previous;
    const holds = (each: Checkpoint | null | undefined): each is Checkpoint => Boolean(each) && linked(each as Checkpoint) && signatureHolds(each as Checkpoint, publicKeys);
    const isDue = kept.number <= newestFile || (kept.stored?.body.at ?? '') < new Date(now.getTime() - COPIED_WITHIN).toISOString();
    const kind = wrongWith(kept, holds, folder !== null && isDue);
    if (kind !== null) finding ??= { kind, chain: null, position: null, event: null, checkpoint: kept.number };
    const authentic = holds(kept.stored) ? kept.stored : holds(kept.file) ? kept.file : null;
    previous = authentic?.hash ?? null;
    if (authentic === null || kept.number < 1) continue;
    checkpoints = kept.number;
    for (const { chain, size, head, root } of authentic.body.chains) {
      const seals = chains.get(chain) ?? [];
      if (seals.at(-1)?.size !== size || seals.at(-1)?.root !== root) seals.push({ checkpoint: kept.number, size, head, root });
      chains.set(chain, seals);
    }
  }
  return { chains, checkpoints, finding };
}

function wrongWith({ number, stored, file }: Kept, holds: (each: Checkpoint | null | undefined) => boolean, mustBeCopied: boolean): FindingKind | null {
  if (stored === undefined) return 'CHECKPOINT_MISSING';
  if (number < 1 || stored === null || !holds(stored)) return 'CHECKPOINT_ALTERED';
  if (file === undefined) return mustBeCopied ? 'CHECKPOINT_FILE_MISSING' : null;
  return file?.hash === stored.hash ? null : 'CHECKPOINT_FILE_ALTERED';
}
