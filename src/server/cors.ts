import type { RequestHandler } from 'express';

const HEADERS = 'authorization, content-type, x-purpose-of-use, x-break-glass-reason, x-grant, x-request-id, apollo-require-preflight';

/** Cross-origin reads for the origins of CORS_ORIGINS alone; with none, no such header is ever sent. */
export function cors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (!origins.length) return next();
    response.vary('Origin');
    const { origin } = request.headers;
    if (!origin || !origins.includes(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id, WWW-Authenticate');
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return next();
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    response.setHeader('Access-Control-Allow-Headers', HEADERS);
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
