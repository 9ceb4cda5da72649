import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateBundles } from '../../src/cli/sample/generate';
import { BIN, compileCommand } from '../support/compiled';

const MEMBERS = 3_000;
const MEGABYTE = 1024 * 1024;
/** What the commands may hold, beside buffers: the file and its rows, held in memory, would take several times as much. */
const HEAP_MEGABYTES = 96;

/** Bounded heaps, and not resident sizes: these come and go with the garbage collector and with what else the machine does. */
describe(`${MEMBERS} members in one file`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'flat-'));
  const environment = { ...process.env, DATABASE_URL: `sqlite:${join(folder, 'members.db')}`, KEYS_DIR: join(folder, 'keys'), NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}` };
  const run = (...words: string[]): { status: number | null; stdout: string; stderr: string } => spawnSync(BIN, words, { env: environment, encoding: 'utf8', maxBuffer: 16 * MEGABYTE });
  const path = join(folder, 'all.ndjson');
  beforeAll(async () => {
    compileCommand();
    const stream = createWriteStream(path);
    for (const bundle of generateBundles(MEMBERS, 7)) if (!stream.write(`${JSON.stringify(bundle)}\n`)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
    expect(run('migrate').status).toBe(0);
  }, 120_000);
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  test(`are imported within a heap of ${HEAP_MEGABYTES} MB`, () => {
    expect(statSync(path).size).toBeGreaterThan(50 * MEGABYTE);
    const { status, stdout, stderr } = run('import', path);
    expect([status, stderr.includes('heap')]).toEqual([0, false]);
    expect(stdout).toMatch(new RegExp(`\\b${MEMBERS}\\s+Patient\\b`));
  }, 200_000);
  test('and exported within it', () => {
    const out = join(folder, 'out');
    const { status, stderr } = run('export', '--out', out, '--role', 'WORKFORCE', '--subject', 'w-1', '--organization', 'org-phi', '--purpose', 'HOPERAT');
    expect([status, stderr.includes('heap out of memory')]).toEqual([0, false]);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { output: { type: string; count: number }[] };
    expect(manifest.output.find((each) => each.type === 'Member')?.count).toBe(MEMBERS);
    expect(manifest.output.reduce((sum, each) => sum + each.count, 0)).toBeGreaterThan(5 * MEMBERS);
  }, 200_000);
});
