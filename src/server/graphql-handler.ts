import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { GatewayError } from '../vocabulary/errors';
import type { Authentication } from './authentication';
import { readJsonBody } from './body';
import type { RequestContext } from './execution';
import { createDocumentCheck } from './limits';
import { exchangeOf, refuse } from './respond';
import type { Limits } from './too-complex';

/** The headers that Apollo reads; the token and the rest go no further than here. */
const FOR_APOLLO = ['accept', 'content-type', 'apollo-require-preflight'] as const;

/**
 * /graphql, on Node's own request and response: routing and body parsing by a framework cost more than all of the answer.
 * In order: who asks, how often, for what purpose; then the body, the document's text; then Apollo.
 */
export function createGraphqlHandler(apollo: ApolloServer<RequestContext>, authentication: Authentication, limits: Limits) {
  const checkDocument = createDocumentCheck(limits);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = exchangeOf(response);
    exchange.route = '/graphql';
    const caller = await authentication.caller(request, response);
    const { method = '', url = '' } = request;
    if (method !== 'GET' && method !== 'POST') {
      response.setHeader('Allow', 'GET, POST');
      return refuse(request, response, new GatewayError('BAD_USER_INPUT', 'GraphQL is asked by GET or POST.'), 405);
    }
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
    const body = method === 'POST' ? await readJsonBody(request, limits.bodyBytes) : undefined;
    const text = method === 'POST' ? (body as { query?: unknown } | undefined)?.query : new URLSearchParams(search).get('query');
    if (typeof text === 'string') checkDocument(text);
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, search, body, headers: headersForApollo(request) },
      context: () => Promise.resolve<RequestContext>({ caller, exchange, outcome: {} }),
    });
    if (answer.body.kind !== 'complete') throw new Error('an answer in parts');
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (response.statusCode >= 400) exchange.code ??= 'BAD_USER_INPUT';
    response.end(answer.body.string);
  };
}

function headersForApollo(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const name of FOR_APOLLO) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}
