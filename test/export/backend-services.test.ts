import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { serve, type Served } from '../e2e/support/gateway';
import { sqliteDatabase, type TestDatabase } from '../support/databases';
import { keySetOf, makeKey } from '../support/tokens';
import type { Told } from './support';

/** SMART Backend Services: a client with a key of its own (private_key_jwt) gets its token from a real authorization server, and exports with it. */
const RESOURCE = 'https://phi-gateway.example';
const clientKey = makeKey('ES256');
const folder = mkdtempSync(join(tmpdir(), 'backend-'));
let provider: ChildProcess;
let served: Served;
let database: TestDatabase;
let issuer: string;
let tokenEndpoint: string;

beforeAll(async () => {
  const keys = JSON.stringify(await keySetOf([{ ...clientKey, kid: 'client' }]));
  provider = spawn(process.execPath, [join(__dirname, '../support/oidc-issuer.mjs'), keys], { stdio: ['pipe', 'pipe', 'ignore'] });
  issuer = await new Promise<string>((resolve, reject) => {
    if (provider.stdout) createInterface({ input: provider.stdout }).once('line', resolve);
    provider.once('exit', () => reject(new Error('the provider ended')));
  });
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as { jwks_uri: string; token_endpoint: string };
  tokenEndpoint = metadata.token_endpoint;
  database = await sqliteDatabase();
  served = await serve(database, { paths: [join(__dirname, '../../samples')], env: { EXPORT_DIR: folder, AUTH_ISSUER: issuer, AUTH_AUDIENCE: RESOURCE, AUTH_JWKS: metadata.jwks_uri } });
});
afterAll(async () => {
  await served.close();
  await database.drop();
  const ended = new Promise((resolve) => { provider.once('exit', resolve); });
  provider.stdin?.end();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

const assertionOf = (client: string, jti: string): Promise<string> => new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'client' }).setIssuer(client).setSubject(client)
  .setAudience(issuer).setJti(jti).setIssuedAt().setExpirationTime('1m').sign(clientKey.privateKey);
async function askToken(client: string, assertion: string): Promise<{ access_token?: string; error?: string }> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials', scope: 'system/*.rs', resource: RESOURCE, client_id: client, client_assertion: assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  return await (await fetch(tokenEndpoint, { method: 'POST', body })).json() as { access_token?: string; error?: string };
}
const send = (token: string, method: string, url: string, more: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method, headers: { authorization: `Bearer ${token}`, 'x-purpose-of-use': 'HPAYMT', 'content-type': 'application/json', ...more }, ...(method === 'POST' ? { body: JSON.stringify({ format: 'fhir' }) } : {}) });

it('a plan exports what it may with its own key', async () => {
  const token = (await askToken('plan-ES256', await assertionOf('plan-ES256', randomUUID()))).access_token ?? '';
  const begun = await send(token, 'POST', `${served.url}/export`);
  expect(begun.status).toBe(202);
  const location = begun.headers.get('content-location') ?? '';
  let answer = await send(token, 'GET', location);
  for (; answer.status === 202; answer = await send(token, 'GET', location)) { await answer.arrayBuffer(); await sleep(50); }
  const told = await answer.json() as Told & { requiresAccessToken: boolean };
  expect([answer.status, told.requiresAccessToken]).toEqual([200, true]);
  const claims = await send(token, 'GET', told.output.find((each) => each.type === 'Claim')?.url ?? '');
  expect(claims.headers.get('content-type')).toBe('application/fhir+ndjson');
  const lines = (await claims.text()).split('\n').slice(0, -1).map((line) => JSON.parse(line) as { resourceType: string; insurer?: { reference: string } });
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines.map((each) => [each.resourceType, each.insurer?.reference].join()))).toEqual(new Set(['Claim,Organization/org-plan-a']));
  const other = (await askToken('plan-RS256', await assertionOf('plan-RS256', randomUUID()))).access_token ?? '';
  expect((await send(other, 'GET', location)).status).toBe(404);
});

it('an assertion counts once, and a file needs its token', async () => {
  const assertion = await assertionOf('plan-ES256', randomUUID());
  expect(typeof (await askToken('plan-ES256', assertion)).access_token).toBe('string');
  expect((await askToken('plan-ES256', assertion)).error).toBe('invalid_client');
  expect((await fetch(`${served.url}/export/${randomUUID()}`)).status).toBe(401);
});
