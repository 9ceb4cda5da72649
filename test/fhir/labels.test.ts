import { Programs } from '../../src/fhir/programs';
import { relabelAll } from '../../src/fhir/relabel-all';
import { relabelMember } from '../../src/fhir/relabel-member';
import { classesOf } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { LABELLING, World, concept, make, urn } from './support';

const PROGRAM = { meta: { tag: [{ system: 'urn:phi-gateway:program', code: 'PART2' }] } };
const PLAN_AGREEMENT = { meta: { tag: [{ system: 'urn:phi-gateway:governance', code: 'PLAN_AGREEMENT' }] } };

describe.each(testDatabases())('labels of imported records on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());
  const labels = async (table: string, id: string): Promise<string[]> => classesOf((await world.row(table, id)).labels as number);

  test('flow one step, from what a record cites and from its encounter, also when the source comes later', async () => {
    await world.import([
      make.patient('m'), make.claim('cl', 'm', { diagnosis: [{ diagnosisReference: urn('c') }] }), make.encounter('e', 'm', { reasonCode: [concept('Victim of intimate partner abuse')] }),
      make.observation('o', 'm', { encounter: urn('e') }), make.observation('o2', 'm'),
    ]);
    expect(await labels('claim', 'cl')).toEqual([]);
    expect(await labels('observation', 'o')).toEqual(['SDV']);
    await world.import([make.condition('c', 'm', 'Human immunodeficiency virus infection')]);
    expect(await labels('claim', 'cl')).toEqual(['HIV']);
    expect(await labels('observation', 'o2')).toEqual([]);
    expect(await world.rows('label_basis', "record_id = 'cl'")).toMatchObject([{ class: 'HIV', basis: 'LINKED', linked: 'Condition/c', own: 0 }]);
    expect((await world.row('claim', 'cl')).own_labels).toBe(0);
  });

  test('a parent class stays beside the child of another fact, but PART2 covers every substance', async () => {
    const security = (...codes: string[]): object => ({ meta: { security: codes.map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code })) } });
    await world.import([
      make.patient('m'), make.condition('a', 'm', 'Asthma', security('SUD')), make.condition('b', 'm', 'Asthma', security('42CFRPart2')),
      make.claim('both', 'm', { ...security('ETHUD'), diagnosis: [{ diagnosisReference: urn('a') }] }), make.claim('part2', 'm', { diagnosis: [{ diagnosisReference: urn('a') }, { diagnosisReference: urn('b') }] }),
    ]);
    expect([await labels('claim', 'both'), await labels('claim', 'part2')]).toEqual([['SUD', 'ETHUD'], ['PART2']]);
  });

  test('what a re-import no longer says is gone', async () => {
    const hiv = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }] } };
    await world.import([make.patient('m'), make.condition('c', 'm', 'Asthma', hiv), make.claim('cl', 'm', { diagnosis: [{ diagnosisReference: urn('c') }] })]);
    expect(await labels('claim', 'cl')).toEqual(['HIV']);
    await world.import([make.condition('c', 'm', 'Asthma')]);
    expect([await labels('condition_record', 'c'), await labels('claim', 'cl'), await world.rows('label_basis')]).toEqual([[], [], []]);
    await world.import([make.claim('cl', 'm')]);
    expect(await world.rows('citation')).toEqual([]);
  });

  test('labels that an officer set survive a re-import and a relabelling', async () => {
    const condition = make.condition('c', 'm', 'Human immunodeficiency virus infection');
    await world.import([make.patient('m'), condition]);
    await world.source.query("DELETE FROM label_basis WHERE record_id = 'c'");
    await world.source.query("INSERT INTO label_basis (member_id, record_type, record_id, class, rule, basis, own) VALUES ('m', 'Condition', 'c', 'PSY', 'office', 'MANUAL', 1)");
    await world.import([condition]);
    expect(await labels('condition_record', 'c')).toEqual(['PSY']);
    await world.source.query("UPDATE label_basis SET class = 'NONE' WHERE basis = 'MANUAL'");
    await world.import([condition]);
    expect(await labels('condition_record', 'c')).toEqual([]);
    await world.source.query("UPDATE label_basis SET class = 'PSY' WHERE basis = 'MANUAL'");
    await relabelAll(world.source, { labelling: LABELLING, programs: [], memberId: null });
    expect(await labels('condition_record', 'c')).toEqual(['PSY']);
    await world.source.query("DELETE FROM label_basis WHERE basis = 'MANUAL'");
    await relabelMember(world.source.manager, 'm', { labelling: LABELLING, programs: await Programs.load(world.source.manager, []) });
    expect(await labels('condition_record', 'c')).toEqual(['HIV']);
  });

  test.each([['before', ['program', 'member']], ['after', ['member', 'program']]])('a Part 2 program marks what its encounters, custodianship and people produced: the program comes %s', async (_, order) => {
    const files = {
      program: [
        make.organization('prog', 'Recovery House', PROGRAM), make.practitioner('dr', '5'),
        { resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: 'Practitioner/dr' }, organization: { reference: 'Organization/prog' } },
      ],
      member: [
        make.patient('m'), make.encounter('e', 'm', { serviceProvider: { reference: 'Organization/prog' } }), make.observation('o', 'm', { encounter: urn('e') }),
        make.condition('c', 'm', 'Asthma', { recorder: { reference: 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|5' } }), make.condition('other', 'm', 'Asthma'),
        { resourceType: 'DocumentReference', id: 'd', status: 'current', subject: urn('m'), type: concept('Note'), custodian: { reference: 'Organization/prog' }, content: [] },
      ],
    };
    for (const each of order) await world.import(files[each as 'program' | 'member']);
    for (const [table, id] of [['encounter', 'e'], ['observation', 'o'], ['condition_record', 'c'], ['document', 'd']] as const) {
      expect([id, await labels(table, id), (await world.row(table, id)).program_id]).toEqual([id, ['PART2'], 'prog']);
    }
    expect([await labels('condition_record', 'other'), (await world.row('condition_record', 'other')).program_id]).toEqual([[], null]);
  });

  test('a program that the deployer names', async () => {
    await world.import([make.patient('m'), make.organization('prog', 'House'), make.encounter('e', 'm', { serviceProvider: urn('prog') })]);
    expect(await labels('encounter', 'e')).toEqual([]);
    await world.import([make.patient('n')], { programs: ['prog'] });
    expect([await labels('encounter', 'e'), (await world.row('encounter', 'e')).program_id]).toEqual([['PART2'], 'prog']);
  });

  test('a record made under a plan agreement is governed by the plan that pays, else the plan that covers its date', async () => {
    await world.import([
      make.patient('m'), make.organization('plan-a', 'A'), make.organization('plan-b', 'B'), make.encounter('e', 'm', PLAN_AGREEMENT), make.observation('o', 'm', { encounter: urn('e') }),
      make.observation('p', 'm', PLAN_AGREEMENT), make.observation('q', 'm'), make.claim('cl', 'm', { insurance: [{ coverage: { reference: 'Coverage/b' } }], item: [{ encounter: [urn('e')] }] }),
      { resourceType: 'Coverage', id: 'a', beneficiary: urn('m'), payor: [urn('plan-a')], period: { start: '2025-01-01', end: '2025-12-31' } },
      { resourceType: 'Coverage', id: 'b', beneficiary: urn('m'), payor: [urn('plan-b')], period: { start: '2020-01-01', end: '2020-12-31' } },
    ]);
    const governed = async (id: string): Promise<unknown[]> => { const row = await world.row('observation', id); return [row.governed_by, row.governing_plan_id]; };
    expect([await governed('o'), await governed('p'), await governed('q')]).toEqual([['PLAN_AGREEMENT', 'plan-b'], ['PLAN_AGREEMENT', 'plan-a'], ['NOTICE', null]]);
  });

  test('what was compiled for a legal proceeding bears it; a withholding of the office stays', async () => {
    const note = make.condition('c', 'm', 'Asthma', { meta: { tag: [{ system: 'urn:phi-gateway:compilation', code: 'LEGAL' }] } });
    await world.import([make.patient('m'), note]);
    await world.source.query("UPDATE condition_record SET withheld = 1, updated_at = '2020-01-01T00:00:00.000Z'");
    await world.import([note]);
    expect(await world.row('condition_record', 'c')).toMatchObject({ legal: 1, withheld: 1, updated_at: '2020-01-01T00:00:00.000Z' });
  });
});
