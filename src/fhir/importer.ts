import { basename } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import { transact } from '../entities/transaction';
import type { LabellingService } from '../labelling/labelling-service';
import { Batch, type ImportContext } from './batch';
import { BrokenFile, BrokenResource } from './broken';
import { Together } from './naming';
import { Programs } from './programs';
import { inGroups } from './read/file-groups';
import type { SourceFile } from './read/find-files';
import { readResources, type Entry } from './read/read-resources';
import { ImportReport } from './report';
import { Resolver } from './resolver';
import { Awaited } from './waiting';

export interface ImportOptions {
  labelling: LabellingService; now?: string; fromExchange?: boolean;
  /** Organizations that the deployer names: Part 2 programs, and its own. */ programs?: readonly string[]; covered?: readonly string[];
  onProgress?: (bytes: number, resources: number) => void;
}

/** Resources that are held at a time: what bounds the memory of an import of any size. */
const BATCH = 2_000;
/** A file whose resources are long (documents) is cut sooner. */
const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * Imports FHIR files in their order. Each is all or nothing: a broken one leaves nothing, and the others go on. Small files that follow each
 * other are one transaction, and where that fails each of them is read again in its own.
 * @returns counts of what was imported, skipped, kept unresolved and broken
 */
export async function importFiles(source: DataSource, files: readonly SourceFile[], options: ImportOptions): Promise<ImportReport> {
  const total = new ImportReport();
  const memory = new Memory(options);
  // What an opt-out in one file keeps from the next is looked up before each file.
  for (const group of options.fromExchange ? files.map((each) => [each]) : inGroups(files)) {
    if (group.length > 1 && await areImported(source, group, memory, options, total)) continue;
    for (const file of group) await importAlone(source, file, memory, options, total);
  }
  const rows = await source.query('SELECT source_type, path, COUNT(*) AS n FROM unresolved_reference GROUP BY source_type, path') as { source_type: string; path: string; n: number | string }[];
  for (const each of rows) total.unresolved.set(`${each.source_type}.${each.path}`, Number(each.n));
  return total;
}

async function importAlone(source: DataSource, file: SourceFile, memory: Memory, options: ImportOptions, total: ImportReport): Promise<void> {
  try {
    total.merge(await transact(source, (manager) => importGroup(manager, [file], memory, options)));
  } catch (error) {
    if (!(error instanceof BrokenResource || error instanceof BrokenFile)) throw error;
    total.broken.push({ file: basename(file.path), reason: error.message });
  }
  total.files += 1;
}

/** Several files in one transaction; false where anything failed: whose fault it was is told by reading them alone. */
async function areImported(source: DataSource, files: readonly SourceFile[], memory: Memory, options: ImportOptions, total: ImportReport): Promise<boolean> {
  let bytes = 0;
  let resources = 0;
  const onProgress = (read: number, more: number): void => { bytes += read; resources += more; };
  try {
    total.merge(await transact(source, (manager) => { bytes = 0; resources = 0; return importGroup(manager, files, memory, { ...options, onProgress }); }));
  } catch {
    return false;
  }
  total.files += files.length;
  options.onProgress?.(bytes, resources);
  return true;
}

/** What is remembered from file to file. A file that did not commit taught nothing: all of it is read anew. */
class Memory {
  private held: ImportContext | null = null;
  constructor(private readonly options: ImportOptions) {}

  async take(manager: EntityManager): Promise<ImportContext> {
    const { labelling, covered, programs, fromExchange, now } = this.options;
    const held = this.held ?? {
      labelling, resolver: new Resolver(), programs: await Programs.load(manager, programs ?? []), covered: new Set(covered ?? []), now: '', fromExchange: fromExchange ?? false,
      plans: new Set<string>(), awaited: await Awaited.load(manager),
    };
    this.held = null;
    return { ...held, now: now ?? new Date().toISOString() };
  }
  keep(context: ImportContext): void { this.held = context; }
}

async function importGroup(manager: EntityManager, files: readonly SourceFile[], memory: Memory, options: ImportOptions): Promise<ImportReport> {
  const report = new ImportReport();
  const context = await memory.take(manager);
  const together = new Together();
  let entries: Entry[] = [];
  let bytes = 0;
  let held = 0;
  const flush = async (): Promise<void> => {
    await new Batch(manager, context, report).import(entries);
    options.onProgress?.(bytes, entries.length);
    together.forget();
    entries = [];
    bytes = 0;
    held = 0;
  };
  const isFull = (): boolean => entries.length >= BATCH || held >= BATCH_BYTES;
  for (const file of files) {
    const some = readResources(file.path, (read) => { bytes += read; });
    if (files.length === 1) {
      for await (const each of some) for (const entry of each) { entries.push(entry); held += entry.size; if (isFull()) await flush(); }
      continue;
    }
    const all: Entry[] = [];
    for await (const each of some) all.push(...each);
    let own = together.take(all);
    if (own === null) { await flush(); own = together.take(all) ?? all; }
    for (const entry of own) { entries.push(entry); held += entry.size; }
    if (isFull()) await flush();
  }
  await flush();
  memory.keep(context);
  return report;
}
