import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Bundle } from './fhir';

/** How far the writing has come: called after each bundle, with the number of members written. */
export type Progress = (members: number) => void;

/** One transaction bundle a file: `infrastructure.json`, `member-000001.json`, … Resolves with the number of files. */
export async function writeBundles(bundles: Iterable<Bundle>, folder: string, progress: Progress): Promise<number> {
  await mkdir(folder, { recursive: true });
  let files = 0;
  for (const bundle of bundles) {
    const name = files === 0 ? 'infrastructure' : `member-${String(files).padStart(6, '0')}`;
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(bundle)}\n`);
    progress(files);
    files += 1;
  }
  return files;
}

/** One file a resource type, one resource a line. References inside a bundle become `Type/id`, since a line has no bundle around it. */
export async function writeNdjson(bundles: Iterable<Bundle>, folder: string, progress: Progress): Promise<number> {
  await mkdir(folder, { recursive: true });
  const streams = new Map<string, WriteStream>();
  let done = 0;
  for (const bundle of bundles) {
    const places = new Map(bundle.entry.map(({ fullUrl, request }) => [fullUrl, request.url]));
    const plain = (key: string, value: unknown): unknown => (key === 'reference' && typeof value === 'string' ? places.get(value) ?? value : value);
    for (const { resource } of bundle.entry) {
      const stream = streamOf(streams, folder, resource.resourceType);
      if (!stream.write(`${JSON.stringify(resource, plain)}\n`)) await once(stream, 'drain');
    }
    progress(done);
    done += 1;
  }
  for (const stream of streams.values()) {
    stream.end();
    await finished(stream);
  }
  return streams.size;
}

function streamOf(streams: Map<string, WriteStream>, folder: string, type: string): WriteStream {
  const known = streams.get(type);
  if (known) return known;
  const stream = createWriteStream(join(folder, `${type}.ndjson`));
  streams.set(type, stream);
  return stream;
}
