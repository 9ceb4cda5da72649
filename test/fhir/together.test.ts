import { testDatabases } from '../support/databases';
import { World, bundle, make, type Resource } from './support';

const named = (fullUrl: string, resource: Resource): unknown => ({ fullUrl, resource });
const of = (...entry: unknown[]): string => JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry });
/** A patient and a condition of theirs, in a file that calls the patient by a name of its own. */
const calling = (name: string, id: string): string =>
  of(named(`urn:uuid:${name}`, make.patient(id)), named(`urn:uuid:c-${id}`, make.condition(`c-${id}`, id, 'Asthma', { subject: { reference: `urn:uuid:${name}` } })));

/** Small files that follow each other are one transaction: what they become is what each becomes alone. */
describe.each(testDatabases())('small files together on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());

  const CASES: [string, string[]][] = [
    ['one name for two patients', [calling('somebody', 'a'), calling('somebody', 'b'), calling('somebody', 'c')]],
    ['one identifier of two patients', ['a', 'b'].map((id) => of(
      named('urn:uuid:p', make.patient(id, { identifier: [{ system: 'urn:n', value: '7' }] })), named(`urn:uuid:o-${id}`, make.observation(`o-${id}`, id, { subject: { reference: 'Patient?identifier=urn:n|7' } })),
    ))],
    ['one resource in two versions', [
      of(named('urn:uuid:a', make.patient('a')), named('urn:uuid:c', make.condition('c', 'a', 'Opioid dependence'))), of(named('urn:uuid:a', make.patient('a', { birthDate: '1990-01-01' })), named('urn:uuid:c', make.condition('c', 'a', 'Asthma'))),
    ]],
    ['a later version that has no place', [of(named('urn:uuid:a', make.patient('a')), named('urn:uuid:o', make.observation('o', 'a'))), of(named('urn:uuid:o', make.observation('o', 'a', { subject: { reference: 'Group/g' } })))]],
    ['a reference to what the next file has', [of(named('urn:uuid:o', make.observation('o', 'a'))), of(named('urn:uuid:a', make.patient('a')))]],
  ];
  test.each(CASES)('%s', async (_, files) => {
    const paths = await Promise.all(files.map((content, place) => world.write(`${place}.json`, content)));
    for (const path of paths) expect((await world.importPaths([path])).broken).toEqual([]);
    const alone = await world.content();
    await world.clear();
    expect((await world.importPaths(paths)).broken).toEqual([]);
    expect(await world.content()).toEqual(alone);
  });

  test('what several files say in the same words counts in each, and is there once', async () => {
    const organization = make.organization('org', 'Clinic');
    const paths = await Promise.all(['a', 'b', 'c'].map((id) => world.write(`same-${id}.json`, JSON.stringify(bundle([organization, make.patient(id)])))));
    const report = await world.importPaths(paths);
    expect([report.files, Object.fromEntries(report.imported)]).toEqual([3, { Organization: 3, Patient: 3 }]);
    expect(await world.rows('organization', "id = 'org'")).toHaveLength(1);
  });

  test('progress is told once, also where a file is broken and the others are read again', async () => {
    const paths = [await world.write('p1.json', calling('x', 'a')), await world.write('p2.json', '{'), await world.write('p3.json', calling('y', 'b'))];
    let resources = 0;
    const report = await world.importPaths(paths, { onProgress: (_, more) => { resources += more; } });
    expect([report.broken.map((each) => each.file), resources, report.files]).toEqual([['p2.json'], 4, 3]);
  });

  test('lines end as files of any system end them; a text may hold what some take for an end', async () => {
    const lines = [make.patient('a'), make.patient('b'), make.observation('o', 'a', { valueQuantity: undefined, valueString: 'one\u2028two' })].map((each) => JSON.stringify(each));
    const report = await world.importPaths([await world.write('ends.ndjson', `\ufeff${lines[0]}\r\n\r\n${lines[1]}\r${lines[2]}`)]);
    expect(report.broken).toEqual([]);
    expect((await world.row('observation', 'o')).value).toBe('one\u2028two');
  });
});
