import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { ClassByCode } from './class-by-code';
import { CodeIndex } from './code-index';
import { comparable, lookupKey } from './code-systems';

/** One file of codes as it is listed to people. */
export interface CodeSet { readonly name: string; readonly source: string; readonly licence: string; readonly rows: number; /** Rows with a period of validity. */ readonly dated: number }

const manifest = z.strictObject({
  files: z.array(z.strictObject({
    file: z.string(), name: z.string(), source: z.string(), licence: z.string(), match: z.enum(['exact', 'prefix', 'category']),
    /** Of the rows that name none. */
    system: z.string().optional(),
    /** May be missing from the folder. */
    optional: z.boolean().default(false),
  })),
});
type Listed = z.infer<typeof manifest>['files'][number];

/** The columns that a row may have; `category` or `class` must be there. */
const row = z.object({
  code: z.string().trim().min(1), system: z.string().trim().optional(),
  category: z.string().trim().optional(), class: z.string().trim().optional(), source: z.string().default(''),
  valid_from: z.string().optional(), valid_to: z.string().optional(),
});

export const MEDICATION_REVIEW = 'MEDICATION_REVIEW';

/**
 * Reads every file that `manifest.yaml` lists in the folder, then every CSV of the deployer's folder, into one index.
 * @throws Error naming file and line: a sensitive code that is silently left out would be shown.
 */
export class CodeSetReader {
  readonly index: CodeIndex;
  readonly sets: CodeSet[] = [];
  /** `system code` of documents that are medication reviews. */
  readonly reviewTypes = new Set<string>();
  /** What was read, for the version. */
  readonly contents: string[] = [];

  constructor(private readonly folder: string) {
    this.index = new CodeIndex(ClassByCode.read(join(folder, 'class-by-code.csv')));
    const listed = manifest.parse(parseYaml(readFileSync(join(folder, 'manifest.yaml'), 'utf8'))).files;
    for (const each of listed) if (!each.optional || existsSync(join(folder, each.file))) this.read(folder, each);
  }

  /** A deployer's folder: the same columns; a three-character ICD row ("F10") or a range covers what is under it. */
  addFolder(folder: string): void {
    for (const file of readdirSync(folder).filter((each) => each.toLowerCase().endsWith('.csv')).sort()) {
      this.read(folder, { file, name: file.replace(/\.csv$/i, ''), source: 'deployer', licence: 'deployer', match: 'category', optional: false });
    }
  }

  private read(folder: string, listed: Listed): void {
    const path = join(folder, listed.file), text = readFileSync(path, 'utf8');
    const rows: unknown[] = parseCsv(text, { columns: true, skip_empty_lines: true, bom: true, relax_column_count: true });
    this.contents.push(listed.file, text);
    const dated = rows.map((each, line) => this.addRow(each, listed, `${listed.file} line ${line + 2}`)).filter(Boolean).length;
    this.sets.push({ name: listed.name, source: listed.source, licence: listed.licence, rows: rows.length, dated });
  }

  /** True where the row has a period. */
  private addRow(raw: unknown, { name, match, system: ofFile }: Listed, where: string): boolean {
    const read = row.safeParse(raw);
    if (!read.success) throw new Error(`code set ${where}: ${z.prettifyError(read.error)}`);
    const { code, category, class: ofClass, source } = read.data;
    const system = lookupKey(read.data.system || ofFile || null);
    const label = category ?? ofClass;
    if (!label) throw new Error(`code set ${where}: neither category nor class`);
    if (label !== MEDICATION_REVIEW && !ClassByCode.isCategory(label)) throw new Error(`code set ${where}: unknown category`);
    if (!system) throw new Error(`code set ${where}: no code system`);
    if (label === MEDICATION_REVIEW) { this.reviewTypes.add(`${system} ${code.toUpperCase()}`); return false; }
    const period = /valid (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)/.exec(source);
    const from = read.data.valid_from || period?.[1] || null, to = read.data.valid_to || period?.[2] || null;
    const prefix = match === 'prefix' || (match === 'category' && comparable(system, code).length <= 3);
    this.index.add({ system, code, category: label, codeSet: name, from, to, prefix });
    return Boolean(from || to);
  }
}
