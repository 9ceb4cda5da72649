import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { serverAudits } from 'graphql-http';
import { contractSchema } from '../schema/contract';
import { lacks } from '../schema/superset';
import { testDatabases, type TestDatabase } from '../support/databases';
import { at, codeOf, dataOf, listAt, readAnswer, serve, type Answer, type Asker, type Served } from './support/gateway';

/** The contract of interface.md ("HTTP", "What an answer carries") by the gateway itself over a real database. */
const SAMPLES = join(__dirname, '../../samples');
const nurse: Asker = { role: 'NURSE', purposes: ['TREAT'], practitioner: 'prac-nurse-1', organization: 'org-phi' };
const auditor: Asker = { role: 'AUDITOR', purposes: ['HCOMPL'], subject: 'auditor-1' };
const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', organization: 'org-phi' };
const plan: Asker = { role: 'HEALTH_PLAN', purposes: ['HPAYMT', 'CAREMGT'], organization: 'org-plan-a' };
const QUERY = '{ member(id: "m-0001") { name { family } conditions { nodes { code { code } } } governmentIds { value } } }';
const refusal = (answer: Answer): unknown => [answer.status, codeOf(answer), answer.data ?? null];

describe.each(testDatabases())('over HTTP, $name', ({ name, create }) => {
  let served: Served;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await create();
    served = await serve(database, { paths: [SAMPLES] });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });
  const post = async (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    readAnswer(await fetch(`${served.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await served.token(nurse)}`, ...headers }, body }));

  describe('statuses and codes', () => {
    it('401 without a valid token, and how to come back', async () => {
      for (const authorization of ['', 'Bearer x', `Bearer ${(await served.token(nurse)).slice(0, -4)}AAAA`, 'Basic abc']) {
        const answer = await post(JSON.stringify({ query: QUERY }), { authorization });
        expect(refusal(answer)).toEqual([401, 'UNAUTHENTICATED', null]);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      }
    });
    it.each<[string, Asker, string]>([
      ['no header and two purposes', { ...plan, header: null }, 'PURPOSE_REQUIRED'],
      ['a purpose that the token does not list', { ...nurse, header: 'HPAYMT' }, 'PURPOSE_NOT_PERMITTED'],
      ['a purpose in another case', { ...nurse, header: 'treat' }, 'PURPOSE_NOT_PERMITTED'],
      ['a purpose that no rule gives the role', { ...nurse, purposes: ['HPAYMT'] }, 'PURPOSE_NOT_PERMITTED'],
      ['the glass by inheritance', { ...nurse, header: 'ETREAT', reason: 'unconscious in the hall' }, 'PURPOSE_NOT_PERMITTED'],
      ['an auditor who treats', { ...auditor, purposes: ['TREAT'] }, 'PURPOSE_NOT_PERMITTED'],
    ])('403 for %s', async (_name, asker, code) => {
      const answer = await served.ask(asker, QUERY);
      expect(refusal(answer)).toEqual([403, code, null]);
      expect(answer.headers.get('www-authenticate')).toBeNull();
    });
    it('403 for X-Grant from a role that has none', async () => {
      const answer = await post(JSON.stringify({ query: QUERY }), { 'x-grant': 'grant-1' });
      expect(refusal(answer)).toEqual([403, 'FORBIDDEN', null]);
    });
    it.each<[string, string, number, string]>([
      ['a syntax error', '{ member(', 400, 'GRAPHQL_PARSE_FAILED'], ['an unknown field', '{ member(id: "m-0001") { shoeSize } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['too deep', `{ member(id: "m-0001") { ${'careGaps { nodes { member { '.repeat(5)} id ${'} } } '.repeat(5)} } }`, 400, 'OPERATION_TOO_COMPLEX'],
      ['too many nodes', '{ members(first: 200) { nodes { conditions(first: 200) { nodes { id } } claims(first: 200) { nodes { id } } documents(first: 200) { nodes { id } } } } }', 400, 'OPERATION_TOO_COMPLEX'],
      ['a call that the role may not make', '{ auditIntegrity { intact } }', 403, 'FORBIDDEN'],
    ])('%s', async (_name, query, status, code) => {
      const answer = await served.ask(nurse, query);
      expect(refusal(answer)).toEqual([status, code, null]);
      expect(answer.text).not.toMatch(/Did you mean|SELECT|node_modules|\bat \//);
    });
    it('413 for a body over 256 KB', async () => {
      const answer = await post(JSON.stringify({ query: QUERY, variables: { x: 'x'.repeat(300_000) } }));
      expect([answer.status, codeOf(answer)]).toEqual([413, 'BAD_USER_INPUT']);
    });
    it('an error below a root field comes with 200 at its path, the rest is served', async () => {
      const answer = await served.ask(auditor, '{ member(id: "m-0001") { id } auditIntegrity { intact } }');
      expect([answer.status, answer.errors.map((each) => [each.path, each.extensions.code])]).toEqual([200, [[['member'], 'FORBIDDEN']]]);
      expect(answer.data).toEqual({ member: null, auditIntegrity: { intact: true } });
    });
    it('GET answers a query with the preflight header, and not without it', async () => {
      const url = `${served.url}/graphql?query=${encodeURIComponent(QUERY)}`;
      const headers = { authorization: `Bearer ${await served.token(nurse)}` };
      expect(dataOf(await readAnswer(await fetch(url, { headers: { ...headers, 'apollo-require-preflight': '1' } })), 'member.name.family')).toBe('Oxenquill');
      expect((await fetch(url, { headers })).status).toBe(400);
    });
    it('429 with Retry-After above the rate of a subject', async () => {
      const limited = await serve(database, { env: { RATE_LIMIT_PER_MINUTE: '3' }, beside: served });
      const answers = [];
      for (let count = 0; count < 4; count += 1) answers.push(await limited.ask(nurse, '{ viewer { role } }'));
      const other = await limited.ask(auditor, '{ viewer { role } }');
      await limited.close();
      expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 429]);
      expect([codeOf(answers[3] as Answer), Number(answers[3]?.headers.get('retry-after')) > 0, other.status]).toEqual(['RATE_LIMITED', true, 200]);
    });
  });

  describe('what an answer carries', () => {
    it('extensions.privacy in its shape, the audit id on the trail', async () => {
      const answer = await served.ask(nurse, QUERY);
      expect(answer.privacy).toEqual({
        purposeOfUse: 'TREAT', noticeVersion: '2025-07-16', auditId: expect.any(String) as string,
        withheld: [{ coordinate: 'Member.governmentIds', reason: 'MINIMUM_NECESSARY', clause: 'treatment' }], obligations: [],
      });
      const [row] = await served.assembled.source.query('SELECT subject, purpose, outcome FROM audit_event WHERE id = ?', [answer.privacy.auditId]) as unknown[];
      expect(row).toMatchObject({ subject: 'sub-nurse', purpose: 'TREAT', outcome: 'PERMIT' });
    });
    it('no store, and the usual security headers', async () => {
      const { headers } = await served.ask(nurse, QUERY);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
    it('a Part 2 record carries the statement against redisclosure', async () => {
      const answer = await served.ask(nurse, '{ member(id: "m-0002") { conditions { nodes { labels } } } }');
      expect(answer.privacy.obligations[0]).toMatchObject({ code: 'NORDSCLCD', text: expect.stringContaining('42 CFR') as string });
    });
    it('an unknown id and one out of reach are the same null', async () => {
      const outside: Asker = { role: 'EXTERNAL_PROVIDER', purposes: ['TREAT'], practitioner: 'prac-gp-1', organization: 'org-clinic' };
      const [unknown, hidden] = [await served.ask(outside, QUERY.replace('m-0001', 'nobody')), await served.ask(outside, QUERY.replace('m-0001', 'm-0003'))];
      expect([unknown.status, unknown.data, unknown.privacy.withheld]).toEqual([200, { member: null }, hidden.privacy.withheld]);
      expect([hidden.status, hidden.data]).toEqual([200, { member: null }]);
    });
  });

  describe('the schema', () => {
    const introspected = async (asker: Asker, type: string): Promise<readonly unknown[] | null> => {
      const answer = await served.ask(asker, `{ __type(name: "${type}") { fields { name } } }`);
      return dataOf(answer, '__type') === null ? null : listAt(answer.data, '__type.fields').map((each) => at(each, 'name'));
    };
    it('is served with its tags to any token without a purpose, and holds all of the contract that it reaches', async () => {
      const response = await fetch(`${served.url}/schema.graphql`, { headers: { authorization: `Bearer ${await served.token({ ...plan, header: null })}` } });
      const sdl = await response.text();
      expect([response.status, sdl.includes('@phi(category: FINANCIAL')]).toEqual([200, true]);
      const offered = buildSchema(sdl);
      const lacking = lacks(contractSchema(), offered).filter((each) => !/^(Query|Mutation)\./.test(each) && offered.getType(each.split(/[.(: ]/)[0] ?? ''));
      expect(lacking).toEqual([]);
      expect((await fetch(`${served.url}/schema.graphql`)).status).toBe(401);
    });
    it('a nurse is told of no amounts, ids of the state or audit; an auditor of all', async () => {
      expect(await introspected(nurse, 'Claim')).toBeNull();
      expect(await introspected(nurse, 'GovernmentId')).toBeNull();
      expect(await introspected(nurse, 'AuditEvent')).toBeNull();
      expect(await introspected(nurse, 'Document')).toContain('text');
      expect(await introspected(nurse, 'Member')).not.toContain('claims');
      expect(await introspected(nurse, 'Query')).not.toContain('auditEvents');
      expect(await introspected(auditor, 'Claim')).toContain('billedAmount');
      expect(await introspected(auditor, 'Member')).toEqual(expect.arrayContaining(['claims', 'governmentIds', 'privacy']));
    });
    it('a plan is told of claims for payment and of no notes, whichever purpose it names', async () => {
      for (const header of ['HPAYMT', 'CAREMGT']) {
        expect(await introspected({ ...plan, header }, 'Claim')).toContain('billedAmount');
        expect(await introspected({ ...plan, header }, 'Document')).toBeNull();
      }
      expect(await introspected({ ...plan, purposes: ['CAREMGT'] }, 'Claim')).toBeNull();
    });
    it('an auditor\'s introspection is on the trail', async () => {
      const asked = await served.ask(auditor, 'query LookAround { __schema { queryType { name } } }');
      const [row] = await served.assembled.source.query('SELECT kind, subject FROM audit_event WHERE id = ?', [asked.privacy.auditId]) as unknown[];
      expect(row).toMatchObject({ kind: 'INTROSPECTION', subject: 'auditor-1' });
      const trail = await served.ask(officer, '{ auditEvents(filter: { subject: "auditor-1" }, first: 200) { nodes { id operation } } }');
      expect(listAt(trail.data, 'auditEvents.nodes')).toContainEqual({ id: asked.privacy.auditId, operation: 'LookAround' });
    });
    it('an auditor\'s reading of the SDL is on the trail as an introspection, before it is answered', async () => {
      const reader: Asker = { ...auditor, subject: 'auditor-sdl', header: null };
      const response = await fetch(`${served.url}/schema.graphql`, { headers: { authorization: `Bearer ${await served.token(reader)}` } });
      expect([response.status, (await response.text()).includes('@phi')]).toEqual([200, true]);
      const rows = await served.assembled.source.query("SELECT kind, role, purpose, operation, coordinates, members, outcome FROM audit_event WHERE subject = 'auditor-sdl'");
      expect(rows).toEqual([{ kind: 'INTROSPECTION', role: 'AUDITOR', purpose: 'HCOMPL', operation: '__schema', coordinates: '["Query.__schema"]', members: '[]', outcome: 'PERMIT' }]);
    });
  });

  describe('the audits of graphql-http, with a token', () => {
    let token = '';
    beforeAll(async () => { token = await served.token(auditor); });
    const audits = serverAudits({
      url: () => `${served.url}/graphql`,
      fetchFn: (input: string, init: RequestInit = {}) => fetch(input, { ...init, headers: { ...init.headers as Record<string, string>, authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' } }),
    });
    it('all 61 pass', async () => {
      const failed = [];
      for (const audit of audits) {
        const result = await audit.fn();
        if (result.status !== 'ok') failed.push(`${audit.id} ${audit.name}`);
      }
      expect([audits.length, failed]).toEqual([61, []]);
    });
  });

  describe('when the trail cannot be written', () => {
    const block = name === 'sqlite'
      ? 'CREATE TRIGGER disk_full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, \'disk full\'); END'
      : 'CREATE TRIGGER disk_full BEFORE INSERT ON audit_event FOR EACH ROW SIGNAL SQLSTATE \'45000\' SET MESSAGE_TEXT = \'disk full\'';
    beforeAll(() => served.assembled.source.query(block));
    afterAll(() => served.assembled.source.query('DROP TRIGGER IF EXISTS disk_full'));
    it('nothing is sent, and nothing is changed', async () => {
      const before = await served.assembled.source.query('SELECT COUNT(*) AS n FROM `authorization`') as unknown;
      const write = `mutation { recordAuthorization(memberId: "m-0001", input: { classes: [HIV], purposes: [HPAYMT], recipients: [{ organizationId: "org-plan-a" }], signedAt: "2026-01-01T00:00:00.000Z", signedBy: "x" }) { id } }`;
      for (const [asker, query] of [[nurse, QUERY], [officer, write], [auditor, '{ __schema { queryType { name } } }']] as const) {
        const answer = await served.ask(asker, query);
        expect(refusal(answer)).toEqual([503, 'AUDIT_UNAVAILABLE', null]);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(answer.text).not.toMatch(/Oxenquill|disk full|trigger|audit_event/i);
      }
      expect(await served.assembled.source.query('SELECT COUNT(*) AS n FROM `authorization`')).toEqual(before);
      const sdl = await fetch(`${served.url}/schema.graphql`, { headers: { authorization: `Bearer ${await served.token(auditor)}` } });
      expect([sdl.status, (await sdl.text()).includes('@phi')]).toEqual([503, false]);
    });
  });
  it('and all is well again afterwards, the ledger whole', async () => {
    expect(dataOf(await served.ask(auditor, '{ auditIntegrity { intact brokenAt } }'), 'auditIntegrity')).toEqual({ intact: true, brokenAt: null });
    expect((await served.ask(nurse, QUERY)).status).toBe(200);
  });
});
