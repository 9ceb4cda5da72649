import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classesOf } from '../../src/vocabulary/sensitivity';
import { serve, type Served } from '../e2e/support/gateway';
import { bundle, concept, make } from '../fhir/support';
import { testDatabases, type TestDatabase } from '../support/databases';

// The gateway labels anew by its own configuration, as the import does: nothing is read from the environment of the process.
describe.each(testDatabases())('labelling anew on $name', ({ create }) => {
  let database: TestDatabase;
  let served: Served;
  const folder = mkdtempSync(join(tmpdir(), 'relabelling-'));
  beforeAll(async () => {
    const [file, sets] = [join(folder, 'bundle.json'), mkdtempSync(join(folder, 'sets-'))];
    writeFileSync(join(sets, 'own.csv'), 'system,code,display,category,source,version\nurn:acme:codes,K-7,Something of ours,HIV,acme,1\n');
    writeFileSync(file, JSON.stringify(bundle([
      make.organization('prog', 'Recovery House'), make.patient('m'), make.encounter('e', 'm', { serviceProvider: { reference: 'Organization/prog' } }),
      make.condition('c', 'm', 'Something of ours', { code: concept('Something of ours', 'K-7', 'urn:acme:codes') }),
    ])));
    database = await create();
    served = await serve(database, { paths: [file], env: { CODE_SETS_DIR: sets, PART2_PROGRAMS: 'prog' } });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });
  const labelsOf = async (table: string, id: string): Promise<string[]> => {
    const [row] = await served.assembled.source.query(`SELECT labels FROM ${table} WHERE id = ?`, [id]) as { labels: number }[];
    return classesOf(row?.labels ?? 0);
  };

  it('goes by the code sets and the programs of the configuration', async () => {
    expect([await labelsOf('condition_record', 'c'), await labelsOf('encounter', 'e')]).toEqual([[], []]);
    await served.assembled.source.transaction((manager) => served.assembled.decided.relabelMember(manager, 'm'));
    expect([await labelsOf('condition_record', 'c'), await labelsOf('encounter', 'e')]).toEqual([['HIV'], ['PART2']]);
  });
});
