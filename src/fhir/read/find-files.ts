import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface SourceFile { path: string; bytes: number }
const FHIR_FILE = /\.(json|ndjson|jsonl)(\.gz)?$/i;
/** Bulk exports and Synthea write notes of their own beside the data. */
const NOT_FHIR = /^(manifest|package|package-lock|tsconfig)\.json$/i;

/** What others refer to is read first: references then find it at once. The outcome is the same in any order. */
const FIRST: readonly RegExp[] = [
  /(^infra|hospital|organization(?!.*role)|location)/i, /practitioner(?!.*role)/i, /practitionerrole/i, /^patient\b/i, /^(medication|encounter|coverage|condition)\b/i,
];
function rankOf(name: string): number {
  const rank = FIRST.findIndex((each) => each.test(name));
  return rank < 0 ? FIRST.length : rank;
}
const inOrder = (one: string, other: string): number => rankOf(one) - rankOf(other) || (one < other ? -1 : 1);

/**
 * The files of the given paths, in a stable order: a path that is a file is taken as it is, a folder gives its `.json`, `.ndjson`
 * and `.gz` of them, at any depth.
 * @throws Error naming a path that is not there
 */
export async function findFiles(paths: readonly string[]): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => { throw new Error(`${path}: no such file or folder`); });
    if (info.isDirectory()) found.push(...await inFolder(path));
    else found.push({ path, bytes: info.size });
  }
  return found;
}

async function inFolder(folder: string): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((one, other) => inOrder(one.name, other.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...await inFolder(path));
    else if (entry.isFile() && FHIR_FILE.test(entry.name) && !NOT_FHIR.test(entry.name)) found.push({ path, bytes: (await stat(path)).size });
  }
  return found;
}
