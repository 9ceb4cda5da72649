import type { Server } from 'node:http';
import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext, type GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { getVariableValues, Kind, type GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { ERROR_STATUS, GatewayError } from '../vocabulary/errors';
import { createExecutor, type ExecutionParts, type RequestContext } from './execution';
import { codeOf, formatError, toGraphQLError } from './error-format';
import { countNodes } from './node-count';
import { headersOfError } from './respond';
import { tooComplex, type Limits } from './too-complex';
import { checkVariables } from './variable-limits';

const DRAIN_MILLISECONDS = 10_000;
const METHOD_NOT_ALLOWED = 405;

/** Apollo parses, validates against the full schema and answers over HTTP; what runs an operation is ours alone. */
export function createApollo(parts: ExecutionParts, limits: Limits, log: Logger, httpServer: Server): ApolloServer<RequestContext> {
  const executor = createExecutor(parts, limits, log);
  return new ApolloServer<RequestContext>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: parts.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () => Promise.resolve({ executor }),
      stop: () => Promise.resolve(),
    },
    // What Apollo would do in development (stack traces, landing page) it must never do here.
    nodeEnv: 'production',
    introspection: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: { requestHeaders: ['apollo-require-preflight'] },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationOptions: { maxErrors: 1, hideSuggestions: true },
    formatError,
    logger: quietLogger(log),
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: DRAIN_MILLISECONDS }),
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginInlineTraceDisabled(),
      // Without these an APOLLO_KEY in the environment would send operations to a third party.
      ApolloServerPluginUsageReportingDisabled(), ApolloServerPluginSchemaReportingDisabled(),
      requestRules(parts, limits),
    ],
  });
}

/** Apollo's messages may quote an error's text, which may quote a value: only that something was said is kept. */
function quietLogger(log: Logger) {
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => () => log[level]('Apollo Server reported a problem');
  return { debug: () => undefined, info: () => undefined, warn: say('warn'), error: say('error') };
}

function requestRules(parts: ExecutionParts, limits: Limits): ApolloServerPlugin<RequestContext> {
  const listener: GraphQLRequestListener<RequestContext> = {
    // Everything that a document and its variables can be refused for, before anything runs.
    didResolveOperation: (context) => {
      try {
        checkOperation(context, parts, limits);
      } catch (error) {
        throw error instanceof GatewayError ? toGraphQLError(error) : error;
      }
      return Promise.resolve();
    },
    willSendResponse: (context) => {
      finish(context, limits);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

function checkOperation({ request, document, operation }: GraphQLRequestContext<RequestContext>, { schema }: ExecutionParts, limits: Limits): void {
  if (!operation || !document) throw new GatewayError('BAD_USER_INPUT', 'operationName must name one operation of the document.');
  if (!schema.getRootType(operation.operation)) throw new GatewayError('BAD_USER_INPUT', `The schema has no operations of type ${operation.operation}.`);
  const variables = request.variables ?? {};
  checkVariables(variables, limits);
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1, hideSuggestions: true });
  if (!coerced) {
    const node = errors[0]?.nodes?.[0];
    const name = node?.kind === Kind.VARIABLE_DEFINITION ? node.variable.name.value : '';
    throw new GatewayError('BAD_USER_INPUT', `The variable $${name} is missing or does not fit its type.`);
  }
  if (countNodes(schema, document, operation, coerced) > limits.nodes)
    throw tooComplex('The operation could return too many nodes, by its page sizes', 'nodes', limits);
}

/** Bounds the errors, and gives the status and headers that they call for. */
function finish({ request, response, errors = [], contextValue: { outcome, exchange } }: GraphQLRequestContext<RequestContext>, limits: Limits): void {
  const { body, http } = response;
  if (body?.kind !== 'single' || !http) return;
  const result = body.singleResult;
  const isRefused = result.data === undefined;
  if (result.errors) result.errors = result.errors.slice(0, isRefused ? 1 : limits.errors);
  const [first] = result.errors ?? [];
  if (!first) return;
  exchange.code = codeOf(first);
  if (outcome.httpStatus) http.status = outcome.httpStatus;
  else if (isRefused && http.status !== METHOD_NOT_ALLOWED) http.status = ERROR_STATUS[exchange.code];
  if (isRefused || outcome.httpStatus)
    for (const [name, value] of headersOfError(exchange.code, first.extensions)) (http.headers ??= new HeaderMap()).set(name.toLowerCase(), value);
  if (!outcome.httpStatus && isRefused && http.status === 400 && isWellFormed(errors, request.http?.headers.get('accept'))) http.status = 200;
}

/**
 * GraphQL over HTTP, section 6.4.1: to a client that reads application/json alone, a well-formed request that fails to parse,
 * validate or coerce is answered with 200. Told by the codes before formatting, where a malformed request still has another.
 */
const isWellFormed = (errors: readonly GraphQLError[], accept = ''): boolean =>
  !accept.includes('application/graphql-response+json')
  && errors.every((each) => ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'].includes(String(each.extensions.code)));

