import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = '.place';
const PLACE = /^[0-9a-f-]{36}$/;

/**
 * The name of a folder of exports, which its jobs bear: nodes that share the folder share the jobs, and no other node looks for files that it
 * does not have. Made once. @throws Error naming EXPORT_DIR where it cannot be read or made
 */
export function placeOf(folder: string): string {
  const path = join(folder, NAME);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(path, randomUUID(), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const place = readFileSync(path, 'utf8').trim();
    if (PLACE.test(place)) return place;
  } catch {
    throw new Error('EXPORT_DIR: expects a folder that can be written');
  }
  throw new Error('EXPORT_DIR: its file .place is not as it was made');
}
