import { parse } from 'graphql';
import { bindArguments, coerceVariables, coordinatesOf, planOperation } from '../../../src/query/plan/operation-plan';
import { schema } from './toy-schema';

const prepare = (text: string, inputs: Record<string, unknown> = {}, operationName: string | null = null) => {
  const document = parse(text);
  const { variables } = coerceVariables(schema, document, operationName, inputs);
  const plan = planOperation(schema, document, operationName, variables);
  return { plan, variables, args: bindArguments(plan, variables) };
};
const argumentsOf = (text: string, inputs: Record<string, unknown> = {}) => { const { plan, args } = prepare(text, inputs); return plan.roots.map((each) => args.get(each.id)); };
const refusal = (act: () => unknown): { code?: string; message?: string } => { try { act(); return {}; } catch (error) { return error as { code: string; message: string }; } };

describe('the plan of an operation', () => {
  test('a query, with its name and its roots in order', () => {
    const { plan } = prepare('query Chart { b: member(id: "2") { name } a: member(id: "1") { id } }');
    expect([plan.kind, plan.name, plan.roots.map((each) => `${each.key}:${each.coordinate}`)]).toEqual(['query', 'Chart', ['b:Query.member', 'a:Query.member']]);
    expect([Object.isFrozen(plan), Object.isFrozen(plan.roots)]).toEqual([true, true]);
  });
  test('a mutation', () => {
    const { plan } = prepare('mutation { openCareGap(memberId: "1") { id } }');
    expect([plan.kind, plan.name, plan.roots[0]?.coordinate]).toEqual(['mutation', null, 'Mutation.openCareGap']);
  });
  test('the one that is named, of several', () => {
    const two = 'query A { member(id: "1") { id } } query B { members { name } }';
    expect(prepare(two, {}, 'B').plan.roots.map((each) => each.coordinate)).toEqual(['Query.members']);
  });
  test.each<[string, string, string | null]>([
    ['no name where there are two', 'query A { members { id } } query B { members { id } }', null], ['a name that is not there', 'query A { members { id } }', 'C'], ['fragments alone', 'fragment f on Member { id }', null],
  ])('%s is BAD_USER_INPUT', (_, text, operationName) => {
    expect(refusal(() => prepare(text, {}, operationName))).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('operationName') });
  });
  test('fragments of the document are spread; a variable decides what is in it', () => {
    const text = 'query ($more: Boolean!) { member(id: "1") { ...own ... on Named @include(if: $more) { name } } } fragment own on Member { id }';
    expect(coordinatesOf(prepare(text, { more: true }).plan.roots)).toEqual(['Query.member', 'Member.id', 'Member.name']);
    expect(coordinatesOf(prepare(text, { more: false }).plan.roots)).toEqual(['Query.member', 'Member.id']);
  });
});

describe('variables', () => {
  test('are coerced, defaults filled in', () => {
    expect(prepare('query ($id: ID!, $first: Int = 5) { member(id: $id) { conditions(first: $first) { total } } }', { id: 7 }).variables).toEqual({ id: '7', first: 5 });
  });
  test.each<[string, string, Record<string, unknown>, RegExp]>([
    ['a missing one', 'query ($id: ID!) { member(id: $id) { id } }', {}, /\$id/], ['null for one that may not be', 'query ($id: ID!) { member(id: $id) { id } }', { id: null }, /\$id/],
    ['another type', 'query ($first: Int) { members(first: $first) { id } }', { first: 'secret' }, /\$first/], ['a key that an input has not', 'query ($filter: Filter) { members(filter: $filter) { id } }', { filter: { secret: 'secret' } }, /\$filter/],
    ['deep inside', 'query ($filter: Filter) { members(filter: $filter) { id } }', { filter: { labels: ['ok', { secret: 'secret' }] } }, /\$filter/],
  ])('%s is BAD_USER_INPUT, naming the variable and not its value', (_, text, inputs, named) => {
    const { code, message } = refusal(() => prepare(text, inputs));
    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toMatch(named);
    expect(message).not.toContain('secret');
  });
});

describe('arguments', () => {
  test.each<[string, string, Record<string, unknown>, unknown]>([
    ['as written', '{ member(id: "1") { id } }', {}, { id: '1' }], ['from a variable', 'query ($id: ID!) { member(id: $id) { id } }', { id: 'x' }, { id: 'x' }],
    ['the schema\'s default', '{ members { id } }', {}, { first: 50 }], ['a default gives way', '{ members(first: 2) { id } }', {}, { first: 2 }],
    ['a variable that is not given leaves the default', 'query ($first: Int) { members(first: $first) { id } }', {}, { first: 50 }],
    ['an input with a variable inside', 'query ($code: String) { members(filter: { code: $code, labels: ["HIV"] }) { id } }', { code: 'c' }, { first: 50, filter: { code: 'c', labels: ['HIV'] } }],
    ['null as such', '{ members(first: null) { id } }', {}, { first: null }],
  ])('%s', (_, text, inputs, expected) => { expect(JSON.parse(JSON.stringify(argumentsOf(text, inputs)))).toEqual([expected]); });
  test('two of one field keep their own, at every depth; fields without arguments have none', () => {
    const { plan, args } = prepare('{ member(id: "1") { name a: conditions(first: 1) { total } b: conditions(first: 2) { total } } }');
    const below = plan.roots[0]?.selections ?? [];
    expect(below.map((each) => args.get(each.id)?.['first'])).toEqual([undefined, 1, 2]);
    expect(args.has(below[0]?.id ?? -1)).toBe(false);
  });
  test('the same plan is bound anew for each request', () => {
    const text = 'query ($first: Int) { members(first: $first) { id } }';
    const { plan } = prepare(text, { first: 1 });
    const root = plan.roots[0]?.id ?? -1;
    expect([bindArguments(plan, { first: 1 }).get(root), bindArguments(plan, { first: 9 }).get(root)]).toEqual([{ first: 1 }, { first: 9 }]);
  });
});

describe('the coordinates of an operation', () => {
  test('once each, with everything below, and without the meta field', () => {
    const { plan } = prepare('{ __typename a: member(id: "1") { __typename name conditions { nodes { code } } } b: member(id: "2") { name claims { diagnoses { code } } } }');
    expect(coordinatesOf(plan.roots)).toEqual(['Query.member', 'Member.name', 'Member.conditions', 'Conditions.nodes', 'Condition.code', 'Member.claims', 'Claim.diagnoses']);
  });
  test('of nothing there is none', () => { expect(coordinatesOf([])).toEqual([]); });
});
