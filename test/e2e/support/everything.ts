import { getNamedType, isCompositeType, isLeafType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';

/** Operations that ask for all there is, made from the schema itself, so that a new field is asked for the day it is there. */

const PAGE = 40;
const argumentsOf = (field: GraphQLField<unknown, unknown>): string => (field.args.some((each) => each.name === 'first') ? `(first: ${PAGE})` : '');

function selection(schema: GraphQLSchema, typeName: string, above: readonly string[]): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(typeName);
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    // A record's member and an edge's node are what is asked for already.
    if (!isCompositeType(named) || above.includes(named.name) || named.name === 'Member' || field.name === 'edges') return [];
    return [`${field.name}${argumentsOf(field)} ${selection(schema, named.name, [...above, named.name])}`];
  });
  return `{ ${parts.join(' ')} }`;
}

/** All fields of every member reached. */
export const everyMember = (schema: GraphQLSchema, first: number): string => `{ members(first: ${first}) { nodes ${selection(schema, 'Member', ['Member'])} } }`;
export const oneMember = (schema: GraphQLSchema, id: string): string => `{ member(id: ${JSON.stringify(id)}) ${selection(schema, 'Member', ['Member'])} }`;
/** One of the lists and reports beside the members. */
export const everyOther = (schema: GraphQLSchema, root: 'careGaps' | 'claims' | 'operations' | 'viewer' | 'notice'): string => {
  const field = schema.getQueryType()?.getFields()[root];
  if (!field) throw new Error(root);
  const size = root === 'careGaps' || root === 'claims' ? '(first: 200)' : '';
  return `{ ${root}${size} ${selection(schema, getNamedType(field.type).name, [])} }`;
};

/** The texts of an answer's data, without the names of its fields and without cursors, which may spell anything. */
export function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textsOf).join('\n');
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([key, each]) => (/cursor/i.test(key) ? '' : textsOf(each))).join('\n') : '';
}
