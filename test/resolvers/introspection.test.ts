import { buildSchema, parse, type GraphQLObjectType } from 'graphql';
import { plannedFields } from '../../src/query/plan/selection';
import { introspect } from '../../src/resolvers/introspection';

/** The role's schema holds less than the full one that documents are validated against. */
const FULL = buildSchema('type Query { a: String members(filter: Missing): String } input Missing { x: Int }');
const ROLE = buildSchema('type Query { a: String }');
const asked = (text: string) => {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('an operation is needed');
  let id = 0;
  const roots = plannedFields([operation.selectionSet], FULL.getQueryType() as GraphQLObjectType, { schema: FULL, fragments: {}, variables: {}, nextId: () => id++ });
  return { document, roots: roots.filter((each) => each.name.startsWith('__')) };
};

test('introspection stands beside variables of types that the role does not have', async () => {
  const { document, roots } = asked('query ($f: Missing, $n: String!) { members(filter: $f) t: __type(name: $n) { name fields { name } } }');
  expect(await introspect(ROLE, document, null, roots, { f: { x: 1 }, n: 'Query' })).toEqual({ t: { name: 'Query', fields: [{ name: 'a' }] } });
});
test('what the role does not have is not there by name either', async () => {
  const { document, roots } = asked('{ __type(name: "Missing") { name } }');
  expect(await introspect(ROLE, document, null, roots, {})).toEqual({ __type: null });
});
