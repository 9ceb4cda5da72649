import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SignJWT } from 'jose';
import { sqliteDatabase, type TestDatabase } from '../support/databases';
import { keySetOf, makeKey } from '../support/tokens';
import { at, codeOf, dataOf, listAt, readAnswer, serve, type Answer, type Served } from './support/gateway';

/** A token of a real OpenID provider opens the real gateway, which finds the provider's keys by URL. */
const clientKey = makeKey('ES256');
let provider: ChildProcess;
let served: Served;
let database: TestDatabase;
let tokenEndpoint: string;
let issuer: string;

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
  served = await serve(database, { paths: [join(__dirname, '../../samples')], env: { AUTH_ISSUER: issuer, AUTH_AUDIENCE: 'https://phi-gateway.example', AUTH_JWKS: metadata.jwks_uri } });
});
afterAll(async () => {
  await served.close();
  await database.drop();
  const ended = new Promise((resolve) => { provider.once('exit', resolve); });
  provider.stdin?.end();
  await ended;
});

async function tokenOf(client: string): Promise<string> {
  const assertion = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'client' }).setIssuer(client).setSubject(client)
    .setAudience(issuer).setJti(randomUUID()).setIssuedAt().setExpirationTime('1m').sign(clientKey.privateKey);
  const body = new URLSearchParams({
    grant_type: 'client_credentials', scope: 'system/*.rs', resource: 'https://phi-gateway.example', client_id: client, client_assertion: assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  return String(((await (await fetch(tokenEndpoint, { method: 'POST', body })).json()) as { access_token?: string }).access_token);
}
const ask = async (token: string, purpose: string | null, query: string): Promise<Answer> =>
  readAnswer(await fetch(`${served.url}/graphql`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(purpose ? { 'x-purpose-of-use': purpose } : {}) }, body: JSON.stringify({ query }) }));

it.each(['RS256', 'ES256', 'EdDSA'])('a plan with a token signed by %s', async (algorithm) => {
  const token = await tokenOf(`plan-${algorithm}`);
  const answer = await ask(token, 'HPAYMT', '{ viewer { subject role organization { id kind } } claims { nodes { planId } } }');
  expect(dataOf(answer, 'viewer')).toEqual({ subject: `plan-${algorithm}`, role: 'HEALTH_PLAN', organization: { id: 'org-plan-a', kind: 'HEALTH_PLAN' } });
  expect(new Set(listAt(answer.data, 'claims.nodes').map((each) => at(each, 'planId')))).toEqual(new Set(['org-plan-a']));
  expect([codeOf(await ask(token, null, '{ viewer { role } }')), codeOf(await ask(token, 'TREAT', '{ viewer { role } }'))]).toEqual(['PURPOSE_REQUIRED', 'PURPOSE_NOT_PERMITTED']);
});
it('a token of the gateway\'s former issuer is nobody\'s', async () => {
  const foreign = await served.token({ role: 'HEALTH_PLAN', purposes: ['HPAYMT'], organization: 'org-plan-a' });
  expect((await ask(foreign, 'HPAYMT', '{ viewer { role } }')).status).toBe(401);
});
