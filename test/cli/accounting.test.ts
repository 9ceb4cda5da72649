import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { agent, openGrantWorld } from '../grants/grant-world';
import { sqliteDatabase } from '../support/databases';

const folder = mkdtempSync(join(tmpdir(), 'accounting-'));

test('phi-gateway accounting: JSON, CSV and PDF into a file; on the trail; nobody is exit 1, wrong use 2', async () => {
  const database = await sqliteDatabase();
  const world = await openGrantWorld(database);
  const id = await world.grant({ clause: 'coroners', elements: { 'recipient-name': 'Dr. Chen' } });
  await world.ask('{ members { nodes { name { text } } } }', agent('HDECD', id));
  process.env['DATABASE_URL'] = database.url;
  const run = (...args: string[]) => main(['accounting', ...args]);
  const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    for (const format of ['json', 'csv', 'pdf']) expect(await run('--member', 'ann', '--to', '2026-12-01', '--from', '2026-01-01', '--format', format, '--out', join(folder, format))).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'json'), 'utf8'))).toMatchObject({ memberId: 'ann', disclosures: [{ recipient: 'Dr. Chen', clause: 'coroners' }] });
    expect(readFileSync(join(folder, 'csv'), 'utf8')).toContain('Dr. Chen');
    expect(readFileSync(join(folder, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await run('--member', 'nobody')).toBe(1);
    expect([await run(), await run('--member', 'ann', '--format', 'xml'), await run('--member', 'ann', '--from', 'yesterday')]).toEqual([2, 2, 2]);
    const trail = await world.trail();
    expect(trail.filter((each) => each.clause === 'accounting')).toHaveLength(3);
  } finally {
    errors.mockRestore();
    delete process.env['DATABASE_URL'];
    await world.close();
  }
}, 60_000);
