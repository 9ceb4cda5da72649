/** `phi-gateway policy …`: rows in each format, exit codes, and the trail of what was looked at. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { main } from '../../src/cli/main';
import { createDataSource } from '../../src/entities/data-source';
import { Laboratory } from '../laws/support/laboratory';
import { richRows } from '../laws/support/rich-rows';
import { careTeam, record, worldOf } from '../oracle/story';

const folder = mkdtempSync(join(tmpdir(), 'policy-cli-'));
const url = `sqlite:${join(folder, 'gateway.db')}`;
const before = { ...process.env };
function version(name: string, effectiveDate: string, changedClauses: readonly string[], policy: unknown): void {
  mkdirSync(join(folder, 'notices', name), { recursive: true });
  writeFileSync(join(folder, 'notices', name, 'notice.json'), JSON.stringify({ version: name, title: name, effectiveDate, changedClauses }));
  writeFileSync(join(folder, 'notices', name, 'notice.txt'), name);
  writeFileSync(join(folder, 'notices', name, 'policy.json'), JSON.stringify(policy));
}
beforeAll(async () => {
  version('first', '2020-01-01', [], { withholds: [{ clause: 'payment', roles: ['WORKFORCE'], purposes: ['HPAYMT'], categories: ['CONTACT'] }] });
  version('second', '2025-07-16', ['payment'], {});
  Object.assign(process.env, { DATABASE_URL: url, KEYS_DIR: join(folder, 'keys'), NOTICES_DIR: join(folder, 'notices') });
  const laboratory = await Laboratory.open(url);
  await laboratory.load(richRows(worldOf({ careTeam: [careTeam()], records: [record('Condition', { id: 'hiv', labels: ['HIV'] })] })));
  await laboratory.close();
});
afterAll(() => { process.env = before; rmSync(folder, { recursive: true, force: true }); });

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => { written.out += String(text); return true; });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => { written.err += String(text); return true; });
  try {
    return { code: await main(argv), ...written };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
async function trail(): Promise<{ id: string; operation: string; kind: string; role: string; members: string }[]> {
  const source = await createDataSource(url).initialize();
  try {
    return await source.query('SELECT id, operation, kind, role, members FROM audit_event ORDER BY at, seq');
  } finally {
    await source.destroy();
  }
}
const csvOf = (text: string): Record<string, string>[] => parse(text, { columns: true });
const staff = ['--role', 'WORKFORCE', '--purpose', 'HOPERAT', '--organization', 'company'];

test('matrix, in each format, at an instant', async () => {
  const asked = ['policy', 'matrix', '--role', 'WORKFORCE', '--purpose', 'HPAYMT', '--coordinate', 'Contact.emails'];
  expect(csvOf((await run(...asked, '--format', 'csv')).out)).toMatchObject([{ role: 'WORKFORCE', coordinate: 'Contact.emails', effect: 'CONDITIONAL' }]);
  const past = JSON.parse((await run(...asked, '--as-of', '2024-01-01', '--format', 'json')).out) as { clause: string; conditions: string[] }[];
  // A grant for the claim of an injured worker opens what the version kept back.
  expect(past).toMatchObject([{ effect: 'CONDITIONAL', conditions: ['GRANT'] }]);
  expect((await run(...asked)).out).toContain('1 row');
});
test('catalogue, lint and diff', async () => {
  expect(csvOf((await run('policy', 'catalogue', '--class', 'SEX', '--format', 'csv')).out).map((each) => each.coordinate)).toEqual(['Member.genderIdentity', 'Member.pronouns']);
  expect(await run('policy', 'lint', '--format', 'json')).toMatchObject({ code: 0, out: '[]\n' });
  const { code, out } = await run('policy', 'diff', 'first', 'second', '--format', 'csv');
  const rows = csvOf(out);
  expect(code).toBe(0);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.every((each) => each.kind === 'OPENS' && each.role === 'WORKFORCE')).toBe(true);
});
test('explain and simulate, on the trail before they are printed; replay reads them back', async () => {
  const explained = await run('policy', 'explain', 'Condition.code', 'ann', '--record', 'hiv', ...staff, '--format', 'json');
  expect(JSON.parse(explained.out)).toMatchObject({ effect: 'DENY', reason: 'AUTHORIZATION_REQUIRED', clause: 'special-categories' });
  const simulated = await run('policy', 'simulate', '{ members { nodes { id conditions { nodes { id } } } } }', ...staff, '--format', 'json');
  expect(JSON.parse(simulated.out)).toMatchObject({ records: [{ key: 'Member', count: 1 }, { key: 'Condition', count: 0 }] });
  const seen = await run('policy', 'simulate', '{ members { nodes { id } } }', ...staff, '--view', 'auditor', '--format', 'json');
  expect(JSON.parse(seen.out)).toMatchObject({ records: [{ key: 'Member', count: null, suppressed: true }] });
  const events = await trail();
  expect(events.map(({ operation, kind, role, members }) => ({ operation, kind, role, members: JSON.parse(members) as string[] }))).toEqual([
    { operation: 'policy explain', kind: 'ADMINISTRATION', role: 'PRIVACY_OFFICER', members: ['ann'] },
    { operation: 'policy simulate', kind: 'ADMINISTRATION', role: 'PRIVACY_OFFICER', members: [] },
    { operation: 'policy simulate', kind: 'ADMINISTRATION', role: 'AUDITOR', members: [] },
  ]);
  const replayed = await run('policy', 'replay', events[0]?.id ?? '', '--format', 'json');
  expect(JSON.parse(replayed.out)).toMatchObject({ noticeVersion: 'second', inEffect: 'second', recordedOutcome: 'PERMIT', cells: [{ coordinate: 'Condition.code', effect: 'DENY' }] });
});
test.each<[string, string[], number, RegExp]>([
  ['no caller', ['policy', 'explain', 'Condition.code', 'ann'], 2, /--role/],
  ['a purpose that there is not', ['policy', 'explain', 'Condition.code', 'ann', '--role', 'NURSE', '--purpose', 'FUN'], 2, /PurposeOfUse/],
  ['a format that there is not', ['policy', 'lint', '--format', 'xml'], 2, /format/],
  ['a coordinate of nothing', ['policy', 'matrix', '--coordinate', 'Member.shoeSize'], 2, /--coordinate/],
  ['a member that there is not', ['policy', 'explain', 'Condition.code', 'nobody', ...staff], 1, /input\.memberId/],
  ['a version that there is not', ['policy', 'diff', 'first', 'third'], 1, /there are first, second/],
  ['an audit id that there is not', ['policy', 'replay', 'nothing'], 1, /AUDIT_ID/],
  ['an unreadable file', ['policy', 'simulate', '@/nowhere', ...staff], 2, /operation/],
])('%s is refused', async (_, argv, code, message) => {
  const done = await run(...argv);
  expect(done.code).toBe(code);
  expect(done.err).toMatch(message);
});
