import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SignJWT } from 'jose';
import { openKeySet } from '../../src/identity/key-set';
import { createTokenVerifier } from '../../src/identity/token-verifier';
import { CLAIMS, keySetOf, makeKey } from '../support/tokens';

const clientKey = makeKey('ES256');
const RESOURCE = 'https://phi-gateway.example';
let provider: ChildProcess;
let issuer: string;
let metadata: { jwks_uri: string; token_endpoint: string };

beforeAll(async () => {
  const keys = JSON.stringify(await keySetOf([{ ...clientKey, kid: 'client' }]));
  provider = spawn(process.execPath, [join(__dirname, '../support/oidc-issuer.mjs'), keys], { stdio: ['pipe', 'pipe', 'ignore'] });
  issuer = await new Promise<string>((resolve, reject) => {
    createInterface({ input: provider.stdout ?? process.stdin }).once('line', resolve);
    provider.once('exit', () => reject(new Error('the provider ended')));
  });
  metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as typeof metadata;
});
afterAll(async () => {
  const ended = new Promise((resolve) => { provider.once('exit', resolve); });
  provider.stdin?.end();
  await ended;
});

/** Client credentials with private_key_jwt (RFC 7523 section 2.2). */
async function tokenOf(client: string): Promise<string> {
  const assertion = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'client' }).setIssuer(client).setSubject(client)
    .setAudience(issuer).setJti(randomUUID()).setIssuedAt().setExpirationTime('1m').sign(clientKey.privateKey);
  const response = await fetch(metadata.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials', scope: 'system/*.rs', resource: RESOURCE, client_id: client, client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }),
  });
  const answer = await response.json() as { access_token?: string };
  if (!answer.access_token) throw new Error(`no token: ${JSON.stringify(answer)}`);
  return answer.access_token;
}

describe('tokens of a real OpenID provider, over its JWKS URL', () => {
  const verifying = (changes = {}) =>
    createTokenVerifier(openKeySet(metadata.jwks_uri), { issuer, audience: RESOURCE, maxAge: 3600, claims: CLAIMS, ...changes });

  it.each(['RS256', 'ES256', 'EdDSA'])('%s is accepted', async (algorithm) => {
    await expect(verifying().verify(await tokenOf(`plan-${algorithm}`))).resolves.toMatchObject({
      subject: `plan-${algorithm}`, role: 'HEALTH_PLAN', organization: 'org-plan-a', purposes: ['HPAYMT', 'HOPERAT'],
    });
  });
  it.each([['audience', { audience: 'https://other.example' }], ['issuer', { issuer: 'https://other.example' }], ['life', { maxAge: 300 }]])(
    'for another %s is refused', async (_name, changes) => {
      await expect(verifying(changes).verify(await tokenOf('plan-ES256'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );
});
