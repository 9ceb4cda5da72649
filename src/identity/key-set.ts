import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { GatewayError } from '../vocabulary/errors';

/** The keys of the authorization server: finds a token's key, and tells how many keys there are. */
export interface KeySet {
  /** Rejects with JWKSNoMatchingKey, or with DATABASE_UNAVAILABLE (503) when no key may be used. */
  readonly find: JWTVerifyGetKey;
  /** How many keys the set holds, once `find` has answered. */
  size(): number;
  /** Changes whenever the keys were read anew; null while they may not be used. What was verified holds for one generation. */
  generation(): number | null;
}

/** Times of a remote set, in milliseconds. */
export interface KeySetTimes { cooldown: number; usable: number; refresh: number; retry: number; timeout: number }
const TIMES: KeySetTimes = { cooldown: 30_000, usable: 600_000, refresh: 300_000, retry: 1_000, timeout: 2_000 };

/** A set read once, at start: for a path or a `file:` URL. */
export function localKeySet(jwks: JSONWebKeySet): KeySet {
  return { find: createLocalJWKSet(jwks), size: () => jwks.keys.length, generation: () => 0 };
}

/** @param location an http(s) URL, a `file:` URL or a path */
export function openKeySet(location: string, times: Partial<KeySetTimes> = {}): KeySet {
  if (/^https?:/i.test(location)) return remoteKeySet(new URL(location), { ...TIMES, ...times });
  const path = location.startsWith('file:') ? fileURLToPath(location) : location;
  return localKeySet(JSON.parse(readFileSync(path, 'utf8')) as JSONWebKeySet);
}

/**
 * Keys by URL. An outage is bridged by the keys of the last 10 minutes and then refuses with 503: it never opens. A token with
 * an unknown `kid` makes at most one fetch in 30 s, whether the server answers or not.
 */
function remoteKeySet(url: URL, times: KeySetTimes): KeySet {
  let failedAt = -Infinity;
  let fetchedAt = -Infinity;
  const remote = createRemoteJWKSet(url, {
    cooldownDuration: times.cooldown, cacheMaxAge: times.usable, timeoutDuration: times.timeout,
    [customFetch]: async (href, options) => {
      if (Date.now() - failedAt < (remote.fresh ? times.cooldown : times.retry)) throw new Error('the last fetch failed');
      try {
        const response = await fetch(href, options);
        if (response.status !== 200) throw new Error('not 200 OK');
        const text = await response.text();
        [fetchedAt, failedAt] = [Date.now(), -Infinity];
        return new Response(text, { status: 200 });
      } catch (error) {
        failedAt = Date.now();
        throw error;
      }
    },
  });
  const find: JWTVerifyGetKey = async (header, token) => {
    // Renewed behind the request once half its life is over, so that a short outage at the end of it is not felt.
    if (remote.fresh && Date.now() - fetchedAt > times.refresh) remote.reload().catch(() => { failedAt = Date.now(); });
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (remote.fresh) throw new errors.JWKSNoMatchingKey();
      throw new GatewayError('DATABASE_UNAVAILABLE', 'The key set of the authorization server cannot be read.');
    }
  };
  return { find, size: () => remote.jwks()?.keys.length ?? 0, generation: () => (remote.fresh ? fetchedAt : null) };
}
