import { hash } from 'node:crypto';
import { GENESIS, type AuditRow, type Head } from './chain';
import type { Seal } from './evidence';
import type { Finding, FindingKind } from './finding';
import { GrowingTree } from './merkle';
import { canonicalOf } from './read-pages';

export interface ChainEnd { readonly head: Head; readonly sealed: number; readonly finding: Finding | null }
export interface ChainCheck {
  readonly chain: string;
  /** Takes the next record in; `members`: what the index by member says of it. */
  take(row: AuditRow, members: readonly string[]): void;
  end(): ChainEnd;
}

/** The time in the id of a record (UUID version 7): 48 bits of milliseconds. */
const timeIn = (id: string): string => id.slice(0, 13);
const sameMembers = (row: AuditRow, members: readonly string[]): boolean =>
  (members.length === 1 ? `["${members[0]}"]` : null) === row.members || JSON.stringify([...members].sort()) === row.members;

/** Checks the records of one chain as they come, in order, and the seals of it; stops at the first that does not fit. */
export function createChainCheck(chain: string, seals: readonly Seal[]): ChainCheck {
  const tree = new GrowingTree();
  let head: Head = GENESIS;
  let lastTime = '';
  let finding: Finding | null = null;
  let place = 0;
  /** The first record since the last seal that held: what a seal that does not hold is about. */
  let sinceSeal: { readonly position: number; readonly event: string } | null = null;

  const found = (kind: FindingKind, position: number, event: string | null, checkpoint: number | null = null): void => { finding ??= { kind, chain, position, event, checkpoint }; };

  function checkRow(row: AuditRow, members: readonly string[]): void {
    const expected = head.seq + 1;
    if (row.seq !== expected) found(row.seq > expected ? 'MISSING' : 'INSERTED', Math.min(row.seq, expected), row.id);
    else if (row.hash !== hash('sha256', canonicalOf(row), 'hex')) found('EDITED', row.seq, row.id);
    else if (row.prev_hash !== head.hash) found('NOT_LINKED', row.seq, row.id);
    else if (timeIn(row.id) < lastTime) found('BACK_DATED', row.seq, row.id);
    else if (!sameMembers(row, members)) found('MEMBERS_DIFFER', row.seq, row.id);
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
    take(row, members) {
      if (finding === null) {
        checkRow(row, members);
        sinceSeal ??= { position: row.seq, event: row.id };
        if (seals.length > place) tree.append(row.hash);
      }
      head = { seq: row.seq, hash: row.hash };
      lastTime = timeIn(row.id);
      if (finding === null) checkSeals();
    },
    end() {
      const last = seals.at(-1);
      if (last && head.seq < last.size) found('TRUNCATED', head.seq + 1, null, seals.find((each) => each.size > head.seq)?.checkpoint ?? null);
      return { head, sealed: Math.min(last?.size ?? 0, head.seq), finding };
    },
  };
}
