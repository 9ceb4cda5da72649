import { connect } from 'node:net';
import { openVerifier } from '../../src/server/open-verifier';
import { loadConfiguration } from '../../src/server/configuration';
import { executeToy, readAnswer, refused, startToy, type Toy } from '../support/toy-gateway';

const started: Toy[] = [];
const start: typeof startToy = async (...given) => { const toy = await startToy(...given); started.push(toy); return toy; };
afterEach(async () => { for (const toy of started.splice(0)) await toy.gateway.stop(); });

describe('the rate limit', () => {
  it('holds a subject, not its neighbour, and tells when to come again', async () => {
    const toy = await start({}, { RATE_LIMIT_PER_MINUTE: '3' });
    const [mine, other] = [await toy.token({ role: 'PHARMACIST' }), await toy.token({ role: 'NURSE' })];
    for (let n = 0; n < 3; n += 1) expect((await toy.ask('{ hello }', { token: mine })).status).toBe(200);
    const over = await toy.ask('{ hello }', { token: await toy.token({ role: 'PHARMACIST' }) });
    expect(over).toMatchObject(refused('RATE_LIMITED', 429, /RATE_LIMIT_PER_MINUTE/));
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(over.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await toy.ask('{ hello }', { token: other })).status).toBe(200);
  });
});

it('without the keys of the authorization server everybody is refused with 503', async () => {
  const configuration = loadConfiguration({ AUTH_ISSUER: 'https://idp.example', AUTH_AUDIENCE: 'x', AUTH_JWKS: 'http://127.0.0.1:9/jwks' });
  const toy = await start({ verifier: await openVerifier(configuration) });
  const answer = await toy.ask('{ hello }');
  expect(answer).toMatchObject(refused('DATABASE_UNAVAILABLE', 503));
  expect(answer.headers.get('retry-after')).toBe('5');
});

describe('CORS', () => {
  it('is for the configured origins alone', async () => {
    const toy = await start({}, { CORS_ORIGINS: 'https://app.example' });
    const preflight = (origin: string) => fetch(`${toy.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const [allowed, refusedOne] = [await preflight('https://app.example'), await preflight('https://evil.example')];
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example']);
    expect([refusedOne.status, refusedOne.headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });
});

describe('readiness', () => {
  it('fails with a check that rejects or hangs, and keeps its error to itself', async () => {
    const toy = await start({ readiness: { ledger: () => Promise.reject(new Error('canary')), keys: () => Promise.resolve() } });
    const answer = await readAnswer(await fetch(`${toy.url}/readyz`));
    expect(answer).toMatchObject({ status: 503, body: { status: 'unready', checks: { ledger: 'failed', keys: 'ok' } } });
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain('canary');
  });
});

describe('the life of a gateway', () => {
  it('ends after what is running, and takes no more', async () => {
    let release = (): void => undefined;
    const running = new Promise<void>((resolve) => { release = resolve; });
    const toy = await startToy({ execute: async (request) => { await running; return executeToy(request); } });
    const asked = toy.ask('{ hello }');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const stopped = toy.gateway.stop();
    release();
    await expect(asked).resolves.toMatchObject({ status: 200 });
    await stopped;
    await expect(fetch(`${toy.url}/livez`)).rejects.toThrow();
  });
  it('does not start where another listens', async () => {
    const toy = await start();
    await expect(start({}, { PORT: new URL(toy.url).port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
  it('cuts off who sends a header or a body by drops', async () => {
    const toy = await start({}, { HTTP_HEADERS_TIMEOUT_MS: '300', HTTP_REQUEST_TIMEOUT_MS: '400', HTTP_CHECKING_INTERVAL_MS: '50' });
    const drip = (first: string): Promise<string> => new Promise((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(toy.url).port), '127.0.0.1', () => socket.write(first));
      const timer = setInterval(() => socket.write('x'), 50);
      socket.on('data', (chunk) => { text += chunk.toString(); }).on('error', () => undefined).on('close', () => { clearInterval(timer); resolve(text); });
    });
    expect(await drip('POST /graphql HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1.1 408 [\s\S]*"BAD_USER_INPUT"/);
    const token = await toy.token({ role: 'NURSE' });
    const started = Date.now();
    expect(await drip(`POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query":"`)).toMatch(/^HTTP\/1.1 408 /);
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});
