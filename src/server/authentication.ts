import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller, Principal } from '../identity/caller';
import { callerOf } from '../identity/purpose';
import type { TokenVerifier } from '../identity/token-verifier';
import { unauthenticated } from '../identity/unauthenticated';
import { GatewayError } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { exchangeOf } from './respond';

/** Who is calling: for the routes of the gateway itself and for those that are handed in. */
export interface Authentication {
  /** The bearer of a valid token, within the rate limit. @throws UNAUTHENTICATED, RATE_LIMITED, DATABASE_UNAVAILABLE */
  principal(request: IncomingMessage, response: ServerResponse): Promise<Principal>;
  /** The same with the purpose, reason and grant of the headers. @throws also what `callerOf` does */
  caller(request: IncomingMessage, response: ServerResponse): Promise<Caller>;
}

export function createAuthentication(verifier: TokenVerifier, ratePerMinute: number, clock: () => Date): Authentication {
  const limiter = ratePerMinute > 0 ? new RateLimiterMemory({ points: ratePerMinute, duration: 60 }) : null;
  const principal = async (request: IncomingMessage, response: ServerResponse): Promise<Principal> => {
    const known = await verifier.verify(bearerOf(request));
    exchangeOf(response).role = known.role;
    await limiter?.consume(known.subject).catch(refuseRate);
    return known;
  };
  return {
    principal,
    async caller(request, response) {
      const exchange = exchangeOf(response);
      const caller = callerOf(await principal(request, response), request.headersDistinct, { id: exchange.requestId, at: instantOf(clock()) });
      exchange.purpose = caller.purpose;
      return caller;
    },
  };
}

/** The one bearer token (RFC 6750 section 2.1); a repeated header is refused, since readers differ on which one counts. */
function bearerOf(request: IncomingMessage): string {
  const sent = request.headersDistinct.authorization ?? [];
  if (sent.length > 1) throw unauthenticated('Authorization may be sent once.');
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(sent[0] ?? '')?.[1];
  if (!token) throw unauthenticated('A bearer token is needed in Authorization.');
  return token;
}

function refuseRate(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  const retryAfter = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
  throw new GatewayError('RATE_LIMITED', 'Too many requests of this subject in a minute (RATE_LIMIT_PER_MINUTE).', { retryAfter });
}
