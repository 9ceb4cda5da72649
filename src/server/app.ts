import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { destination, pino, type Logger } from 'pino';
import type { Caller } from '../identity/caller';
import type { TokenVerifier } from '../identity/token-verifier';
import { GatewayError } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { answerClientError, createErrorAnswer } from './answer-error';
import { createAuthentication, type Authentication } from './authentication';
import type { Configuration } from './configuration';
import { createCors } from './cors';
import type { ExecutionParts } from './execution';
import { createApollo } from './graphql';
import { createGraphqlHandler } from './graphql-handler';
import { createMetrics, type Metrics } from './metrics';
import { createObserver } from './observe';
import { probes } from './probes';
import { exchangeOf } from './respond';

export interface GatewayParts extends ExecutionParts {
  readonly configuration: Configuration;
  /** Token to principal. */
  readonly verifier: TokenVerifier;
  /** The SDL with tags, for GET /schema.graphql. */
  readonly sdl: string;
  /** Puts on record that an auditor read the SDL, before it is answered; what it rejects with is answered instead. */
  readonly recordSchemaRead?: (auditor: Caller) => Promise<void>;
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

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { configuration, configuration: { http, limits } } = parts;
  const log = parts.log ?? openLog(configuration.logLevel);
  const metrics = createMetrics();
  const authentication = createAuthentication(parts.verifier, configuration.rateLimitPerMinute, parts.clock ?? (() => new Date()));
  const [observe, cors, answerError] = [createObserver(log, metrics), createCors(configuration.corsOrigins), createErrorAnswer(log)];
  let isStopping = false;

  const app = express();
  // Slow senders are cut off: Node's own defaults wait for minutes.
  const timeouts = { requestTimeout: http.requestTimeout, headersTimeout: http.headersTimeout, connectionsCheckingInterval: http.checkingInterval };
  const server = createServer(timeouts, (request, response) => {
    if (isGraphql(request)) graphql(request, response);
    else app(request, response);
  }).on('clientError', answerClientError);
  const apollo = createApollo(parts, limits, log, server);
  await apollo.start();
  const handle = createGraphqlHandler(apollo, authentication, limits);
  const graphql = (request: IncomingMessage, response: ServerResponse): void => {
    observe(request, response);
    if (!cors(request, response)) handle(request, response).catch((error: unknown) => answerError(error, request, response));
  };

  app.disable('x-powered-by').set('etag', false).set('query parser', false);
  app.all('/graphql', graphql);
  app.use((request, response, next) => {
    observe(request, response);
    if (!cors(request, response)) next();
  });
  app.use(probes({ configuration, metrics, readiness: parts.readiness, isStopping: () => isStopping }));
  app.get('/schema.graphql', serveSdl(parts, authentication));
  if (parts.routes) {
    const router = express.Router();
    parts.routes(router, { authentication, metrics, log });
    app.use(router);
  }
  app.use(() => { throw new GatewayError('NOT_FOUND', 'There is nothing at this path.'); });
  const onError: ErrorRequestHandler = (error: unknown, request, response, _next) => answerError(error, request, response);
  app.use(onError);

  return {
    app,
    server,
    start: () => listen(server, configuration),
    async stop() {
      isStopping = true;
      await apollo.stop();
      log.flush();
    },
  };
}

/** Lines go out in blocks: a system call a line would cost as much as the answer. */
const openLog = (level: Configuration['logLevel']): Logger =>
  pino({ level, base: { service: 'phi-gateway' } }, destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 500 }));

const isGraphql = ({ url = '' }: IncomingMessage): boolean => url === '/graphql' || url.startsWith('/graphql?');

/** To any valid token; an auditor's reading is an introspection, and on the trail as one. */
function serveSdl({ sdl, recordSchemaRead, clock = () => new Date() }: GatewayParts, authentication: Authentication): Handler {
  return async (request, response) => {
    const exchange = exchangeOf(response);
    exchange.route = '/schema.graphql';
    const principal = await authentication.principal(request, response);
    // No purpose is asked for here; an auditor has but one.
    if (principal.role === 'AUDITOR') await recordSchemaRead?.({ ...principal, purpose: 'HCOMPL', breakGlassReason: null, grant: null, requestId: exchange.requestId, at: instantOf(clock()) });
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.end(sdl);
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
