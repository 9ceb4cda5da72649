import { hash } from 'node:crypto';
import { GENESIS, type Head } from './chain';
import type { Seal } from './evidence';
import type { Finding, FindingKind } from './finding';
import { GrowingTree } from './merkle';
import type { PageRow } from './read-pages';

export interface ChainEnd { readonly head: Head; readonly sealed: number; readonly finding: Finding | null }
export interface ChainCheck {
  readonly chain: string;
  /** Takes the next record in. */
  take(row: PageRow): Promise<void> | void;
  end(): ChainEnd;
}

/** The time in the id of a record (UUID version 7): 48 bits of milliseconds. */
const timeIn = (id: string): string => id.slice(0, 13);
const hasHash = (text: string | null, row: PageRow): boolean => text !== null && hash('sha256', text, 'hex') === row.hash;

/** The record read by itself, where the page leaves a doubt. */
export type ReadRecord = (row: PageRow) => Promise<{ text: string; indexed: boolean }>;

/** Checks the records of one chain as they come, in order, and the seals of it; stops at the first that does not fit. */
export function createChainCheck(chain: string, seals: readonly Seal[], readRecord: ReadRecord): ChainCheck {
  const tree = new GrowingTree();
  let head: Head = GENESIS;
  let lastTime = '';
  let finding: Finding | null = null;
  let place = 0;
  /** The first record since the last seal that held: what a seal that does not hold is about. */
  let sinceSeal: { readonly position: number; readonly event: string } | null = null;

  const found = (kind: FindingKind, position: number, event: string | null, checkpoint: number | null = null): void => { finding ??= { kind, chain, position, event, checkpoint }; };

  function checkPlace(row: PageRow): void {
    const expected = head.seq + 1;
    if (row.seq !== expected) found(row.seq > expected ? 'MISSING' : 'INSERTED', Math.min(row.seq, expected), row.id);
  }
  function checkLink(row: PageRow, hashed: boolean, indexed: boolean): void {
    if (!hashed) found('EDITED', row.seq, row.id);
    else if (row.prev_hash !== head.hash) found('NOT_LINKED', row.seq, row.id);
    else if (timeIn(row.id) < lastTime) found('BACK_DATED', row.seq, row.id);
    else if (!indexed) found('MEMBERS_DIFFER', row.seq, row.id);
  }
  function goOn(row: PageRow): void {
    if (finding === null) {
      sinceSeal ??= { position: row.seq, event: row.id };
      if (seals.length > place) tree.append(row.hash);
    }
    head = { seq: row.seq, hash: row.hash };
    lastTime = timeIn(row.id);
    if (finding === null) checkSeals();
  }
  async function lookCloser(row: PageRow): Promise<void> {
    const { text, indexed } = await readRecord(row);
    checkLink(row, hasHash(text, row), indexed);
    goOn(row);
  }

  function checkSeals(): void {
    for (let seal = seals[place]; seal && seal.size <= tree.size; seal = seals[place += 1]) {
      if (seal.size === tree.size && (seal.head !== head.hash || seal.root !== tree.root()))
        found('REWRITTEN', sinceSeal?.position ?? seal.size, sinceSeal?.event ?? null, seal.checkpoint);
      sinceSeal = null;
    }
  }

  return {
    chain,
    take(row) {
      if (finding === null) checkPlace(row);
      if (finding === null) {
        const hashed = hasHash(row.text, row);
        if (!hashed || row.indexed !== 1) return lookCloser(row);
        checkLink(row, hashed, true);
      }
      return goOn(row);
    },
    end() {
      const last = seals.at(-1);
      if (last && head.seq < last.size) found('TRUNCATED', head.seq + 1, null, seals.find((each) => each.size > head.seq)?.checkpoint ?? null);
      return { head, sealed: Math.min(last?.size ?? 0, head.seq), finding };
    },
  };
}
