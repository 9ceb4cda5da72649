import type { DataSource, EntityManager } from 'typeorm';
import { createDataSource } from '../../src/entities/data-source';
import { insertRows } from '../../src/entities/rows';
import type { Row, Table } from '../../src/entities/table';
import { member, representation } from '../../src/entities/tables/member';
import type { Caller } from '../../src/identity/caller';
import type { Office, WriteDone } from '../../src/privacy-office/office';
import type { Purpose } from '../../src/vocabulary/purposes';
import type { Role } from '../../src/vocabulary/roles';
import type { TestDatabase } from '../support/databases';

export const NOW = '2026-11-24T12:00:00.000Z';
export const later = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
export const CONFIRMED = { channel: 'PAPER', identityConfirmed: true } as const;

/** A row with NULL, or 0 for a number that may not be NULL, where nothing is given. */
export function rowOf<T extends Table>(table: T, given: Partial<Row<T>>): Row<T> {
  const columns = Object.entries(table.columns).map(([name, kind]) => [name, kind.endsWith('?') ? null : /^(int|double|flag|mask)$/.test(kind) ? 0 : '']);
  return { ...Object.fromEntries(columns), ...given } as Row<T>;
}

export interface TestOffice extends Office { readonly done: WriteDone[]; readonly relabelled: string[]; put<T extends Table>(table: T, ...rows: Partial<Row<T>>[]): Promise<void>; close(): Promise<void> }

/** A migrated database with two adults, a minor of fifteen and one who died, and an office that notes what it was told. */
export async function openOffice(database: TestDatabase): Promise<TestOffice> {
  const source: DataSource = createDataSource(database.url);
  await source.initialize();
  await source.runMigrations();
  const done: WriteDone[] = [];
  const relabelled: string[] = [];
  const put = <T extends Table>(table: T, ...rows: Partial<Row<T>>[]): Promise<void> => insertRows(source.manager, table, rows.map((row) => rowOf(table, row)));
  await put(member,
    { id: 'anna', birth_date: '1980-05-01', home_state: 'TX', updated_at: NOW }, { id: 'bert', birth_date: '1975-01-01', updated_at: NOW },
    { id: 'mia', birth_date: '2011-06-01', updated_at: NOW }, { id: 'otto', birth_date: '1930-01-01', deceased_at: '2026-01-01T00:00:00.000Z', updated_at: NOW });
  return {
    source, done, relabelled, put,
    audit: async (_: EntityManager, each) => { done.push(each); },
    relabelMember: async (_: EntityManager, id) => { relabelled.push(id); },
    ownLabels: () => ({ mask: 0, bases: [] }),
    close: async () => { await source.destroy(); await database.drop(); },
  };
}

const PURPOSE: Partial<Record<Role, Purpose>> = { PRIVACY_OFFICER: 'HCOMPL', MEMBER: 'PATRQT', PERSONAL_REPRESENTATIVE: 'FAMRQT', PHARMACIST: 'TREAT', WORKFORCE: 'HOPERAT' };
export function callerOf(role: Role, given: Partial<Caller> = {}): Caller {
  const purpose = PURPOSE[role] ?? 'TREAT';
  return {
    subject: `sub-${role.toLowerCase()}`, role, organization: null, practitioner: null, member: null, purposes: [purpose], tokenId: null, purpose, breakGlassReason: null,
    grant: null, requestId: 'request', at: NOW, ...given,
  };
}
export const officer = callerOf('PRIVACY_OFFICER');
export const anna = callerOf('MEMBER', { member: 'anna', subject: 'sub-anna' });
export const representative = (subject: string): Caller => callerOf('PERSONAL_REPRESENTATIVE', { subject });
export const represents = (office: TestOffice, given: Partial<Row<typeof representation>>): Promise<void> => office.put(representation,
  { id: `rep-${given.subject ?? ''}-${given.member_id ?? ''}`, member_id: 'anna', kind: 'HEALTH_CARE_POA', start_at: '2026-01-01T00:00:00.000Z', category_mask: 0xfff, ...given });

export async function codeOf(call: Promise<unknown>): Promise<string> {
  try { await call; return 'DONE'; } catch (error) { return (error as { code?: string }).code ?? String(error); }
}
