import {
  getNamedType, isCompositeType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { isPageSize, LARGEST_PAGE } from '../vocabulary/page-size';

/**
 * How many nodes a validated operation could return, counted through fragments and page sizes before anything runs. A page
 * counts its size; an object reached by a plain field counts one; an object of leaves alone (a code, a name) is part of its
 * owner, and what a connection is made of (edges, page information) is part of the page. Each fragment is counted once and
 * never expanded, so the cost is that of the text.
 * @param variables coerced ones
 * A page size out of range counts as the largest; it is refused where it is read, by its own error.
 */
export function countNodes(
  schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const shape = shapeOf(schema);
  const known = new Map<string, number>();

  const ofFragment = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const count = fragment && isCompositeType(type) ? ofSet(fragment.selectionSet, type) : 0;
    known.set(name, count);
    return count;
  };
  const ofSet = (set: SelectionSetNode, parent: GraphQLCompositeType): number => {
    const spread = new Set<string>();
    let count = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) count += ofField(selection, parent);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        if (isCompositeType(type)) count += ofSet(selection.selectionSet, type);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        count += ofFragment(selection.name.value);
      }
    }
    return count;
  };
  const ofField = (node: FieldNode, parent: GraphQLCompositeType): number => {
    const field = fieldOf(schema, parent, node.name.value);
    const type = field && getNamedType(field.type);
    if (!field || !node.selectionSet || !isCompositeType(type)) return 0;
    const below = ofSet(node.selectionSet, type);
    const page = pageSize(field, node, variables);
    if (page !== null) return page + page * below;
    const times = parent.name.startsWith('__') ? shape.introspectionSize(node.name.value) : 1;
    return times * ((shape.isPartOfOwner(parent, type) ? 0 : 1) + below);
  };
  const root = schema.getRootType(operation.operation);
  return root ? ofSet(operation.selectionSet, root) : 0;
}

function fieldOf(schema: GraphQLSchema, parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === '__schema') return SchemaMetaFieldDef;
  if (name === '__type') return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

/** The size of the page that the field asks for; null where it is no page. */
function pageSize(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const argument = field.args.find((each) => each.name === 'first');
  if (!argument) return null;
  const given = node.arguments?.find((each) => each.name.value === 'first')?.value;
  let asked: unknown = null;
  if (given?.kind === Kind.INT) asked = Number(given.value);
  else if (given?.kind === Kind.VARIABLE) asked = variables[given.name.value];
  const size = typeof asked === 'number' ? asked : argument.defaultValue;
  return isPageSize(size) ? size : LARGEST_PAGE;
}

interface Shape {
  isPartOfOwner(parent: GraphQLCompositeType, type: GraphQLCompositeType): boolean;
  /** How long a list of the introspection is in this schema, on average. */
  introspectionSize(field: string): number;
}
const shapes = new WeakMap<GraphQLSchema, Shape>();

function shapeOf(schema: GraphQLSchema): Shape {
  const before = shapes.get(schema);
  if (before) return before;
  const [connections, sizes] = [new Set<string>(), introspectionSizes(schema)];
  for (const field of fieldsOf(schema)) {
    const page = getNamedType(field.type);
    if (!field.args.some((each) => each.name === 'first') || !isObjectType(page)) continue;
    connections.add(page.name);
    const edge = page.getFields().edges;
    if (edge) connections.add(getNamedType(edge.type).name);
  }
  const shape: Shape = {
    isPartOfOwner: (parent, type) => connections.has(parent.name)
      || (isObjectType(type) && Object.values(type.getFields()).every((each) => isLeafType(getNamedType(each.type)))),
    introspectionSize: (field) => sizes[field] ?? 1,
  };
  shapes.set(schema, shape);
  return shape;
}

function fieldsOf(schema: GraphQLSchema): GraphQLField<unknown, unknown>[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []));
}

function introspectionSizes(schema: GraphQLSchema): Readonly<Record<string, number>> {
  const types = Object.values(schema.getTypeMap());
  const fields = fieldsOf(schema);
  const sum = (counts: number[]): number => counts.reduce((total, each) => total + each, 0);
  return {
    types: types.length,
    directives: schema.getDirectives().length,
    fields: fields.length / types.length,
    args: sum(fields.map((each) => each.args.length)) / Math.max(fields.length, 1),
    inputFields: sum(types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0))) / types.length,
    enumValues: sum(types.map((type) => (isEnumType(type) ? type.getValues().length : 0))) / types.length,
  };
}
