import { type DocumentNode, type FieldNode, type GraphQLSchema, Kind, OperationTypeNode, parse, type SelectionSetNode, validate } from 'graphql';
import { bindArguments, coerceVariables, planOperation, type Arguments, type OperationPlan } from '../query/plan/operation-plan';
import { GatewayError } from '../vocabulary/errors';

/** What a simulated document may cost: it comes as text inside a request, past the limits of the request's own document. */
const MOST_CHARACTERS = 20_000;
const MOST_TOKENS = 2_000;
const MOST_FIELDS = 500;
export interface SimulatedOperation { readonly plan: OperationPlan; readonly arguments: Arguments }

const bad = (what: string): GatewayError => new GatewayError('BAD_USER_INPUT', what);

function documentOf(schema: GraphQLSchema, text: string): DocumentNode {
  if (text.length > MOST_CHARACTERS) throw new GatewayError('OPERATION_TOO_COMPLEX', `input.operation: longer than ${MOST_CHARACTERS} characters`);
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: MOST_TOKENS, noLocation: true });
  } catch {
    throw bad(`input.operation: is no GraphQL document of at most ${MOST_TOKENS} tokens`);
  }
  assertSmall(document);
  if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) throw bad('input.operation: does not fit the schema');
  return document;
}

/** Counts fields through fragments, each fragment once, so that a document that doubles at each level is refused before it is walked. */
function assertSmall(document: DocumentNode): void {
  const fragments = new Map(document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [])));
  const known = new Map<string, number>();
  const sizeOf = (set: SelectionSetNode | undefined): number => (set?.selections ?? []).reduce((total, each) => {
    if (each.kind === Kind.FIELD) return total + 1 + sizeOf((each as FieldNode).selectionSet);
    if (each.kind === Kind.INLINE_FRAGMENT) return total + sizeOf(each.selectionSet);
    const name = each.name.value;
    if (!known.has(name)) { known.set(name, 0); known.set(name, sizeOf(fragments.get(name))); }
    return total + (known.get(name) ?? 0);
  }, 0);
  const size = document.definitions.reduce((total, each) => total + (each.kind === Kind.OPERATION_DEFINITION ? sizeOf(each.selectionSet) : 0), 0);
  if (size > MOST_FIELDS) throw new GatewayError('OPERATION_TOO_COMPLEX', `input.operation: uses more than ${MOST_FIELDS} fields`);
}

function variablesOf(text: string | null | undefined): Readonly<Record<string, unknown>> {
  if (text === null || text === undefined || text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below: what is no JSON and what is no object are one mistake to a caller.
  }
  throw bad('input.variables: expects a JSON object');
}

/** Reads, checks and plans the operation of a simulation: one query. Throws naming the element of the input. */
export function simulatedOperation(schema: GraphQLSchema, operation: string, variables: string | null | undefined): SimulatedOperation {
  const document = documentOf(schema, operation);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1 || operations[0]?.operation !== OperationTypeNode.QUERY) throw bad('input.operation: expects one query');
  const { variables: coerced } = coerceVariables(schema, document, null, variablesOf(variables));
  const plan = planOperation(schema, document, null, coerced);
  return { plan, arguments: bindArguments(plan, coerced) };
}
