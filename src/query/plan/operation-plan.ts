import {
  getArgumentValues, getOperationAST, getVariableValues, Kind, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationTypeNode,
} from 'graphql';
import { GatewayError, invariant } from '../../vocabulary/errors';
import { plannedFields, type PlannedField } from './selection';

/** Every field that an operation uses, before anything is decided. */
export interface OperationPlan {
  readonly kind: OperationTypeNode;
  readonly name: string | null;
  readonly roots: readonly PlannedField[];
}
/** The arguments of one request, by the id of the field: coerced, defaults filled in. */
export type Arguments = ReadonlyMap<number, Readonly<Record<string, unknown>>>;

/** Coerces variables; a mistake is BAD_USER_INPUT, naming the variable and not its value. */
export function coerceVariables(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, inputs: Readonly<Record<string, unknown>>) {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new GatewayError('BAD_USER_INPUT', 'operationName: names no operation of the document, or is needed and missing');
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 1 });
  if (coerced.errors) {
    const name = /\$(\w+)/.exec(coerced.errors[0]?.message ?? '')?.[1];
    throw new GatewayError('BAD_USER_INPUT', `variable ${name ? `$${name}` : ''}: is missing or not of its type`);
  }
  return { operation, variables: coerced.coerced };
}

/** The fields of an operation, fragments spread and skipped ones left out. */
export function planOperation(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, variables: Readonly<Record<string, unknown>>): OperationPlan {
  const operation = getOperationAST(document, operationName);
  invariant(operation, 'the operation was found when variables were coerced');
  const root = schema.getRootType(operation.operation);
  invariant(root, 'a validated operation has its root type');
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  let last = 0;
  const roots = plannedFields([operation.selectionSet], root, { schema, fragments, variables, nextId: () => last++ });
  return Object.freeze({ kind: operation.operation, name: operation.name?.value ?? null, roots: Object.freeze(roots) });
}

/** The arguments of every field of the plan, for the variables of one request. */
export function bindArguments(plan: OperationPlan, variables: Readonly<Record<string, unknown>>): Arguments {
  const found = new Map<number, Readonly<Record<string, unknown>>>();
  const visit = (field: PlannedField): void => {
    if (field.definition && field.definition.args.length > 0) found.set(field.id, getArgumentValues(field.definition, field.node, variables));
    field.selections.forEach(visit);
    field.byType?.forEach((each) => each.forEach(visit));
  };
  plan.roots.forEach(visit);
  return found;
}

/** Every coordinate that the selection uses, once each. */
export function coordinatesOf(fields: readonly PlannedField[]): string[] {
  const found = new Set<string>();
  const visit = (field: PlannedField): void => {
    if (field.name !== '__typename') found.add(field.coordinate);
    field.selections.forEach(visit);
    field.byType?.forEach((each) => each.forEach(visit));
  };
  fields.forEach(visit);
  return [...found];
}
