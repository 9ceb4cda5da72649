import { care_gap, condition_record, encounter, observation } from '../../src/entities/tables/records';
import { member } from '../../src/entities/tables/member';
import { testDatabases } from '../support/databases';
import { NOW, agent, openGrantWorld, wendy, type GrantWorld } from './grant-world';

/** Whatever is written where a code or a number belongs: a form without identifiers tells codes and numbers. */
describe.each(testDatabases())('words in the place of codes and numbers on $name', ({ create }) => {
  let world: GrantWorld;
  const record = { member_id: 'zoe', labelled: 1, governed_by: 'NOTICE', record_date: NOW, recorded_at: NOW, updated_at: NOW } as const;
  const observed = (id: string, given: object) => ({ ...record, id, code_system: 'http://loinc.org', code: '8480-6', ...given });
  beforeAll(async () => {
    world = await openGrantWorld(await create());
    await world.put(member, {
      id: 'zoe', gender: 'Canarygender', birth_date: '1980-05-17', preferred_language: 'Canarylanguage', home_state: 'TX', updated_at: NOW, address_uses: '["home","old","temp","work"]', address_lines: '[[],[],[],[]]',
      address_cities: '[null,null,null,null]', address_states: '["TX","AK","TX","TX"]', address_postal_codes: '["73301-1234","03601",null,"K1A 0B1"]', address_countries: '[null,null,null,null]',
    });
    await world.put(condition_record, { ...record, id: 'c1', code_system: null, code: 'Canarycode', status: 'Canarystatus' }, { ...record, id: 'c2', code_system: 'Canarysystem', code: 'x' },
      { ...record, id: 'c3', code_system: 'http://snomed.info/sct', code: 'Canary two words' }, { ...record, id: 'c4', code_system: 'http://snomed.info/sct', code: '38341003', status: 'active' });
    await world.put(encounter, { ...record, id: 'e1', class: 'Canaryclass', reason_code: 'Canaryreason' });
    await world.put(care_gap, { ...record, id: 'g1', code: 'Canarygap', measure: 'Canarygap', status: 'open' });
    await world.put(observation,
      observed('o1', { value: 'Canaryvalue', unit: 'mg/dL' }), observed('o2', { value: '132', unit: 'Canaryunit', category: 'Canarycategory' }), observed('o3', { value: '<=4.5', unit: 'mg/dL', category: 'laboratory' }),
      observed('o4', { value: '5551234567', unit: 'mg/dL' }), observed('o5', { value: '555-1234', unit: 'mg/dL' }), observed('o6', { value: '-1.5', unit: '{T-score}' }), observed('o7', { value: '1234567', unit: '%' }),
      observed('a1', { code: '30525-0', value: '95', unit: 'a' }), observed('a2', { code: '21612-7', value: '41', unit: 'years' }), observed('a3', { code: '30525-0', value: '1100', unit: 'mo' }),
      observed('a4', { code: 'x', value: '97', unit: 'years' }), observed('a5', { code: '63900-5', value: '89.5', unit: 'a' }), observed('a6', { code: '29553-5', value: '>95', unit: 'a' }));
  });
  afterAll(() => world.close());
  const grant = (form: 'limited' | 'safe-harbor') => world.grant({
    clause: 'research', elements: { basis: 'limited-data-set', ...(form === 'limited' ? {} : { 'de-identification': 'safe-harbor' }) }, categories: ['IDENTITY', 'CONTACT', 'CLINICAL', 'CARE_MANAGEMENT'], memberIds: ['zoe'], recordIds: undefined,
  });
  const QUERY = `{ members { nodes { gender contact { preferredLanguage addresses { postalCode } } conditions { nodes { code { system code } status } } encounters { nodes { class reason { code } } }
    observations { nodes { category value unit code { code } } } careGaps { nodes { code { code } status } } } } }`;
  interface Zoe { contact: { addresses: { postalCode: string | null }[] }; conditions: { nodes: { code: { code: string } | null; status: string | null }[] }; observations: { nodes: { value: string | null; unit: string | null }[] } }
  const read = async (form: 'limited' | 'safe-harbor') => {
    world.reads.length = 0;
    const { data, text } = await world.ask(QUERY, agent('HRESCH', await grant(form)));
    return { zoe: (data as unknown as { members: { nodes: Zoe[] } }).members.nodes[0] as Zoe, text, left: JSON.stringify(world.reads.map((each) => each.rows)) };
  };

  test.each(['limited', 'safe-harbor'] as const)('no word leaves the database: %s', async (form) => {
    const { zoe, text, left } = await read(form);
    expect(text).not.toMatch(/canary/i);
    expect(left).not.toMatch(/canary/i);
    expect(zoe.conditions.nodes.flatMap((each) => each.code?.code ?? [])).toEqual(['38341003']);
    expect(zoe.conditions.nodes.map((each) => each.status).filter(Boolean)).toEqual(['active']);
    const values = zoe.observations.nodes.map((each) => each.value);
    expect(values).toEqual(expect.arrayContaining(['<=4.5', '-1.5', '41']));
    for (const hidden of ['132', '5551234567', '555-1234', '1234567']) expect(values).not.toContain(hidden);
  });
  test('Safe Harbor tells no age over 89, whatever its code or its unit', async () => {
    const { zoe, left } = await read('safe-harbor');
    expect(left).not.toMatch(/"(95|97|89\.5|1100|>95)"/);
    expect(zoe.observations.nodes.filter((each) => each.value === '90')).toHaveLength(3);
  });
  test('Safe Harbor\'s postal codes are cut before they leave the database, place by place', async () => {
    const { zoe, left } = await read('safe-harbor');
    expect(zoe.contact.addresses.map((each) => each.postalCode)).toEqual(['733', '000', null, null]);
    expect(left).not.toMatch(/73301|03601|K1A/);
  });
  test.each(['limited', 'safe-harbor'] as const)('a filter finds nothing by a word: %s', async (form) => {
    const id = await grant(form);
    for (const filter of ['conditions(filter: { codes: ["Canarycode"] })', 'conditions(filter: { codes: ["Canarysystem|x", "x"] })', 'conditions(filter: { status: "Canarystatus" })', 'careGaps(filter: { codes: ["Canarygap"] })'])
      expect((await world.ask(`{ members { nodes { ${filter} { nodes { id } } } } }`, agent('HRESCH', id))).text).toContain('"nodes":[]}');
    expect((await world.ask('{ members(filter: { conditionCode: "Canarycode" }) { nodes { id } } }', agent('HRESCH', id))).text).toContain('"nodes":[]');
    expect((await world.ask('{ members(filter: { conditionCode: "38341003" }) { nodes { id } } }', agent('HRESCH', id))).text).toContain('"id"');
  });
  test('a care gap that staff open has its words as a measure, and no code', async () => {
    const { text } = await world.ask('mutation { openCareGap(memberId: "bob", measure: "call the son, Mr Canary") { measure status code { code display } } }', wendy);
    expect(text).toContain('"code":null');
  });
});
