import { gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { GraphQLError } from 'graphql';
import { GatewayError } from '../../src/vocabulary/errors';
import { CANARY, executeToy, readAnswer, refused, startToy, type Answer, type Toy } from '../support/toy-gateway';

let toy: Toy;
let bearer: Record<string, string>;
beforeAll(async () => {
  toy = await startToy({
    readiness: { database: () => Promise.resolve() },
    routes: (router, { authentication }) => {
      router.post('/export', async (request, response) => { response.json({ subject: (await authentication.caller(request, response)).subject }); });
      router.get('/broken', () => { throw new Error(CANARY); });
    },
    execute: async (request) => {
      const name = request.operationName ?? '';
      if (name === 'Whole') return { errors: [new GraphQLError('Not for this role.', { extensions: { code: 'FORBIDDEN' } })] };
      if (name === 'Audit') throw new GatewayError('AUDIT_UNAVAILABLE', 'The audit trail cannot be written.');
      if (name === 'Crash') throw new TypeError(CANARY);
      if (name === 'Empty') return {};
      if (name === 'Slow') return new Promise((resolve) => { setTimeout(() => resolve({ data: {} }), 1_000); });
      if (name === 'Many') return { data: { hello: null }, errors: Array.from({ length: 30 }, () => new GraphQLError('no', { path: ['hello'], extensions: { code: 'NOT_FOUND' } })) };
      if (name === 'Status') return { errors: [new GraphQLError('Twice.', { extensions: { code: 'CONFLICT' } })], httpStatus: 409 };
      const answer = await executeToy(request);
      return { ...answer, extensions: { purpose: request.caller.purpose, reason: request.caller.breakGlassReason, grant: request.caller.grant, at: request.caller.at } };
    },
  }, { DEADLINE_REQUEST_MS: '400' });
  bearer = { authorization: `Bearer ${await toy.token({ role: 'PHARMACIST' })}` };
});
afterAll(() => toy.gateway.stop());

const send = async (path: string, init: RequestInit = {}): Promise<Answer> => readAnswer(await fetch(`${toy.url}${path}`, init));
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => send('/graphql', {
  method: 'POST', body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  headers: { ...bearer, 'content-type': 'application/json', ...headers },
});

describe('a query', () => {
  it('is answered, with the headers that every answer bears', async () => {
    const answer = await toy.ask('{ hello(name: "you") }');
    expect(answer).toMatchObject({ status: 200, body: { data: { hello: 'hello you' }, extensions: { purpose: 'TREAT' } } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'strict-transport-security': expect.any(String) as string,
      'content-security-policy': expect.stringContaining("default-src 'self'") as string, 'content-type': 'application/graphql-response+json; charset=utf-8',
    });
    for (const absent of ['x-powered-by', 'etag', 'access-control-allow-origin']) expect(answer.headers.has(absent)).toBe(false);
  });
  it('echoes a request id, and makes one of its own for what is none', async () => {
    expect((await toy.ask('{ hello }', { headers: { 'x-request-id': 'abc-1' } })).headers.get('x-request-id')).toBe('abc-1');
    expect((await toy.ask('{ hello }', { headers: { 'x-request-id': 'a b"c' } })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
  it('may come by GET with the preflight header, but no mutation', async () => {
    const get = (query: string, headers = {}) => send(`/graphql?query=${encodeURIComponent(query)}`, { headers: { ...bearer, ...headers } });
    await expect(get('{ hello }', { 'apollo-require-preflight': '1' })).resolves.toMatchObject({ status: 200, body: { data: { hello: 'hello world' } } });
    await expect(get('{ hello }')).resolves.toMatchObject(refused('BAD_USER_INPUT', 400));
    await expect(get('{ hello }', { 'x-apollo-operation-name': 'x' })).resolves.toMatchObject(refused('BAD_USER_INPUT', 400));
    const mutation = await get('mutation { rename(id: "1", name: "x") { id } }', { 'apollo-require-preflight': '1' });
    expect(mutation).toMatchObject(refused('BAD_USER_INPUT', 405));
    expect(mutation.headers.get('allow')).toBe('POST');
  });
  it('answers introspection through the executor', async () => {
    await expect(toy.ask('{ __type(name: "Thing") { name } }')).resolves.toMatchObject({ body: { data: { __type: { name: 'Thing' } }, extensions: { purpose: 'TREAT' } } });
  });
});

describe('who is not known', () => {
  it.each([
    ['no token', {}], ['another scheme', { authorization: 'Basic YTpi' }], ['two tokens', { authorization: 'Bearer a.b.c, Bearer d.e.f' }], ['no JWT', { authorization: 'Bearer abc' }],
  ])('%s: 401 before anything is read', async (_name, headers: Record<string, string>) => {
    for (const path of ['/graphql', '/schema.graphql', '/export']) {
      const answer = await send(path, { method: path === '/schema.graphql' ? 'GET' : 'POST', ...(path === '/schema.graphql' ? {} : { body: '{"query":"{' }), headers: { 'content-type': 'application/json', ...headers } });
      expect(answer).toMatchObject(refused('UNAUTHENTICATED', 401));
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });
  it('a repeated Authorization header is refused although one of them is good', async () => {
    const text = await rawRequest([`Authorization: ${bearer.authorization}`, 'Authorization: Bearer x.y.z']);
    expect(text).toMatch(/^HTTP\/1.1 401 /);
  });
});

const rawRequest = (headers: string[], body = '{"query":"{ hello }"}'): Promise<string> => new Promise((resolve, reject) => {
  const { port } = new URL(toy.url);
  let text = '';
  const socket = connect(Number(port), '127.0.0.1', () => socket.write([
    'POST /graphql HTTP/1.1', 'Host: local', 'Connection: close', 'Content-Type: application/json', `Content-Length: ${body.length}`, ...headers, '', body,
  ].join('\r\n')));
  socket.on('data', (chunk) => { text += chunk.toString(); }).on('end', () => resolve(text)).on('error', reject);
});

describe('the headers of a purpose', () => {
  const two = () => toy.token({ role: 'PHARMACIST', purposes: ['TREAT', 'HPAYMT', 'ETREAT'] });
  it('decide what the executor is told', async () => {
    const ask = async (headers: Record<string, string>, token?: string) => toy.ask('{ hello }', { token: token ?? await two(), headers });
    await expect(ask({})).resolves.toMatchObject(refused('PURPOSE_REQUIRED', 403));
    await expect(ask({ 'x-purpose-of-use': 'COC' })).resolves.toMatchObject({ status: 200, body: { extensions: { purpose: 'COC' } } });
    await expect(ask({ 'x-purpose-of-use': 'HOPERAT' })).resolves.toMatchObject(refused('PURPOSE_NOT_PERMITTED', 403));
    await expect(ask({ 'x-purpose-of-use': 'TREAT, HPAYMT' })).resolves.toMatchObject(refused('PURPOSE_NOT_PERMITTED', 403));
    await expect(ask({ 'x-purpose-of-use': 'ETREAT' })).resolves.toMatchObject(refused('BAD_USER_INPUT', 400));
    await expect(ask({ 'x-purpose-of-use': 'ETREAT', 'x-break-glass-reason': 'found%20unconscious' })).resolves.toMatchObject({ body: { extensions: { purpose: 'ETREAT', reason: 'found unconscious' } } });
    await expect(ask({ 'x-purpose-of-use': 'TREAT', 'x-grant': 'g-1' })).resolves.toMatchObject(refused('FORBIDDEN', 403));
    await expect(ask({ 'x-grant': 'g-1' }, await toy.token({ role: 'WORKFORCE' }))).resolves.toMatchObject({ body: { extensions: { grant: 'g-1' } } });
  });
  it('may not be repeated', async () => {
    const text = await rawRequest([`Authorization: ${bearer.authorization}`, 'X-Purpose-Of-Use: TREAT', 'X-Purpose-Of-Use: TREAT']);
    expect(text).toMatch(/^HTTP\/1.1 403 [\s\S]*PURPOSE_NOT_PERMITTED/);
  });
});

describe('a body', () => {
  it('of exactly 256 KB is read, of a byte more is 413', async () => {
    const body = (length: number) => { const text = '{"query":"{ hello }","extensions":{"pad":""}}'; return text.replace('"pad":""', `"pad":"${'x'.repeat(length - text.length)}"`); };
    await expect(post(body(262_144))).resolves.toMatchObject({ status: 200 });
    await expect(post(body(262_145))).resolves.toMatchObject(refused('BAD_USER_INPUT', 413, /LIMIT_BODY_BYTES/));
  });
  it('that is compressed is refused, however small', async () => {
    await expect(post(new Uint8Array(gzipSync('{"query":"{ hello }"}')), { 'content-encoding': 'gzip' })).resolves.toMatchObject(refused('BAD_USER_INPUT', 415));
  });
  it.each([
    ['broken JSON', '{"query":', {}], ['a batch', '[{"query":"{ hello }"}]', {}], ['an empty batch', '[]', {}], ['no query', '{}', {}], ['a query that is no text', '{"query":{"kind":"Document"}}', {}],
    ['variables as text', '{"query":"{ hello }","variables":"{}"}', {}], ['a form', 'query={hello}', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an upload', '--x--', { 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': '1' }], ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}', {}],
    ['JSON that is text', '"x"', {}],
  ])('%s is refused in JSON', async (_name, body, headers) => {
    await expect(post(body, headers)).resolves.toMatchObject(refused('BAD_USER_INPUT', 400));
  });
  it.each(['PUT', 'DELETE', 'PATCH'])('by %s is 405', async (method) => {
    const answer = await send('/graphql', { method, headers: bearer });
    expect(answer).toMatchObject(refused('BAD_USER_INPUT', 405));
  });
});

describe('an error', () => {
  it.each([
    ['a syntax error', `{ hello(name: "${CANARY}) }`, 'GRAPHQL_PARSE_FAILED'], ['an unexpected value', `{ hello "${CANARY}" }`, 'GRAPHQL_PARSE_FAILED'],
    ['an unexpected name', `{ hello(name: ) } ${CANARY}`, 'GRAPHQL_PARSE_FAILED'],
    ['a misspelt field', '{ helo thin }', 'GRAPHQL_VALIDATION_FAILED'], ['a literal of another type', `{ things(first: "${CANARY}") { totalCount } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal outside an enum', '{ thing(id: "1", kind: LARG) { id } }', 'GRAPHQL_VALIDATION_FAILED'], ['an object for a scalar', `{ hello(name: {a: "${CANARY}"}) }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['ten unknown directives', '{ hello @aa @aa @aa @aa @aa @aa @aa @aa @aa @aa }', 'GRAPHQL_VALIDATION_FAILED'], ['an unused variable', 'query ($x: Int) { hello }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a fragment in a circle', '{ thing(id: "1") { ...A } } fragment A on Thing { ...B } fragment B on Thing { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    ['nested introspection', '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { hello }', 'BAD_USER_INPUT'],
  ])('for %s comes alone, without a suggestion or a value', async (_name, query, code) => {
    const answer = await toy.ask(query);
    expect(answer).toMatchObject(refused(code, 400));
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.text).not.toMatch(/Did you mean|LARGE|"hello"|canary|stacktrace/i);
  });
  it.each([
    ['of another type', { first: CANARY }, /\$first/], ['that is missing', {}, /\$first/], ['out of an enum', { first: 1, kind: CANARY }, /\$kind/],
    ['with an unknown field', { first: 1, filter: { [CANARY]: 1 } }, /\$filter/],
  ])('for a variable %s names it alone', async (_name, variables, message) => {
    const answer = await toy.ask('query ($first: Int!, $kind: Kind, $filter: Filter) { things(first: $first) { totalCount } thing(id: "1", kind: $kind, filter: $filter) { id } }', { variables });
    expect(answer).toMatchObject(refused('BAD_USER_INPUT', 400, message));
    expect(answer.text).not.toContain(CANARY);
  });
  it('for an operation that is not there', async () => {
    await expect(toy.ask('query A { hello }', { operationName: CANARY })).resolves.toMatchObject(refused('BAD_USER_INPUT', 400, /operationName/));
    await expect(toy.ask('query A { hello } query B { hello }')).resolves.toMatchObject(refused('BAD_USER_INPUT', 400, /operationName/));
  });
  it('below a root field comes with 200 and its path, and what is ours is masked', async () => {
    for (const how of ['throws', 'unknown']) {
      const answer = await toy.ask(`{ hello fails(how: "${how}") }`);
      expect(answer).toMatchObject({ status: 200, body: { data: { hello: 'hello world', fails: null }, errors: [{ path: ['fails'], extensions: { code: 'INTERNAL' } }] } });
      expect(answer.text).not.toMatch(/canary|SELECT|srv|SQL/);
    }
    await expect(toy.ask('{ fails(how: "gateway") }')).resolves.toMatchObject({ status: 200, body: { errors: [{ message: 'This may not be asked.', extensions: { code: 'FORBIDDEN' } }] } });
    const nulled = await toy.ask('{ required }');
    expect(nulled).toMatchObject({ status: 200, body: { data: null, errors: [{ extensions: { code: 'INTERNAL' } }] } });
  });
  it.each([
    ['Whole', 'FORBIDDEN', 403, null], ['Audit', 'AUDIT_UNAVAILABLE', 503, '5'], ['Slow', 'DATABASE_UNAVAILABLE', 503, '5'], ['Crash', 'INTERNAL', 500, null], ['Empty', 'INTERNAL', 500, null], ['Status', 'CONFLICT', 409, null],
  ])('of the whole operation %s is %s', async (operation, code, status, retryAfter) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const answer = await toy.ask(`query ${operation} { hello }`, { headers: { accept } });
      expect(answer).toMatchObject(refused(code, status));
      expect(answer.headers.get('retry-after')).toBe(retryAfter);
      expect(answer.text).not.toContain(CANARY);
    }
  });
  it('is one of at most 20 in execution', async () => {
    expect((await toy.ask('query Many { hello }')).body.errors).toHaveLength(20);
  });
  it('outside /graphql is JSON too', async () => {
    await expect(send('/nowhere')).resolves.toMatchObject(refused('NOT_FOUND', 404));
    await expect(send('/%')).resolves.toMatchObject(refused('NOT_FOUND', 404));
    await expect(send('/broken')).resolves.toMatchObject(refused('INTERNAL', 500));
    await expect(send('/export', { method: 'POST', headers: bearer })).resolves.toMatchObject({ status: 200 });
    const malformed = await rawRequest(['Bad Header']);
    expect(malformed).toMatch(/^HTTP\/1.1 400 [\s\S]*"BAD_USER_INPUT"/);
    expect(await rawRequest([`X-Long: ${'x'.repeat(20_000)}`])).toMatch(/^HTTP\/1.1 431 [\s\S]*"BAD_USER_INPUT"/);
  });
});

describe('what needs no purpose', () => {
  it('GET /schema.graphql serves the tags to any valid token', async () => {
    const token = await toy.token({ role: 'AUDITOR', purposes: ['HCOMPL', 'TREAT'] });
    const response = await fetch(`${toy.url}/schema.graphql`, { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, await response.text()]).toEqual([200, 'type Query { hello: String @public }']);
  });
  it('probes and discovery need no token', async () => {
    await expect(send('/livez')).resolves.toMatchObject({ status: 200, body: { status: 'live' } });
    await expect(send('/readyz')).resolves.toMatchObject({ status: 200, body: { status: 'ready', checks: { database: 'ok' } } });
    await expect(send('/.well-known/smart-configuration')).resolves.toMatchObject({ status: 200, body: { issuer: 'urn:phi-gateway:development', capabilities: expect.any(Array) as string[] } });
  });
  it('metrics count outcomes by closed labels', async () => {
    const text = await (await fetch(`${toy.url}/metrics`)).text();
    expect(text).toMatch(/phi_gateway_requests_total\{route="\/graphql",status="200",outcome="OK"\} \d+/);
    expect(text).toMatch(/phi_gateway_requests_total\{route="\/graphql",status="403",outcome="PURPOSE_REQUIRED"\} 1/);
    expect(text).not.toMatch(/canary|dev-pharmacist|nowhere/);
  });
});

it('the log has one line a request, and nothing that was asked or answered', () => {
  const lines = toy.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'request', route: '/graphql', status: 200, role: 'PHARMACIST', purpose: 'TREAT', code: null, requestId: 'abc-1' }));
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'operation failed', name: 'TypeError' }));
  expect(toy.logged.join('')).not.toMatch(/canary|Bearer|eyJ|dev-pharmacist|hello|unconscious/);
});
