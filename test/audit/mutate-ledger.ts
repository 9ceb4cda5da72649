import { hashOf } from '../../src/audit/chain';
import type { CheckpointRow, EventRow, MemberRow, Snapshot } from './sealed-ledger';

/** A stored ledger, changed by hand, and the place that verification must name. */
export interface Mutation { readonly kind: string; readonly changed: Snapshot; readonly place: string }
export type Random = (below: number) => number;

/** mulberry32: the same mutations for the same seed. */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}
const pick = <T>(from: readonly T[], random: Random): T => from[random(from.length)] as T;
const CHARACTERS = ['x', '0', '"', '\\', ' ', 'é', '\u2028', '😀', '\n'];

function editText(text: string, random: Random): string {
  const at = random(text.length + 1);
  const edited = random(2) === 0 ? text.slice(0, at) + pick(CHARACTERS, random) + text.slice(at) : text.slice(0, at) + pick(CHARACTERS, random) + text.slice(at + 1);
  return edited === text ? `${text}!` : edited;
}
const copy = (snapshot: Snapshot) => ({
  events: snapshot.events.map((each) => ({ ...each })), members: snapshot.members.map((each) => ({ ...each })), checkpoints: snapshot.checkpoints.map((each) => ({ ...each })),
  files: new Map(snapshot.files),
});
type Copy = ReturnType<typeof copy>;
const chainOf = (all: Copy, name: string): EventRow[] => all.events.filter((each) => each.chain_id === name).sort((one, other) => one.seq - other.seq);
const aChain = (all: Copy, random: Random): EventRow[] => chainOf(all, pick([...new Set(all.events.map((each) => each.chain_id))], random));
const sealSizes = (all: Copy, chain: string): number[] =>
  all.checkpoints.flatMap((each) => (JSON.parse(each.body) as { chains: { chain: string; size: number }[] }).chains.filter((found) => found.chain === chain).map((found) => found.size));
const drop = (all: Copy, rows: readonly EventRow[], random: Random): void => {
  all.events = all.events.filter((each) => !rows.includes(each));
  // Careful hands take the index along.
  if (random(2) === 0) all.members = all.members.filter((each) => !rows.some((row) => row.id === each.event_id));
};

function edit(all: Copy, random: Random): string {
  const row = pick(all.events, random);
  const column = pick(Object.keys(row).filter((each) => !['chain_id', 'seq'].includes(each)) as (keyof EventRow)[], random);
  const before = row[column];
  Object.assign(row, { [column]: typeof before === 'number' ? before + 1 + random(5) : before === null ? pick(['', 'x'], random) : editText(before, random) });
  return row.id;
}
function takeOut(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  const at = random(chain.length - 1);
  drop(all, [chain[at] as EventRow], random);
  return chain[at + 1]?.id ?? '';
}
function putIn(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  const at = random(chain.length + 1);
  const model = pick(chain, random);
  for (const each of chain.slice(at)) each.seq += 1;
  const taken = new Set(all.events.map((each) => each.id));
  let id = model.id;
  // Ids of one moment differ in their last places alone: a number may be another's.
  while (taken.has(id)) id = `${model.id.slice(0, -4)}${String(1000 + random(9000))}`;
  const added = { ...model, seq: at + 1, id, prev_hash: chain[at - 1]?.hash ?? '0'.repeat(64) };
  all.events.push(added);
  return added.id;
}
function exchange(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  const [one, other] = [random(chain.length - 1), random(chain.length)];
  const [first, second] = [chain[Math.min(one, other)] as EventRow, chain[one === other ? one + 1 : Math.max(one, other)] as EventRow];
  [first.seq, second.seq] = [second.seq, first.seq];
  return second.id;
}
function cutOff(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  const left = 1 + random(chain.length - 1);
  drop(all, chain.slice(left), random);
  return `${chain[0]?.chain_id}/${left + 1}`;
}
/** As one who knows the format: the checkpoints in the database go too; the folder remembers. */
function cutOffWithCheckpoints(all: Copy, random: Random): string {
  const place = cutOff(all, random);
  const first = 1 + random(all.checkpoints.length);
  all.checkpoints = all.checkpoints.filter((each) => each.number < first);
  return place;
}
function removeChain(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  drop(all, chain, random);
  return `${chain[0]?.chain_id}/1`;
}
function backDate(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  const from = random(chain.length);
  for (const each of chain.slice(from)) each.at = new Date(Date.parse(each.at) - 1000 - random(10 ** 9)).toISOString();
  return chain[from]?.id ?? '';
}
/** Every hash after the change is computed anew: only the seals tell, and so the first record after the last that holds is named. */
function writeAnew(all: Copy, random: Random): string {
  const chain = aChain(all, random);
  const from = random(chain.length);
  let previous = chain[from - 1]?.hash ?? '0'.repeat(64);
  for (const [place, each] of chain.slice(from).entries()) {
    if (place === 0) Object.assign(each, random(2) === 0 ? { at: '2020-01-01T00:00:00.000Z' } : { subject: 'nobody' });
    each.prev_hash = previous;
    each.hash = previous = hashOf(each);
  }
  const held = Math.max(0, ...sealSizes(all, chain[0]?.chain_id ?? '').filter((size) => size <= from));
  return chain[held]?.id ?? '';
}
function changeIndex(all: Copy, random: Random): string {
  const at = random(all.members.length);
  const line = all.members[at] as MemberRow;
  const event = line.event_id;
  const how = random(4);
  if (how === 0) all.members.splice(at, 1);
  else if (how === 1) line.member_id = 'carl';
  else if (how === 2) all.members.push({ member_id: 'carl', event_id: event });
  else { all.members.push({ member_id: 'carl', event_id: 'no-such-event' }); return 'no-such-event'; }
  return event;
}
function changeCheckpoint(all: Copy, random: Random): string {
  const row = pick(all.checkpoints, random);
  const column = pick(['body', 'signature', 'hash', 'at'] as (keyof CheckpointRow)[], random);
  Object.assign(row, { [column]: editText(String(row[column]), random) });
  return `checkpoint/${row.number}`;
}
function removeCheckpoint(all: Copy, random: Random): string {
  const number = 1 + random(all.checkpoints.length);
  all.checkpoints = all.checkpoints.filter((each) => each.number !== number);
  return `checkpoint/${number}`;
}
function changeFile(all: Copy, random: Random): string {
  const [number, contents] = pick([...all.files], random);
  all.files.set(number, editText(contents, random));
  return `checkpoint/${number}`;
}
function removeFile(all: Copy, random: Random): string {
  const [number] = pick([...all.files], random);
  all.files.delete(number);
  return `checkpoint/${number}`;
}
function exchangeCheckpoints(all: Copy, random: Random): string {
  const one = random(all.checkpoints.length - 1);
  const [first, second] = [all.checkpoints[one] as CheckpointRow, all.checkpoints[one + 1] as CheckpointRow];
  [first.number, second.number] = [second.number, first.number];
  return `checkpoint/${second.number}`;
}

const KINDS = {
  edit, takeOut, putIn, exchange, cutOff, cutOffWithCheckpoints, removeChain, backDate, writeAnew, changeIndex, changeCheckpoint, removeCheckpoint, changeFile, removeFile, exchangeCheckpoints,
};
export const MUTATION_KINDS = Object.keys(KINDS) as (keyof typeof KINDS)[];

export function mutate(snapshot: Snapshot, kind: keyof typeof KINDS, random: Random): Mutation {
  const changed = copy(snapshot);
  const place = KINDS[kind](changed, random);
  return { kind, changed, place };
}
