import type { EntityManager } from 'typeorm';
import type { Row, Table } from './table';

/** Rows of a table as they are, by statements whose text depends on the table and the number of rows alone: values are parameters. */

type Scalar = string | number | null;
/** Equality with each value; null is IS NULL, a list is IN (an empty list matches nothing). */
export type Where<T extends Table> = { readonly [Name in keyof T['columns']]?: Scalar | readonly Scalar[] };
export interface Reading<T extends Table> {
  readonly orderBy?: readonly (keyof T['columns'] & string)[];
  /** Reads the latest committed row and keeps it until the transaction ends; on SQLite, which has one writer, a plain read. */
  readonly lock?: boolean;
}

/** SQLite binds at most 32,766 parameters in a statement, MariaDB 65,535. */
const MOST_PARAMETERS = 30_000;
const quoted = (name: string): string => `\`${name}\``;

function condition(where: Readonly<Record<string, unknown>>): { text: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const parts = Object.entries(where).map(([name, value]) => {
    if (value === null) return `${quoted(name)} IS NULL`;
    if (!Array.isArray(value)) { parameters.push(value); return `${quoted(name)} = ?`; }
    if (value.length === 0) return '1 = 0';
    parameters.push(...value);
    return `${quoted(name)} IN (${value.map(() => '?').join(', ')})`;
  });
  return { text: parts.length ? ` WHERE ${parts.join(' AND ')}` : '', parameters };
}

export async function selectRows<T extends Table>(manager: EntityManager, from: T, where: Where<T>, reading: Reading<T> = {}): Promise<Row<T>[]> {
  const { text, parameters } = condition(where);
  const order = reading.orderBy?.length ? ` ORDER BY ${reading.orderBy.map(quoted).join(', ')}` : '';
  const lock = reading.lock && manager.connection.options.type !== 'better-sqlite3' ? ' FOR UPDATE' : '';
  const columns = Object.keys(from.columns).map(quoted).join(', ');
  return manager.query(`SELECT ${columns} FROM ${quoted(from.name)}${text}${order}${lock}`, parameters) as Promise<Row<T>[]>;
}

export const insertRows = <T extends Table>(manager: EntityManager, into: T, rows: readonly Row<T>[]): Promise<void> => addRows('INSERT', manager, into, rows);

/** Writes each row in place of the one with its primary key, in one step: no reader finds neither. */
export const putRows = <T extends Table>(manager: EntityManager, into: T, rows: readonly Row<T>[]): Promise<void> => addRows('REPLACE', manager, into, rows);

async function addRows(verb: 'INSERT' | 'REPLACE', manager: EntityManager, into: Table, rows: readonly Row<Table>[]): Promise<void> {
  const names = Object.keys(into.columns);
  const most = Math.floor(MOST_PARAMETERS / names.length);
  const tuple = `(${names.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += most) {
    const part = rows.slice(start, start + most) as Readonly<Record<string, unknown>>[];
    await manager.query(`${verb} INTO ${quoted(into.name)} (${names.map(quoted).join(', ')}) VALUES ${part.map(() => tuple).join(', ')}`,
      part.flatMap((row) => names.map((name) => row[name] ?? null)));
  }
}

export async function updateRows<T extends Table>(manager: EntityManager, of: T, where: Where<T>, set: Partial<Row<T>>): Promise<void> {
  const { text, parameters } = condition(where);
  const changes = Object.entries(set);
  await manager.query(`UPDATE ${quoted(of.name)} SET ${changes.map(([name]) => `${quoted(name)} = ?`).join(', ')}${text}`,
    [...changes.map(([, value]) => value ?? null), ...parameters]);
}

export async function deleteRows<T extends Table>(manager: EntityManager, from: T, where: Where<T>): Promise<void> {
  const { text, parameters } = condition(where);
  await manager.query(`DELETE FROM ${quoted(from.name)}${text}`, parameters);
}

/** The primary key of a row, as a condition. */
export const keyOf = <T extends Table>(of: T, row: Row<T>): Where<T> =>
  Object.fromEntries(of.primary.map((name) => [name, (row as Readonly<Record<string, unknown>>)[name]])) as Where<T>;
