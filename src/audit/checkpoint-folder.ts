import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileTextOf, readCheckpointFile, type Checkpoint } from './checkpoint';

/** A thousand checkpoints lie in one folder: `000012/000012345.checkpoint`. */
const PER_FOLDER = 1_000;
const FILE = /^(\d{9,})\.checkpoint$/;
const FOLDER = /^\d{6,}$/;
export const pathOf = (folder: string, number: number): string =>
  join(folder, String(Math.floor(number / PER_FOLDER)).padStart(6, '0'), `${String(number).padStart(9, '0')}.checkpoint`);

/**
 * The folder of one database's checkpoints below AUDIT_CHECKPOINT_DIR, so that two databases do not meet in one: named by the
 * hash of where the database is. Null for a database in memory, which leaves nothing to check later.
 */
export function folderOfDatabase(directory: string, databaseUrl: string): string | null {
  if (databaseUrl === 'sqlite::memory:') return null;
  let place = databaseUrl;
  if (databaseUrl.startsWith('sqlite:')) place = `sqlite:${resolve(databaseUrl.slice('sqlite:'.length))}`;
  // User and password may change without the ledger becoming another.
  else { const { hostname, port, pathname } = new URL(databaseUrl); place = `${hostname}:${port || '3306'}${pathname}`; }
  return join(directory, createHash('sha256').update(place).digest('hex').slice(0, 16));
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The numbers of the checkpoints that the folder has, ascending. */
export async function numbersIn(folder: string): Promise<number[]> {
  const numbers: number[] = [];
  for (const part of (await entriesOf(folder)).filter((each) => FOLDER.test(each)))
    for (const name of await entriesOf(join(folder, part))) {
      const found = FILE.exec(name);
      if (found) numbers.push(Number(found[1]));
    }
  return numbers.sort((one, other) => one - other);
}

/** The number of the folder's newest checkpoint; 0 where it has none. */
export async function newestIn(folder: string): Promise<number> {
  const newest = (await entriesOf(folder)).filter((each) => FOLDER.test(each)).sort((one, other) => Number(one) - Number(other)).at(-1);
  const names = newest === undefined ? [] : await entriesOf(join(folder, newest));
  return Math.max(0, ...names.map((name) => Number(FILE.exec(name)?.[1] ?? 0)));
}

/** What the folder keeps under a number; null where the file is no checkpoint, or is not there. */
export async function readFromFolder(folder: string, number: number): Promise<Checkpoint | null> {
  try {
    const kept = readCheckpointFile(await readFile(pathOf(folder, number), 'utf8'));
    return kept?.body.number === number ? kept : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function synchronize(path: string, flags: string, contents: string | null): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    if (contents !== null) await file.writeFile(contents, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes the whole file or none: under another name, to the disk, then renamed; the folder's own entry reaches the disk too. */
export async function writeToFolder(folder: string, checkpoint: Checkpoint): Promise<void> {
  const path = pathOf(folder, checkpoint.body.number);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await synchronize(unfinished, 'wx', fileTextOf(checkpoint));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await synchronize(dirname(path), 'r', null);
}
