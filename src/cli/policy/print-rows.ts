import { Option } from 'commander';

export const FORMATS = ['table', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export const formatOption = (): Option => new Option('--format <format>', 'how it is printed').choices(FORMATS).default('table');

export type Cell = string | number | boolean | null | readonly string[];
export type PrintedRow = Readonly<Record<string, Cell>>;
const text = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : Array.isArray(cell) ? cell.join(' ') : String(cell));

/** Rows for a person, a spreadsheet or a program. `whole`: what JSON prints where it is more than the rows. */
export function printRows(columns: readonly string[], rows: readonly PrintedRow[], format: Format, whole: unknown = rows): void {
  if (format === 'json') { process.stdout.write(`${JSON.stringify(whole, null, 2)}\n`); return; }
  const cells = rows.map((row) => columns.map((column) => text(row[column])));
  if (format === 'csv') {
    const { stringify } = require('csv-stringify/sync') as typeof import('csv-stringify/sync');
    process.stdout.write(stringify([[...columns], ...cells]));
    return;
  }
  const Table = require('cli-table3') as typeof import('cli-table3');
  const width = process.stdout.columns ?? 160;
  const last = Math.max(20, Math.floor(width / 2));
  const table = new Table({ head: [...columns], style: { head: [], border: [] }, wordWrap: true, colWidths: columns.map((column) => (column === 'because' || column === 'says' ? last : column === 'citation' || column === 'rule' ? 32 : null)) });
  table.push(...cells);
  process.stdout.write(`${table.toString()}\n${rows.length} ${rows.length === 1 ? 'row' : 'rows'}\n`);
}
