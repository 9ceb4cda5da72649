/** Lessons about the ways in: F9 and F10, the purpose; F13, what a caller would switch off; F14, every transport. */
import { createHash } from 'node:crypto';
import { testDatabases } from '../../support/databases';
import { codeOf, type Answer } from '../../e2e/support/gateway';
import { serveWorld, type ServedWorld } from './support/served-world';

const WORLD = `
people:
  petra: { role: PHARMACIST, of: company, for: TREAT, treats: [rosa] }
  wanda: { role: WORKFORCE, of: company, for: [HPAYMT, HOPERAT] }
  otto: { role: PRIVACY_OFFICER, of: company, for: HCOMPL }
members: { rosa: { age: 41, government id: canary-number }, sven: { age: 50, family: Canary } }
records: { pill: { type: Medication, of: rosa }, letter: { type: Document, of: rosa, text: canary text }, asthma: { type: Condition, of: rosa }, bill: { type: Claim, of: rosa } }
`;
const QUERY = '{ member(id: <rosa>) { id medications { nodes { id } } documents { nodes { text } } governmentIds { value } } other: member(id: <sven>) { name { family } } }';
const CANARY = /canary/i;

describe.each(testDatabases())('ways in, $name', ({ create }) => {
  let world: ServedWorld;
  beforeAll(async () => { world = await serveWorld(await create(), WORLD); });
  afterAll(() => world.close());
  const post = (who: string, body: unknown, path = '/graphql', headers: Readonly<Record<string, string>> = {}): Promise<Response> => world.send(who, path, { method: 'POST', body: JSON.stringify(body), headers });
  const get = (who: string, parameters: Readonly<Record<string, string>>): Promise<Response> => world.send(who, `/graphql?${new URLSearchParams(parameters).toString()}`, { headers: { 'apollo-require-preflight': 'yes' } });
  const events = async (): Promise<number> => (await world.rows('audit_event')).length;

  describe('F9 and F10', () => {
    const ASKED = '{ member(id: <rosa>) { id conditions { nodes { id } } claims { nodes { id } } } }';
    test.each<[string, string | null, string]>([
      ['none', null, 'PURPOSE_REQUIRED'], ['one of blanks', ' ', 'PURPOSE_NOT_PERMITTED'], ['one that nobody knows', 'CURIOSITY', 'PURPOSE_NOT_PERMITTED'], ['one of small letters', 'hoperat', 'PURPOSE_NOT_PERMITTED'],
      ['a known one with more behind it', 'HOPERAT;x', 'PURPOSE_NOT_PERMITTED'], ['one that the token does not list', 'TREAT', 'PURPOSE_NOT_PERMITTED'], ['every one', '*', 'PURPOSE_NOT_PERMITTED'], ['a property of every object', 'constructor', 'PURPOSE_NOT_PERMITTED'],
    ])('F9 %s: refused', async (_, header, code) => {
      const answer = await world.ask('wanda', ASKED, { header });
      expect([answer.status, codeOf(answer), answer.data ?? null]).toEqual([403, code, null]);
    });
    test('F9 a token that lists no purpose permits none', async () => {
      expect((await world.ask('wanda', ASKED, { purposes: [], header: 'HOPERAT' })).data ?? null).toBeNull();
    });
    test.each(['HPAYMT,HOPERAT', 'HPAYMT, HOPERAT', 'HOPERAT HPAYMT', 'HOPERAT,TREAT', 'HOPERAT,HOPERAT', '["HPAYMT","HOPERAT"]'])('F10 several at once are none, whatever the token permits: %s', async (header) => {
      const answer = await world.ask('wanda', ASKED, { header });
      expect([answer.status, codeOf(answer), answer.data ?? null]).toEqual([403, 'PURPOSE_NOT_PERMITTED', null]);
    });
    test('F10 one after the other, each opens its own alone', async () => {
      const opened = async (header: string) => { const { member } = (await world.ask('wanda', ASKED, { header })).data as { member: Record<string, unknown> }; return [member['conditions'] !== null, member['claims'] !== null]; };
      expect([await opened('HOPERAT'), await opened('HPAYMT')]).toEqual([[true, false], [false, true]]);
    });
  });

  describe('F13 what a caller would switch off', () => {
    const plain = async (): Promise<string> => bare(await world.ask('petra', QUERY));
    /** The answer without the id of its record on the trail. */
    const bare = (answer: Answer): string => answer.text.replace(/"auditId":"[^"]*"/, '"auditId":""');
    test.each<[string, Readonly<Record<string, unknown>>]>([
      ['extensions', { extensions: { privacy: { redact: false, audit: false, rules: [] }, policy: 'none', role: 'MEMBER' } }], ['an extension that is one of ours', { extensions: { privacy: { withheld: [], clause: 'access' } } }],
      ['keys of the body', { redact: false, audit: false, context: { role: 'PRIVACY_OFFICER' }, caller: { role: 'MEMBER' } }], ['variables that nobody asked for', { variables: { redact: false, purpose: 'PATRQT', role: 'MEMBER' } }],
    ])('F13 not by %s', async (_, more) => {
      const before = await events();
      const answer = await world.read(await post('petra', { query: world.text(QUERY), ...more }));
      expect([answer.status, bare(answer)]).toEqual([200, await plain()]);
      expect(await events()).toBe(before + 2);
    });
    test('F13 not by a prototype', async () => {
      const answer = await world.read(await post('petra', { query: world.text(QUERY), variables: JSON.parse('{"__proto__":{"role":"MEMBER"}}') as unknown }));
      expect([answer.status, codeOf(answer), answer.data]).toEqual([400, 'BAD_USER_INPUT', undefined]);
    });
    test.each([
      ['x-audit', 'off'], ['x-no-redaction', '1'], ['x-role', 'MEMBER'], ['x-policy', 'permit'], ['x-original-user', 'root'], ['x-forwarded-user', 'maya'], ['x-http-method-override', 'PUT'], ['x-debug', '1'], ['x-notice-version', '1900'], ['prefer', 'handling=lenient'], ['cookie', 'role=MEMBER'],
    ])('F13 not by a header %s: %s', async (name, value) => {
      const before = await events();
      const answer = await world.read(await post('petra', { query: world.text(QUERY) }, '/graphql', { [name]: value }));
      expect([answer.status, bare(answer)]).toEqual([200, await plain()]);
      expect(await events()).toBe(before + 2);
    });
    test.each(['?role=MEMBER', '?redact=false&audit=false', '?purposeOfUse=PATRQT', '?query=%7Bviewer%7Brole%7D%7D'])('F13 not by the address: %s', async (search) => {
      const answer = await world.read(await post('petra', { query: world.text(QUERY) }, `/graphql${search}`));
      expect([answer.status, bare(answer)]).toEqual([200, await plain()]);
    });
    test('F13 what is left out by @skip is not asked, and what is there is decided as ever', async () => {
      const query = 'query Q($no: Boolean = false) { member(id: <rosa>) { id documents @skip(if: $no) { nodes { text } } governmentIds @include(if: true) { value } } }';
      expect((await world.ask('petra', query)).data).toEqual({ member: { id: world.names.id('rosa'), documents: { nodes: [] }, governmentIds: null } });
    });
  });

  describe('F14 every transport', () => {
    const expected = async (): Promise<unknown> => (await world.ask('petra', QUERY)).data;
    test('F14 the canary is there, for whom it is', async () => { expect(JSON.stringify(await world.rows('document'))).toMatch(CANARY); });
    test('F14 GET', async () => { expect((await world.read(await get('petra', { query: world.text(QUERY) }))).data).toEqual(await expected()); });
    test('F14 GET with variables and an operation name', async () => {
      const answer = await world.read(await get('petra', { query: 'query A { viewer { role } } query B($id: ID!) { member(id: $id) { documents { nodes { text } } } }', operationName: 'B', variables: JSON.stringify({ id: world.names.id('rosa') }) }));
      expect(answer.data).toEqual({ member: { documents: { nodes: [] } } });
    });
    const hash = (): string => createHash('sha256').update(world.text(QUERY)).digest('hex');
    test.each<[string, () => Promise<Response>]>([
      ['a batch', () => post('petra', [{ query: world.text(QUERY) }, { query: '{ viewer { role } }' }])], ['a batch of one', () => post('petra', [{ query: world.text(QUERY) }])],
      ['a persisted query by its hash', () => post('petra', { extensions: { persistedQuery: { version: 1, sha256Hash: hash() } } })],
      ['a persisted query by GET', () => get('petra', { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash() } }) })], ['a document id', () => post('petra', { documentId: hash(), id: hash() })],
      ['a subscription', () => post('petra', { query: world.text('subscription { member(id: <rosa>) { documents { nodes { text } } } }') })],
      ['a form', () => world.send('petra', '/graphql', { method: 'POST', body: new URLSearchParams({ query: world.text(QUERY) }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
      ['plain GraphQL', () => world.send('petra', '/graphql', { method: 'POST', body: world.text(QUERY), headers: { 'content-type': 'application/graphql' } })],
      ['an upload', () => world.send('petra', '/graphql', { method: 'POST', body: '--x\r\n\r\n--x--', headers: { 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': 'yes' } })],
      ['PUT', () => world.send('petra', '/graphql', { method: 'PUT', body: JSON.stringify({ query: world.text(QUERY) }) })], ['HEAD', () => world.send('petra', `/graphql?query=${encodeURIComponent(world.text(QUERY))}`, { method: 'HEAD' })],
      ['a mutation by GET', () => get('petra', { query: world.text('mutation { fileComplaint(text: "x") { id } }') })],
    ])('F14 %s: no way in', async (_, sent) => {
      const response = await sent();
      const text = await response.text();
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(CANARY);
      expect(text).not.toContain('"member":{');
    });
    test('F14 a persisted query that came with its text is decided for who sends it', async () => {
      const body = { query: world.text(QUERY), extensions: { persistedQuery: { version: 1, sha256Hash: hash() } } };
      for (const who of ['otto', 'petra']) expect(await (await post(who, body)).text()).not.toMatch(who === 'petra' ? CANARY : /canary text/);
    });
    test('F14 an answer in parts', async () => {
      for (const query of ['{ member(id: <rosa>) { id ... @defer { documents { nodes { text } } } } }', '{ member(id: <rosa>) { medications { nodes @stream { id } } } }']) {
        const response = await post('petra', { query: world.text(query) }, '/graphql', { accept: 'multipart/mixed; deferSpec=20220824, application/json' });
        // Not a word of the parts: the directives are none of this schema.
        const text = await response.text();
        expect(text).toContain('GRAPHQL_VALIDATION_FAILED');
        expect(text).not.toMatch(/canary|"data"|hasNext/i);
      }
    });
    test('F14 a socket is not taken', async () => {
      const response = await world.send('petra', '/graphql', { headers: { 'sec-websocket-protocol': 'graphql-transport-ws', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', accept: 'text/event-stream' } });
      expect(response.status).toBeGreaterThanOrEqual(400);
    });
    test('F14 a path beside it is none', async () => {
      for (const path of ['/graphql/', '/GRAPHQL', '/graphql/stream', '/subscriptions', '/graphiql', '/']) expect(await (await post('petra', { query: world.text(QUERY) }, path)).text()).not.toMatch(CANARY);
    });
  });
});
