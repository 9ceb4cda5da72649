import { buildSchema, parse } from 'graphql';
import { PlanCache } from '../../src/resolvers/plan-cache';

const SCHEMA = buildSchema('type Query { list(by: Order, ids: [ID!], first: Int): String } input Order { field: Field! way: Way } enum Field { A B } enum Way { UP DOWN }');
const cached = (text: string, ...variables: Record<string, unknown>[]) => {
  const cache = new PlanCache();
  const document = parse(text);
  return variables.map((each) => cache.get(SCHEMA, document, null, each, 'profile'));
};

test.each([
  ['an enum in a variable of any name', 'query ($x: Field!, $y: Way) { list(by: { field: $x, way: $y }) }', { x: 'A', y: 'UP' }, { x: 'A', y: 'DOWN' }],
  ['an enum within an input', 'query ($o: Order) { list(by: $o) }', { o: { field: 'A' } }, { o: { field: 'B' } }],
  ['a part that is missing', 'query ($o: Order) { list(by: $o) }', { o: { field: 'A' } }, { o: { field: 'A', way: 'UP' } }],
  ['the length of a list', 'query ($i: [ID!]) { list(ids: $i) }', { i: ['a'] }, { i: ['a', 'b'] }],
  ['a number', 'query ($n: Int) { list(first: $n) }', { n: 1 }, { n: 2 }],
])('what changes a statement makes another plan: %s', (_, text, one, other) => {
  const [first, second] = cached(text, one, other);
  expect(first).not.toBe(second);
});
test('ids and words do not: they are parameters', () => {
  const [first, second] = cached('query ($i: [ID!]) { list(ids: $i) }', { i: ['a'] }, { i: ['A'] });
  expect(first).toBe(second);
});
