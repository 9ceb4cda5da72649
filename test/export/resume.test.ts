import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../../src/entities/data-source';
import { fill } from '../e2e/support/gateway';
import { BIN, compileCommand } from '../support/compiled';
import { testDatabases, type TestDatabase } from '../support/databases';

const MEMBERS = 300;
const WHO = ['--role', 'WORKFORCE', '--subject', 'w-1', '--organization', 'org-phi', '--purpose', 'HQUALIMP'];

describe.each(testDatabases())('an export that is killed, $name', ({ create }) => {
  let database: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'resume-'));
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    compileCommand();
    expect(spawnSync(BIN, ['sample', '--members', String(MEMBERS), '--seed', '7', '--out', join(folder, 'fhir')]).status).toBe(0);
    database = await create();
    await fill(database, [join(folder, 'fhir')]);
    environment = { ...process.env, DATABASE_URL: database.url, KEYS_DIR: join(folder, 'keys') };
  }, 240_000);
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const words = (out: string): string[] => ['export', '--out', join(folder, out), ...WHO];
  const run = (out: string): { status: number | null; stdout: string; stderr: string } => spawnSync(BIN, words(out), { env: environment, encoding: 'utf8' });
  const bytes = (out: string): Record<string, string> => Object.fromEntries(readdirSync(join(folder, out)).filter((each) => each.endsWith('.ndjson')).sort().map((each) => [each, readFileSync(join(folder, out, each), 'utf8')]));
  const sizeOf = (out: string): number => (existsSync(join(folder, out)) ? readdirSync(join(folder, out)).filter((each) => each.endsWith('.ndjson')).reduce((sum, each) => sum + statSync(join(folder, out, each)).size, 0) : 0);

  it('goes on where it was, and has the same bytes as one that was not', async () => {
    expect(run('whole')).toMatchObject({ status: 0 });
    const whole = sizeOf('whole');
    expect(whole).toBeGreaterThan(100_000);
    let kills = 0;
    for (const share of [0.2, 0.5]) {
      const child = spawn(BIN, words('killed'), { env: environment, stdio: 'ignore' });
      const ended = new Promise((resolve) => { child.once('exit', resolve); });
      while (sizeOf('killed') < whole * share && child.exitCode === null) await sleep(2);
      if (child.kill('SIGKILL')) kills += 1;
      await ended;
    }
    expect(kills).toBe(2);
    expect(existsSync(join(folder, 'killed', 'manifest.json'))).toBe(false);
    expect(run('killed')).toMatchObject({ status: 0 });
    expect(bytes('killed')).toEqual(bytes('whole'));
    const manifest = JSON.parse(readFileSync(join(folder, 'killed', 'manifest.json'), 'utf8')) as { output: { file: string; sha256: string; count: number }[] };
    for (const { file, sha256, count } of manifest.output) {
      const text = readFileSync(join(folder, 'killed', file), 'utf8');
      expect([createHash('sha256').update(text).digest('hex'), text.split('\n').length - 1]).toEqual([sha256, count]);
    }
  }, 240_000);

  it('leaves out from the next chunk on who is out of reach by then, and counts them', async () => {
    const child = spawn(BIN, words('revoked'), { env: environment, stdio: 'ignore' });
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    while (sizeOf('revoked') === 0) await sleep(2);
    child.kill('SIGKILL');
    await ended;
    const source = await createDataSource(database.url).initialize();
    const [last] = await source.query('SELECT MAX(id) AS id FROM member') as { id: string }[];
    const id = last?.id ?? '';
    // Nobody reaches a member who is no longer there.
    await source.query('DELETE FROM member WHERE id = ?', [id]);
    await source.destroy();
    const ran = run('revoked');
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stdout).toContain(`${MEMBERS - 1} members, 1 left out`);
    expect(Object.values(bytes('revoked')).join('')).not.toContain(`"${id}"`);
  }, 240_000);
});
