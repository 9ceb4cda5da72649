/**
 * A second implementation of docs/ledger.md, written from that page and sharing nothing with src/: it holds all rows in memory,
 * builds its trees by the recursive definition, and checks signatures with WebCrypto's algorithm through node's one-call form.
 */
import { createHash, verify as verifySignature, type KeyObject } from 'node:crypto';

export interface EventRow { [column: string]: string | number | null }
export interface CheckpointRow { number: number; at: string; hash: string; body: string; signature: string }
interface Chain { chain: string; head: string; peaks: string[]; root: string; size: number }
interface Stated { at: string; chains: Chain[]; complete: boolean; events: number; key: string; number: number; previous: string; version: number }

const H = (...parts: (Buffer | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const ZEROS = ''.padEnd(64, '0');

/** RFC 8785 for a flat object. */
export function recordHash(row: EventRow): string {
  const names = Object.keys(row).filter((name) => name !== 'hash').sort();
  return H(`{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(row[name])}`).join(',')}}`).toString('hex');
}

/** MTH of RFC 6962. */
export function treeRoot(hashes: readonly string[]): Buffer {
  if (hashes.length === 0) return H('');
  if (hashes.length === 1) return H(Buffer.from([0]), Buffer.from(hashes[0] as string, 'hex'));
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return H(Buffer.from([1]), treeRoot(hashes.slice(0, split)), treeRoot(hashes.slice(split)));
}
export function treePeaks(hashes: readonly string[]): string[] {
  const peaks: string[] = [];
  let from = 0;
  for (const digit of [...Array(31).keys()].reverse()) {
    const size = 2 ** digit;
    if (Math.floor(hashes.length / size) % 2 === 0) continue;
    peaks.push(treeRoot(hashes.slice(from, from + size)).toString('hex'));
    from += size;
  }
  return peaks;
}

/** Where a proof of inclusion leads, by the recursive definition of the path (RFC 6962, section 2.1.1); null where it has too many or too few hashes. */
export function climb(leaf: Buffer, index: number, size: number, path: readonly string[]): Buffer | null {
  if (size === 1) return path.length === 0 && index === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (sibling === undefined) return null;
  let split = 1;
  while (split * 2 < size) split *= 2;
  const below = index < split ? climb(leaf, index, split, path.slice(0, -1)) : climb(leaf, index - split, size - split, path.slice(0, -1));
  if (below === null) return null;
  const other = Buffer.from(sibling, 'hex');
  return index < split ? H(Buffer.from([1]), below, other) : H(Buffer.from([1]), other, below);
}

/** PROOF of RFC 6962, section 2.1.2, from all leaves: what the gateway's proof must be. */
export function consistencyProof(size: number, hashes: readonly string[], whole = true): string[] {
  if (size === hashes.length) return whole ? [] : [treeRoot(hashes).toString('hex')];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return size <= split ? [...consistencyProof(size, left, whole), treeRoot(right).toString('hex')] : [...consistencyProof(size - split, right, false), treeRoot(left).toString('hex')];
}

const nameOfKey = (key: KeyObject): string => H(key.export({ type: 'spki', format: 'der' })).toString('hex');
const isSigned = (line: string, signature: string, key: KeyObject): boolean =>
  (JSON.parse(line) as Stated).key === nameOfKey(key) && verifySignature(null, Buffer.from(line), key, Buffer.from(signature, 'base64url'));

/** The name of the first thing that does not fit, as docs/ledger.md names places; null where all fits. `files`: contents by number. */
export function findBreak(events: readonly EventRow[], members: readonly { event_id: string; member_id: string }[], checkpoints: readonly CheckpointRow[], files: ReadonlyMap<number, string>, key: KeyObject): string | null {
  const stated = readCheckpoints(checkpoints, files, key);
  return breakInChains(events, members, stated.seals) ?? stated.broken;
}

function readCheckpoints(rows: readonly CheckpointRow[], files: ReadonlyMap<number, string>, key: KeyObject): { seals: Chain[]; broken: string | null } {
  const seals: Chain[] = [];
  let broken: string | null = null;
  let previous: string | null = ZEROS;
  const last = Math.max(0, ...rows.map((row) => row.number), ...files.keys());
  for (let number = 1; number <= last; number += 1) {
    const row = rows.find((each) => each.number === number);
    const file = files.get(number);
    const fromRow = row ? `${row.body}\n${row.signature}\n` : null;
    const good = [fromRow, file ?? null].find((text) => text !== null && holds(text, number, previous, key)) ?? null;
    const agrees = row !== undefined && fromRow === file && good === fromRow && row.hash === H(fromRow ?? '').toString('hex') && row.at === (JSON.parse(row.body) as Stated).at;
    if (!agrees) broken ??= `checkpoint/${number}`;
    previous = good === null ? null : H(good).toString('hex');
    if (good !== null) seals.push(...(JSON.parse(good.split('\n')[0] ?? '') as Stated).chains);
  }
  return { seals, broken };
}

function holds(text: string, number: number, previous: string | null, key: KeyObject): boolean {
  try {
    const [line = '', signature = ''] = text.split('\n');
    const stated = JSON.parse(line) as Stated;
    return text === `${line}\n${signature}\n` && isSigned(line, signature, key) && stated.number === number && (previous === null || stated.previous === previous);
  } catch {
    return false;
  }
}

function breakInChains(events: readonly EventRow[], members: readonly { event_id: string; member_id: string }[], seals: readonly Chain[]): string | null {
  const index = new Map<string, string[]>();
  for (const each of members) index.set(each.event_id, [...(index.get(each.event_id) ?? []), each.member_id]);
  const names = [...new Set([...events.map((each) => String(each.chain_id)), ...seals.map((each) => each.chain)])].sort();
  for (const name of names) {
    const rows = events.filter((each) => each.chain_id === name).sort((one, other) => Number(one.seq) - Number(other.seq));
    const broken = breakInChain(name, rows, index, seals.filter((each) => each.chain === name));
    if (broken !== null) return broken;
  }
  const known = new Set(events.map((each) => each.id));
  return [...index.keys()].sort().find((id) => !known.has(id)) ?? null;
}

function breakInChain(name: string, rows: readonly EventRow[], index: ReadonlyMap<string, string[]>, seals: readonly Chain[]): string | null {
  let [previous, time, sealed] = [ZEROS, '', 0];
  for (const [place, row] of rows.entries()) {
    const listed = JSON.stringify([...(index.get(String(row.id)) ?? [])].sort());
    if (row.seq !== place + 1 || row.hash !== recordHash(row) || row.prev_hash !== previous || String(row.id).slice(0, 13) < time || listed !== row.members) return String(row.id);
    [previous, time] = [String(row.hash), String(row.id).slice(0, 13)];
    const seal = seals.find((each) => each.size === place + 1);
    if (!seal) continue;
    const hashes = rows.slice(0, place + 1).map((each) => String(each.hash));
    if (seal.head !== previous || seal.root !== treeRoot(hashes).toString('hex') || JSON.stringify(seal.peaks) !== JSON.stringify(treePeaks(hashes))) return String(rows[sealed]?.id);
    sealed = place + 1;
  }
  const most = Math.max(0, ...seals.map((each) => each.size));
  return rows.length < most ? `${name}/${rows.length + 1}` : null;
}

/** True where a receipt holds by the public key alone. */
export function receiptHolds(receipt: { hash: string; chain: string; position: number; size: number; root: string; path: string[]; checkpoint: { text: string; signature: string } }, key: KeyObject): boolean {
  const { checkpoint: { text, signature } } = receipt;
  if (!isSigned(text, signature, key)) return false;
  const chain = (JSON.parse(text) as Stated).chains.find((each) => each.chain === receipt.chain);
  const leaf = H(Buffer.from([0]), Buffer.from(receipt.hash, 'hex'));
  return chain?.size === receipt.size && chain.root === receipt.root && climb(leaf, receipt.position - 1, receipt.size, receipt.path)?.toString('hex') === receipt.root;
}
