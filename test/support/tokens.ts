import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, SignJWT, type JSONWebKeySet, type JWTHeaderParameters, type JWTPayload } from 'jose';

/** An authorization server in a test's hand: it signs whatever it is told. */
export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'phi-gateway';
export const CLAIMS = { role: 'role', organization: 'org_id', purposes: 'purpose_of_use', practitioner: 'practitioner_id', members: 'member_ids' };

export const now = (): number => Math.floor(Date.now() / 1000);

export function makeKey(algorithm: string): { privateKey: KeyObject; publicKey: KeyObject } {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export async function keySetOf(keys: { publicKey: KeyObject; kid: string }[]): Promise<JSONWebKeySet> {
  return { keys: await Promise.all(keys.map(async ({ publicKey, kid }) => ({ ...await exportJWK(publicKey), kid }))) };
}

/** The claims of an ordinary pharmacist, valid for 15 minutes. */
export const pharmacist = (changes: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER, aud: AUDIENCE, sub: 'pharmacist-1', iat: now(), exp: now() + 900, role: 'PHARMACIST', org_id: 'org-1', practitioner_id: 'prac-1',
  purpose_of_use: ['TREAT'], ...changes,
});

export const sign = (payload: JWTPayload, key: KeyObject, header: Partial<JWTHeaderParameters> = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one', ...header }).sign(key);

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** A token whose two JSON texts are taken as they are, so that they can be what no library writes. */
export function signText(header: string, payload: string, signer: (input: Buffer) => Buffer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signer(Buffer.from(input)).toString('base64url')}`;
}
