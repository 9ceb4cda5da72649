import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADERS = 'authorization, content-type, x-purpose-of-use, x-break-glass-reason, x-grant, x-request-id, apollo-require-preflight';

/**
 * Cross-origin reads for the origins of CORS_ORIGINS alone; with none, no such header is ever sent. Tells whether the request
 * was a preflight and is answered.
 */
export function createCors(origins: readonly string[]): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (!origins.length) return false;
    response.setHeader('Vary', 'Origin');
    const { origin } = request.headers;
    if (!origin || !origins.includes(origin)) return false;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id, WWW-Authenticate');
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return false;
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    response.setHeader('Access-Control-Allow-Headers', HEADERS);
    response.setHeader('Access-Control-Max-Age', '600');
    response.statusCode = 204;
    response.end();
    return true;
  };
}
