import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['audit_event', 'audit_member', 'reliance'];
const EVENTS = ['UPDATE', 'DELETE'];
const REFUSAL = 'the audit trail is append-only';
const nameOf = (table: string, event: string): string => `${table}_refuses_${event.toLowerCase()}`;
const forEach = async (work: (table: string, event: string) => Promise<unknown>): Promise<void> => {
  for (const table of TABLES) for (const event of EVENTS) await work(table, event);
};

/** The trail cannot be changed by a statement, whoever sends it (164.312(b), (c)(1)). */
export class AppendOnlyAudit1764000000001 implements MigrationInterface {
  readonly name = 'AppendOnlyAudit1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const mariadb = runner.connection.options.type === 'mariadb';
    await forEach((table, event) => runner.query(mariadb
      ? `CREATE TRIGGER ${nameOf(table, event)} BEFORE ${event} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${REFUSAL}'`
      : `CREATE TRIGGER ${nameOf(table, event)} BEFORE ${event} ON ${table} BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`));
    // SQLite's INSERT OR REPLACE removes a row without asking the trigger above.
    if (!mariadb) await runner.query(`CREATE TRIGGER audit_event_refuses_replace BEFORE INSERT ON audit_event
      WHEN EXISTS (SELECT 1 FROM audit_event e WHERE e.id = NEW.id OR (e.chain_id = NEW.chain_id AND e.seq = NEW.seq))
      BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await forEach((table, event) => runner.query(`DROP TRIGGER ${nameOf(table, event)}`));
    if (runner.connection.options.type !== 'mariadb') await runner.query('DROP TRIGGER audit_event_refuses_replace');
  }
}
