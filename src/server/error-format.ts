import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { ERROR_STATUS, GatewayError, type ErrorCode } from '../vocabulary/errors';

/** Codes of Apollo's own that are outside the contract's closed list. */
const FROM_APOLLO: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT', OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT', PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};
const INTERNAL_MESSAGE = 'The gateway failed; nothing was released.';

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code);

/** The contract's code for an error; what has none is our own mistake. */
export function codeOf(error: { extensions?: Readonly<Record<string, unknown>> }): ErrorCode {
  const code = error.extensions?.code;
  if (isErrorCode(code)) return code;
  return (typeof code === 'string' && FROM_APOLLO[code]) || 'INTERNAL';
}

export const toGraphQLError = (error: GatewayError): GraphQLError =>
  new GraphQLError(error.message, { extensions: { ...error.extensions, code: error.code } });

/**
 * An error as the caller may read it: one of the closed list of codes, and a message without stack, suggestion, input value or
 * anything of ours. Parser and validator quote what they read, so their messages are rewritten.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(formatted);
  if (code === 'INTERNAL') return { message: INTERNAL_MESSAGE, ...withPath(formatted), extensions: { code } };
  if (code === 'GRAPHQL_PARSE_FAILED') return { message: syntaxMessage(formatted), ...withLocations(formatted), extensions: { code } };
  if (code === 'GRAPHQL_VALIDATION_FAILED') return { message: validationMessage(formatted.message, error), ...withLocations(formatted), extensions: { code } };
  const { http: _http, stacktrace: _stacktrace, exception: _exception, ...extensions } = formatted.extensions ?? {};
  return { message: formatted.message, ...withLocations(formatted), ...withPath(formatted), extensions: { ...extensions, code } };
}

const withPath = ({ path }: GraphQLFormattedError) => (path ? { path } : {});
const withLocations = ({ locations }: GraphQLFormattedError) => (locations ? { locations } : {});

function syntaxMessage({ message, locations }: GraphQLFormattedError): string {
  const expected = /Expected ("[^"\w]{1,3}"|[A-Z]\w+)/.exec(message)?.[1];
  const [at] = locations ?? [];
  return ['The document is not GraphQL', at ? ` (line ${at.line}, column ${at.column})` : '', expected ? `: ${expected} is expected` : '', '.'].join('');
}

const VALUES: readonly string[] = [Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.NULL, Kind.ENUM, Kind.LIST, Kind.OBJECT];
const NAMES_ONLY = /^Field "[\w.]+" of required type "[\w[\]!]+" was not provided\.$/;

function validationMessage(message: string, error: unknown): string {
  const plain = message.replace(/ Did you mean[\s\S]*$/, '');
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  const quotesValue = node ? VALUES.includes(node.kind) : true;
  if (!quotesValue || NAMES_ONLY.test(plain)) return plain;
  const type = /type "([\w[\]!]+)"/.exec(plain)?.[1];
  return type ? `A literal does not fit the type ${type}.` : 'A literal does not fit the type that is expected.';
}
