import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, SignJWT, type JSONWebKeySet } from 'jose';
import type { Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import { readOrMakeKeyFile } from './key-file';

/** The issuer that stands in for the company's own outside production: its key lies in KEYS_DIR. */
export const DEVELOPMENT_ISSUER = 'urn:phi-gateway:development';
export const DEVELOPMENT_AUDIENCE = 'phi-gateway';

export interface TokenRequest {
  role: Role;
  purposes?: readonly Purpose[];
  subject?: string;
  organization?: string;
  practitioner?: string;
  member?: string;
  /** Seconds; 900 unless told. */
  lifetime?: number;
}

interface Persona { purposes: readonly Purpose[]; organization?: string; practitioner?: string; member?: string }
/** Who each role is in the sample data. One purpose each, so that no header is needed. */
const PERSONAS: Readonly<Record<Role, Persona>> = Object.freeze({
  PHARMACIST: { purposes: ['TREAT'], organization: 'org-phi', practitioner: 'prac-pharmacist-1' },
  NURSE: { purposes: ['TREAT'], organization: 'org-phi', practitioner: 'prac-nurse-1' },
  HEALTHCARE_PROFESSIONAL: { purposes: ['TREAT'], organization: 'org-phi', practitioner: 'prac-psychologist-1' },
  WORKFORCE: { purposes: ['HOPERAT'], organization: 'org-phi' },
  EXTERNAL_PROVIDER: { purposes: ['TREAT'], organization: 'org-clinic', practitioner: 'prac-gp-1' },
  BUSINESS_ASSOCIATE: { purposes: ['HPAYMT'], organization: 'org-billing' },
  HEALTH_PLAN: { purposes: ['HPAYMT'], organization: 'org-plan-a' },
  HIE_PARTICIPANT: { purposes: ['TREAT'], organization: 'org-hie' },
  MEMBER: { purposes: ['PATRQT'], member: 'm-0001' },
  PERSONAL_REPRESENTATIVE: { purposes: ['PWATRNY'] },
  DISCLOSURE_RECIPIENT: { purposes: ['PUBHLTH'] },
  PRIVACY_OFFICER: { purposes: ['HCOMPL'], organization: 'org-phi' },
  AUDITOR: { purposes: ['HCOMPL'] },
});

export interface DevelopmentIssuer {
  readonly jwks: JSONWebKeySet;
  mintToken(request: TokenRequest): Promise<string>;
}

/** Opens the issuer, making its key on first use. Never call it in production. */
export async function openDevelopmentIssuer(keysDirectory: string, claims: { role: string; organization: string; purposes: string; practitioner: string; members: string }): Promise<DevelopmentIssuer> {
  const pem = readOrMakeKeyFile(join(keysDirectory, 'development-issuer.pem'), () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const key = createPrivateKey(pem);
  const jwk = await exportJWK(createPublicKey(key));
  const kid = await calculateJwkThumbprint(jwk);
  return {
    jwks: { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] },
    mintToken(request) {
      const persona = { ...PERSONAS[request.role], ...withoutBlanks(request) };
      const subject = request.subject ?? `dev-${request.role.toLowerCase().replaceAll('_', '-')}`;
      const payload = withoutBlanks({
        [claims.role]: request.role, [claims.purposes]: persona.purposes, [claims.organization]: persona.organization,
        [claims.practitioner]: persona.practitioner, [claims.members]: persona.member && [persona.member],
      });
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' })
        .setIssuer(DEVELOPMENT_ISSUER).setAudience(DEVELOPMENT_AUDIENCE).setSubject(subject).setJti(randomUUID())
        .setIssuedAt(now).setExpirationTime(now + (request.lifetime ?? 900)).sign(key);
    },
  };
}

const withoutBlanks = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== '')) as Partial<T>;
