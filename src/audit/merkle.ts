import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 (section 2.1) over the hashes of a chain's records, oldest first: a leaf is SHA-256 of 00 and the
 * 32 bytes of a record's hash, a node is SHA-256 of 01 and its two children. A range is half open, counted from 0.
 */
export type Range = readonly [from: number, to: number];

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');
/** Filled anew for each hash: a million leaves would make two million short-lived buffers. */
const LEAF = Buffer.alloc(33, 0);
const NODE = Buffer.alloc(65, 1);
export function leafOf(recordHash: string): Buffer {
  // A hash that is none (its record was changed by hand) makes a leaf of what it begins with.
  LEAF.fill(0).write(recordHash, 1, 32, 'hex');
  return sha256(LEAF);
}
function nodeOf(left: Uint8Array, right: Uint8Array): Buffer {
  NODE.set(left, 1);
  NODE.set(right, 33);
  return sha256(NODE);
}

/** A tree that grows at its end and keeps the roots of its whole subtrees alone (at most one for each bit of its size), largest first. */
export class GrowingTree {
  constructor(private count = 0, private readonly whole: Buffer[] = []) {}
  static of(size: number, peaks: readonly string[]): GrowingTree { return new GrowingTree(size, peaks.map((each) => Buffer.from(each, 'hex'))); }

  get size(): number { return this.count; }
  get peaks(): string[] { return this.whole.map((each) => each.toString('hex')); }

  append(recordHash: string): void {
    let node = leafOf(recordHash);
    // Two subtrees of one size become one, as a carry does.
    for (let rest = this.count; rest % 2 === 1; rest = (rest - 1) / 2) node = nodeOf(this.whole.pop() ?? node, node);
    this.whole.push(node);
    this.count += 1;
  }

  /** In hexadecimal; that of the empty tree is SHA-256 of nothing. */
  root(): string {
    const last = this.whole.at(-1);
    if (!last) return sha256(Buffer.alloc(0)).toString('hex');
    return this.whole.slice(0, -1).reduceRight((right, left) => nodeOf(left, right), last).toString('hex');
  }
  copy(): GrowingTree { return new GrowingTree(this.count, [...this.whole]); }
}

/** The largest power of two below n (n is 2 or more). */
const splitOf = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** The subtrees whose roots prove that the leaf is in the tree, from the leaf up (PATH of RFC 6962, section 2.1.1). */
export function inclusionRanges(index: number, [from, to]: Range): Range[] {
  if (to - from <= 1) return [];
  const middle = from + splitOf(to - from);
  return index < middle ? [...inclusionRanges(index, [from, middle]), [middle, to]] : [...inclusionRanges(index, [middle, to]), [from, middle]];
}

/** The subtrees whose roots prove that the tree of the first `size` leaves begins the larger one (PROOF of section 2.1.2). */
export function consistencyRanges(size: number, [from, to]: Range, whole = true): Range[] {
  if (size === to - from) return whole ? [] : [[from, to]];
  const split = splitOf(to - from);
  return size <= split ? [...consistencyRanges(size, [from, from + split], whole), [from + split, to]]
    : [...consistencyRanges(size - split, [from + split, to], false), [from, from + split]];
}

/** The roots of ranges that do not overlap, in one pass over the records' hashes from the first on; in the order of the ranges. */
export async function rootsOf(ranges: readonly Range[], pages: AsyncIterable<readonly string[]>): Promise<string[]> {
  const trees = ranges.map((range) => ({ range, tree: new GrowingTree() }));
  const inOrder = [...trees].sort((one, other) => one.range[0] - other.range[0]);
  let place = 0;
  let index = 0;
  for await (const hashes of pages) for (const each of hashes) {
    while (index >= (inOrder[place]?.range[1] ?? Infinity)) place += 1;
    const current = inOrder[place];
    if (current && index >= current.range[0]) current.tree.append(each);
    index += 1;
  }
  return trees.map(({ range, tree }) => {
    if (tree.size !== range[1] - range[0]) throw new Error('the chain is shorter than its tree');
    return tree.root();
  });
}

/** The root that a record's hash, its place (from 0), the size of the tree and the path lead to; null where they fit no tree (RFC 9162, section 2.1.3.2). */
export function rootByInclusion(recordHash: string, index: number, size: number, path: readonly string[]): string | null {
  if (index < 0 || index >= size) return null;
  let [at, last, root] = [index, size - 1, leafOf(recordHash)];
  for (const each of path) {
    if (last === 0) return null;
    const sibling = Buffer.from(each, 'hex');
    if (at % 2 === 1 || at === last) {
      root = nodeOf(sibling, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else root = nodeOf(root, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root.toString('hex') : null;
}
