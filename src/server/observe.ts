import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Metrics } from './metrics';
import { beginExchange, type Exchange } from './respond';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives each request its id and the headers that every answer bears, and leaves one log line and its metrics once it is over: no path, header, token or body. */
export function createObserver(log: Logger, metrics: Metrics): (request: IncomingMessage, response: ServerResponse) => void {
  const always = [...securityHeaders(), ['Cache-Control', 'no-store']] as const;
  return (request, response) => {
    const sent = request.headers['x-request-id'];
    const requestId = typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
    const exchange: Exchange = { requestId, startedAt: performance.now(), route: 'unknown', role: null, purpose: null, code: null };
    beginExchange(response, exchange);
    for (const [name, value] of always) response.setHeader(name, value);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const milliseconds = performance.now() - exchange.startedAt;
      const { route, role, purpose, code } = exchange;
      metrics.record(exchange, response.statusCode, milliseconds);
      const ms = Math.round(milliseconds * 10) / 10;
      log.info({ requestId, route, status: response.statusCode, ms, role, purpose, code, aborted: response.writableFinished ? undefined : true }, 'request');
    });
  };
}

/** Helmet's headers do not depend on the request, so they are asked for once. */
function securityHeaders(): [string, string][] {
  const headers: [string, string][] = [];
  const recorder = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => undefined };
  helmet()({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined);
  return headers;
}

/** What of an unforeseen error may be logged: its name and where it arose. Its message could quote a value. */
export function traceOf(error: unknown): { name: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8);
  return { name: error.constructor.name, at: at.map((line) => line.trim()) };
}
