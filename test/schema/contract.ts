import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, type GraphQLSchema, parse, visit } from 'graphql';

/** The public contract, with the connections that it states by rule instead of spelling them out. */
export function contractSchema(): GraphQLSchema {
  const source = readFileSync(join(__dirname, 'contract.graphql'), 'utf8');
  const named = new Set<string>();
  visit(parse(source), { NamedType: (node) => { if (node.name.value.endsWith('Connection')) named.add(node.name.value.slice(0, -'Connection'.length)); } });
  const connections = [...named].map((node) => `
    type ${node}Connection { edges: [${node}Edge!]! nodes: [${node}!]! pageInfo: PageInfo! }
    type ${node}Edge { cursor: String! node: ${node}! }`);
  return buildASTSchema(parse(source + connections.join('')));
}
