import { jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { GatewayError } from '../vocabulary/errors';
import type { KeySet } from './key-set';
import { isPlainJson } from './plain-json';
import { principalOf, type ClaimNames } from './principal';
import type { Principal } from './caller';
import { IDENTIFIER, unauthenticated } from './unauthenticated';

/** Token to principal. Rejects with UNAUTHENTICATED, or DATABASE_UNAVAILABLE when the issuer's keys cannot be read. */
export interface TokenVerifier { verify(token: string): Promise<Principal> }

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Seconds from `iat` to `exp` at most. */
  readonly maxAge: number;
  readonly claims: ClaimNames;
  readonly clock?: () => Date;
}

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'PS256'];
const TYPES = ['at+jwt', 'jwt'];
/** Header parameters that bring a key, an extension or another encoding of the payload with the token (RFC 8725 section 3). */
const REFUSED_PARAMETERS = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'];
const REQUIRED_CLAIMS = ['iss', 'aud', 'exp', 'iat', 'sub'];
/** Seconds that the issuer's clock may be ahead, for `iat` and `nbf`; `exp` has no tolerance. */
const CLOCK_TOLERANCE = 5;
const MAX_TOKEN_LENGTH = 16_384;

/** A client sends one token many times: the signature is checked once in so long, the expiry and the keys every time. */
interface Verified { principal: Principal; generation: number; from: number; until: number }
const REMEMBERED_TOKENS = 10_000;
const REMEMBERED_MILLISECONDS = 30_000;

/** Verifies JWT access tokens (RFC 7519, RFC 8725, RFC 9068) as the gateway's contract narrows them. */
export function createTokenVerifier(keys: KeySet, rules: TokenRules): TokenVerifier {
  const clock = rules.clock ?? (() => new Date());
  const verified = new LRUCache<string, Verified>({ max: REMEMBERED_TOKENS });
  return {
    async verify(token) {
      const now = clock();
      const before = verified.get(token);
      const earlier = keys.generation();
      if (before && before.generation === earlier && now.getTime() < before.until && now.getTime() >= before.from) return before.principal;
      const [principal, exp] = await verify(token, now);
      const generation = keys.generation();
      // Keys that were read anew meanwhile may no longer hold the one that verified it.
      if (generation !== null && (earlier === null || earlier === generation)) verified.set(token, { principal, generation, from: now.getTime(), until: Math.min(exp * 1000, now.getTime() + REMEMBERED_MILLISECONDS) });
      return principal;
    },
  };

  async function verify(token: string, now: Date): Promise<[Principal, number]> {
    const [header, payload] = readParts(token);
    checkHeader(header);
    const { payload: claims } = await jwtVerify(token, keys.find, {
      algorithms: ALGORITHMS, issuer: rules.issuer, audience: rules.audience, requiredClaims: REQUIRED_CLAIMS,
      clockTolerance: CLOCK_TOLERANCE, currentDate: now,
    }).catch(refuse);
    if (keys.size() > 1 && typeof header.kid !== 'string') throw unauthenticated('The token has no kid, and the key set has several keys.');
    checkTimes(claims, Math.floor(now.getTime() / 1000), rules.maxAge);
    if (typeof claims.sub !== 'string' || !IDENTIFIER.test(claims.sub)) throw unauthenticated('The claim sub is not an identifier.');
    return [principalOf(payload, rules.claims), claims.exp ?? 0];
  }
}

/** The two JSON parts, each of one meaning, as objects without a prototype. */
function readParts(token: string): [Record<string, unknown>, Record<string, unknown>] {
  const parts = token.length <= MAX_TOKEN_LENGTH ? token.split('.') : [];
  if (parts.length !== 3) throw unauthenticated('The bearer token is not a JWT.');
  return [readPart(parts[0] ?? ''), readPart(parts[1] ?? '')];
}

function readPart(part: string): Record<string, unknown> {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unauthenticated('The bearer token is not a JWT.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unauthenticated('The bearer token is not a JWT.');
  if (!isPlainJson(text)) throw unauthenticated('The token repeats a key or uses a reserved one.');
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

function checkHeader(header: Record<string, unknown>): void {
  const refused = REFUSED_PARAMETERS.find((each) => each in header);
  if (refused) throw unauthenticated(`The token header may not have ${refused}.`);
  if (typeof header.alg !== 'string' || !ALGORITHMS.includes(header.alg)) throw unauthenticated(`The token's alg must be one of ${ALGORITHMS.join(', ')}.`);
  const type = typeof header.typ === 'string' ? header.typ.toLowerCase().replace(/^application\//, '') : '';
  if (!TYPES.includes(type)) throw unauthenticated("The token's typ must be at+jwt or JWT.");
}

/** What jose leaves open: floats and infinities, an expiry of this very second, a life longer than the gateway accepts. */
function checkTimes(claims: JWTPayload, now: number, maxAge: number): void {
  for (const name of ['exp', 'iat', 'nbf'] as const)
    if (claims[name] !== undefined && !Number.isSafeInteger(claims[name])) throw unauthenticated(`The claim ${name} is not a whole number of seconds.`);
  const { exp = 0, iat = 0 } = claims;
  if (exp <= now) throw unauthenticated('The token has expired.');
  if (iat > now + CLOCK_TOLERANCE) throw unauthenticated('The claim iat is in the future.');
  if (exp - iat > maxAge || exp <= iat) throw unauthenticated(`The token may live ${maxAge} seconds at most (TOKEN_MAX_AGE).`);
}

/** jose's errors quote claims, so none of their text goes on, only which claim it was. */
function refuse(error: unknown): never {
  if (error instanceof GatewayError) throw error;
  const claim = (error as { claim?: unknown }).claim;
  const known = typeof claim === 'string' && [...REQUIRED_CLAIMS, 'nbf'].includes(claim);
  throw unauthenticated(known ? `The claim ${claim} does not hold.` : 'The signature of the token cannot be verified.');
}
