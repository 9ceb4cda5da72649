import type { DataSource } from 'typeorm';
import type { AuditEntry } from '../../src/audit/entry';
import { createDataSource } from '../../src/entities/data-source';
import type { TestDatabase } from '../support/databases';

export const AT = '2026-11-24T12:00:00.000Z';
export const entry = (given: Partial<AuditEntry> = {}): AuditEntry => ({
  at: AT, kind: 'READ', subject: 'sub-1', role: 'NURSE', organization: 'org-1', purpose: 'TREAT', clause: 'treatment', operation: 'member', coordinates: ['Member.name'],
  members: ['anna'], labels: ['HIV'], noticeVersion: '2025-07-16', outcome: 'PERMIT', flagged: false, reason: null, grant: null, requestId: 'request', tokenId: null, ...given,
});

export async function openMigrated(database: TestDatabase): Promise<DataSource> {
  const source = createDataSource(database.url);
  await source.initialize();
  await source.runMigrations();
  return source;
}
export const countEvents = async (source: DataSource): Promise<number> =>
  Number((await source.query('SELECT COUNT(*) AS n FROM audit_event') as { n: unknown }[])[0]?.n);

/** Lets a test change what nobody may change. */
export async function withoutTriggers(source: DataSource, work: () => Promise<unknown>): Promise<void> {
  for (const table of ['audit_event', 'audit_member', 'audit_checkpoint'])
    for (const event of ['update', 'delete']) await source.query(`DROP TRIGGER IF EXISTS ${table}_refuses_${event}`);
  if (source.options.type === 'better-sqlite3')
    for (const table of ['audit_event', 'audit_checkpoint']) await source.query(`DROP TRIGGER IF EXISTS ${table}_refuses_replace`);
  await work();
}
