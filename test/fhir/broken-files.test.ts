import { gzipSync } from 'node:zlib';
import { testDatabases } from '../support/databases';
import { World, bundle, make } from './support';

const good = (id: string): string => JSON.stringify(bundle([make.patient(id), make.condition(`c-${id}`, id, 'Asthma')]));
const BROKEN: [string, object, string][] = [
  ['a birth date that is none', make.patient('x', { birthDate: 'secret-value' }), 'Patient.birthDate: expects a date of FHIR'],
  ['a day that the calendar has not', make.patient('x', { birthDate: '2025-02-30' }), 'Patient.birthDate: expects a date of FHIR'],
  ['a code that is a text', make.condition('c', 'x', 'y', { code: 'secret-value' }), 'Condition.code: expects an object'],
  ['a period within a list', { resourceType: 'CareTeam', id: 't', subject: { reference: 'Patient/x' }, participant: [{ period: { end: 'secret-value' } }] }, 'CareTeam.participant.period.end: expects a date of FHIR'],
  ['no subject', { resourceType: 'Condition', id: 'c', code: {} }, 'Condition.subject: expects a reference'],
  ['an id that is none', make.patient('secret value/x'), 'Patient.id: expects an id of FHIR'],
  ['no type', { id: 'x' } as never, 'Resource.resourceType: expects the name of a type'],
  ['labels that are none', make.patient('x', { meta: { security: ['secret-value'] } }), 'Patient.meta.security: expects an object'],
];

describe.each(testDatabases())('broken files on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());

  test.each(BROKEN)('%s: nothing of the file stays, the message tells the element and no value', async (_, resource, message) => {
    const before = await world.content();
    const report = await world.import([make.patient('before'), make.condition('c1', 'before', 'Asthma'), resource as never]);
    expect(report.broken).toEqual([{ file: expect.stringMatching(/^bundle-\d+.json$/) as string, reason: message }]);
    expect(JSON.stringify(report.lines())).not.toContain('secret');
    expect(await world.content()).toEqual(before);
    expect(report.imported.size).toBe(0);
  });

  test('a text that no database could hold breaks its file, a long display does not', async () => {
    const report = await world.import([make.patient('a'), make.observation('o', 'a', { valueQuantity: undefined, valueString: 'x'.repeat(70_000) })]);
    expect(report.broken[0]?.reason).toBe('has a value of observation that is longer than 65535 bytes');
    expect((await world.import([make.patient('a'), make.organization('org', 'y'.repeat(300))])).broken).toEqual([]);
    expect((await world.row('organization', 'org')).name).toHaveLength(255);
  });

  test('the other files go on, whatever was remembered of the broken one', async () => {
    const paths = [
      await world.write('1.json', good('a')), await world.write('2.json', `${JSON.stringify(bundle([make.practitioner('dr', '1'), make.patient('b')])).slice(0, -30)}`),
      await world.write('3.json.gz', 'no gzip'), await world.write('4.json.gz', gzipSync(good('d')).subarray(0, 150)), await world.write('5.ndjson', `${JSON.stringify(make.patient('e'))}\n{"resourceType":`),
      await world.write('6.json.gz', gzipSync(good('f'))),
    ];
    const report = await world.importPaths(paths);
    expect(report.broken.map((each) => each.file)).toEqual(['2.json', '3.json.gz', '4.json.gz', '5.ndjson']);
    expect((await world.rows('member')).map((each) => each.id).sort()).toEqual(['a', 'f']);
    expect(await world.rows('practitioner')).toEqual([]);
  });

  test('a broken file after a batch was written leaves nothing of that batch', async () => {
    const many = Array.from({ length: 9_000 }, (_, index) => JSON.stringify(make.observation(`o${index}`, 'a')));
    const report = await world.importPaths([await world.write('big.ndjson', [JSON.stringify(make.patient('a')), ...many, '{'].join('\n'))]);
    expect(report.broken).toHaveLength(1);
    expect(await world.rows('observation')).toEqual([]);
    expect(await world.rows('member')).toEqual([]);
  });

  test('what has no place is counted by type and reason, and breaks nothing', async () => {
    const report = await world.import([
      make.patient('a'), { resourceType: 'Device', id: 'd' }, { resourceType: 'Device', id: 'd2' }, { resourceType: 'DetectedIssue', id: 'i', code: { coding: [{ code: 'DRG' }] } } as never,
      make.observation('o', 'a', { subject: { reference: 'Group/g' } }),
    ]);
    expect(report.broken).toEqual([]);
    expect(Object.fromEntries(report.skipped)).toEqual({
      'Device: the type has no place': 2, 'DetectedIssue: an issue that is no care gap has no place': 1, 'Observation: its subject is no patient': 1,
    });
  });
});
