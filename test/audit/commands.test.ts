import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '../../src/audit/ledger';
import { main } from '../../src/cli/main';
import { createDataSource } from '../../src/entities/data-source';
import { entry, withoutTriggers } from './entries';

const folder = mkdtempSync(join(tmpdir(), 'audit-commands-'));
const path = (name: string): string => join(folder, name);
const KEPT = { ...process.env };
let output = '';
let errors = '';
beforeAll(() => { Object.assign(process.env, { DATABASE_URL: `sqlite:${path('gateway.db')}`, KEYS_DIR: path('keys'), AUDIT_CHECKPOINT_DIR: path('checkpoints') }); });
afterAll(() => { process.env = KEPT; rmSync(folder, { recursive: true, force: true }); });
beforeEach(() => {
  [output, errors] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => { output += String(text); return true; });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => { errors += String(text); return true; });
});
afterEach(() => { jest.restoreAllMocks(); });

/** The commands one after another, as an operator and an auditor would: each leaves what the next one needs. */
test('record, seal, verify, receipt, check without the database, export, tamper, verify again', async () => {
  const run = async (...words: string[]): Promise<number> => { [output, errors] = ['', '']; return main(['audit', ...words]); };
  expect(await run('checkpoint')).toBe(0);
  expect(output).toContain('Nothing is recorded yet');
  const source = await createDataSource(process.env.DATABASE_URL ?? '').initialize();
  const ledger = createLedger(source, { chainId: 'a' });
  const ids = [await ledger.record(entry()), await ledger.record(entry({ members: ['bert'] }))];
  const [id = ''] = ids;

  expect(await run('receipt', id)).toBe(1);
  expect(errors).toContain('no checkpoint covers the record yet');
  expect(await run('checkpoint')).toBe(0);
  expect(output).toMatch(/^checkpoint 1 of .*: 2 events/);
  expect(await run('verify')).toBe(0);
  expect(output).toContain('The ledger is whole: 2 events, 1 checkpoints, 0 events after');
  expect(await run('receipt', 'no-such-id')).toBe(1);
  expect(errors).toContain('taken out');

  expect(await run('receipt', id, '--record')).toBe(0);
  writeFileSync(path('receipt.json'), output);
  expect(await run('public-key')).toBe(0);
  writeFileSync(path('public.pem'), output);
  expect(await run('check-receipt', path('receipt.json'), '--key', path('public.pem'))).toBe(0);
  expect(output).toContain('The receipt holds');
  writeFileSync(path('forged.json'), readFileSync(path('receipt.json'), 'utf8').replace('"position": 1', '"position": 2'));
  expect(await run('check-receipt', path('forged.json'))).toBe(1);
  expect(output).toContain('does not hold');
  expect(await run('check-receipt', path('public.pem'))).toBe(2);
  expect(await run('check-receipt', path('receipt.json'), '--key', path('forged.json'))).toBe(2);

  expect(await run('export', '--from', '2026-11-24', '--to', '2026-11-25', '--out', path('trail.ndjson'))).toBe(0);
  expect(readFileSync(path('trail.ndjson'), 'utf8')).not.toMatch(/"(anna|bert)"/);
  expect(await run('export', '--members', 'ids')).toBe(0);
  expect(output.trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids);
  expect(await run('export', '--from', 'yesterday')).toBe(2);
  expect(errors).toContain('--from');
  expect(await run('export', '--members', 'names')).toBe(2);

  await withoutTriggers(source, () => source.query('UPDATE audit_event SET subject = ? WHERE id = ?', ['another', id]));
  expect(await run('verify')).toBe(1);
  expect(output).toContain(`broken: a record was changed: chain a, position 1, event ${id}`);
  expect(await run('verify', '--json')).toBe(1);
  expect(JSON.parse(output)).toMatchObject({ intact: false, brokenAt: id, findings: [{ kind: 'EDITED', position: 1 }] });
  await ledger.close();
  await source.destroy();
});

test('the rights are printed for a MariaDB alone, and nothing is asked of it', async () => {
  expect(await main(['migrate', '--grants', 'gateway'])).toBe(2);
  expect(errors).toContain('SQLite has no users');
  process.env.DATABASE_URL = 'mysql://owner:secret@127.0.0.1:1/gateway';
  expect(await main(['migrate', '--grants', 'gateway@10.0.0.%'])).toBe(0);
  expect(output).toContain("GRANT SELECT, INSERT ON `gateway`.`audit_event` TO 'gateway'@'10.0.0.%';");
  expect(output).toContain("GRANT SELECT, INSERT, UPDATE, DELETE ON `gateway`.`member` TO");
  expect(output).not.toContain('secret');
  expect(await main(['migrate', '--grants', 'a b'])).toBe(1);
  expect(errors).toContain('--grants');
});
