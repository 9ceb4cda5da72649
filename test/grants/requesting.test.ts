import { CASE_BY_CASE } from '../../src/permissions/clauses';
import { testDatabases } from '../support/databases';
import { ann, agent, everything, NOW, olga, openGrantWorld, otis, wendy, type GrantWorld } from './grant-world';

describe.each(testDatabases())('requesting and deciding a grant on $name', ({ create }) => {
  let world: GrantWorld;
  beforeAll(async () => { world = await openGrantWorld(await create()); });
  afterAll(() => world.close());
  const grants = async (): Promise<number> => Number((await world.source.query('SELECT COUNT(*) AS n FROM disclosure_grant') as { n: number }[])[0]?.n);

  test.each(CASE_BY_CASE.map((each) => each.id))('%s: each element that is demanded is named when it is missing, and nothing is recorded', async (clause) => {
    const before = await grants();
    const all = everything(clause);
    for (const name of Object.keys(all)) {
      const { [name]: _, ...rest } = all;
      const answer = await world.request({ clause, exactly: rest, categories: ['IDENTITY'] });
      expect([name, answer.code, answer.extensions['missing']]).toEqual([name, 'GRANT_INCOMPLETE', expect.arrayContaining([name])]);
    }
    const nothing = await world.request({ clause, exactly: {}, categories: ['IDENTITY'] });
    expect(nothing.extensions['missing']).toEqual(CASE_BY_CASE.find((each) => each.id === clause)?.grant?.demands.filter((each) => each.required).map((each) => each.name));
    expect(await grants()).toBe(before);
    expect((await world.request({ clause, categories: ['IDENTITY'] })).code).toBeNull();
  });

  test('four eyes: the officer who asked may not decide, another may, once', async () => {
    const asked = await world.request({ clause: 'coroners' }, otis);
    const { id } = (asked.data as unknown as { requestGrant: { id: string } }).requestGrant;
    expect((await world.decide(id, true, otis)).code).toBe('FORBIDDEN');
    expect((await world.decide(id, true, wendy)).code).toBe('FORBIDDEN');
    expect(await world.codesSeen(agent('HDECD', id))).toBeNull();
    expect((await world.decide(id, true, olga)).data).toMatchObject({ decideGrant: { status: 'ACCEPTED', decidedBy: 'olga' } });
    expect((await world.decide(id, false, olga)).code).toBe('CONFLICT');
    expect((await world.decide('nothing', true, olga)).code).toBe('NOT_FOUND');
  });

  test('a grant that was denied opens nothing', async () => {
    const asked = await world.request({ clause: 'coroners' });
    const { id } = (asked.data as unknown as { requestGrant: { id: string } }).requestGrant;
    expect((await world.decide(id, false)).data).toMatchObject({ decideGrant: { status: 'DENIED' } });
    expect((await world.ask('{ members { nodes { id } } }', agent('HDECD', id))).code).toBe('NOT_FOUND');
  });

  test.each([
    ['a category above the ceiling', { clause: 'law-enforcement', elements: { circumstance: 'locating' }, categories: ['IDENTITY', 'CLINICAL'] }],
    ['PRIVACY', { clause: 'required-by-law', categories: ['PRIVACY'] }],
    ['government ids', { clause: 'required-by-law', categories: ['GOVERNMENT_ID'] }],
    ['a class that the clause does not open', { clause: 'organ-donation', classes: ['HIV'] }],
    ['a special category under a subpoena', { clause: 'judicial-proceedings', elements: { basis: 'subpoena' }, classes: ['HIV'] }],
    ['an expiry that has passed', { clause: 'coroners', expires: NOW }],
    ['nobody', { clause: 'coroners', memberIds: [] }],
    ['no category', { clause: 'coroners', categories: [] }],
    ['a role as recipient', { clause: 'coroners', recipient: { role: 'DISCLOSURE_RECIPIENT' } }],
    ['two recipients in one', { clause: 'coroners', recipient: { subject: 'agent', organizationId: 'precinct' } }],
    ['a choice that is none', { clause: 'public-health', exactly: { ...everything('public-health'), activity: 'curiosity' } }],
    ['a name that nobody demanded', { clause: 'coroners', exactly: { ...everything('coroners'), whim: 'yes' } }],
    ['a known objection', { clause: 'family-present', elements: { 'known-objection': 'true' }, categories: ['IDENTITY'] }],
    ['time to object that has not passed', { clause: 'judicial-proceedings', elements: { basis: 'subpoena', 'subpoena-assurance': 'notice', 'subpoena-objections-until': '2027-01-01' } }],
    ['research on decedents of one who lives', { clause: 'research', elements: { basis: 'decedents' } }],
    ['a clause without grants', { clause: 'marketing', exactly: {} }],
  ] as const)('%s is BAD_USER_INPUT', async (_, given) => { expect((await world.request(given as never)).code).toBe('BAD_USER_INPUT'); });
  test.each([
    ['Part 2 without its order', { clause: 'judicial-proceedings', elements: { basis: 'order' }, classes: ['PART2'] }, ['part2-order']],
    ['Part 2 of a child whose report does not ask for it', { clause: 'public-health', elements: { activity: 'child-abuse' }, classes: ['PART2'] }, ['part2-report']],
    ['psychotherapy notes in an oversight of nobody named', { clause: 'health-oversight', classes: ['PSYTHPN'] }, ['notes-author']],
  ] as const)('%s is told by what would open it, and nothing is recorded', async (_, given, missing) => {
    const before = await world.source.query('SELECT COUNT(*) AS n FROM disclosure_grant') as unknown;
    expect(await world.request(given as never)).toMatchObject({ code: 'GRANT_INCOMPLETE', extensions: { missing } });
    expect(await world.source.query('SELECT COUNT(*) AS n FROM disclosure_grant')).toEqual(before);
  });

  test.each([
    ['a member', { clause: 'coroners', memberIds: ['ann', 'nobody'] }], ['a record', { clause: 'coroners', recordIds: ['nothing'] }],
    ['another member\'s record', { clause: 'coroners', recordIds: ['bobs'] }], ['a clause', { clause: 'nothing', exactly: {} }],
  ] as const)('%s that is not there is NOT_FOUND', async (_, given) => { expect((await world.request(given as never)).code).toBe('NOT_FOUND'); });

  test('a record out of sight is unknown to who asks: a note, what bears a class, what a plan governs; the privacy office names any', async () => {
    const asked = async (id: string, by = wendy) => {
      const { text, ...answer } = await world.request({ clause: 'coroners', categories: ['CLINICAL', 'NOTE'], recordIds: ['plain', id] }, by);
      return { ...answer, text: text.replace(/"auditId":"[^"]*"/, '') };
    };
    const unknown = await asked('nothing');
    expect(unknown.code).toBe('NOT_FOUND');
    for (const each of ['note', 'bears-HIV', 'bears-PSYTHPN', 'bill', 'bobs']) expect(await asked(each)).toEqual(unknown);
    expect((await asked('measured')).code).toBeNull();
    for (const each of ['note', 'bears-HIV']) expect((await asked(each, otis)).code).toBeNull();
    expect((await asked('nothing', otis)).code).toBe('NOT_FOUND');
  });
  test('a day is one of the calendar, and has come where it must', async () => {
    const waived = async (day: string) => (await world.request({ clause: 'research', elements: { basis: 'waiver', 'waiver-date': day } })).code;
    expect(await Promise.all(['2026-02-31', '2026-13-01', 'soon', '2027-01-01'].map(waived))).toEqual(Array.from({ length: 4 }, () => 'BAD_USER_INPUT'));
    expect(await waived('2024-02-29')).toBeNull();
  });

  test('after a death involvement asks for more, whether or not it is said', async () => {
    const answer = await world.request({ clause: 'family-absent', elements: { form: 'involvement' }, categories: ['IDENTITY'], memberIds: ['otto'] });
    expect([answer.code, answer.extensions['missing']]).toEqual(['GRANT_INCOMPLETE', ['involved-before-death', 'no-objection-known']]);
    expect((await world.request({ clause: 'family-absent', elements: { form: 'notification' }, categories: ['IDENTITY'], memberIds: ['otto'] })).code).toBeNull();
  });

  test('who may ask: workforce for operations and the privacy office; nobody under a grant', async () => {
    expect((await world.request({ clause: 'coroners' }, ann)).code).toBe('FORBIDDEN');
    expect((await world.request({ clause: 'coroners' }, agent('HDECD', 'x'))).code).toBe('NOT_FOUND');
    const id = await world.grant({ clause: 'health-oversight' });
    expect((await world.request({ clause: 'coroners' }, { ...otis, grant: id })).code).toBe('FORBIDDEN');
  });

  test('the worklist has it, due in five days, with no member in it; the approver alone is told of a restriction', async () => {
    await world.ask('mutation { requestRestriction(memberId: "bob", input: { kind: AGREED, categories: [CLINICAL] }, authenticity: { channel: PAPER, identityConfirmed: true }) { id } }', otis).then(async ({ data }) => {
      await world.ask('mutation M($id: ID!) { decideRestriction(id: $id, agree: true, response: "agreed") { id } }', otis, { id: (data as unknown as { requestRestriction: { id: string } }).requestRestriction.id });
    });
    const asked = await world.request({ clause: 'coroners', memberIds: ['bob'] });
    expect(asked.data).toMatchObject({ requestGrant: { restrictionExists: null, status: 'RECEIVED', requestedBy: 'wendy', memberIds: ['bob'] } });
    const { data } = await world.ask('{ privacyWorklist(kind: GRANT, status: RECEIVED, first: 200) { nodes { kind memberId dueAt summary } } }', olga);
    const entries = (data as unknown as { privacyWorklist: { nodes: { summary: string; dueAt: string; memberId: null }[] } }).privacyWorklist.nodes;
    expect(entries).toContainEqual(expect.objectContaining({ memberId: null, dueAt: '2026-11-29T12:00:00.000Z', summary: 'Grant under coroners; a restriction of a member exists' }));
    const { id } = (asked.data as unknown as { requestGrant: { id: string } }).requestGrant;
    expect((await world.decide(id)).data).toMatchObject({ decideGrant: { restrictionExists: true } });
  });

  describe('ending a grant', () => {
    const END = 'mutation M($id: ID!, $reason: String!) { endGrant(id: $id, reason: $reason) { id status } }';
    it('acts on the next request, once, and what was read stays accounted', async () => {
      const id = await world.grant({ clause: 'coroners', categories: ['CLINICAL'] });
      expect(await world.codesSeen(agent('HDECD', id))).toContain('plain');
      expect((await world.ask(END, wendy, { id, reason: 'over' })).code).toBe('FORBIDDEN');
      expect((await world.ask(END, olga, { id, reason: ' ' })).code).toBe('BAD_USER_INPUT');
      expect((await world.ask(END, olga, { id, reason: 'The inquest is over.' })).data).toEqual({ endGrant: { id, status: 'WITHDRAWN' } });
      expect((await world.ask('{ member(id: "ann") { id } }', agent('HDECD', id))).code).toBe('NOT_FOUND');
      expect((await world.ask(END, olga, { id, reason: 'Again.' })).code).toBe('CONFLICT');
      expect((await world.ask(END, olga, { id: 'nothing', reason: 'Why not.' })).code).toBe('NOT_FOUND');
      const { data } = await world.ask('{ accountingOfDisclosures(memberId: "ann") { disclosures { clause } } }', ann);
      expect(JSON.stringify(data)).toContain('coroners');
    });
    it('is for one in force: what waits is decided on instead', async () => {
      const asked = await world.request({ clause: 'coroners' });
      const { id } = (asked.data as unknown as { requestGrant: { id: string } }).requestGrant;
      expect((await world.ask(END, olga, { id, reason: 'Not wanted.' })).code).toBe('CONFLICT');
    });
  });
  it('a claim that is not on record here opens nothing by itself', async () => {
    const id = await world.grant({ clause: 'workers-compensation', elements: { claim: 'of another company' }, categories: ['CLINICAL'] });
    expect(await world.codesSeen(agent('HPAYMT', id))).toEqual([]);
  });
});
