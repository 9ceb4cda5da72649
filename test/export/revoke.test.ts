import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { exportToFolder } from '../../src/export/export-to-folder';
import { readExportRequest } from '../../src/export/request';
import type { Principal } from '../../src/identity/caller';
import { dataOf, serve, type Asker, type Served } from '../e2e/support/gateway';
import { testDatabases, type TestDatabase } from '../support/databases';

const exchange: Principal = { subject: 'x-1', role: 'HIE_PARTICIPANT', organization: 'org-hie', practitioner: null, member: null, purposes: ['TREAT'], tokenId: null };
const workforce: Principal = { subject: 'w-1', role: 'WORKFORCE', organization: 'org-phi', practitioner: null, member: null, purposes: ['HQUALIMP'], tokenId: null };
const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', organization: 'org-phi' };
const AUTHENTIC = { channel: 'PAPER', identityConfirmed: true };

describe.each(testDatabases())('between two chunks, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'revoke-'));
  beforeAll(async () => {
    expect(await main(['sample', '--members', '120', '--seed', '11', '--out', join(folder, 'fhir')])).toBe(0);
    database = await create();
    served = await serve(database, { paths: [join(folder, 'fhir')], env: { EXPORT_DIR: join(folder, 'exports') } });
  }, 180_000);
  afterAll(async () => {
    await served.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  const textOf = (out: string): string => readdirSync(join(folder, out)).filter((each) => each.endsWith('.ndjson')).map((each) => readFileSync(join(folder, out, each), 'utf8')).join('');
  const last = async (): Promise<string> => ((await served.assembled.source.query('SELECT MAX(id) AS id FROM member WHERE id NOT IN (SELECT member_id FROM hie_opt_out)')) as { id: string }[])[0]?.id ?? '';

  it('an opt-out leaves the member out of every later chunk, and is counted', async () => {
    const id = await last();
    let steps = 0;
    const manifest = await exportToFolder({
      gateway: served.assembled.decided, principal: exchange, purpose: 'TREAT', grant: null, request: readExportRequest({}), folder: join(folder, 'opted'), stopping: () => false,
      onStep: async () => {
        steps += 1;
        if (steps > 1) return;
        expect(textOf('opted')).not.toBe('');
        dataOf(await served.ask(officer, 'mutation M($id: ID!, $a: Authenticity!) { optOutOfExchange(memberId: $id, authenticity: $a) { hieOptOut { since } } }', { id, a: AUTHENTIC }), 'optOutOfExchange');
      },
    });
    expect(steps).toBeGreaterThan(1);
    expect(manifest?.members.leftOut).toBe(1);
    expect(textOf('opted')).not.toContain(`"${id}"`);
    const rows = await served.assembled.source.query("SELECT m.member_id AS id FROM audit_event e JOIN audit_member m ON m.event_id = e.id WHERE e.kind = 'EXPORT' AND e.subject = 'x-1'") as { id: string }[];
    expect(rows).toHaveLength(manifest?.members.exported ?? 0);
    expect(new Set(rows.map((each) => each.id)).size).toBe(rows.length);
  });

  it('a stopped export goes on, and a folder is of one export', async () => {
    let isStopping = false;
    const asked = { gateway: served.assembled.decided, principal: workforce, purpose: 'HQUALIMP' as const, grant: null, request: readExportRequest({}), folder: join(folder, 'stopped') };
    expect(await exportToFolder({ ...asked, stopping: () => isStopping, onStep: () => { isStopping = true; } })).toBeNull();
    const manifest = await exportToFolder({ ...asked, stopping: () => false });
    expect(manifest?.members).toEqual({ exported: 120, leftOut: 0 });
    expect(await exportToFolder({ ...asked, stopping: () => false })).toEqual(manifest);
    await expect(exportToFolder({ ...asked, principal: { ...workforce, subject: 'w-2' }, stopping: () => false })).rejects.toThrow('another caller');
    await expect(exportToFolder({ ...asked, folder: join(folder, 'fhir'), stopping: () => false })).rejects.toThrow('--out');
  });
});
