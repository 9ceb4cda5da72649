import { GatewayError } from '../vocabulary/errors';
import type { Configuration } from './configuration';

export type Limits = Configuration['limits'];

/** The variable that sets each limit, for the caller to name to whoever runs the gateway. */
const VARIABLE_OF = {
  characters: 'LIMIT_CHARACTERS', tokens: 'LIMIT_TOKENS', depth: 'LIMIT_DEPTH', introspectionDepth: 'LIMIT_INTROSPECTION_DEPTH',
  aliases: 'LIMIT_ALIASES', rootFields: 'LIMIT_ROOT_FIELDS', directives: 'LIMIT_DIRECTIVES', operations: 'LIMIT_OPERATIONS',
  nodes: 'LIMIT_NODES', variablesBytes: 'LIMIT_VARIABLES_BYTES', variablesDepth: 'LIMIT_VARIABLES_DEPTH', variablesList: 'LIMIT_VARIABLES_LIST',
} as const;
export type LimitName = keyof typeof VARIABLE_OF;

/** OPERATION_TOO_COMPLEX telling which limit was hit. @param what the sentence before the number, such as "The document has aliases" */
export function tooComplex(what: string, name: LimitName, limits: Limits): GatewayError {
  const [limit, variable] = [limits[name], VARIABLE_OF[name]];
  return new GatewayError('OPERATION_TOO_COMPLEX', `${what}: at most ${limit} (${variable}).`, { limit, variable });
}
