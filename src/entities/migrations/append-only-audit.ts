import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What no statement may change or remove: by triggers here, and by the rights of the gateway's own user (../grants.ts). */
export const APPEND_ONLY: readonly string[] = ['audit_event', 'audit_member', 'audit_checkpoint', 'break_glass_review', 'reliance'];
const EVENTS = ['UPDATE', 'DELETE'];
/** For SQLite: what makes a new row take the place of an old one. */
const SAME_ROW = {
  audit_event: 'e.id = NEW.id OR (e.chain_id = NEW.chain_id AND e.seq = NEW.seq)', audit_checkpoint: 'e.number = NEW.number',
  break_glass_review: 'e.subject = NEW.subject AND e.member_id = NEW.member_id AND e.opened_at = NEW.opened_at',
};
const REFUSAL = 'the audit trail is append-only';
const nameOf = (table: string, event: string): string => `${table}_refuses_${event.toLowerCase()}`;
const forEach = async (work: (table: string, event: string) => Promise<unknown>): Promise<void> => {
  for (const table of APPEND_ONLY) for (const event of EVENTS) await work(table, event);
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
    if (mariadb) return;
    for (const [table, same] of Object.entries(SAME_ROW)) await runner.query(`CREATE TRIGGER ${nameOf(table, 'replace')} BEFORE INSERT ON ${table}
      WHEN EXISTS (SELECT 1 FROM ${table} e WHERE ${same}) BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await forEach((table, event) => runner.query(`DROP TRIGGER ${nameOf(table, event)}`));
    if (runner.connection.options.type !== 'mariadb') for (const table of Object.keys(SAME_ROW)) await runner.query(`DROP TRIGGER ${nameOf(table, 'replace')}`);
  }
}
