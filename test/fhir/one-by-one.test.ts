import { RECORD_TYPE_NAMES, RECORD_TYPES } from '../../src/vocabulary/records';
import { classBit } from '../../src/vocabulary/sensitivity';
import { sqliteDatabase } from '../support/databases';
import { World, make, urn, type Resource } from './support';

const GOVERNED = { meta: { tag: [{ system: 'urn:phi-gateway:governance', code: 'PLAN_AGREEMENT' }] } };
const inVisit = { encounter: urn('e') };
const note = (id: string): Resource => ({ resourceType: 'DocumentReference', id, status: 'current', subject: urn('m'), type: { text: 'Note' }, date: '2025-03-01T10:20:00Z', context: { encounter: [urn('e')] }, content: [] });
const PART2 = classBit('PART2');
const PATIENT = make.patient('m');

/** Members of whom nothing else is stored: each case is one way in which one record decides who sees another. */
const CASES: readonly (readonly [string, readonly Resource[], RegExp])[] = [
  ['a label flows to the note of the visit and to the claim that cites', [
    PATIENT, make.encounter('e', 'm'), make.condition('c', 'm', 'HIV infection', inVisit), note('d'), make.claim('cl', 'm', { diagnosis: [{ diagnosisReference: urn('c') }] }),
  ], /"id":"d","labels":[1-9].*"id":"cl","labels":[1-9]/],
  ['a program reaches every record of the visit', [PATIENT, make.organization('prog', 'House'), make.encounter('e', 'm', { serviceProvider: urn('prog') }), make.observation('o', 'm', inVisit)], /"id":"o","labels":[1-9].*"program_id":"prog"/],
  ['an agreement with a plan governs the visit and its records', [PATIENT, make.encounter('e', 'm', GOVERNED), make.observation('o', 'm', inVisit)], /"id":"o".*"governed_by":"PLAN_AGREEMENT"/],
  ['a record without a date has that of the visit', [PATIENT, make.encounter('e', 'm'), make.observation('o', 'm', { ...inVisit, effectiveDateTime: undefined })], /"id":"o".*"record_date":"2025-03-01T10:00/],
];

const permutations = <T>(all: readonly T[]): T[][] => (all.length < 2 ? [[...all]] : all.flatMap((each, place) => permutations(all.filter((_, other) => other !== place)).map((rest) => [each, ...rest])));

/** An import leaves aside the stored records that cannot change: it must not be one of these that what comes later changes. */
describe('resources that come one by one, in any order', () => {
  let world: World;
  beforeAll(async () => { world = await World.open(sqliteDatabase); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());

  /** What decides who sees each record. */
  async function decisive(): Promise<string> {
    const found: unknown[] = [];
    for (const type of RECORD_TYPE_NAMES) found.push(await world.source.query(`SELECT id, labels, own_labels, labelled, program_id, governed_by, record_date FROM ${RECORD_TYPES[type].table} ORDER BY id`));
    return JSON.stringify(found);
  }

  test.each(CASES)('%s', async (_, resources, reached) => {
    const programs = ['prog'];
    await world.import([...resources], { programs });
    const together = await decisive();
    const byTable = JSON.stringify((JSON.parse(together) as { id: string }[][]).flat().sort((one, other) => 'dclo'.indexOf(one.id.slice(0, 1)) - 'dclo'.indexOf(other.id.slice(0, 1))));
    expect(byTable).toMatch(reached);
    for (const order of permutations(resources)) {
      await world.clear();
      for (const each of order) await world.import([each], { programs });
      expect([order.map(({ id }) => id), await decisive()]).toEqual([order.map(({ id }) => id), together]);
    }
  }, 300_000);

  /** A visit is there with what belongs to it; then it is said anew. */
  const SAID_ANEW: readonly (readonly [string, object, object, object])[] = [
    ['governs its records when it is', {}, GOVERNED, { governed_by: 'PLAN_AGREEMENT' }],
    ['brings its program', {}, { serviceProvider: { reference: 'Organization/prog' } }, { program_id: 'prog', labels: PART2 }],
    ['gives its records a date when it has one', { period: undefined }, {}, { record_date: '2025-03-01T10:00:00.000Z' }],
    ['governs them no longer when it is not', GOVERNED, {}, { governed_by: 'NOTICE' }],
    ['takes its program with it', { serviceProvider: { reference: 'Organization/prog' } }, {}, { program_id: null, labels: 0 }],
  ];
  test.each(SAID_ANEW)('a visit that is said anew %s', async (_, before, after, expected) => {
    const programs = ['prog'];
    const undated = make.observation('o', 'm', { ...inVisit, effectiveDateTime: 'period' in before ? undefined : '2025-03-01T10:05:00Z' });
    await world.import([PATIENT, make.organization('prog', 'House'), make.encounter('e', 'm', before), undated], { programs });
    expect(await world.row('observation', 'o')).not.toMatchObject(expected);
    await world.import([make.encounter('e', 'm', after)], { programs });
    expect(await world.row('observation', 'o')).toMatchObject(expected);
  });

  test('a label that comes later reaches the note that is there; what is said anew without it takes it from there', async () => {
    await world.import([PATIENT, make.encounter('e', 'm'), note('d')]);
    expect((await world.row('document', 'd')).labels).toBe(0);
    await world.import([make.condition('c', 'm', 'HIV infection', inVisit)]);
    expect((await world.row('document', 'd')).labels).not.toBe(0);
    await world.import([make.condition('c', 'm', 'Asthma', inVisit)]);
    expect((await world.row('document', 'd')).labels).toBe(0);
  });
});
