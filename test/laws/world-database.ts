import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/entities/data-source';
import { insertRows } from '../../src/entities/rows';
import type { Row, Table } from '../../src/entities/table';
import { TABLES } from '../../src/entities/tables';
import { spreadRestrictions } from '../../src/privacy-office/spread';
import { createReads, type ReadDatabase, type Rows } from '../../src/query/run/database';
import type { CompiledRead, RunValues } from '../../src/query/compile/sql';
import type { Access } from '../../src/query/plan/access';
import type { TestDatabase } from '../support/databases';
import type { WorldRows } from './world-rows';

/** A world in a database of its own; restrictions are spread there by the privacy office. */
export class WorldDatabase {
  private constructor(readonly source: DataSource, private readonly database: TestDatabase, private readonly reads: ReadDatabase) {}

  static async open(database: TestDatabase, rows: WorldRows): Promise<WorldDatabase> {
    const source = await createDataSource(database.url).initialize();
    await source.runMigrations();
    await source.transaction(async (manager) => {
      for (const table of Object.values(TABLES) as unknown as Table[]) {
        const own = (rows as Readonly<Record<string, readonly unknown[] | undefined>>)[table.name] ?? [];
        if (table.name !== 'restriction_scope') await insertRows(manager, table, own as readonly Row<Table>[]);
      }
      for (const { id } of (rows.member ?? [])) await spreadRestrictions(manager, String(id));
    });
    return new WorldDatabase(source, database, createReads(source));
  }
  async close(): Promise<void> { await this.source.destroy(); await this.database.drop(); }

  read(read: CompiledRead, access: Access, given: { keys?: readonly string[]; arguments?: Readonly<Record<string, unknown>> } = {}): Promise<Rows> {
    const values: RunValues = {
      bound: access.bound, keys: given.keys ?? [],
      argument: (_, ...path) => path.reduce<unknown>((value, part) => (value === null || value === undefined ? null : (value as Record<string, unknown>)[part]), given.arguments ?? {}),
    };
    return this.reads.rows(read, values);
  }
}
