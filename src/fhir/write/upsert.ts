import type { EntityManager } from 'typeorm';
import { tableNamed, type TableName } from '../../entities/tables';
import type { Table } from '../../entities/table';
import { BrokenFile } from '../broken';
import type { Cell, Cells } from '../mapping';

/**
 * How a row that is there already is met: overwritten but for `keep`, left as it is, or marked as ambiguous. `stamp`: a column that takes its
 * new value only where something else of the row became another.
 */
export interface Meeting { keep?: readonly string[]; leave?: boolean; ambiguous?: string; stamp?: string }

/** The longest text of a kind, in characters: a longer display is cut, never refused. */
const LONGEST: Readonly<Record<string, number>> = { code: 64, line: 255 };
/** MariaDB takes many rows in one statement; this many bytes stay far below its smallest packet. */
const MOST_BYTES = 1_000_000;
const MOST_ROWS = 500;

interface SqliteStatement { run(...values: Cell[]): unknown }
interface SqliteDatabase { prepare(sql: string): SqliteStatement }
const PREPARED = new WeakMap<SqliteDatabase, Map<string, SqliteStatement>>();

/** Writes rows by their primary key, many at a time: prepared statements on SQLite, multi-row statements on MariaDB. */
export async function upsert(manager: EntityManager, name: TableName, rows: readonly Cells[], meeting: Meeting = {}): Promise<void> {
  if (!rows.length) return;
  const table = tableNamed(name);
  const columns = Object.keys(table.columns);
  const fitted = columns.map((each) => fitterOf(table.name, each, (table.columns[each] as string).replace('?', '')));
  const valuesOf = (row: Cells): Cell[] => {
    const values: Cell[] = [];
    for (let place = 0; place < columns.length; place += 1) {
      const value = row[columns[place] as string] ?? null;
      values.push(typeof value === 'string' ? (fitted[place] as Fitter)(value) : value);
    }
    return values;
  };
  // Before the first row is written: one that does not fit breaks its file.
  const values = rows.map(valuesOf);
  if (manager.connection.options.type === 'better-sqlite3') await onSqlite(manager, table, columns, values, meeting);
  else await onMariadb(manager, table, columns, values, meeting);
}

type Fitter = (value: string) => string;
/** What a `text` or `json` column of MariaDB holds, in bytes. */
const MOST_TEXT = 65_535;
/** Makes a value fit its column: a long line is cut; a text that does not fit breaks its file, on either database. */
function fitterOf(table: string, column: string, kind: string): Fitter {
  const limit = LONGEST[kind];
  if (limit) return (value) => (value.length > limit ? value.slice(0, limit) : value);
  if (kind !== 'text' && kind !== 'json') return (value) => value;
  return (value) => {
    if (value.length > MOST_TEXT / 4 && Buffer.byteLength(value) > MOST_TEXT) throw new BrokenFile(`has a ${column} of ${table} that is longer than ${MOST_TEXT} bytes`);
    return value;
  };
}
const changed = (table: Table, columns: readonly string[], keep: readonly string[] = []): string[] => columns.filter((each) => !table.primary.includes(each) && !keep.includes(each));

async function onSqlite(manager: EntityManager, table: Table, columns: readonly string[], values: readonly Cell[][], meeting: Meeting): Promise<void> {
  const update = changed(table, columns, meeting.keep);
  const met = meeting.leave || !update.length ? 'DO NOTHING' : meeting.ambiguous
    ? `DO UPDATE SET ${meeting.ambiguous} = CASE WHEN ${meeting.ambiguous} = excluded.${meeting.ambiguous} THEN ${meeting.ambiguous} ELSE '' END`
    : `DO UPDATE SET ${update.map((each) => (each === meeting.stamp
      ? `"${each}" = CASE WHEN ${update.filter((other) => other !== each).map((other) => `"${other}" IS excluded."${other}"`).join(' AND ')} THEN "${each}" ELSE excluded."${each}" END`
      : `"${each}" = excluded."${each}"`)).join(', ')}`;
  const sql = `INSERT INTO "${table.name}" (${columns.map((each) => `"${each}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO ${met.slice(3)}`
    .replace('ON CONFLICT DO UPDATE', `ON CONFLICT (${table.primary.join(', ')}) DO UPDATE`);
  const database = await (manager.queryRunner ?? manager.connection.createQueryRunner()).connect() as SqliteDatabase;
  const statement = prepared(database, sql);
  for (const row of values) statement.run(...row);
}

function prepared(database: SqliteDatabase, sql: string): SqliteStatement {
  let known = PREPARED.get(database);
  if (!known) PREPARED.set(database, (known = new Map()));
  let statement = known.get(sql);
  if (!statement) known.set(sql, (statement = database.prepare(sql)));
  return statement;
}

async function onMariadb(manager: EntityManager, table: Table, columns: readonly string[], values: readonly Cell[][], meeting: Meeting): Promise<void> {
  const update = changed(table, columns, meeting.keep);
  const key = `\`${table.primary[0]}\``;
  const set = meeting.leave || !update.length ? `${key} = ${key}` : meeting.ambiguous
    ? `\`${meeting.ambiguous}\` = IF(\`${meeting.ambiguous}\` = VALUES(\`${meeting.ambiguous}\`), \`${meeting.ambiguous}\`, '')`
    : stampFirst(update, meeting.stamp).map((each) => (each === meeting.stamp
      ? `\`${each}\` = IF(${update.filter((other) => other !== each).map((other) => `\`${other}\` <=> VALUES(\`${other}\`)`).join(' AND ')}, \`${each}\`, VALUES(\`${each}\`))`
      : `\`${each}\` = VALUES(\`${each}\`)`)).join(', ');
  const head = `INSERT INTO \`${table.name}\` (${columns.map((each) => `\`${each}\``).join(', ')}) VALUES `;
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  for (const part of inParts(values)) {
    await manager.query(`${head}${part.map(() => tuple).join(', ')} ON DUPLICATE KEY UPDATE ${set}`, part.flat());
  }
}

/** MariaDB assigns from left to right, and what is assigned already is read as new: the stamp is worked out before. */
const stampFirst = (columns: readonly string[], stamp: string | undefined): readonly string[] =>
  (stamp !== undefined && columns.includes(stamp) ? [stamp, ...columns.filter((each) => each !== stamp)] : columns);

function* inParts(values: readonly Cell[][]): Generator<Cell[][]> {
  let part: Cell[][] = [];
  let bytes = 0;
  for (const row of values) {
    part.push(row);
    for (const value of row) bytes += typeof value === 'string' ? value.length : 8;
    if (part.length < MOST_ROWS && bytes < MOST_BYTES) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length) yield part;
}

export function slices<T>(all: readonly T[], size = 500): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts;
}
export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
