import { testDatabases } from '../support/databases';
import { agent, openGrantWorld, staff, type GrantWorld } from './grant-world';

const EVERY_FIELD = `id memberNumber name { given family prefix suffix text } preferredName birthDate gender genderIdentity pronouns deceasedAt contact { telephones emails addresses { use line city state postalCode country } preferredLanguage confidential }
  governmentIds { kind value } coverages { id plan { id name } subscriberId start end } careTeam { id name role }
  conditions { edges { cursor node { id memberId encounterId recordedAt onsetAt code { system code display } status labels amendments { id proposed } } } }
  medications { nodes { id dosage code { code } } } observations { nodes { id value unit effectiveAt } } encounters { nodes { id start end reason { code display } } }
  diagnosticReports { nodes { id conclusion resultIds } } documents { nodes { id title text } } careGaps { nodes { id measure dueAt } } claims { nodes { id billedAmount serviceStart diagnoses { display } member { id name { text } } } }`;
const CATEGORIES = ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL'] as const;
/** What identifies Ann, in any of its spellings, and the ids of everything that is hers. */
const CANARIES = /canary|555-|Austin Lane|"(ann|plain|visit|bill|note|report|measured|said|pill|gap|cover)"/i;

describe.each(testDatabases())('forms without identifiers on $name', ({ create }) => {
  let world: GrantWorld;
  beforeAll(async () => { world = await openGrantWorld(await create()); });
  afterAll(() => world.close());
  interface Shape { id: string; gender?: string | null; birthDate: string; contact: { addresses: Record<string, unknown>[] }; conditions: { edges: { cursor: string; node: Record<string, unknown> }[] }; observations: { nodes: Record<string, unknown>[] }; diagnosticReports: { nodes: { id: string; resultIds: string[] }[] }; claims: { nodes: { id: string; serviceStart: string; member: { id: string } }[] }; coverages: Record<string, unknown>[]; encounters: { nodes: Record<string, unknown>[] } }
  /** Ann first: lists lie in an order of the grant's own. */
  const membersOf = (data: unknown): Shape[] => [...(data as { members: { nodes: Shape[] } }).members.nodes].sort((left, right) => Number(right.gender === 'female') - Number(left.gender === 'female'));
  const dataSet = (given: object = {}) => world.grant({ clause: 'research', elements: { basis: 'limited-data-set' }, categories: CATEGORIES, memberIds: ['ann', 'bob'], recordIds: undefined, ...given });

  test('a limited data set: no identifier in any byte of the answer, nor in what left the database; dates, city, state and postal code stay', async () => {
    const id = await dataSet();
    world.reads.length = 0;
    const { data, text } = await world.ask(`{ members { nodes { ${EVERY_FIELD} } pageInfo { endCursor } } claims { nodes { id memberId } } }`, agent('HRESCH', id));
    const [ann] = membersOf(data);
    expect(text).not.toMatch(CANARIES);
    for (const canary of ['CANARY-MRN', 'CANARY-SUBSCRIBER', 'Canaryfamily', 'Canarygiven', 'Canarynick', '555-CANARY', 'canary@example', 'Canary Lane', 'Canarytext', 'Canarywords', 'Canaryconclusion', 'Canaryreason', 'Canarymeasure', 'Canarydiagnosis'])
      expect(JSON.stringify(world.reads.map((each) => each.rows))).not.toContain(canary);
    expect(ann).toMatchObject({
      memberNumber: null, name: null, preferredName: null, birthDate: '1980-05-17', gender: 'female', genderIdentity: null, governmentIds: null, documents: null,
      contact: { telephones: null, emails: null, addresses: [{ use: 'home', line: null, city: 'Austin', state: 'TX', postalCode: '73301', country: 'US' }] },
    });
    const plain = ann?.conditions.edges.map((each) => each.node).find((each) => (each['code'] as { code: string }).code === '38341003');
    expect(plain).toMatchObject({ onsetAt: '2026-02-03T10:00:00.000Z', code: { system: 'http://snomed.info/sct', code: '38341003', display: null }, memberId: ann?.id, amendments: null });
    expect(ann?.observations.nodes.map((each) => each['value']).sort()).toEqual(['132', null]);
    expect(ann?.coverages).toMatchObject([{ subscriberId: null, start: '2020-03-04', plan: { id: 'acme-plan' } }]);
    expect(ann?.claims.nodes[0]?.member).toEqual({ id: ann?.id, name: null });
  });

  test('ids are pseudonyms of that grant, in nodes, arguments and references; a real id and another grant\'s pseudonym are nobody', async () => {
    const [one, other] = [await dataSet(), await dataSet()];
    const ids = async (grant: string) => membersOf((await world.ask('{ members { nodes { id gender } } }', agent('HRESCH', grant))).data).map((each) => each.id);
    const [first, again, second] = [await ids(one), await ids(one), await ids(other)];
    expect(first).toEqual(again);
    expect(first.some((each) => second.includes(each))).toBe(false);
    const find = async (grant: string, id: string) => (await world.ask('query Q($id: ID!) { member(id: $id) { id gender } members(filter: { ids: [$id] }) { nodes { id } } claims(filter: { memberIds: [$id] }) { nodes { memberId } } }', agent('HRESCH', grant), { id })).data as unknown as { member: object | null; members: { nodes: object[] }; claims: { nodes: object[] } };
    const pseudonym = first[0] ?? '';
    expect(await find(one, pseudonym)).toEqual({ member: { id: pseudonym, gender: 'female' }, members: { nodes: [{ id: pseudonym }] }, claims: { nodes: [{ memberId: pseudonym }, { memberId: pseudonym }] } });
    const none = { member: null, members: { nodes: [] }, claims: { nodes: [] } };
    expect([await find(one, 'ann'), await find(other, pseudonym), await find(one, 'anything')]).toEqual([none, none, none]);
  });

  test('a report cites its results by the same pseudonyms, and a page goes on', async () => {
    const id = await dataSet();
    const { data } = await world.ask('{ members { nodes { gender observations { nodes { id } } diagnosticReports { nodes { id resultIds } } } } }', staff('HRESCH', id));
    const [ann] = membersOf(data);
    expect(ann?.observations.nodes.map((each) => each['id'])).toContain(ann?.diagnosticReports.nodes[0]?.resultIds[0]);
    const page = (after: string | null) => world.ask('query Q($after: String) { members(first: 1, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }', agent('HRESCH', id), { after });
    const first = (await page(null)).data as unknown as { members: { nodes: { id: string }[]; pageInfo: { endCursor: string } } };
    expect(Buffer.from(first.members.pageInfo.endCursor, 'base64url').toString('latin1')).not.toContain('ann');
    const next = (await page(first.members.pageInfo.endCursor)).data as unknown as typeof first;
    expect(next.members.nodes[0]?.id).not.toBe(first.members.nodes[0]?.id);
  });

  test('what is left out cannot be filtered or ordered by', async () => {
    const id = await dataSet();
    const { data, withheld } = await world.ask('{ members(filter: { nameContains: "canary" }) { nodes { id } } }', agent('HRESCH', id));
    expect(membersOf(data)).toEqual([]);
    expect(withheld.map((each) => each.coordinate)).toContain('Member.name');
    const gaps = await world.ask('{ careGaps(filter: { measure: "Canarymeasure" }) { nodes { id } } }', agent('HRESCH', id));
    expect(gaps.data).toEqual({ careGaps: { nodes: [] } });
  });

  test('Safe Harbor: dates to the year, ages over 89 as 90, three digits of the postal code or 000, no city', async () => {
    const id = await dataSet({ elements: { basis: 'limited-data-set', 'de-identification': 'safe-harbor' } });
    const { data, text } = await world.ask(`{ members { nodes { ${EVERY_FIELD} } } }`, agent('HRESCH', id));
    expect(text).not.toMatch(CANARIES);
    expect(text).not.toMatch(/Austin|Nome|-05-17|-02-03|73301|03601/);
    const [ann, bob] = membersOf(data);
    expect(ann).toMatchObject({ birthDate: '1980-01-01', contact: { addresses: [{ city: null, state: 'TX', postalCode: '733' }] }, coverages: [{ start: '2020-01-01' }] });
    expect(ann?.encounters.nodes[0]).toMatchObject({ start: '2026-01-01T00:00:00.000Z', end: '2026-01-01T00:00:00.000Z' });
    expect(ann?.claims.nodes.map((each) => each.serviceStart)).toContain('2026-01-01');
    expect(bob).toMatchObject({ birthDate: '1936-01-01', contact: { addresses: [{ postalCode: '000' }] } });
  });

  test('Safe Harbor: a filter sees what is shown and no more', async () => {
    const id = await dataSet({ elements: { basis: 'limited-data-set', 'de-identification': 'safe-harbor' } });
    const born = async (from: string, to: string) => membersOf((await world.ask(`{ members(filter: { birthDate: { from: "${from}", to: "${to}" } }) { nodes { birthDate } } }`, agent('HRESCH', id))).data).map((each) => each.birthDate);
    expect(await born('1980-05-01', '1980-06-01')).toEqual([]);
    expect(await born('1980-01-01', '1980-01-02')).toEqual(['1980-01-01']);
    expect(await born('1930-01-01', '1935-12-31')).toEqual([]);
    const claims = await world.ask('{ claims(filter: { service: { from: "2026-02-01", to: "2026-03-01" } }) { nodes { serviceStart } } }', agent('HRESCH', id));
    expect(claims.data).toEqual({ claims: { nodes: [] } });
    const recorded = await world.ask('{ members { nodes { conditions(filter: { recorded: { from: "2026-02-01T00:00:00.000Z" } }) { nodes { id } } } } }', agent('HRESCH', id));
    expect(recorded.text).toContain('"nodes":[]');
    expect(recorded.text).not.toContain('"id"');
  });
});
