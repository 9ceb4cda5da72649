import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, execute, GraphQLError } from 'graphql';
import { pino } from 'pino';
import { openDevelopmentIssuer, type TokenRequest } from '../../src/identity/development-issuer';
import { createGateway, type Gateway, type GatewayParts } from '../../src/server/app';
import { loadConfiguration } from '../../src/server/configuration';
import { openVerifier } from '../../src/server/open-verifier';

/** A schema with a page, a page in a page, values, a choice of literals, a write and things that fail. */
export const TOY_SCHEMA = buildSchema(`
  type Query {
    hello(name: String): String
    things(first: Int = 50, after: String): ThingConnection!
    thing(id: ID!, kind: Kind, filter: Filter): Thing
    fails(how: String!): String
    required: String!
  }
  type Mutation { rename(id: ID!, name: String!): Thing }
  type ThingConnection { nodes: [Thing!]! edges: [ThingEdge!]! pageInfo: PageInfo! totalCount: Int! }
  type ThingEdge { cursor: String! node: Thing! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Thing { id: ID! name: String code: Code parts(first: Int = 100): ThingConnection whole: Thing }
  type Code { system: String value: String }
  enum Kind { LARGE SMALL }
  input Filter { and: [Filter!] name: String size: Int }
`);

/** A word that must never leave in an answer, a header or a log line. */
export const CANARY = 'canary-7f3a';

const FAILURES: Readonly<Record<string, () => unknown>> = {
  throws: () => { throw new Error(`SELECT ${CANARY} FROM member at /srv/${CANARY}`); },
  gateway: () => { throw new GraphQLError('This may not be asked.', { extensions: { code: 'FORBIDDEN' } }); },
  unknown: () => { throw new GraphQLError(`${CANARY}`, { extensions: { code: 'SQL_ERROR' } }); },
};
const thing = (id: string) => ({ id, name: `thing ${id}`, code: { system: 's', value: 'v' } });
const page = { nodes: [thing('1')], edges: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 1 };
export const TOY_ROOT = {
  hello: ({ name }: { name?: string }) => `hello ${name ?? 'world'}`,
  things: () => page,
  thing: ({ id }: { id: string }) => ({ ...thing(id), parts: () => page }),
  rename: ({ id, name }: { id: string; name: string }) => ({ ...thing(id), name }),
  fails: ({ how }: { how: string }) => FAILURES[how]?.(),
  required: () => FAILURES.throws?.(),
};

export const executeToy: GatewayParts['execute'] = async ({ document, operationName, variables, schema }) =>
  execute({ schema, document, operationName, variableValues: variables, rootValue: TOY_ROOT });

export interface Toy {
  gateway: Gateway;
  url: string;
  logged: string[];
  token(request: TokenRequest): Promise<string>;
  /** Sends a GraphQL request as a client that knows application/graphql-response+json. */
  ask(query: string, changes?: { variables?: unknown; operationName?: string; token?: string; headers?: Record<string, string> }): Promise<Answer>;
}
export interface Answer { status: number; headers: Headers; text: string; body: { data?: unknown; errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[]; extensions?: unknown } }

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Answer['body'] };
}

export async function startToy(changes: Partial<GatewayParts> = {}, env: Record<string, string> = {}): Promise<Toy> {
  const keys = mkdtempSync(join(tmpdir(), 'toy-keys-'));
  const configuration = loadConfiguration({ PORT: '0', KEYS_DIR: keys, RATE_LIMIT_PER_MINUTE: '0', ...env });
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => { logged.push(line); } });
  const gateway = await createGateway({
    configuration, verifier: await openVerifier(configuration), schema: TOY_SCHEMA, execute: executeToy, sdl: 'type Query { hello: String @public }', readiness: {}, log, ...changes,
  });
  const { url } = await gateway.start();
  const issuer = await openDevelopmentIssuer(keys, configuration.auth.claims);
  const standing = await issuer.mintToken({ role: 'PHARMACIST' });
  return {
    gateway, url, logged,
    token: (request) => issuer.mintToken(request),
    async ask(query, { token = standing, headers = {}, ...body } = {}) {
      return readAnswer(await fetch(`${url}/graphql`, {
        method: 'POST', body: JSON.stringify({ query, ...body }),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      }));
    },
  };
}

export const refused = (code: string, status: number, message?: RegExp) => ({
  status, body: { errors: [{ ...(message ? { message: expect.stringMatching(message) as string } : {}), extensions: { code } }] },
});
