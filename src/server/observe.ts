import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics';
import type { Exchange } from './respond';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives each request its id, and leaves one log line and its metrics once it is over: no path, header, token or body. */
export function observe(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const sent = request.headers['x-request-id'];
    const requestId = typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
    const exchange: Exchange = { requestId, startedAt: process.hrtime.bigint(), route: 'unknown', role: null, purpose: null, code: null };
    response.locals.exchange = exchange;
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('Cache-Control', 'no-store');
    response.once('close', () => {
      const milliseconds = Number(process.hrtime.bigint() - exchange.startedAt) / 1e6;
      const { route, role, purpose, code } = exchange;
      metrics.record(exchange, response.statusCode, milliseconds);
      const whole = response.writableFinished;
      log.info({ requestId, route, status: response.statusCode, ms: Math.round(milliseconds * 10) / 10, role, purpose, code, ...(whole ? {} : { aborted: true }) }, 'request');
    });
    next();
  };
}

/** What of an unforeseen error may be logged: its name and where it arose. Its message could quote a value. */
export function traceOf(error: unknown): { name: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8);
  return { name: error.constructor.name, at: at.map((line) => line.trim()) };
}
