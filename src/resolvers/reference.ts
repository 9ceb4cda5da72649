import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { execute, GraphQLInterfaceType, type ExecutionResult, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { shieldedSchema } from '../permissions/shield';
import type { PlannedField } from '../query/plan/selection';
import { GatewayError } from '../vocabulary/errors';
import type { Gateway } from './gateway';
import { answerMutation } from './mutations';
import { prepareOperation, type Operation, type OperationRequest } from './operation';
import { QUERIES } from './queries';
import { decideCoordinate, type DecisionContext } from './root-verdicts';

interface ReferenceContext extends DecisionContext { readonly operation: Operation }
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
  return answer(operation, field);
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
  const made = shieldedSchema<ReferenceContext>(resolved, gateway.tags, decideCoordinate);
  SCHEMAS.set(gateway, made);
  return made;
}

/**
 * The reference path: plain graphql-js over the shielded schema, each field's rule asked at each field, nothing hoisted. It is slow,
 * writes no audit record and is served to nobody: a differential test runs it against `executeOperation` (design, "Policy").
 */
export async function executeByReference(gateway: Gateway, request: OperationRequest): Promise<ExecutionResult> {
  const prepared = await prepareOperation(gateway, request);
  // Without the hoisted denials the shield alone makes nulls; statements are compiled anew, since they select more.
  const operation: Operation = { ...prepared, reading: { ...prepared.reading, denied: new Set(), statements: new Map(), isReference: true } };
  const contextValue: ReferenceContext = { access: operation.access, operation };
  return execute({ schema: referenceSchema(gateway), document: request.document, operationName: request.operationName, variableValues: { ...request.variables }, contextValue });
}
