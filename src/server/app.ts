import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import { pino, type Logger } from 'pino';
import type { Caller } from '../identity/caller';
import type { TokenVerifier } from '../identity/token-verifier';
import { GatewayError } from '../vocabulary/errors';
import { createAuthentication, type Authentication } from './authentication';
import type { Configuration } from './configuration';
import { cors } from './cors';
import type { ExecutionParts, RequestContext } from './execution';
import { createApollo } from './graphql';
import { createDocumentCheck } from './limits';
import { createMetrics, type Metrics } from './metrics';
import { observe, traceOf } from './observe';
import { probes } from './probes';
import { exchangeOf, refuse } from './respond';

export interface GatewayParts extends ExecutionParts {
  readonly configuration: Configuration;
  /** Token to principal. */
  readonly verifier: TokenVerifier;
  /** The SDL with tags, for GET /schema.graphql. */
  readonly sdl: string;
  /** Named checks for /readyz: each resolves or rejects. */
  readonly readiness: Readonly<Record<string, () => Promise<void>>>;
  readonly clock?: () => Date;
  readonly log?: Logger;
  /** Adds routes such as /export and /console; what they throw is answered as the gateway's own errors are. */
  readonly routes?: (router: Router, services: GatewayServices) => void;
}
export interface GatewayServices { readonly authentication: Authentication; readonly metrics: Metrics; readonly log: Logger }

export interface Gateway {
  readonly app: Express;
  readonly server: Server;
  /** Listens where the configuration says. Rejects when the address is taken. */
  start(): Promise<{ url: string }>;
  /** Answers what is running, then closes. */
  stop(): Promise<void>;
}

export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { configuration, configuration: { http, limits } } = parts;
  const log = parts.log ?? pino({ level: configuration.logLevel, base: { service: 'phi-gateway' } });
  const metrics = createMetrics();
  const authentication = createAuthentication(parts.verifier, configuration.rateLimitPerMinute, parts.clock ?? (() => new Date()));
  const checkDocument = createDocumentCheck(limits);
  let isStopping = false;

  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', false);
  // Slow senders are cut off: Node's own defaults wait for minutes.
  const server = createServer(
    { requestTimeout: http.requestTimeout, headersTimeout: http.headersTimeout, connectionsCheckingInterval: http.checkingInterval }, app,
  ).on('clientError', answerClientError);
  const apollo = createApollo(parts, limits, log, server);
  await apollo.start();

  app.use(observe(log, metrics), helmet(), cors(configuration.corsOrigins));
  app.use(probes({ configuration, metrics, readiness: parts.readiness, isStopping: () => isStopping }));
  app.get('/schema.graphql', async (request, response) => {
    exchangeOf(response).route = '/schema.graphql';
    await authentication.principal(request, response);
    response.type('text/plain').end(parts.sdl);
  });
  app.all('/graphql', async (request, response, next) => {
    exchangeOf(response).route = '/graphql';
    response.locals.caller = await authentication.caller(request, response);
    if (request.method === 'GET' || request.method === 'POST') return next();
    refuse(request, response.setHeader('Allow', 'GET, POST'), new GatewayError('BAD_USER_INPUT', 'GraphQL is asked by GET or POST.'), 405);
  }, express.json({ limit: limits.bodyBytes, inflate: false }), (request, _response, next) => {
    const text = request.method === 'GET' ? new URL(request.url, 'http://local').searchParams.get('query') : (request.body as { query?: unknown } | undefined)?.query;
    if (typeof text === 'string') checkDocument(text);
    next();
  }, expressMiddleware(apollo, {
    context: ({ res }) => Promise.resolve<RequestContext>({ caller: res.locals.caller as Caller, exchange: exchangeOf(res), outcome: {} }),
  }));
  if (parts.routes) {
    const router = express.Router();
    parts.routes(router, { authentication, metrics, log });
    app.use(router);
  }
  app.use(() => { throw new GatewayError('NOT_FOUND', 'There is nothing at this path.'); });
  app.use(answerError(log));

  return {
    app,
    server,
    start: () => listen(server, configuration),
    async stop() {
      isStopping = true;
      await apollo.stop();
    },
  };
}

function listen(server: Server, { host, port }: Configuration): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      const { port: actual } = server.address() as AddressInfo;
      resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}` });
    });
  });
}

/** What the body parser refuses, by its own type of error. */
const BODY_ERRORS: Readonly<Record<string, { status: number; message: string }>> = {
  'entity.too.large': { status: 413, message: 'The body is too large (LIMIT_BODY_BYTES).' },
  'encoding.unsupported': { status: 415, message: 'A compressed body is not accepted.' },
  'charset.unsupported': { status: 415, message: 'The body must be in UTF-8.' },
  'entity.parse.failed': { status: 400, message: 'The body is not a JSON object.' },
};

function answerError(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) return void response.destroy();
    if (error instanceof GatewayError) return refuse(request, response, error);
    const { type, status } = error as { type?: unknown; status?: unknown };
    const known = BODY_ERRORS[String(type)];
    if (known) return refuse(request, response, new GatewayError('BAD_USER_INPUT', known.message), known.status);
    // A URL that does not decode, a body that was cut off.
    if (typeof status === 'number' && status >= 400 && status < 500) return refuse(request, response, new GatewayError('BAD_USER_INPUT', 'The request cannot be read.'), status);
    log.error({ requestId: exchangeOf(response).requestId, ...traceOf(error) }, 'request failed');
    refuse(request, response, new GatewayError('INTERNAL', 'The gateway failed; nothing was released.'));
  };
}

const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout', HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** What is not HTTP never reaches the app: it is answered here, in JSON like everything else. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const body = `${JSON.stringify({ errors: [{ message: 'The request cannot be read.', extensions: { code: 'BAD_USER_INPUT' } }] })}\n`;
  socket.end([
    `HTTP/1.1 ${CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request'}`, 'Connection: close', 'Cache-Control: no-store',
    'Content-Type: application/json; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`, '', body,
  ].join('\r\n'));
}
