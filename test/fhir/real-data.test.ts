import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { RECORD_TYPES, RECORD_TYPE_NAMES } from '../../src/vocabulary/records';
import { classBit, classesOf, coverMask } from '../../src/vocabulary/sensitivity';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import { findFiles } from '../../src/fhir/read/find-files';
import { importFiles } from '../../src/fhir/importer';
import { testDatabases } from '../support/databases';
import { notRun } from '../support/not-run';
import { LABELLING, NOW, World, sharedData } from './support';

jest.setTimeout(300_000);
const CARL = join(PACKAGE_ROOT, 'acceptance', 'shift-carl');
const SYNTHEA = sharedData('synthea-dev');

if (SYNTHEA === null) notRun('the import of sixty patients of Synthea (synthea-dev does not lie beside the checkout)');
const describeShared = SYNTHEA ? describe.each(testDatabases()) : () => undefined;

describeShared('sixty patients of six generations of Synthea on $name', ({ create }: ReturnType<typeof testDatabases>[number]) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  afterAll(() => world.close());

  test('all of them arrive, and what is left out is counted', async () => {
    const started = process.hrtime.bigint();
    const report = await world.importPaths([SYNTHEA as string]);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    process.stdout.write(`import of synthea-dev: ${report.resources} resources in ${seconds.toFixed(1)} s, ${Math.round(report.resources / seconds)} a second\n`);
    expect(report.broken).toEqual([]);
    expect(report.members).toBe(60);
    const manifest = parse(readFileSync(join(SYNTHEA as string, 'manifest.csv')), { columns: true }) as { entries: string }[];
    const skipped = [...report.skipped.values()].reduce((sum, each) => sum + each, 0);
    expect(report.resources + skipped).toBe(manifest.reduce((sum, each) => sum + Number(each.entries), 0));
    expect([...report.skipped.keys()].every((each) => each.endsWith('the type has no place'))).toBe(true);
  });

  test('every record is labelled, dated and of its member; nothing waits whole', async () => {
    for (const type of RECORD_TYPE_NAMES) {
      const { table } = RECORD_TYPES[type];
      const [odd] = await world.source.query(`SELECT COUNT(*) AS n FROM ${table} r WHERE labelled = 0 OR record_date IS NULL OR NOT EXISTS (SELECT 1 FROM member m WHERE m.id = r.member_id)`) as { n: number }[];
      expect([type, Number(odd?.n)]).toEqual([type, 0]);
    }
    expect(await world.rows('unresolved_reference', 'member_id IS NULL')).toEqual([]);
    for (const each of await world.rows('member')) expect(String(each.home_state)).toMatch(/^[A-Z]{2}$/);
  });

  test('a claim bears what its diagnoses bear, and so does every record of a revealing encounter', async () => {
    const conditions = new Map((await world.rows('condition_record', 'own_labels <> 0')).map((each) => [each.id, each.own_labels as number]));
    const claims = new Map((await world.rows('claim')).map((each) => [each.id, each.labels as number]));
    const cites = (await world.rows('citation', "record_type = 'Claim' AND cited_type = 'Condition'")).filter((each) => conditions.has(each.cited_id));
    expect(cites.length).toBeGreaterThan(50);
    const bears = (mask: number, own: number): boolean => classesOf(own).every((each) => coverMask([each]) & mask);
    for (const each of cites) expect([each.record_id, bears(claims.get(each.record_id) as number, conditions.get(each.cited_id) as number)]).toEqual([each.record_id, true]);
    for (const each of claims.values()) expect(each & classBit('PART2') && each & classBit('SUD')).toBe(0);
  });

  test('explanations complete their claims; plans come from their payers', async () => {
    const claims = await world.rows('claim');
    expect(claims.every((each) => each.source_type === 'Claim')).toBe(true);
    expect(claims.filter((each) => each.plan_paid !== null).length).toBeGreaterThan(800);
    expect((await world.rows('organization', "name = 'NO_INSURANCE' OR name = 'no_insurance'"))).toEqual([]);
    const [orphan] = await world.source.query('SELECT COUNT(*) AS n FROM coverage c WHERE NOT EXISTS (SELECT 1 FROM organization o WHERE o.id = c.plan_id)') as { n: number }[];
    expect(Number(orphan?.n)).toBe(0);
    expect(await world.rows('coverage', 'start_at IS NULL')).toEqual([]);
  });

  test('imported again, in another order, nothing is doubled or different', async () => {
    const before = await world.content();
    const files = await findFiles([SYNTHEA as string]);
    await importFiles(world.source, [...files].reverse(), { labelling: LABELLING, now: NOW });
    expect(await world.content()).toEqual(before);
  });
});

describe.each(testDatabases())('SHIFT: Carl on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  afterAll(() => world.close());

  const TABLE: Readonly<Record<string, string>> = { Condition: 'condition_record', MedicationRequest: 'medication', Observation: 'observation', DiagnosticReport: 'diagnostic_report' };
  /** Their codes as classes: BH and PSY stand for PSY, unless the record bears a substance use class. */
  const expectedOf = (codes: string): string[] => {
    const all = codes.split(' ');
    const substance = all.filter((each) => ['OPIOIDUD', 'PART2', 'SUD'].includes(each === '42CFRPart2' ? 'PART2' : each));
    const classes = [...all.includes('42CFRPart2') ? ['PART2'] : [], ...all.includes('OPIOIDUD') ? ['OPIOIDUD'] : [], ...all.includes('PSYTHPN') ? ['PSYTHPN'] : []];
    return substance.length || !all.includes('BH') ? classes : [...classes, 'PSY'];
  };

  test('bears at least the labels that were expected of it', async () => {
    const report = await world.importPaths([join(CARL, 'bundle.json')]);
    expect(report.broken).toEqual([]);
    const expected = parse(readFileSync(join(CARL, 'expected-labels.csv')), { columns: true }) as { resource_type: string; id: string; security_codes: string }[];
    for (const each of expected.filter((one) => TABLE[one.resource_type])) {
      const mask = (await world.row(TABLE[each.resource_type] as string, each.id)).labels as number;
      for (const name of expectedOf(each.security_codes)) expect([each.id, name, (coverMask([name as never]) & mask) !== 0]).toEqual([each.id, name, true]);
      if (!each.security_codes) expect([each.id, classesOf(mask)]).toEqual([each.id, []]);
    }
  });

  test('his roles lead nowhere in this file: nobody is on his care team yet', async () => {
    expect(await world.rows('care_team')).toEqual([]);
    expect((await world.rows('unresolved_reference')).every((each) => String(each.reference).startsWith('PractitionerRole/'))).toBe(true);
    await world.import([
      { resourceType: 'Practitioner', id: 'hibbert' }, { resourceType: 'PractitionerRole', id: 'DrHibbert-pcp', practitioner: { reference: 'Practitioner/hibbert' } },
    ]);
    expect(await world.rows('care_team')).toMatchObject([{ practitioner_id: 'hibbert', start_at: '2023-01-15T00:00:00.000Z' }]);
  });
});
