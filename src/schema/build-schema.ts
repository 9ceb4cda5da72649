import { assertValidSchema, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { assertCompletelyTagged } from '../directives/assert-completely-tagged';
import { withTagDirectives } from '../directives/definitions';
import { stampTags } from '../directives/resolve-tags';
import { fieldsOf } from '../directives/tags';
import { isPageSize } from '../vocabulary/page-size';
import { RECORD_TYPE_NAMES, RECORD_TYPES } from '../vocabulary/records';
import { Member } from './member';

const ROOTS: Readonly<Record<string, string>> = {
  Query: 'What can be asked. A caller gets exactly the cells that the Notice allows.',
  Mutation: 'What can be changed; each change leaves an audit record first.',
};

/** Everything that a client meets is described, and pages are bounded: a list without a size is a way to ask for everything. */
function assertWellFormed(schema: GraphQLSchema): void {
  const mistakes: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isIntrospectionType(type) && !type.description) mistakes.push(`${type.name} has no description`);
  }
  for (const { field, coordinate } of fieldsOf(schema)) {
    if (!field.description) mistakes.push(`${coordinate} has no description`);
    for (const arg of field.args) if (!arg.description) mistakes.push(`${coordinate}(${arg.name}:) has no description`);
    const paged = String(field.type).replace('!', '').endsWith('Connection');
    const size: unknown = field.args.find((arg) => arg.name === 'first')?.defaultValue;
    if (paged && !isPageSize(size)) mistakes.push(`${coordinate} has no page size`);
  }
  const member = schema.getType('Member');
  for (const name of RECORD_TYPE_NAMES) {
    const { connection } = RECORD_TYPES[name];
    if (isObjectType(member) && !member.getFields()[connection]) mistakes.push(`Member.${connection} is missing`);
  }
  if (mistakes.length) throw new Error(`The schema does not build:\n${mistakes.map((each) => `  ${each}`).join('\n')}`);
}

/**
 * The schema of the gateway: the root fields of the resolver classes given, with everything that they reach, the tags of every
 * field in its `extensions` (read them with `tagsOf`) and the three directives defined.
 * @throws an error naming each coordinate that is not tagged or not described.
 */
export function buildGatewaySchema(resolvers: NonEmptyArray<Function>): GraphQLSchema {
  const built = buildSchemaSync({ resolvers, orphanedTypes: [Member], validate: false });
  for (const [name, description] of Object.entries(ROOTS)) {
    const root = built.getType(name);
    if (root) root.description = description;
  }
  const schema = withTagDirectives(built);
  stampTags(schema);
  assertValidSchema(schema);
  assertCompletelyTagged(schema);
  assertWellFormed(schema);
  return schema;
}
