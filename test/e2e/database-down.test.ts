import { join } from 'node:path';
import { mariadbDatabase, sqliteDatabase, testDatabases, type TestDatabase } from '../support/databases';
import { doorTo, type Door } from './support/failing-proxy';
import { codeOf, dataOf, serve, type Answer, type Asker, type Served } from './support/gateway';

/** The database goes away while the gateway runs: 503 with Retry-After within the deadline, no data, and well again when it is back. */
const SAMPLES = join(__dirname, '../../samples/member-000001.json');
const STAFF = join(__dirname, '../../samples/infrastructure.json');
const DEADLINE = 5_000;
const nurse: Asker = { role: 'NURSE', purposes: ['TREAT'], practitioner: 'prac-nurse-1', organization: 'org-phi' };
const auditor: Asker = { role: 'AUDITOR', purposes: ['HCOMPL'], subject: 'auditor-1' };
const QUERY = '{ member(id: "m-0001") { name { family } } }';

async function timed(asking: Promise<Answer>): Promise<{ answer: Answer; milliseconds: number }> {
  const start = Date.now();
  return { answer: await asking, milliseconds: Date.now() - start };
}
function expectUnavailable({ answer, milliseconds }: { answer: Answer; milliseconds: number }): void {
  expect([answer.status, answer.data ?? null]).toEqual([503, null]);
  expect(['DATABASE_UNAVAILABLE', 'AUDIT_UNAVAILABLE']).toContain(codeOf(answer));
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(milliseconds).toBeLessThan(DEADLINE + 1_500);
  expect(answer.text).not.toMatch(/Oxenquill|ECONN|SELECT|sqlite|mysql|127\.0\.0\.1/i);
}

describe('SQLite', () => {
  it('closed under the gateway', async () => {
    const database = await sqliteDatabase();
    const served = await serve(database, { paths: [STAFF, SAMPLES] });
    expect((await served.ask(nurse, QUERY)).status).toBe(200);
    await served.assembled.source.destroy();
    expectUnavailable(await timed(served.ask(nurse, QUERY)));
    const ready = await fetch(`${served.url}/readyz`);
    expect(ready.status).toBe(503);
    expect((await fetch(`${served.url}/livez`)).status).toBe(200);
    await served.assembled.gateway.stop();
    await database.drop();
  });
});

if (testDatabases().some((each) => each.name === 'mariadb')) describe('MariaDB', () => {
  let served: Served;
  let door: Door;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await mariadbDatabase();
    const url = new URL(database.url);
    door = await doorTo(url.hostname, Number(url.port || 3306));
    url.port = String(door.port);
    served = await serve({ ...database, url: url.href }, { paths: [STAFF, SAMPLES] });
  });
  afterAll(async () => {
    door.open();
    await served.close();
    await door.close();
    await database.drop();
  });

  it.each(['cut', 'hold'] as const)('%s off, for every caller, and back', async (how) => {
    expect(dataOf(await served.ask(nurse, QUERY), 'member.name.family')).toBe('Oxenquill');
    door[how]();
    const answers = await Promise.all([nurse, auditor].map((asker) => timed(served.ask(asker, asker === nurse ? QUERY : '{ viewer { role } }'))));
    answers.forEach(expectUnavailable);
    door.open();
    let answer = await served.ask(nurse, QUERY);
    for (let tries = 0; answer.status !== 200 && tries < 20; tries += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 250); });
      answer = await served.ask(nurse, QUERY);
    }
    expect(dataOf(answer, 'member.name.family')).toBe('Oxenquill');
  });
  it('what was not answered is not on the trail as answered, and the ledger is whole', async () => {
    expect(dataOf(await served.ask(auditor, '{ auditIntegrity { intact brokenAt } }'), 'auditIntegrity')).toEqual({ intact: true, brokenAt: null });
  });
});
