import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FileState } from './job';

const MEMBERS = '.members';
const LINES = /^([A-Za-z]+)\.ndjson$/;
export const fileOf = (name: string): string => `${name}.ndjson`;

/** The files of a job lie beneath what its checkpoint says: they were taken away, so the export begins anew. */
export class FilesLost extends Error {}

/** The files of one export: nobody but the gateway's own user reads them. What is written counts once it is on the disk. */
export class ExportFolder {
  private readonly handles = new Map<string, FileHandle>();
  constructor(readonly path: string) {}

  async make(): Promise<void> { await mkdir(this.path, { recursive: true, mode: 0o700 }); }
  async remove(): Promise<void> { await this.close(); await rm(this.path, { recursive: true, force: true }); }
  async close(): Promise<void> {
    const open_ = [...this.handles.values()];
    this.handles.clear();
    for (const each of open_) await each.close();
  }

  /** Whom the export is of, one id a line, written whole or not at all. Resolves with how many they are. */
  async writeMembers(ids: AsyncIterable<readonly string[]>): Promise<number> {
    const temporary = join(this.path, `${MEMBERS}.new`);
    const handle = await open(temporary, 'w', 0o600);
    let count = 0;
    try {
      for await (const each of ids) {
        count += each.length;
        await handle.write(each.map((id) => `${id}\n`).join(''));
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(this.path, MEMBERS));
    return count;
  }
  async hasMembers(): Promise<boolean> { return (await sizeOf(join(this.path, MEMBERS))) !== null; }
  async removeMembers(): Promise<void> { await rm(join(this.path, MEMBERS), { force: true }); }

  /** The ids from a place on; `next(n)` gives as many, an empty list at the end. Memory does not grow with the list. */
  members(position: number): { next(count: number): Promise<string[]>; close(): void } {
    const input = createReadStream(join(this.path, MEMBERS), 'utf8');
    const lines = createInterface({ input, crlfDelay: Infinity });
    const iterator = lines[Symbol.asyncIterator]();
    let skipped = 0;
    return {
      async next(count) {
        const ids: string[] = [];
        while (ids.length < count) {
          const { value, done } = await iterator.next();
          if (done) break;
          if (skipped < position) skipped += 1;
          else ids.push(value);
        }
        return ids;
      },
      close() { lines.close(); input.destroy(); },
    };
  }

  /** Cuts every file to what counts, and removes those that do not: what a crash left behind was never released. @throws FilesLost */
  async cutTo(files: Readonly<Record<string, FileState>>): Promise<void> {
    await this.close();
    for (const [name, { bytes }] of Object.entries(files)) {
      const size = await sizeOf(join(this.path, fileOf(name)));
      if (size === null || size < bytes) throw new FilesLost();
      await truncate(join(this.path, fileOf(name)), bytes);
    }
    for (const each of await readdir(this.path)) {
      const name = LINES.exec(each)?.[1];
      if (name !== undefined && !files[name]) await rm(join(this.path, each));
    }
  }

  /** Writes lines at the place where the file's counted part ends, and waits until they are on the disk. */
  async append(name: string, lines: readonly string[], at: FileState): Promise<FileState> {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    const handle = await this.handle(name);
    for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done, bytes.length - done, at.bytes + done)).bytesWritten;
    await handle.datasync();
    return { bytes: at.bytes + bytes.length, count: at.count + lines.length };
  }
  private async handle(name: string): Promise<FileHandle> {
    const known = this.handles.get(name);
    if (known) return known;
    const path = join(this.path, fileOf(name));
    const made = await open(path, (await sizeOf(path)) === null ? 'wx+' : 'r+', 0o600);
    this.handles.set(name, made);
    return made;
  }

  /** SHA-256 of a file as it lies on the disk, in hex. */
  async hash(name: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const part of createReadStream(join(this.path, fileOf(name)))) hash.update(part as Buffer);
    return hash.digest('hex');
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
