import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INITIAL_MARIADB, INITIAL_SQLITE } from './initial-sql';

/** The tables of the first release. */
export class Initial1764000000000 implements MigrationInterface {
  readonly name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of runner.connection.options.type === 'mariadb' ? INITIAL_MARIADB : INITIAL_SQLITE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of await runner.getTables()) if (table.name !== 'migrations') await runner.dropTable(table, true, true, true);
  }
}
