import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { BrokenFile } from '../broken';
import { isObject, list, text, type Json } from '../json';
import { BundleSplitter } from './bundle-splitter';

/** A resource as a file gives it (null: an entry without one); `fullUrl` is what other entries of the bundle call it. */
export interface Entry {
  readonly resource: Json | null; readonly fullUrl: string | null; /** Characters of JSON that it took, about. */ readonly size: number;
  /** How many other files say the same of it: they count as well, and are written once. */ repeats?: number;
}

const NEWLINE_DELIMITED = /\.(ndjson|jsonl)(\.gz)?$/i;
const isZipped = (path: string): boolean => /\.gz$/i.test(path);
/** A file up to this many bytes is parsed whole, which takes half the time of cutting it into its entries. */
const SMALL = 4 * 1024 * 1024;
/** Bytes of a file for one of its `.gz`, at the most that FHIR is packed. */
const PACKED = 20;
const NEWLINE = 10;

/**
 * The resources of a file in order, some at a time: a Bundle (of any type), a single resource, or NDJSON of either; `.gz` of them.
 * `onBytes` is told how many bytes of the file were read.
 * @throws BrokenFile where the file is not JSON or not gzip
 */
export async function* readResources(path: string, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<readonly Entry[]> {
  if (!NEWLINE_DELIMITED.test(path)) {
    const whole = await smallDocument(path, onBytes);
    if (whole) return yield ofDocument(whole.json, whole.size);
  }
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  source.on('data', (chunk) => onBytes(chunk.length));
  const bytes = isZipped(path) ? unzipped(source) : source;
  yield* NEWLINE_DELIMITED.test(path) ? fromLines(bytes) : fromJson(bytes);
}

/** A small file as JSON; null where it is large, or not what it should be: the reading of a stream tells what is wrong. */
async function smallDocument(path: string, onBytes: (bytes: number) => void): Promise<{ json: unknown; size: number } | null> {
  try {
    if ((await stat(path)).size > (isZipped(path) ? SMALL / PACKED : SMALL)) return null;
    const bytes = await readFile(path);
    const plain = isZipped(path) ? await promisify(gunzip)(bytes, { maxOutputLength: SMALL }) : bytes;
    const json = parse(plain.toString('utf8'));
    onBytes(bytes.length);
    return { json, size: plain.length };
  } catch (error) {
    if (error instanceof BrokenFile || typeof (error as { code?: unknown }).code === 'string') return null;
    throw error;
  }
}

/** The entries of a document that lies there whole, as they come where it is cut while it is read. */
function ofDocument(json: unknown, size: number): Entry[] {
  const entries = isObject(json) && Array.isArray(json.entry) ? json.entry.filter((each) => typeof each === 'object' && each !== null) : [];
  if (!isObject(json) || !Array.isArray(json.entry)) return ofOutside(json);
  const each = Math.ceil(size / Math.max(1, entries.length));
  return [...entries.flatMap((entry) => [...ofEntry(entry, each)]), ...ofOutside({ ...json, entry: [] })];
}
const ofOutside = (json: unknown): Entry[] =>
  list(json).flatMap((outside) => (outside.resourceType !== 'Bundle' || list(outside.entry).length ? [...ofEntry({ resource: outside }, 0)] : []));

function unzipped(source: Readable): Readable {
  const unpacking = createGunzip();
  source.on('error', (error) => unpacking.destroy(error));
  return source.pipe(unpacking);
}

async function* readable(bytes: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytes) yield chunk as Buffer;
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code.startsWith('Z_')) throw new BrokenFile('is not gzip, or ends too early');
    if (/^(EACCES|EPERM|ENOENT|EISDIR|EIO)$/.test(code)) throw new BrokenFile('cannot be read');
    throw error;
  }
}

async function* fromJson(bytes: Readable): AsyncGenerator<readonly Entry[]> {
  let ready: string[] = [];
  const splitter = new BundleSplitter((json) => ready.push(json));
  for await (const chunk of readable(bytes)) {
    splitter.write(chunk);
    const batch = ready;
    ready = [];
    yield batch.flatMap((json) => [...ofEntry(parse(json), json.length)]);
  }
  yield ofOutside(parse(splitter.end()));
}

async function* fromLines(bytes: Readable): AsyncGenerator<readonly Entry[]> {
  let rest: Buffer[] = [];
  for await (const chunk of readable(bytes)) {
    const entries: Entry[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = rest.length ? Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8') : chunk.toString('utf8', start, end);
      rest = [];
      start = end + 1;
      ofLine(line, entries);
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    yield entries;
  }
  const last: Entry[] = [];
  ofLine(Buffer.concat(rest).toString('utf8'), last);
  yield last;
}

function ofLine(given: string, entries: Entry[]): void {
  // JSON holds no bare return: one ends a line, or stands before its end.
  for (const line of given.includes('\r') ? given.split('\r') : [given]) {
    if (!line.trim()) continue;
    const resource = parse(line);
    if (!isObject(resource)) throw new BrokenFile('holds a line that is no object');
    if (resource.resourceType !== 'Bundle') entries.push({ resource, fullUrl: null, size: line.length });
    else for (const entry of list(resource.entry)) entries.push(...ofEntry(entry, 1000));
  }
}

function* ofEntry(entry: unknown, size: number): Generator<Entry> {
  if (!isObject(entry) || !isObject(entry.resource)) yield { resource: null, fullUrl: null, size };
  else if (entry.resource.resourceType === 'Bundle') for (const inner of list(entry.resource.entry)) yield* ofEntry(inner, size);
  else yield { resource: entry.resource, fullUrl: text(entry.fullUrl), size };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json.charCodeAt(0) === 0xfeff ? json.slice(1) : json) as unknown;
  } catch {
    throw new BrokenFile('is not JSON');
  }
}
