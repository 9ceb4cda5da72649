import { Kind, parse, type FragmentDefinitionNode, type GraphQLObjectType } from 'graphql';
import { allSelected, plannedFields, selected, type PlannedField } from '../../../src/query/plan/selection';
import { schema } from './toy-schema';

function plan(text: string, type = 'Member', variables: Record<string, unknown> = {}): PlannedField[] {
  const document = parse(text);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  let last = 0;
  return plannedFields([operation.selectionSet], schema.getType(type) as GraphQLObjectType, { schema, fragments, variables, nextId: () => last++ });
}
/** `key:coordinate`, with what is below in braces. */
const told = (fields: readonly PlannedField[]): string => fields.map((each) => `${each.key}:${each.coordinate}${each.selections.length ? ` { ${told(each.selections)} }` : ''}`).join(' ');
const reads = (text: string, type?: string, variables?: Record<string, unknown>): string => told(plan(text, type, variables));

describe('fields as the GraphQL specification collects them', () => {
  test.each<[string, string, string]>([
    ['in the order of the document', '{ name id birthDate }', 'name:Member.name id:Member.id birthDate:Member.birthDate'],
    ['under their aliases', '{ a: name b: name }', 'a:Member.name b:Member.name'],
    ['once for the same key', '{ name name }', 'name:Member.name'],
    ['with what is below them', '{ conditions { nodes { code } } }', 'conditions:Member.conditions { nodes:Conditions.nodes { code:Condition.code } }'],
    ['the meta field', '{ __typename name }', '__typename:Member.__typename name:Member.name'],
    ['selections of one key become one, in order', '{ conditions { total } name conditions { nodes { code } total } }', 'conditions:Member.conditions { total:Conditions.total nodes:Conditions.nodes { code:Condition.code } } name:Member.name'],
    ['… at every depth', '{ conditions { nodes { code } } conditions { nodes { id code } } }', 'conditions:Member.conditions { nodes:Conditions.nodes { code:Condition.code id:Condition.id } }'],
    ['… but not of two keys', '{ a: conditions { total } b: conditions { nodes { id } } }', 'a:Member.conditions { total:Conditions.total } b:Member.conditions { nodes:Conditions.nodes { id:Condition.id } }'],
  ])('%s', (_, text, expected) => { expect(reads(text)).toBe(expected); });
});

describe('fragments', () => {
  test.each<[string, string, string]>([
    ['a spread', '{ ...own } fragment own on Member { name id }', 'name:Member.name id:Member.id'],
    ['a spread of a spread', '{ ...a } fragment a on Member { id ...b } fragment b on Member { name }', 'id:Member.id name:Member.name'],
    ['an inline fragment', '{ ... on Member { name } }', 'name:Member.name'],
    ['one without a condition', '{ ... { name } id }', 'name:Member.name id:Member.id'],
    ['merged with fields outside', '{ conditions { total } ...more } fragment more on Member { conditions { nodes { code } } name }', 'conditions:Member.conditions { total:Conditions.total nodes:Conditions.nodes { code:Condition.code } } name:Member.name'],
    ['spread twice', '{ ...own ...own } fragment own on Member { name }', 'name:Member.name'],
    ['of another type it adds nothing', '{ id ... on Condition { code } }', 'id:Member.id'],
    ['that nobody defined it adds nothing', '{ id ...nowhere }', 'id:Member.id'],
    ['below a field', '{ conditions { nodes { ...code } } } fragment code on Condition { code }', 'conditions:Member.conditions { nodes:Conditions.nodes { code:Condition.code } }'],
  ])('%s', (_, text, expected) => { expect(reads(text)).toBe(expected); });
  test.each<[string, string, string, string]>([
    ['an interface that the type implements', '{ ... on Record { code } }', 'Claim', 'code:Claim.code'],
    ['an interface that it does not', '{ id ... on Named { name } }', 'Claim', 'id:Claim.id'],
    ['a union that it belongs to', '{ ... on Found { __typename } }', 'Member', '__typename:Member.__typename'],
    ['a union that it does not belong to', '{ id ... on Found { __typename } }', 'Claim', 'id:Claim.id'],
    ['the type inside the interface', '{ ... on Record { code ... on Claim { billedAmount } ... on Condition { onsetAt } } }', 'Claim', 'code:Claim.code billedAmount:Claim.billedAmount'],
    ['a named fragment on the interface', '{ ...record } fragment record on Record { id labels }', 'Condition', 'id:Condition.id labels:Condition.labels'],
    ['a type that the schema has not', '{ id ... on Nothing { code } }', 'Claim', 'id:Claim.id'],
  ])('a condition: %s', (_, text, type, expected) => { expect(reads(text, type)).toBe(expected); });
  test('the coordinate is that of the object, never of the interface: the object\'s own rule decides', () => {
    expect(plan('{ ... on Record { code } }', 'Claim').map((each) => each.parent)).toEqual(['Claim']);
  });
});

describe('@skip and @include', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ['skipped', '{ id name @skip(if: true) }', {}, 'id:Member.id'], ['not skipped', '{ id name @skip(if: false) }', {}, 'id:Member.id name:Member.name'],
    ['included', '{ id name @include(if: true) }', {}, 'id:Member.id name:Member.name'], ['not included', '{ id name @include(if: false) }', {}, 'id:Member.id'],
    ['by a variable', '{ id name @include(if: $wanted) }', { wanted: false }, 'id:Member.id'], ['by a variable that holds', '{ id name @include(if: $wanted) }', { wanted: true }, 'id:Member.id name:Member.name'],
    ['skip wins over include', '{ id name @skip(if: true) @include(if: true) }', {}, 'id:Member.id'],
    ['a spread', '{ id ...own @skip(if: true) } fragment own on Member { name }', {}, 'id:Member.id'],
    ['an inline fragment', '{ id ... @include(if: false) { name } }', {}, 'id:Member.id'],
    ['a spread that is skipped once may come again', '{ ...own @skip(if: true) ...own } fragment own on Member { name }', {}, 'name:Member.name'],
    ['one of two of the same key', '{ conditions @skip(if: true) { total } conditions { nodes { id } } }', {}, 'conditions:Member.conditions { nodes:Conditions.nodes { id:Condition.id } }'],
    ['inside, below', '{ conditions { total @skip(if: true) nodes { code } } }', {}, 'conditions:Member.conditions { nodes:Conditions.nodes { code:Condition.code } }'],
  ])('%s', (_, text, variables, expected) => { expect(reads(text, 'Member', variables)).toBe(expected); });
});

describe('a planned field', () => {
  const [conditions, name] = plan('{ mine: conditions(first: 2) { nodes { id } } name }');
  test('knows its definition, its node and where it leads', () => {
    expect([conditions?.name, conditions?.key, conditions?.definition?.args.map((each) => each.name), conditions?.type?.name]).toEqual(['conditions', 'mine', ['first', 'filter'], 'Conditions']);
    expect([name?.type, name?.selections]).toEqual([null, []]);
  });
  test('has a number of its own in the operation and cannot be changed', () => {
    const ids: number[] = [];
    const visit = (field: PlannedField): void => { ids.push(field.id); field.selections.forEach(visit); };
    plan('{ a: conditions { nodes { id code } } b: conditions { nodes { id } } name }').forEach(visit);
    expect(new Set(ids).size).toBe(ids.length);
    expect([Object.isFrozen(conditions), Object.isFrozen(conditions?.selections)]).toEqual([true, true]);
  });
  test('is found by its name, whatever its key; all of them where there are several', () => {
    const fields = plan('{ a: name id b: name }');
    expect([selected(fields, 'name')?.key, selected(fields, 'birthDate'), allSelected(fields, 'name').map((each) => each.key)]).toEqual(['a', undefined, ['a', 'b']]);
  });
});
