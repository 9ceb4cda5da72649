import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bundle, Resource } from '../../src/cli/sample/fhir';
import { generateBundles, infrastructureBundle, memberBundle } from '../../src/cli/sample/generate';
import { FIRST_STORIES } from '../../src/cli/sample/stories';
import { visitKind } from '../../src/cli/sample/visits';
import { writeBundles, writeNdjson } from '../../src/cli/sample/write';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import { CLASSES, subtree, type SensitivityClass } from '../../src/vocabulary/sensitivity';

const SEED = 1;
const resourcesOf = (bundles: Iterable<Bundle>): Resource[] => [...bundles].flatMap(({ entry }) => entry.map(({ resource }) => resource));

/** Every string below a value, with the key that leads to it. */
function* strings(value: unknown, key = ''): Iterable<[string, string]> {
  if (typeof value === 'string') yield [key, value];
  else if (typeof value === 'object' && value !== null) for (const [name, each] of Object.entries(value)) yield* strings(each, name);
}

/** What a reader of one bundle learns in words: its texts, and the texts inside its attachments. */
const wordsOf = (bundle: Bundle): string =>
  [...strings(bundle)].map(([key, text]) => (key === 'data' ? Buffer.from(text, 'base64').toString('utf8') : text)).join('\n');

describe('the sample generator', () => {
  test('the same seed gives the same bytes, however many members are asked for', () => {
    const few = [...generateBundles(20, SEED)].map((bundle) => JSON.stringify(bundle));
    const many = [...generateBundles(40, SEED)].map((bundle) => JSON.stringify(bundle));
    expect(many.slice(0, 21)).toEqual(few);
    expect(JSON.stringify(memberBundle(20, 2))).not.toBe(few[20]);
  });

  test('samples/ is what the generator writes', async () => {
    const folder = join(PACKAGE_ROOT, 'samples');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    expect(await readFile(join(folder, 'infrastructure.json'), 'utf8')).toBe(`${JSON.stringify(infrastructureBundle())}\n`);
    for (const name of files.filter((each) => each.startsWith('member-'))) {
      expect(await readFile(join(folder, name), 'utf8')).toBe(`${JSON.stringify(memberBundle(Number(name.slice(7, 13)), SEED))}\n`);
    }
  });

  test('ids are unique and legal, and every entry is put under its own id', () => {
    const resources = resourcesOf(generateBundles(200, SEED));
    const places = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { id } of resources) expect(id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
    for (const { resource, request } of memberBundle(1, SEED).entry) expect(request).toEqual({ method: 'PUT', url: `${resource.resourceType}/${resource.id}` });
  });

  test('every reference leads somewhere, in four forms', () => {
    const world = infrastructureBundle();
    const known = new Set<string>();
    const note = ({ entry }: Bundle): void => {
      for (const { fullUrl, resource } of entry) {
        known.add(fullUrl).add(`${resource.resourceType}/${resource.id}`);
        for (const { system, value } of (resource.identifier ?? []) as { system: string; value: string }[]) {
          known.add(`${resource.resourceType}?identifier=${system}|${value}`);
        }
      }
    };
    note(world);
    const forms = new Set<string>();
    for (let number = 1; number <= 60; number += 1) {
      const bundle = memberBundle(number, SEED);
      note(bundle);
      for (const { resource } of bundle.entry) {
        const contained = ((resource.contained ?? []) as Resource[]).map(({ id }) => `#${id}`);
        for (const [key, text] of strings(resource)) {
          if (key !== 'reference') continue;
          forms.add(/^(urn:uuid:|#|\w+\?|\w+\/)/.exec(text)?.[1]?.replace(/\w+(?=[?/])/, '') ?? text);
          expect(contained.includes(text) || known.has(text) ? '' : text).toBe('');
        }
      }
    }
    expect([...forms].sort()).toEqual(['#', '/', '?', 'urn:uuid:']);
  });
});

/** What gives each class away in words; written here apart from the generator's own tables. */
const TELLTALE: Record<SensitivityClass, RegExp> = {
  SUD: /Cocaine dependence/, PART2: /42CFRPart2/, ETHUD: /is an alcoholic/i, OPIOIDUD: /Opioid dependence/, HIV: /HIV viral load/, STD: /Chlamydia/,
  PSY: /Major depressive/, PERSONALITY: /Borderline personality/, PSYTHPN: /PSYTHPN/, GDIS: /BRCA1/, SDV: /intimate partner abuse/, SEX: /Z30\.011/,
  CONTRACEPTION: /oral contraception/, OBSTETRIC: /weeks pregnant/, ABORTION: /Medication abortion/, REPRODUCTIVE: /fertility treatment/,
  SEXUAL_ORIENTATION: /Sexual orientation/, GENDER_IDENTITY: /individual-genderIdentity/,
};

describe('the first twelve members', () => {
  const bundles = FIRST_STORIES.map((_, index) => memberBundle(index + 1, SEED));

  test('there are twelve', () => expect(bundles).toHaveLength(12));

  test.each([...CLASSES])('%s is there', (name) => {
    expect(bundles.some((bundle) => TELLTALE[name].test(wordsOf(bundle)))).toBe(true);
  });

  test('the tables name every class, a parent by its children, and the note alone bears PSYTHPN', () => {
    const named = new Set(FIRST_STORIES.flatMap(({ visits }) => visits).flatMap((key) => visitKind(key).classes));
    const missing = CLASSES.filter((name) => !subtree(name).some((each) => named.has(each)));
    expect(missing).toEqual(['PSYTHPN']);
  });

  test('a sensitive fact is copied into the visit, the bill, its answer, the note, the report and the plan', () => {
    const copies = (word: RegExp): string[] => [...new Set(resourcesOf(bundles).filter((each) => word.test(wordsOf({ entry: [{ resource: each }] } as Bundle))).map(({ resourceType }) => resourceType))].sort();
    expect(copies(/Human immunodeficiency|HIV/)).toEqual(expect.arrayContaining(
      ['Claim', 'Condition', 'Consent', 'DetectedIssue', 'DiagnosticReport', 'DocumentReference', 'Encounter', 'ExplanationOfBenefit', 'Observation'],
    ));
    expect(copies(/alcohol (dep|rehab)/i)).toEqual(expect.arrayContaining(['CarePlan', 'Claim', 'Condition', 'Encounter', 'ExplanationOfBenefit']));
    expect(copies(/opioid dependence/i)).toEqual(expect.arrayContaining(['MedicationRequest']));
  });

  test('the shapes of trouble are all there', () => {
    const all = resourcesOf(bundles);
    const some = (type: string, holds: (words: string) => boolean): boolean => all.some((each) => each.resourceType === type && holds(JSON.stringify(each)));
    expect(some('Patient', (words) => words.includes('deceasedDateTime'))).toBe(true);
    expect(some('Patient', (words) => words.includes('"birthDate":"2012-'))).toBe(true);
    expect(some('Patient', (words) => words.includes('individual-pronouns'))).toBe(true);
    expect(some('DocumentReference', (words) => words.includes('urn:phi-gateway:compilation'))).toBe(true);
    expect(some('DocumentReference', (words) => words.includes('56445-0'))).toBe(true);
    expect(some('Encounter', (words) => words.includes('PLAN_AGREEMENT'))).toBe(true);
    expect(some('Consent', (words) => words.includes('"permit"'))).toBe(true);
    expect(some('Consent', (words) => words.includes('OPTOUT'))).toBe(true);
    expect(some('ExplanationOfBenefit', (words) => words.includes('"payment":{"amount":{"value":0,'))).toBe(true);
    for (const type of ['RelatedPerson', 'DetectedIssue', 'MeasureReport', 'AllergyIntolerance', 'Immunization', 'Procedure', 'CarePlan', 'Coverage']) {
      expect(some(type, () => true)).toBe(true);
    }
  });

  test('one pharmacist and one nurse care for each of them', () => {
    for (const bundle of bundles) {
      const team = JSON.stringify(bundle.entry.find(({ resource }) => resource.resourceType === 'CareTeam')?.resource);
      expect(team).toContain('Practitioner/prac-pharmacist-1');
      expect(team).toMatch(/us-npi\|9999000011"/);
    }
  });

  test('nobody can be called or written to', () => {
    for (const { resource } of bundles.flatMap(({ entry }) => entry).filter((each) => each.resource.resourceType === 'Patient')) {
      const words = JSON.stringify(resource);
      expect(words).toMatch(/"\d{3}-555-01\d\d"/);
      expect(words).toMatch(/@example\.org"/);
      expect(words).toMatch(/"999-\d\d-\d{4}"/);
    }
  });
});

describe('writing', () => {
  let folder: string;
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'phi-sample-')); });
  afterEach(() => rm(folder, { recursive: true }));

  test('as NDJSON no reference needs a bundle, and no resource is lost', async () => {
    await writeNdjson(generateBundles(30, SEED), folder, () => undefined);
    let lines = 0;
    for (const name of await readdir(folder)) {
      for (const line of (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n')) {
        expect((JSON.parse(line) as Resource).resourceType).toBe(name.replace('.ndjson', ''));
        expect(line).not.toContain('"reference":"urn:uuid:');
        lines += 1;
      }
    }
    expect(lines).toBe(resourcesOf(generateBundles(30, SEED)).length);
  });

  test('2,000 members need no more memory than a few', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held: number[] = [];
    const files = await writeBundles(generateBundles(2000, SEED), folder, (done) => {
      if (done % 500 !== 100) return;
      collect();
      held.push(process.memoryUsage().heapUsed / 1_048_576);
    });
    expect(files).toBe(2001);
    expect(await readdir(folder)).toHaveLength(2001);
    const [first = 0] = held;
    // 2,000 members are some 40 MB of JSON: were they kept, this would show.
    expect(Math.max(...held) - first).toBeLessThan(8);
  });
});
