/** Lessons about one cell among others: F3, however it is asked for; F5, whatever stands around it; F29, the words beside it. */
import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType } from 'graphql';
import { fieldsOf } from '../../../src/vocabulary/fields';
import { RECORD_TYPES, type RecordType } from '../../../src/vocabulary/records';
import { testDatabases, type TestDatabase } from '../../support/databases';
import { SCHEMA } from '../../laws/support/laboratory';
import { Told } from './support/told';

/** A record of each type that a nurse reads, with something in every cell that a test looks at. */
const RECORDS: Readonly<Partial<Record<RecordType, string>>> = {
  Condition: 'onsetAt: 30 days ago, abatedAt: 3 days ago', Medication: 'dosage: one of this a day, prescriberId: nils, endedAt: 1 day ago', Allergy: 'criticality: high, reaction: hives', Observation: 'category: laboratory, value: "7", unit: mg',
  Immunization: '', Procedure: '', Encounter: 'class: AMB, reasonDisplay: a reason', DiagnosticReport: 'category: imaging, conclusion: a fracture', Document: 'authorId: nils, title: About it, text: Words about it',
  CarePlan: 'title: A plan against it', MedicationReview: 'reviewerId: nils, findings: too much of it, recommendation: less of it', CareGap: 'measure: a test for it, dueAt: "2027-01-01"',
};
const TYPES = Object.keys(RECORDS) as RecordType[];
const WORLD = `
people: { nils: { role: NURSE, of: company, for: TREAT, treats: [open, closed, coded] } }
members:
${['open', 'closed', 'coded'].map((each) => `  ${each}: { age: 41, given: Rosa, family: Quist, gender: female, telephone: "555-0100", street: 1 Road }`).join('\n')}
records:
${['open', 'closed', 'coded'].flatMap((member) => TYPES.map((type) => `  ${member}-${type.toLowerCase()}: { type: ${type}, of: ${member}${RECORDS[type] ? `, ${RECORDS[type]}` : ''} }`)).join('\n')}
`;
const SHOWN = 'status';
const selection = (type: string, field: string): string => {
  const named = getNamedType((SCHEMA.getType(type) as GraphQLObjectType).getFields()[field]?.type);
  if (!named || isLeafType(named)) return field;
  const leaf = isObjectType(named) ? Object.values(named.getFields()).find((each) => isLeafType(getNamedType(each.type)))?.name : undefined;
  return `${field} { ${isObjectType(named) && named.getFields()['display'] ? 'display' : leaf} }`;
};
/** Free text, by the coded fields beside it: read out of the schema by people, not taken from the product. */
const WORDS: readonly (readonly [string, string, readonly string[]])[] = [
  ['Medication', 'code', ['dosage']], ['Allergy', 'code', ['reaction']], ['DiagnosticReport', 'code', ['conclusion']], ['DiagnosticReport', 'category', ['conclusion']], ['Document', 'code', ['title', 'text']], ['CarePlan', 'code', ['title']],
  ['MedicationReview', 'code', ['findings', 'recommendation']], ['CareGap', 'code', ['measure']],
];

describe.each(testDatabases())('cells, $name', ({ create }) => {
  let database: TestDatabase;
  let told: Told;
  beforeAll(async () => {
    database = await create();
    told = await Told.open(database.url, WORLD);
    await told.restrict('closed', { coordinates: [...TYPES.flatMap((type) => fieldsOf(type).filter((field) => field !== SHOWN).map((field) => `${type}.${field}`)), 'Member.gender', 'HumanName.given', 'HumanName.text', 'Contact.telephones', 'Address.city'] });
    await told.restrict('coded', { coordinates: ['HumanName.family'] });
  });
  afterAll(async () => { await told.close(); await database.drop(); });

  /** The fields of a type in seven ways of one request, each under a key of its own. */
  async function sevenWays(member: string, type: RecordType): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const { connection } = RECORD_TYPES[type];
    const interfaceFields = Object.keys((SCHEMA.getType('Record') as GraphQLObjectType).getFields());
    const fields = fieldsOf(type);
    const as = (way: string, among = fields): string => among.map((field) => `${way}_${field}: ${selection(type, field)}`).join(' ');
    const { data, body } = await told.ask('nils', `query Ways($yes: Boolean!) {
      member(id: <${member}>) { list: ${connection} { nodes { id ${fields.map((field) => selection(type, field)).join(' ')} ... { ${as('inline')} } ... on ${type} { ${as('typed')} } ...Named ... on Record { ${as('record', fields.filter((each) => interfaceFields.includes(each)))} } ... @include(if: $yes) { ${as('included')} } } edges { node { ${as('edge')} } } } }
      ...Root
    }
    fragment Named on ${type} { ${as('named')} }
    fragment Root on Query { again: member(id: <${member}>) { list: ${connection} { nodes { id ${as('again')} } } } }`, { yes: true });
    const answer = data as Record<'member' | 'again', { list: { nodes: Record<string, unknown>[]; edges?: { node: Record<string, unknown> }[] } }>;
    expect(body).not.toContain('"errors"');
    // F5: whatever is hidden in it, the record is in its list, once.
    expect(answer.member.list.nodes.map((each) => each['id'])).toEqual([told.names.id(`${member}-${type.toLowerCase()}`)]);
    const all = { ...answer.again.list.nodes[0], ...answer.member.list.edges?.[0]?.node, ...answer.member.list.nodes[0] };
    return Object.fromEntries(fields.map((field) => [field, Object.entries(all).filter(([key]) => key === field || key.endsWith(`_${field}`)).map(([, value]) => value)]));
  }
  const isHidden = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

  describe('F3 and F5', () => {
    test.each(TYPES)('F3 each field of %s is decided alike in every way of asking; F5 the list stays', async (type) => {
      const [open, closed] = [await sevenWays('open', type), await sevenWays('closed', type)];
      for (const field of fieldsOf(type)) {
        expect([field, open[field]?.length]).toEqual([field, ['code', 'status', 'amendments'].includes(field) ? 8 : 7]);
        expect([field, new Set(open[field]?.map((each) => JSON.stringify(each))).size]).toEqual([field, 1]);
        if (field === SHOWN) expect(closed[field]).toEqual(open[field]);
        else expect([field, closed[field]?.every(isHidden)]).toEqual([field, true]);
      }
      expect(isHidden(open['code']?.[0])).toBe(false);
    });
    test('F3 the schema has one interface and no union: a new one would need a way of its own here', () => {
      const abstract = Object.values(SCHEMA.getTypeMap()).filter((each) => 'resolveType' in each).map((each) => each.name);
      expect(abstract).toEqual(['Record']);
    });
    test('F3 a cell of the member, under aliases, fragments and members that records lead to', async () => {
      const { data } = await told.ask('nils', `{ member(id: <closed>) { gender sex: gender ...F } careGaps(filter: { memberIds: [<closed>] }) { nodes { member { gender ...F } } edges { node { member { again: gender } } } } members(filter: { ids: [<closed>] }) { nodes { ...F } edges { node { name { given first: given } } } } }
        fragment F on Member { fragment: gender name { given called: given family } contact { telephones addresses { city town: city } } }`);
      const texts = JSON.stringify(data);
      expect(texts).not.toMatch(/female|Rosa|555-0100|Townton/);
      expect(texts.match(/"family":"Quist"/g)?.length).toBe(3);
    });
    test('F5 a hidden cell in the midst of a list of members empties itself alone', async () => {
      const { data, body } = await told.ask('nils', '{ members { nodes { id gender name { given family } careGaps { nodes { id measure status } } } } }');
      expect(body).not.toContain('"errors"');
      expect((data as { members: { nodes: unknown[] } }).members.nodes).toMatchObject([
        { id: 'attack-closed', gender: null, name: { given: null, family: 'Quist' }, careGaps: { nodes: [{ measure: null, status: 'active' }] } },
        { id: 'attack-coded', gender: 'female', careGaps: { nodes: [{ measure: 'a test for it' }] } }, { id: 'attack-open', gender: 'female', name: { given: ['Rosa'], family: 'Quist' }, careGaps: { nodes: [{ measure: 'a test for it' }] } },
      ]);
    });
  });

  describe('F29 the words beside a hidden code', () => {
    const wordsOf = async (member: string, type: RecordType, fields: readonly string[]): Promise<unknown[]> => {
      const { data } = await told.ask('nils', `{ member(id: <${member}>) { list: ${RECORD_TYPES[type].connection} { nodes { id ${fields.join(' ')} } } } }`);
      const node = (data as { member: { list: { nodes: Record<string, unknown>[] } } }).member.list.nodes[0];
      return fields.map((field) => node?.[field]);
    };
    test.each(WORDS)('F29 %s.%s hides %j', async (type, coded, words) => {
      expect((await wordsOf('open', type as RecordType, words)).some(isHidden)).toBe(false);
      await told.sql("DELETE FROM restriction WHERE member_id = 'attack-coded' AND id <> 'restriction-2'");
      await told.restrict('coded', { coordinates: [`${type}.${coded}`] });
      expect((await wordsOf('coded', type as RecordType, words)).every(isHidden)).toBe(true);
    });
    test('F29 a hidden family name hides the name as one text', async () => {
      expect((await told.ask('nils', '{ member(id: <open>) { name { text } } }')).body).toContain('Rosa Quist');
      expect((await told.ask('nils', '{ member(id: <coded>) { name { given text } } }')).data).toEqual({ member: { name: { given: ['Rosa'], text: null } } });
    });
    test('F29 and is not searched by', async () => {
      expect((await told.ask('nils', '{ members(filter: { nameContains: "rosa quist" }) { nodes { id } } }')).data).toEqual({ members: { nodes: [{ id: 'attack-open' }] } });
      expect((await told.ask('nils', '{ members(filter: { nameContains: "quist" }) { nodes { id } } }')).body).not.toContain('attack-coded');
    });
  });
});
