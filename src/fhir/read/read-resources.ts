import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BrokenFile } from '../broken';
import { isObject, list, text, type Json } from '../json';
import { BundleSplitter } from './bundle-splitter';

/** A resource as a file gives it (null: an entry without one); `fullUrl` is what other entries of the bundle call it. */
export interface Entry { resource: Json | null; fullUrl: string | null; /** Characters of JSON that it took, about. */ size: number }

const NEWLINE_DELIMITED = /\.(ndjson|jsonl)(\.gz)?$/i;

/**
 * The resources of a file, one after the other: a Bundle (of any type), a single resource, or NDJSON of either; `.gz` of them.
 * `onBytes` is told how many bytes of the file were read.
 * @throws BrokenFile where the file is not JSON or not gzip
 */
export async function* readResources(path: string, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<Entry> {
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  source.on('data', (chunk) => onBytes(chunk.length));
  const bytes = /\.gz$/i.test(path) ? unzipped(source) : source;
  yield* NEWLINE_DELIMITED.test(path) ? fromLines(bytes) : fromJson(bytes);
}

function unzipped(source: Readable): Readable {
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
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

async function* fromJson(bytes: Readable): AsyncGenerator<Entry> {
  let ready: string[] = [];
  const splitter = new BundleSplitter((json) => ready.push(json));
  for await (const chunk of readable(bytes)) {
    splitter.write(chunk);
    const batch = ready;
    ready = [];
    for (const json of batch) yield* ofEntry(parse(json), json.length);
  }
  for (const outside of list(parse(splitter.end()))) if (outside.resourceType !== 'Bundle' || list(outside.entry).length) yield* ofEntry({ resource: outside }, 0);
}

async function* fromLines(bytes: Readable): AsyncGenerator<Entry> {
  const lines = createInterface({ input: Readable.from(readable(bytes)), crlfDelay: Infinity });
  for await (const line of lines) {
    if (!line.trim()) continue;
    const resource = parse(line);
    if (!isObject(resource)) throw new BrokenFile('holds a line that is no object');
    if (resource.resourceType === 'Bundle') for (const entry of list(resource.entry)) yield* ofEntry(entry, 1000);
    else yield { resource, fullUrl: null, size: line.length };
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
