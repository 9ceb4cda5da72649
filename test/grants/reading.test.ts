import { callerOf } from '../../src/identity/purpose';
import { testDatabases } from '../support/databases';
import { agent, LATER, openGrantWorld, staff, wendy, type GrantWorld } from './grant-world';

const EVERYTHING = `{ members { nodes { id name { text } birthDate contact { telephones addresses { line city postalCode } } governmentIds { value } conditions { nodes { id } } medications { nodes { id dosage } }
  documents { nodes { id title text } } diagnosticReports { nodes { id conclusion } } claims { nodes { id } } encounters { nodes { id class start reason { display } } } coverages { subscriberId } privacy { requests { id } } } } }`;

describe.each(testDatabases())('reading under a grant on $name', ({ create }) => {
  let world: GrantWorld;
  beforeAll(async () => { world = await openGrantWorld(await create()); });
  afterAll(() => world.close());
  const nodes = (data: unknown): Record<string, unknown>[] => (data as { members: { nodes: Record<string, unknown>[] } }).members.nodes;

  test('the recipient, and staff on their behalf, read those members and categories; every read is on the trail with the grant and its clause', async () => {
    const id = await world.grant({ clause: 'coroners', categories: ['IDENTITY', 'CLINICAL'] });
    const before = (await world.trail()).length;
    const own = await world.ask(EVERYTHING, agent('HDECD', id));
    const onBehalf = await world.ask(EVERYTHING, staff('HDECD', id));
    expect(nodes(own.data).map((each) => each['id'])).toEqual(['ann']);
    expect(onBehalf.data).toEqual(own.data);
    expect(nodes(own.data)[0]).toMatchObject({ name: { text: 'Canarygiven Canaryfamily' }, birthDate: '1980-05-17', contact: null, governmentIds: null, medications: null, documents: null, claims: null, coverages: null, privacy: null });
    expect(own.withheld.filter((each) => each.clause !== 'coroners' || each.reason !== 'MINIMUM_NECESSARY')).toEqual([]);
    expect(own.withheld.map((each) => each.coordinate)).toEqual(expect.arrayContaining(['Member.contact', 'Member.documents', 'Member.governmentIds', 'DiagnosticReport.conclusion']));
    const after = (await world.trail()).slice(before);
    expect(after).toMatchObject([
      { kind: 'READ', clause: 'coroners', grant_id: id, members: '["ann"]', subject: 'agent', outcome: 'PERMIT' }, { kind: 'READ', clause: 'coroners', grant_id: id, members: '["ann"]', subject: 'wendy', outcome: 'PERMIT' },
    ]);
  });

  test('a member outside the grant is not there, in lists, filters and by id', async () => {
    const id = await world.grant({ clause: 'coroners' });
    const { data } = await world.ask('{ a: member(id: "bob") { id } b: members(filter: { ids: ["ann", "bob", "otto"] }) { nodes { id } } }', agent('HDECD', id));
    expect(data).toEqual({ a: null, b: { nodes: [{ id: 'ann' }] } });
  });

  test('nobody else, nothing else, no longer', async () => {
    const id = await world.grant({ clause: 'coroners' });
    const to = (given: Parameters<typeof agent>[2], purpose: Parameters<typeof agent>[0] = 'HDECD') => world.ask('{ members { nodes { id } } }', agent(purpose, id, given)).then((answer) => answer.code);
    expect(await to({})).toBeNull();
    expect(await to({ subject: 'another' })).toBe('NOT_FOUND');
    expect(await to({ at: LATER })).toBe('NOT_FOUND');
    expect(await to({ grant: 'another' })).toBe('NOT_FOUND');
    expect(await to({}, 'HLEGAL')).toBe('PURPOSE_NOT_PERMITTED');
    expect(await world.ask('{ members { nodes { id } } }', staff('HLEGAL', id)).then((answer) => answer.code)).toBe('PURPOSE_NOT_PERMITTED');
    // Without the header a recipient has no member at all.
    expect((await world.ask('{ members { nodes { id } } }', agent('HDECD', id, { grant: null }))).data).toEqual({ members: { nodes: [] } });
    expect(() => callerOf({ ...wendy, role: 'NURSE' }, { 'x-grant': [id] }, { id: 'r', at: LATER })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }) as Error);
  });

  test('an organization reads by its claim in the token', async () => {
    const id = await world.grant({ clause: 'coroners', recipient: { organizationId: 'precinct' } });
    expect(await world.codesSeen(agent('HDECD', id, { organization: 'precinct' }))).toContain('plain');
    expect(await world.codesSeen(agent('HDECD', id))).toBeNull();
  });

  test('records that are named, and of notes those alone', async () => {
    const all = await world.grant({ clause: 'coroners', categories: ['CLINICAL', 'NOTE'] });
    const some = await world.grant({ clause: 'coroners', categories: ['CLINICAL', 'NOTE'], recordIds: ['plain', 'note', 'report'] });
    const [wide] = nodes((await world.ask(EVERYTHING, agent('HDECD', all))).data);
    expect(wide).toMatchObject({ documents: null, diagnosticReports: { nodes: [{ id: 'report', conclusion: null }] } });
    const [narrow] = nodes((await world.ask(EVERYTHING, agent('HDECD', some))).data);
    expect(narrow).toMatchObject({ conditions: { nodes: [{ id: 'plain' }] }, documents: { nodes: [{ id: 'note', title: 'Canarytitle' }] }, diagnosticReports: { nodes: [{ id: 'report', conclusion: 'Canaryconclusion' }] }, encounters: { nodes: [] } });
  });

  test('locating a person: name, birth date, gender, address, death, and nothing else in any place', async () => {
    const id = await world.grant({ clause: 'law-enforcement', elements: { circumstance: 'locating' }, categories: ['IDENTITY', 'CONTACT'] });
    world.reads.length = 0;
    const { data, withheld, text } = await world.ask(`{ members(orderBy: { field: MEMBER_NUMBER, direction: ASC }) { nodes { id memberNumber preferredName genderIdentity pronouns gender birthDate deceasedAt name { family text }
      contact { telephones emails preferredLanguage addresses { line postalCode } } conditions { nodes { id } } encounters { nodes { id } } } } }`, agent('HLEGAL', id));
    expect(nodes(data)).toEqual([{
      id: 'ann', memberNumber: null, preferredName: null, genderIdentity: null, pronouns: null, gender: 'female', birthDate: '1980-05-17', deceasedAt: null, name: { family: 'Canaryfamily', text: 'Canarygiven Canaryfamily' },
      contact: { telephones: null, emails: null, preferredLanguage: null, addresses: [{ line: ['1 Canary Lane'], postalCode: '73301' }] }, conditions: null, encounters: null,
    }]);
    expect(withheld.map((each) => each.coordinate)).toEqual(expect.arrayContaining(['Member.memberNumber', 'Contact.telephones', 'Member.conditions', 'Member.encounters']));
    for (const secret of ['CANARY-MRN', 'Canarynick', '555-CANARY', 'Canaryidentity']) { expect(text).not.toContain(secret); expect(JSON.stringify(world.reads.map((each) => each.rows))).not.toContain(secret); }
    const filtered = await world.ask('{ members(filter: { conditionCode: "38341003" }) { nodes { id } } }', agent('HLEGAL', id));
    expect(nodes(filtered.data)).toEqual([]);
  });

  test('notification: name, death, and that and when there was a visit', async () => {
    const id = await world.grant({ clause: 'family-absent', elements: { form: 'notification' }, categories: ['IDENTITY', 'CLINICAL'] });
    const { data } = await world.ask('{ members { nodes { name { text } birthDate encounters { nodes { id class status start end code { code } recordedAt labels reason { display } } } conditions { nodes { id } } } } }', agent('FAMRQT', id));
    expect(nodes(data)).toEqual([{
      name: { text: 'Canarygiven Canaryfamily' }, birthDate: null, conditions: null,
      encounters: { nodes: [{ id: 'visit', class: 'EMER', status: 'finished', start: '2026-02-03T10:00:00.000Z', end: '2026-02-03T12:00:00.000Z', code: null, recordedAt: null, labels: null, reason: null }] },
    }]);
    const byDate = await world.ask('{ members { nodes { encounters(filter: { recorded: { from: "2000-01-01T00:00:00.000Z" } }) { nodes { id } } } } }', agent('FAMRQT', id));
    expect(nodes(byDate.data)).toEqual([{ encounters: { nodes: [] } }]);
  });

  test('workers\' compensation: the records of a claim that is on record', async () => {
    const id = await world.grant({ clause: 'workers-compensation', elements: { claim: 'bill' }, categories: ['CLINICAL', 'FINANCIAL', 'NOTE'] });
    const [found] = nodes((await world.ask(EVERYTHING, agent('HPAYMT', id))).data);
    expect(found).toMatchObject({ claims: { nodes: [{ id: 'bill' }] }, encounters: { nodes: [{ id: 'visit' }] }, documents: { nodes: [] } });
  });

  test('preparing research: nothing leaves; staff read', async () => {
    const id = await world.grant({ clause: 'research', elements: { basis: 'preparatory' } });
    expect((await world.ask('{ members { nodes { id } } }', agent('HRESCH', id))).code).toBe('FORBIDDEN');
    expect(await world.codesSeen(staff('HRESCH', id))).toContain('plain');
  });

  test('research on decedents reaches the dead alone', async () => {
    const id = await world.grant({ clause: 'research', elements: { basis: 'decedents' }, memberIds: ['otto'] });
    expect(await world.codesSeen(agent('HRESCH', id), 'otto')).toEqual(['ottos']);
  });

  test('a sale asks each member, in an authorization that names the recipient', async () => {
    const id = await world.grant({ clause: 'organ-donation', remunerated: true, memberIds: ['ann', 'bob'] });
    expect(nodes((await world.ask('{ members { nodes { id } } }', agent('DONAT', id))).data)).toEqual([]);
    await world.authorizes({ authorization_id: 'sold', recipient: 'sub:agent', purpose: 'DONAT', sale: 1 });
    expect(nodes((await world.ask('{ members { nodes { id } } }', staff('DONAT', id))).data)).toEqual([{ id: 'ann' }]);
  });

  test('nothing is written under a grant, nothing of the office is asked, and the caller is told who they are', async () => {
    const id = await world.grant({ clause: 'health-oversight' });
    const officer = staff('HCOMPL', id, { role: 'PRIVACY_OFFICER', subject: 'olga' });
    expect((await world.ask('mutation { closeCareGap(id: "gap") { id } }', officer)).code).toBe('FORBIDDEN');
    expect((await world.ask('{ auditEvents { nodes { id } } }', officer)).code).toBe('FORBIDDEN');
    expect((await world.ask('{ operations { members { count } } }', staff('HCOMPL', id))).code).toBe('FORBIDDEN');
    expect((await world.ask('{ viewer { subject role categories } }', officer)).data).toEqual({ viewer: { subject: 'olga', role: 'PRIVACY_OFFICER', categories: ['IDENTITY', 'CLINICAL'] } });
  });

  test('a confidential way of contact is kept from who is not named', async () => {
    const id = await world.grant({ clause: 'coroners', categories: ['CONTACT'] });
    const contact = async () => nodes((await world.ask('{ members { nodes { contact { telephones } } } }', agent('HDECD', id))).data);
    expect(await contact()).toEqual([{ contact: { telephones: ['555-CANARY'] } }]);
    await world.choosesContact();
    expect(await contact()).toEqual([{ contact: null }]);
  });

  test('a cursor of one grant opens no page of another', async () => {
    const ids = [await world.grant({ clause: 'coroners', memberIds: ['ann', 'bob'] }), await world.grant({ clause: 'coroners', memberIds: ['ann', 'bob'] })];
    const first = await world.ask('{ members(first: 1) { pageInfo { endCursor } } }', agent('HDECD', ids[0] ?? ''));
    const { endCursor } = (first.data as unknown as { members: { pageInfo: { endCursor: string } } }).members.pageInfo;
    const next = (grant: string) => world.ask('query Q($after: String) { members(after: $after) { nodes { id } } }', agent('HDECD', grant), { after: endCursor });
    expect(nodes((await next(ids[0] ?? '')).data)).toEqual([{ id: 'bob' }]);
    expect((await next(ids[1] ?? '')).code).toBe('BAD_USER_INPUT');
  });
});
