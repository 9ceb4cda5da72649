import {
  getDirectiveValues, getNamedType, GraphQLIncludeDirective, GraphQLSkipDirective, isAbstractType, isObjectType, Kind,
  type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, type SelectionNode, type SelectionSetNode,
} from 'graphql';

/** One field that an operation uses: where it stands, under which key it is answered, and what is selected below it. */
export interface PlannedField {
  /** Unique within the operation; arguments of each request are found by it. */
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly parent: string;
  /** Schema coordinate, `Member.birthDate`; `Member.__typename` for the meta field. */
  readonly coordinate: string;
  readonly definition: GraphQLField<unknown, unknown> | null;
  readonly node: FieldNode;
  /** The object type that the field leads to; null for a leaf. */
  readonly type: GraphQLObjectType | null;
  readonly selections: readonly PlannedField[];
  /** Where the field leads to an interface: what is selected of each type that it can be. */
  readonly byType: ReadonlyMap<string, readonly PlannedField[]> | null;
}

/** What selections are read with: fragments, and the variables that @skip and @include name. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly nextId: () => number;
}

function isIncluded(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false;
}

function appliesTo(condition: string | undefined, type: GraphQLObjectType, schema: GraphQLSchema): boolean {
  if (!condition || condition === type.name) return true;
  const named = schema.getType(condition);
  return named !== undefined && isAbstractType(named) && schema.isSubType(named, type);
}

function collect(set: SelectionSetNode, type: GraphQLObjectType, scope: SelectionScope, into: Map<string, FieldNode[]>, visited: Set<string>): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, scope.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      into.set(key, [...(into.get(key) ?? []), selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (appliesTo(selection.typeCondition?.name.value, type, scope.schema)) collect(selection.selectionSet, type, scope, into, visited);
    } else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      const fragment = scope.fragments[selection.name.value];
      if (fragment && appliesTo(fragment.typeCondition.name.value, type, scope.schema)) collect(fragment.selectionSet, type, scope, into, visited);
    }
  }
}

/** The fields selected of an object, merged by response key in the order of the document, as the GraphQL specification collects them. */
export function plannedFields(sets: readonly SelectionSetNode[], type: GraphQLObjectType, scope: SelectionScope): PlannedField[] {
  const groups = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const set of sets) collect(set, type, scope, groups, visited);
  return [...groups].map(([key, nodes]) => plan(key, nodes, type, scope));
}

function plan(key: string, nodes: readonly FieldNode[], parent: GraphQLObjectType, scope: SelectionScope): PlannedField {
  const node = nodes[0] as FieldNode;
  const name = node.name.value;
  const definition = (parent.getFields()[name] as GraphQLField<unknown, unknown> | undefined) ?? null;
  const named = definition ? getNamedType(definition.type) : null;
  const type = isObjectType(named) ? named : null;
  const sets = nodes.flatMap((each) => (each.selectionSet ? [each.selectionSet] : []));
  const byType = named && isAbstractType(named)
    ? new Map(scope.schema.getPossibleTypes(named).map((each) => [each.name, Object.freeze(plannedFields(sets, each, scope))] as const)) : null;
  return Object.freeze({
    id: scope.nextId(), key, name, parent: parent.name, coordinate: `${parent.name}.${name}`, definition, node, type,
    selections: type ? Object.freeze(plannedFields(sets, type, scope)) : [], byType,
  });
}

/** The field selected of this name, whatever its key; the first where there are several. */
export const selected = (fields: readonly PlannedField[], name: string): PlannedField | undefined => fields.find((each) => each.name === name);
/** All fields of this name: aliases may ask one field several times. */
export const allSelected = (fields: readonly PlannedField[], name: string): PlannedField[] => fields.filter((each) => each.name === name);
