import { createHmac, createSign, sign as cryptoSign } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { localKeySet } from '../../src/identity/key-set';
import { createTokenVerifier, type TokenVerifier } from '../../src/identity/token-verifier';
import { GatewayError } from '../../src/vocabulary/errors';
import { AUDIENCE, CLAIMS, ISSUER, keySetOf, makeKey, now, pharmacist, sign, signText } from '../support/tokens';

const [one, two, rsa, edwards, stranger] = [makeKey('ES256'), makeKey('ES256'), makeKey('RS256'), makeKey('EdDSA'), makeKey('ES256')];
const rules = { issuer: ISSUER, audience: AUDIENCE, maxAge: 3600, claims: CLAIMS };
let verifier: TokenVerifier;
let single: TokenVerifier;

beforeAll(async () => {
  const all = [{ ...one, kid: 'one' }, { ...two, kid: 'two' }, { ...rsa, kid: 'rsa' }, { ...edwards, kid: 'edwards' }];
  verifier = createTokenVerifier(localKeySet(await keySetOf(all)), rules);
  single = createTokenVerifier(localKeySet(await keySetOf(all.slice(0, 1))), rules);
});

const es256 = (input: Buffer): Buffer => cryptoSign('sha256', input, { key: one.privateKey, dsaEncoding: 'ieee-p1363' });
const HEADER = '{"alg":"ES256","typ":"at+jwt","kid":"one"}';
const raw = (payload: string, header = HEADER): string => signText(header, payload, es256);
/** The JSON of an ordinary token, without its last brace: for what `JSON.stringify` cannot say. */
const start = (changes: JWTPayload = {}): string => JSON.stringify(pharmacist(changes)).slice(0, -1);
const without = (name: string): string => { const claims = pharmacist(); delete claims[name]; return JSON.stringify(claims); };

describe('an honest token', () => {
  it.each([
    ['ES256', one, 'one'], ['RS256', rsa, 'rsa'], ['PS256', rsa, 'rsa'], ['EdDSA', edwards, 'edwards'],
  ])('%s is accepted', async (alg, key, kid) => {
    await expect(verifier.verify(await sign(pharmacist({ jti: 't-1' }), key.privateKey, { alg, kid }))).resolves.toEqual({
      subject: 'pharmacist-1', role: 'PHARMACIST', organization: 'org-1', practitioner: 'prac-1', member: null, purposes: ['TREAT'], tokenId: 't-1',
    });
  });
  it.each([['JWT'], ['at+jwt'], ['application/at+jwt'], ['jwt']])('of typ %s is accepted', async (typ) => {
    await expect(verifier.verify(await sign(pharmacist(), one.privateKey, { typ }))).resolves.toBeTruthy();
  });
  it('may name several audiences', async () => {
    await expect(verifier.verify(await sign(pharmacist({ aud: ['other', AUDIENCE] }), one.privateKey))).resolves.toBeTruthy();
  });
  it('needs no kid where the set has one key', async () => {
    await expect(single.verify(await sign(pharmacist(), one.privateKey, { kid: undefined }))).resolves.toBeTruthy();
  });
  it('may be issued by a clock 5 s ahead, and live exactly as long as allowed', async () => {
    await expect(verifier.verify(await sign(pharmacist({ iat: now() + 4, exp: now() + 900 }), one.privateKey))).resolves.toBeTruthy();
    await expect(verifier.verify(await sign(pharmacist({ exp: now() + 3600 }), one.privateKey))).resolves.toBeTruthy();
  });
  it('may be made by hand, as the hostile ones below are', async () => {
    await expect(verifier.verify(raw(`${start()}}`))).resolves.toBeTruthy();
    await expect(verifier.verify(raw(`${without('exp').slice(0, -1)},"exp":${now() + 900}}`))).resolves.toBeTruthy();
  });
  it('becomes a frozen principal', async () => {
    const principal = await verifier.verify(await sign(pharmacist(), one.privateKey));
    expect(Object.isFrozen(principal) && Object.isFrozen(principal.purposes)).toBe(true);
  });
});

const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const hmac = (secret: string) => (input: Buffer): Buffer => createHmac('sha256', secret).update(input).digest();
const good = (): Promise<string> => sign(pharmacist(), one.privateKey);
const cut = async (change: (parts: string[]) => string[]): Promise<string> => change((await good()).split('.')).join('.');

/** Every one of these must be refused, each for what its name says. */
const HOSTILE: [string, () => string | Promise<string>][] = [
  ['nothing at all', () => ''],
  ['no JWT', () => 'abc'],
  ['two parts', () => cut((parts) => parts.slice(0, 2))],
  ['four parts', () => cut((parts) => [...parts, 'x'])],
  ['five parts, as a JWE has', () => cut((parts) => [...parts, 'x', 'y'])],
  ['an enormous token', async () => `${await good()}${'A'.repeat(20_000)}`],
  ['a header that is no JSON', () => raw(`${start()}}`, '{alg:ES256}')],
  ['a header that is a list', () => raw(`${start()}}`, '[]')],
  ['a payload that is null', () => raw('null')],
  ['alg none, without a signature', () => signText('{"alg":"none","typ":"at+jwt","kid":"one"}', `${start()}}`, () => Buffer.alloc(0))],
  ['alg nOnE', () => signText('{"alg":"nOnE","typ":"at+jwt","kid":"one"}', `${start()}}`, () => Buffer.alloc(0))],
  ['HS256 with the public key as its secret', () => signText('{"alg":"HS256","typ":"at+jwt","kid":"rsa"}', `${start()}}`, hmac(pem))],
  ['RS384, which is no allowed algorithm', () => signText('{"alg":"RS384","typ":"at+jwt","kid":"rsa"}', `${start()}}`, (input) => createSign('sha384').update(input).sign(rsa.privateKey))],
  ["another key's signature under our kid", () => sign(pharmacist(), stranger.privateKey)],
  ["a known key under another key's kid", () => sign(pharmacist(), one.privateKey, { kid: 'two' })],
  ['an unknown kid', () => sign(pharmacist(), one.privateKey, { kid: 'three' })],
  ['a kid that is a path', () => sign(pharmacist(), one.privateKey, { kid: '../../dev/null' })],
  ['a kid that is SQL', () => sign(pharmacist(), one.privateKey, { kid: "' OR 1=1 --" })],
  ['a kid that is no text', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":1}')],
  ['no kid, where the set has several keys', () => sign(pharmacist(), one.privateKey, { kid: undefined })],
  ['no kid, where one key alone fits the algorithm', () => sign(pharmacist(), rsa.privateKey, { alg: 'RS256', kid: undefined })],
  ['an embedded jwk', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","jwk":{"kty":"EC"}}')],
  ['a jku', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","jku":"https://evil.example/jwks"}')],
  ['an x5u', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","x5u":"https://evil.example/x"}')],
  ['an x5c', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","x5c":["MII"]}')],
  ['an unknown crit', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","crit":["x"],"x":1}')],
  ['b64 false', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","b64":false,"crit":["b64"]}')],
  ['a zipped payload', () => raw(`${start()}}`, '{"alg":"ES256","typ":"at+jwt","kid":"one","zip":"DEF"}')],
  ['no typ', () => sign(pharmacist(), one.privateKey, { typ: undefined })],
  ['typ logout+jwt', () => sign(pharmacist(), one.privateKey, { typ: 'logout+jwt' })],
  ['a repeated alg in the header', () => raw(`${start()}}`, '{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"one"}')],
  ['a signature cut short', () => cut(([header = '', payload = '', signature = '']) => [header, payload, signature.slice(0, -4)])],
  ['a signature made longer', () => cut(([header = '', payload = '', signature = '']) => [header, payload, `${signature}AAAA`])],
  ['a signature of zeros', () => cut(([header = '', payload = '']) => [header, payload, Buffer.alloc(64).toString('base64url')])],
  ['a payload changed after signing', () => cut(([header = '', , signature = '']) => [header, Buffer.from(`${start({ role: 'PRIVACY_OFFICER' })}}`).toString('base64url'), signature])],
  ['another issuer', () => sign(pharmacist({ iss: 'https://evil.example' }), one.privateKey)],
  ['the issuer with a slash more', () => sign(pharmacist({ iss: `${ISSUER}/` }), one.privateKey)],
  ['no issuer', () => raw(without('iss'))],
  ['another audience', () => sign(pharmacist({ aud: 'other' }), one.privateKey)],
  ['audiences without ours', () => sign(pharmacist({ aud: ['other', 'phi'] }), one.privateKey)],
  ['an audience that is an object', () => raw(`${without('aud').slice(0, -1)},"aud":{"phi-gateway":true}}`)],
  ['no audience', () => raw(without('aud'))],
  ['expired a second ago', () => sign(pharmacist({ iat: now() - 900, exp: now() - 1 }), one.privateKey)],
  ['expiring this very second', () => sign(pharmacist({ iat: now() - 900, exp: now() }), one.privateKey)],
  ['no expiry', () => raw(without('exp'))],
  ['an expiry in ten years', () => sign(pharmacist({ exp: now() + 315_360_000 }), one.privateKey)],
  ['a second longer than allowed', () => sign(pharmacist({ exp: now() + 3601 }), one.privateKey)],
  ['an endless expiry', () => raw(`${without('exp').slice(0, -1)},"exp":1e400}`)],
  ['an expiry with a fraction', () => raw(`${without('exp').slice(0, -1)},"exp":${now() + 900}.5}`)],
  ['an expiry as text', () => raw(`${without('exp').slice(0, -1)},"exp":"${now() + 900}"}`)],
  ['no iat', () => raw(without('iat'))],
  ['issued in a minute', () => sign(pharmacist({ iat: now() + 60 }), one.privateKey)],
  ['not before a minute from now', () => sign(pharmacist({ nbf: now() + 60 }), one.privateKey)],
  ['an expiry before its own issue', () => sign(pharmacist({ iat: now() + 5, exp: now() + 3 }), one.privateKey)],
  ['no subject', () => raw(without('sub'))],
  ['an empty subject', () => sign(pharmacist({ sub: '' }), one.privateKey)],
  ['a subject that is a list', () => raw(`${without('sub').slice(0, -1)},"sub":["pharmacist-1"]}`)],
  ['a subject with a line break', () => sign(pharmacist({ sub: 'a\nb' }), one.privateKey)],
  ['a subject with a look-alike letter', () => sign(pharmacist({ sub: 'phаrmacist-1' }), one.privateKey)],
  ['a subject of 256 characters', () => sign(pharmacist({ sub: 'a'.repeat(256) }), one.privateKey)],
  ['a repeated subject', () => raw(`${start()},"sub":"privacy-officer-1"}`)],
  ['a repeated role, once escaped', () => raw(`${start()},"r\\u006fle":"PRIVACY_OFFICER"}`)],
  ['a key __proto__', () => raw(`${start()},"__proto__":{"role":"PRIVACY_OFFICER"}}`)],
  ['an escaped __proto__ inside a claim', () => raw(`${start()},"x":[{"\\u005f_proto__":1}]}`)],
];

describe('a token that was verified before', () => {
  it('is refused once it expires, and once its key is gone', async () => {
    let at = Date.now();
    let [keys, generation] = [localKeySet(await keySetOf([{ ...one, kid: 'one' }])), 1];
    const watched = { find: (...given: Parameters<typeof keys.find>) => keys.find(...given), size: () => keys.size(), generation: () => generation };
    const clocked = createTokenVerifier(watched, { ...rules, clock: () => new Date(at) });
    const token = await sign(pharmacist({ exp: now() + 20 }), one.privateKey);
    const principal = await clocked.verify(token);
    expect(await clocked.verify(token)).toBe(principal);
    at += 21_000;
    await expect(clocked.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    at -= 21_000;
    [keys, generation] = [localKeySet(await keySetOf([{ ...two, kid: 'two' }])), 2];
    await expect(clocked.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('a hostile token', () => {
  it.each(HOSTILE)('%s: refused', async (_name, make) => {
    const token = await make();
    const error: unknown = await verifier.verify(token).then(() => null, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(GatewayError);
    expect((error as GatewayError).code).toBe('UNAUTHENTICATED');
    expect((error as GatewayError).message).not.toMatch(/evil|pharmacist-1|\/dev\/null|OR 1=1/);
  });
  it('is refused whatever single bit of it is flipped', async () => {
    const token = await good();
    for (let at = 0; at < token.length; at += 3) {
      const flipped = token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << (at % 7))) + token.slice(at + 1);
      // The last character of a part may carry bits that base64url leaves unused: the same token by another spelling.
      const isSame = flipped.split('.').length === 3 && flipped.split('.').every((part, each) => Buffer.from(part, 'base64url').equals(Buffer.from(token.split('.')[each] ?? '', 'base64url')));
      if (isSame) continue;
      await expect(verifier.verify(flipped)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });
});
