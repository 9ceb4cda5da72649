import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '../support/databases';
import { notRun } from '../support/not-run';
import { WORDS } from './support/cells';
import { everyMember, textsOf } from './support/everything';
import { dataOf, listAt, serve, type Asker, type Served } from './support/gateway';

/** Synthetic patients of many generations, where they lie beside the checkout (their licences keep them out of it): words, not codes, are looked for. */
const ROOT = join(__dirname, '../..');
const SYNTHEA = join(ROOT, '../shared/data/synthea-dev');
const patients = existsSync(SYNTHEA) ? readdirSync(SYNTHEA).filter((each) => /^\d/.test(each)) : [];
if (patients.length === 0) notRun('what plans and the desk see of the patients of Synthea (synthea-dev does not lie beside the checkout)');
else describe.each(testDatabases())('patients of Synthea, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  const chosen = ['026-', '031-', '034-', '039-', '043-', '050-', '060-'].map((each) => patients.find((file) => file.startsWith(each)) ?? '').filter(Boolean);
  beforeAll(async () => {
    database = await create();
    const infrastructure = readdirSync(SYNTHEA).filter((each) => each.startsWith('infra-') && each.endsWith('.gz'));
    served = await serve(database, { paths: [...infrastructure, ...chosen].map((each) => join(SYNTHEA, each)) });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });
  it('are at least six, and no file is broken', async () => {
    expect(chosen.length).toBeGreaterThanOrEqual(6);
    expect(served.imported.broken).toEqual([]);
  });
  const words = { HIV: WORDS.HIV, SUD: /alcoholic|alcoholism|opioid (abuse|dependence|addiction)|drug (abuse|overdose|dependence)|buprenorphine|methadone/i, PSY: /major depress|suicid|bipolar|schizophreni|anxiety disorder/i, SDV: /intimate partner|victim of|domestic abuse/i };
  it.each(['HPAYMT', 'HOPERAT'] as const)('plans and the desk see no word of a special category for %s', async (purpose) => {
    const plans = await served.assembled.source.query('SELECT DISTINCT plan_id AS id FROM coverage') as { id: string }[];
    const askers: Asker[] = [{ role: 'WORKFORCE', purposes: [purpose], organization: 'org-own' }, ...plans.slice(0, 4).map(({ id }): Asker => ({ role: 'HEALTH_PLAN', purposes: [purpose], organization: id }))];
    for (const asker of askers) {
      const answer = await served.ask(asker, everyMember(served.assembled.decided.schema, 10));
      const members = listAt({ found: dataOf(answer, 'members') }, 'found.nodes');
      if (asker.role === 'WORKFORCE') expect(members.length).toBe(chosen.length);
      for (const [kind, expression] of Object.entries(words)) expect([asker.role, kind, expression?.exec(textsOf(members))?.[0] ?? null]).toEqual([asker.role, kind, null]);
    }
  });
});
