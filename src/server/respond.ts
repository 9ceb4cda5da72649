import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError, type ErrorCode } from '../vocabulary/errors';

/** What becomes known about a request on its way, for its log line and its metrics. Nothing of a member, no token. */
export interface Exchange {
  readonly requestId: string;
  /** Milliseconds of the process clock. */
  readonly startedAt: number;
  /** The route's pattern, never the path that was sent. */
  route: string;
  role: string | null;
  purpose: string | null;
  code: ErrorCode | null;
}

const EXCHANGE = Symbol('exchange');
type Response = ServerResponse & { [EXCHANGE]?: Exchange };

export const beginExchange = (response: Response, exchange: Exchange): void => { response[EXCHANGE] = exchange; };

export function exchangeOf(response: Response): Exchange {
  const exchange = response[EXCHANGE];
  if (!exchange) throw new Error('a response without an exchange');
  return exchange;
}

const RETRY_AFTER_UNAVAILABLE = '5';

/** Headers that an error's code calls for, by name. */
export function headersOfError(code: ErrorCode, extensions: Readonly<Record<string, unknown>> = {}): [string, string][] {
  if (code === 'UNAUTHENTICATED') return [['WWW-Authenticate', 'Bearer']];
  if (code === 'RATE_LIMITED') return [['Retry-After', String(extensions.retryAfter ?? 60)]];
  return code.endsWith('_UNAVAILABLE') ? [['Retry-After', RETRY_AFTER_UNAVAILABLE]] : [];
}

/** Refuses a request with one GraphQL error in JSON. @param status another than the code's own, such as 413 */
export function refuse(request: IncomingMessage, response: ServerResponse, error: GatewayError, status: number = error.status): void {
  exchangeOf(response).code = error.code;
  for (const [name, value] of headersOfError(error.code, error.extensions)) response.setHeader(name, value);
  const type = request.headers.accept?.includes('application/graphql-response+json') ? 'application/graphql-response+json' : 'application/json';
  response.statusCode = status;
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.end(`${JSON.stringify({ errors: [{ message: error.message, extensions: { ...error.extensions, code: error.code } }] })}\n`);
}
