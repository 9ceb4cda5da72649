import { getNamedType, isObjectType, parse, type DocumentNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { connectionType } from '../query/plan/verdicts';
import { invariant } from '../vocabulary/errors';
import { RECORD_TYPES } from '../vocabulary/records';
import type { ExportType } from './request';

/** Fields that are no cells of the record: what the privacy office keeps, what is worked out for one clinician, the way back to the member. */
const LEFT_OUT = ['privacy', 'interactionAlerts', 'member'];

/** Every served field of a type, objects field by field; no connection. */
function selectionOf(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields()).filter((each) => !LEFT_OUT.includes(each.name) && (type.name !== 'Member' || connectionType(each.name) === null));
  return fields.map((each) => {
    const named = getNamedType(each.type);
    return isObjectType(named) ? `${each.name} { ${selectionOf(named)} }` : each.name;
  }).join(' ');
}

function typeOf(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const found = schema.getType(name);
  invariant(isObjectType(found), 'what is exported is a type of the schema');
  return found;
}

/** Rows of a page of one connection: the schema's largest. */
export const PAGE = 200;

/**
 * The one operation behind every chunk of an export: the members with their own cells where these are asked for, and each type of records as
 * the connection of a member. It is decided and read as any other operation is: there is no second path to a cell.
 */
export function exportDocument(schema: GraphQLSchema, types: readonly ExportType[]): DocumentNode {
  const own = types.includes('Member') ? selectionOf(typeOf(schema, 'Member')) : 'id';
  const connections = types.flatMap((type) => (type === 'Member' ? [] : [`${RECORD_TYPES[type].connection}(first: ${PAGE}) { nodes { ${selectionOf(typeOf(schema, type))} } pageInfo { hasNextPage } }`]));
  const records = connections.length === 0 ? '' : `records: members(first: 1) { nodes { ${connections.join(' ')} } }`;
  return parse(`query Export { members(first: ${PAGE}) { nodes { ${own} } pageInfo { hasNextPage } } ${records} }`, { noLocation: true });
}

const DOCUMENTS = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/** The same document for the same types, so that its plans are found again; `kind` keeps apart what is read with another filter. */
export function documentFor(schema: GraphQLSchema, types: readonly ExportType[], kind: 'ALL' | 'CHANGES'): DocumentNode {
  const known = DOCUMENTS.get(schema) ?? new Map<string, DocumentNode>();
  DOCUMENTS.set(schema, known);
  const key = `${kind} ${types.join(' ')}`;
  const made = known.get(key) ?? exportDocument(schema, types);
  known.set(key, made);
  return made;
}
