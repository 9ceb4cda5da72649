import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface SourceFile { path: string; bytes: number }
const FHIR_FILE = /\.(json|ndjson|jsonl)(\.gz)?$/i;
/** Bulk exports and Synthea write notes of their own beside the data. */
const NOT_FHIR = /^(manifest|package|package-lock|tsconfig)\.json$/i;

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
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...await inFolder(path));
    else if (entry.isFile() && FHIR_FILE.test(entry.name) && !NOT_FHIR.test(entry.name)) found.push({ path, bytes: (await stat(path)).size });
  }
  return found;
}
