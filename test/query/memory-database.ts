/** A database in memory with every table of the gateway: what a compiled piece of SQL means, for tests without a file or a server. */
import Database from 'better-sqlite3';
import { TABLES } from '../../src/entities/tables';
import type { FactRow, Scalar } from '../../src/permissions/core/interpret';
import type { Fragment, RunValues } from '../../src/query/compile/sql';

export interface MemoryDatabase {
  put(table: string, ...rows: readonly FactRow[]): void;
  /** The rows of a statement, with its parameters taken from the values of one run. */
  rows(statement: Fragment, values: RunValues): readonly (readonly Scalar[])[];
  close(): void;
}

export function openMemoryDatabase(): MemoryDatabase {
  const database = new Database(':memory:');
  database.aggregate('BIT_OR', { deterministic: true, start: 0, step: (mask: number, bits: number | null) => (bits === null ? mask : mask | bits) });
  for (const table of Object.values(TABLES)) database.exec(`CREATE TABLE ${table.name} (${Object.keys(table.columns).map((each) => `"${each}"`).join(', ')})`);
  return {
    put(table, ...rows) {
      for (const row of rows) {
        const columns = Object.keys(row);
        database.prepare(`INSERT INTO ${table} (${columns.map((each) => `"${each}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row));
      }
    },
    rows: (statement, values) => database.prepare(statement.text).raw(true).all(...statement.parameters.map((each) => each(values))) as Scalar[][],
    close: () => { database.close(); },
  };
}
