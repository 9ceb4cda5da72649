import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { execute, GraphQLInterfaceType, type ExecutionResult, type GraphQLFieldConfig, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { ENTRY_TYPES } from '../directives/tags';
import { shieldedSchema } from '../permissions/shield';
import type { PlannedField } from '../query/plan/selection';
import { withheldLine, type Withheld } from '../query/plan/verdicts';
import { assertPages } from '../query/run/reading';
import { GatewayError } from '../vocabulary/errors';
import type { Gateway } from './gateway';
import { answerMutation } from './mutations';
import { prepareOperation, type Operation, type OperationRequest } from './operation';
import { QUERIES } from './queries';
import { decideCoordinate, type DecisionContext } from './root-verdicts';

interface ReferenceContext extends DecisionContext {
  readonly operation: Operation;
  /** What each root failed with, by its key: graphql-js tells no more of them once one that cannot be null has failed. */
  readonly failures: Map<string, Error>;
  readonly settling: Promise<unknown>[];
}
/** The key under which a value of an interface carries its type: no response key begins like this. */
const TYPE_KEY = '__reference_type';

/** With the type of each value that an interface can be, so that graphql-js can resolve it. */
function withType(field: PlannedField): PlannedField {
  if (!field.byType) return field;
  const typed = [...field.byType].map(([type, selections]): [string, readonly PlannedField[]] => {
    const first = selections[0] as PlannedField;
    return [type, [...selections, { ...first, key: TYPE_KEY, name: '__typename', parent: type, coordinate: `${type}.__typename`, type: null, selections: [], byType: null }]];
  });
  return { ...field, byType: new Map(typed) };
}

async function answerRoot(_parent: unknown, _args: unknown, { operation }: ReferenceContext, info: GraphQLResolveInfo): Promise<unknown> {
  const field = operation.plan.roots.find((each) => each.key === info.path.key);
  if (!field) throw new GatewayError('FORBIDDEN', `${info.fieldName}: not served`);
  if (operation.plan.kind === 'mutation') return answerMutation(operation, withType(field), () => undefined);
  const answer = QUERIES[field.name];
  if (!answer) throw new GatewayError('FORBIDDEN', `${field.name}: not served`);
  assertPages(operation.reading, field);
  return answer({ ...operation, reading: readWhole(operation.reading) }, field);
}
/** Without the hoisted denials the shield alone makes nulls. */
const readWhole = (reading: Operation['reading']): Operation['reading'] => ({ ...reading, denied: new Set() });

/** Notes what a root, its rule included, failed with. */
function noting(config: GraphQLFieldConfig<unknown, ReferenceContext>): GraphQLFieldConfig<unknown, ReferenceContext> {
  const { resolve } = config;
  const resolveNoting = async (...given: Parameters<NonNullable<typeof resolve>>): Promise<unknown> => {
    const [, , { failures }, { path }] = given;
    try {
      const value: unknown = await resolve?.(...given);
      // A rule that refuses hands its error back.
      if (value instanceof Error) failures.set(String(path.key), value);
      return value;
    } catch (error) {
      failures.set(String(path.key), error as Error);
      throw error;
    }
  };
  return { ...config, resolve: (...given) => { const answer = resolveNoting(...given); given[2].settling.push(answer); return answer; } };
}

/** Below the roots a value is found where the answer has it: under its response key. */
const answerBelow = (parent: Readonly<Record<string, unknown>>, _args: unknown, _context: unknown, info: GraphQLResolveInfo): unknown => parent[info.path.key];

const SCHEMAS = new WeakMap<Gateway, GraphQLSchema>();
/** The schema with the shield's rule on every field, and resolvers that take from the one answer of each root. */
function referenceSchema(gateway: Gateway): GraphQLSchema {
  const known = SCHEMAS.get(gateway);
  if (known) return known;
  const resolved = mapSchema(gateway.schema, {
    [MapperKind.OBJECT_FIELD]: (config) => ({ ...config, resolve: answerBelow }),
    [MapperKind.ROOT_FIELD]: (config) => ({ ...config, resolve: answerRoot }),
    [MapperKind.INTERFACE_TYPE]: (type) => new GraphQLInterfaceType({ ...type.toConfig(), resolveType: (value: Readonly<Record<string, unknown>>) => String(value[TYPE_KEY]) }),
  });
  const shielded = shieldedSchema<ReferenceContext>(resolved, gateway.tags, decideCoordinate);
  const made = mapSchema(shielded, { [MapperKind.ROOT_FIELD]: noting });
  SCHEMAS.set(gateway, made);
  return made;
}

/** The line of a field below the entries that this caller can never see; null for one that may be seen, is public, or is decided with its object. */
export function neverSeen({ gateway: { tags }, access }: Pick<Operation, 'gateway' | 'access'>, { name, parent, coordinate }: PlannedField): Withheld | null {
  const tag = tags.get(coordinate);
  const isDecided = !name.startsWith('__') && !ENTRY_TYPES.includes(parent) && !tag?.public && !tag?.decidedWithParent;
  return isDecided ? withheldLine(access, coordinate) : null;
}
/** What can never be seen, with all below: no page is read of it, so a cursor there is not looked at. */
function unseen(operation: Operation, fields: readonly PlannedField[], within = false, found = new Set<number>()): Set<number> {
  for (const field of fields) {
    const is = within || neverSeen(operation, field) !== null;
    if (is) found.add(field.id);
    unseen(operation, field.selections, is, found);
  }
  return found;
}
function withoutPlace(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { after: _after, first: _first, ...others } = args;
  return others;
}

/** What the reference path made: the operation as it was read, what graphql-js answered, and what each root failed with, by its key. */
export interface ReferenceRun { readonly operation: Operation; readonly result: ExecutionResult; readonly failures: ReadonlyMap<string, Error> }

/**
 * The reference path: plain graphql-js over the shielded schema, each field's rule asked at each field, nothing hoisted. It is slow,
 * writes no audit record and is served to nobody: a differential test runs it against `executeOperation` (design, "Policy").
 */
export async function runReference(gateway: Gateway, request: OperationRequest): Promise<ReferenceRun> {
  const prepared = await prepareOperation(gateway, request);
  const denied = unseen(prepared, prepared.plan.roots);
  const given = new Map([...prepared.arguments].map(([id, args]) => [id, denied.has(id) ? withoutPlace(args) : args]));
  // Statements are compiled anew, since they select more.
  const operation: Operation = { ...prepared, arguments: given, reading: { ...prepared.reading, arguments: given, denied, statements: new Map(), isReference: true } };
  const contextValue: ReferenceContext = { access: operation.access, operation, failures: new Map(), settling: [] };
  const result = await execute({ schema: referenceSchema(gateway), document: request.document, operationName: request.operationName, variableValues: { ...request.variables }, contextValue });
  await Promise.allSettled(contextValue.settling);
  return { operation, result, failures: contextValue.failures };
}

export const executeByReference = async (gateway: Gateway, request: OperationRequest): Promise<ExecutionResult> => (await runReference(gateway, request)).result;
