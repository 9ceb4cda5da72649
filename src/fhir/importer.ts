import { basename } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import { transact } from '../entities/transaction';
import type { LabellingService } from '../labelling/labelling-service';
import { Batch, type ImportContext } from './batch';
import { BrokenFile, BrokenResource } from './broken';
import { Programs } from './programs';
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
const BATCH = 8_000;
/** A file whose resources are long (documents) is cut sooner. */
const BATCH_BYTES = 32 * 1024 * 1024;

/**
 * Imports FHIR files one after the other, each in one transaction: a broken one leaves nothing, and the others go on.
 * @returns counts of what was imported, skipped, kept unresolved and broken
 */
export async function importFiles(source: DataSource, files: readonly SourceFile[], options: ImportOptions): Promise<ImportReport> {
  const total = new ImportReport();
  const memory = new Memory(options);
  for (const file of files) {
    total.files += 1;
    try {
      total.merge(await transact(source, (manager) => importFile(manager, file, memory, options)));
    } catch (error) {
      if (!(error instanceof BrokenResource || error instanceof BrokenFile)) throw error;
      total.broken.push({ file: basename(file.path), reason: error.message });
    }
  }
  const rows = await source.query('SELECT source_type, path, COUNT(*) AS n FROM unresolved_reference GROUP BY source_type, path') as { source_type: string; path: string; n: number | string }[];
  for (const each of rows) total.unresolved.set(`${each.source_type}.${each.path}`, Number(each.n));
  return total;
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

async function importFile(manager: EntityManager, file: SourceFile, memory: Memory, options: ImportOptions): Promise<ImportReport> {
  const report = new ImportReport();
  const context = await memory.take(manager);
  let entries: Entry[] = [];
  let bytes = 0;
  let since = 0;
  const flush = async (): Promise<void> => {
    await new Batch(manager, context, report).import(entries);
    options.onProgress?.(bytes, entries.length);
    entries = [];
    bytes = 0;
    since = 0;
  };
  for await (const entry of readResources(file.path, (read) => { bytes += read; })) {
    entries.push(entry);
    since += entry.size;
    if (entries.length >= BATCH || since >= BATCH_BYTES) await flush();
  }
  await flush();
  memory.keep(context);
  return report;
}
