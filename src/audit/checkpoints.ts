import type { KeyObject } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { insertRows } from '../entities/rows';
import { audit_checkpoint } from '../entities/tables/audit';
import { transact, undisturbed } from '../entities/transaction';
import { GENESIS, type Head } from './chain';
import { newestIn, readFromFolder, writeToFolder } from './checkpoint-folder';
import { signatureHolds, signCheckpoint, type Checkpoint, type SealedChain } from './checkpoint';
import type { Finding } from './finding';
import { GrowingTree } from './merkle';
import { linksOf, readSizes, storedCheckpoints } from './read-chains';
import { nothingSealed, takeIn, type SealedState } from './sealed-state';

export interface CheckpointOptions {
  /** The folder of this database (`folderOfDatabase`); null: in the database alone. */
  readonly folder: string | null;
  readonly signing: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  /** Keys that signed before this one. */
  readonly earlierKeys?: readonly KeyObject[];
  readonly clock?: () => Date;
  /** What this process knows of its own chains (`Ledger.heads`): the database may not have less. */
  readonly heads?: () => ReadonlyMap<string, Head>;
  /** Called for each finding, once: the trail was tampered with. A chain that is broken is sealed no further. */
  readonly onFinding?: (finding: Finding) => void;
  /** Called with what kept a periodic checkpoint from being written. */
  readonly onError?: (error: unknown) => void;
}
export interface Checkpoints {
  /** Seals what every chain has now; null where nothing was ever recorded. What did not grow makes no new checkpoint. */
  take(): Promise<Checkpoint | null>;
  /** Seals periodically; `close` ends that and seals once more. */
  start(milliseconds?: number): void;
  close(): Promise<void>;
}

/** Promise P9: a tail that is cut off is found within 60 s. */
export const INTERVAL = 60_000;
/** Every so many checkpoints one states all chains, so that a start need not read all from the first. */
const COMPLETE_EVERY = 500;
const TRIES = 5;

const isTaken = (error: unknown): boolean => {
  const { driverError } = error as { driverError?: { errno?: unknown; code?: unknown } };
  return driverError?.errno === 1062 || String(driverError?.code ?? '').startsWith('SQLITE_CONSTRAINT');
};

export function createCheckpoints(source: DataSource, options: CheckpointOptions): Checkpoints {
  const keys = [options.signing.publicKey, ...(options.earlierKeys ?? [])];
  const told = new Set<string>();
  let state: SealedState | null = null;
  let last: Checkpoint | null = null;
  let busy: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function tell(finding: Omit<Finding, 'event' | 'chain' | 'position' | 'checkpoint'> & Partial<Finding>): void {
    const whole: Finding = { chain: null, position: null, event: null, checkpoint: null, ...finding };
    const name = JSON.stringify(whole);
    if (told.has(name)) return;
    told.add(name);
    options.onFinding?.(whole);
  }

  /** Brings the state to the last stored checkpoint, another node's too; false where the stored ones do not go on from it. */
  async function follow(known: SealedState): Promise<boolean> {
    const [newest] = await undisturbed(source, () => source.query('SELECT MAX(number) AS number FROM audit_checkpoint') as Promise<{ number: number | null }[]>);
    if (Number(newest?.number ?? 0) < known.number) { tell({ kind: 'CHECKPOINT_MISSING', checkpoint: known.number }); return false; }
    for await (const { number, checkpoint } of storedCheckpoints(source, known.number)) {
      if (checkpoint === null || !signatureHolds(checkpoint, keys)) { tell({ kind: 'CHECKPOINT_ALTERED', checkpoint: number }); return false; }
      const follows = known.number === 0 ? checkpoint.body.complete : number === known.number + 1 && checkpoint.body.previous === known.hash;
      if (!follows) { tell({ kind: 'CHECKPOINT_MISSING', checkpoint: known.number + 1 }); return false; }
      takeIn(known, checkpoint);
      last = checkpoint;
    }
    return true;
  }

  /** The state as it is stored, read from the last checkpoint that states all chains. */
  async function open(): Promise<SealedState> {
    const opened = nothingSealed();
    const [newest] = await undisturbed(source, () => source.query('SELECT MAX(number) AS number FROM audit_checkpoint') as Promise<{ number: number | null }[]>);
    const number = Number(newest?.number ?? 0);
    if (number > 0) {
      const complete = Math.floor((number - 1) / COMPLETE_EVERY) * COMPLETE_EVERY + 1;
      for await (const found of storedCheckpoints(source, complete - 1)) {
        if (found.number === complete && found.checkpoint && signatureHolds(found.checkpoint, keys)) { takeIn(opened, found.checkpoint); last = found.checkpoint; }
        break;
      }
    }
    return opened;
  }

  /** What a chain has beyond its sealed state, sealed; null where it does not go on from there. */
  async function grow(chain: string, size: number, known: SealedState): Promise<SealedChain | null> {
    const before = known.chains.get(chain) ?? { size: 0, head: GENESIS.hash, tree: new GrowingTree() };
    const tree = before.tree.copy();
    let head: Head = { seq: before.size, hash: before.head };
    const own = options.heads?.().get(chain);
    for await (const links of linksOf(source, chain, before.size, size)) for (const link of links) {
      if (link.seq !== head.seq + 1 || link.prev_hash !== head.hash) { tell({ kind: link.seq === head.seq + 1 ? 'NOT_LINKED' : 'MISSING', chain, position: head.seq + 1 }); return null; }
      if (own?.seq === link.seq && own.hash !== link.hash) { tell({ kind: 'REWRITTEN', chain, position: link.seq }); return null; }
      tree.append(link.hash);
      head = { seq: link.seq, hash: link.hash };
    }
    return { chain, head: head.hash, peaks: tree.peaks, root: tree.root(), size: head.seq };
  }

  async function grown(known: SealedState): Promise<SealedChain[]> {
    // What this process committed before the sizes are read must be there.
    const own = new Map(options.heads?.() ?? []);
    const sizes = await readSizes(source);
    for (const [chain, size] of [...[...known.chains].map(([name, each]) => [name, each.size] as const), ...[...own].map(([name, head]) => [name, head.seq] as const)]) {
      const found = sizes.get(chain) ?? 0;
      if (found < size) { tell({ kind: found === 0 ? 'CHAIN_REMOVED' : 'TRUNCATED', chain, position: found + 1 }); sizes.delete(chain); }
    }
    const chains: SealedChain[] = [];
    for (const [chain, size] of [...sizes].sort(([one], [other]) => (one < other ? -1 : 1))) {
      if (size <= (known.chains.get(chain)?.size ?? 0)) continue;
      const sealed = await grow(chain, size, known);
      if (sealed) chains.push(sealed);
    }
    return chains;
  }

  /** The next checkpoint, signed and stored; null where nothing grew, 'TAKEN' where another node was first. */
  async function seal(known: SealedState): Promise<Checkpoint | null | 'TAKEN'> {
    const chains = await grown(known);
    if (chains.length === 0) return null;
    const complete = known.number % COMPLETE_EVERY === 0;
    const added = chains.reduce((sum, each) => sum + each.size - (known.chains.get(each.chain)?.size ?? 0), 0);
    const others = complete ? [...known.chains].filter(([name]) => !chains.some((each) => each.chain === name))
      .map(([chain, { size, head, tree }]) => ({ chain, head, peaks: tree.peaks, root: tree.root(), size })) : [];
    const checkpoint = signCheckpoint({
      at: (options.clock?.() ?? new Date()).toISOString(), number: known.number + 1, previous: known.hash, complete, events: known.events + added,
      chains: [...chains, ...others].sort((one, other) => (one.chain < other.chain ? -1 : 1)),
    }, options.signing.privateKey);
    const { body, text, signature, hash } = checkpoint;
    try {
      await transact(source, (manager) => insertRows(manager, audit_checkpoint, [{ number: body.number, at: body.at, hash, body: text, signature }]));
    } catch (error) {
      if (isTaken(error)) return 'TAKEN';
      throw error;
    }
    takeIn(known, checkpoint);
    last = checkpoint;
    return checkpoint;
  }

  /** Writes to the folder what it lacks at its end, other nodes' checkpoints too; a hole before the end stays, for verification to name. */
  async function copyToFolder(folder: string): Promise<void> {
    const present = await newestIn(folder);
    const newest = present > 0 ? await readFromFolder(folder, present) : null;
    for await (const { number, checkpoint } of storedCheckpoints(source, Math.max(0, present - 1))) {
      if (checkpoint === null) return;
      if (number > present) await writeToFolder(folder, checkpoint);
      else if (newest?.hash !== checkpoint.hash) { tell({ kind: 'CHECKPOINT_FILE_ALTERED', checkpoint: number }); return; }
    }
  }

  /** A folder that is ahead of the database has seen what was taken out of it: nothing may be sealed in its place. */
  async function isBehindFolder(known: SealedState): Promise<boolean> {
    const behind = options.folder !== null && await newestIn(options.folder) > known.number;
    if (behind) tell({ kind: 'CHECKPOINT_MISSING', checkpoint: known.number + 1 });
    return behind;
  }

  async function takeNow(): Promise<Checkpoint | null> {
    state ??= await open();
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (!await follow(state) || await isBehindFolder(state)) return last;
      if (await seal(state) !== 'TAKEN') break;
    }
    if (options.folder !== null) await copyToFolder(options.folder);
    return last;
  }
  const take = (): Promise<Checkpoint | null> => {
    const result = busy.then(takeNow);
    busy = result.catch(() => undefined);
    return result;
  };

  return {
    take,
    start(milliseconds = INTERVAL) {
      timer ??= setInterval(() => { take().catch((error: unknown) => options.onError?.(error)); }, milliseconds).unref();
    },
    async close() {
      clearInterval(timer);
      await take().catch((error: unknown) => options.onError?.(error));
    },
  };
}
