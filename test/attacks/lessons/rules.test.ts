/** Lessons about rules and tags themselves: F1, F2, F4, F26. A rule that breaks, a tag that lacks, a name that changes, a plan that fails: each denies. */
import 'reflect-metadata';
import { extendSchema, GraphQLDirective, GraphQLSchema, parse, specifiedDirectives } from 'graphql';
import { Query, Resolver } from 'type-graphql';
import { tagsOf, type FieldTags } from '../../../src/directives/tags';
import { permit, prohibition, type Clause } from '../../../src/permissions/core/clause';
import { always, and, exists, never, not, or, type Predicate } from '../../../src/permissions/core/predicate';
import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { shieldTree } from '../../../src/permissions/shield';
import { decideCoordinate } from '../../../src/resolvers/root-verdicts';
import { SERVED_RESOLVERS } from '../../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../../src/schema/build-schema';
import { ENGINE, type Engine } from '../../laws/support/engine';
import { SCHEMA } from '../../laws/support/laboratory';
import { Told } from './support/told';

const WORLD = `
people: { nils: { role: NURSE, of: company, for: TREAT, treats: [rosa] } }
members: { rosa: { age: 41, family: Canary } }
records: { asthma: { type: Condition, of: rosa, code: Canary } }
`;
const QUERY = '{ member(id: <rosa>) { id gender name { family } conditions { nodes { id code { display } } } } }';
let told: Told;
beforeAll(async () => { told = await Told.open('sqlite::memory:', WORLD); });
afterAll(() => told.close());

/** What comes of the query under another engine: the body, or the word for an operation that failed as a whole. */
async function under(engine: Partial<Engine>, query = QUERY): Promise<string> {
  try { return (await told.ask('nils', query, {}, told.fresh({ ...ENGINE, ...engine }))).body; } catch (error) {
    if (told.laboratory.reads.some((each) => JSON.stringify(each.rows).includes('Canary'))) return 'Canary was read';
    return `failed: ${(error as Error).name}`;
  }
}

test('F1 without a fault the question is answered', async () => { expect(await under({})).toContain('Canary'); });

describe('F1 a rule that is broken denies, under any combinator', () => {
  // A rule that no reader of rules knows: whoever meets it fails.
  const broken = { kind: 'perhaps' } as unknown as Predicate;
  const throwing = { get kind(): never { throw new Error('a fact is missing'); } } as unknown as Predicate;
  const COMBINED: readonly (readonly [string, (rule: Predicate) => Predicate])[] = [
    ['alone', (rule) => rule], ['and', (rule) => and(always, rule)], ['and, the other way', (rule) => and(rule, always)], ['or', (rule) => or(never, rule)], ['or beside what permits', (rule) => or(always, rule)],
    ['or, the other way', (rule) => or(rule, always)], ['not', (rule) => not(rule)], ['not not', (rule) => not(not(rule))], ['exists', (rule) => exists('care_team', rule)], ['not exists', (rule) => not(exists('care_team', rule))],
  ];
  const withPermit = (members: Predicate): Clause[] => clausesOf(JURISDICTIONS).map((each) => ({ ...each, permits: each.id === 'treatment' ? [permit({ roles: ['NURSE'], purposes: ['TREAT'], members })] : [] }));
  const withProhibition = (level: 'MEMBER' | 'CELL', hides: Predicate): Clause[] =>
    clausesOf(JURISDICTIONS).map((each) => (each.id === 'restrictions' ? { ...each, prohibits: [...each.prohibits, prohibition({ level, reason: 'RESTRICTED', rule: 'broken', hides })] } : each));

  test('a permit that is whole opens', async () => { expect(await under({ clausesOf: () => withPermit(always) })).toContain('Canary'); });
  test.each(COMBINED)('%s', async (_, combined) => {
    for (const rule of [broken, throwing]) {
      expect(await under({ clausesOf: () => withPermit(combined(rule)) })).not.toContain('Canary');
      for (const level of ['MEMBER', 'CELL'] as const) expect(await under({ clausesOf: () => withProhibition(level, combined(rule)) })).not.toContain('Canary');
    }
  });
});

test('F1 a field whose decision throws is null, and the others are as they were', async () => {
  const failing = (coordinate: string): Partial<Engine> => ({
    assembleGateway: (materials) => ({ ...ENGINE.assembleGateway(materials), shield: shieldTree(materials.tags, (context: Parameters<typeof decideCoordinate>[0], each: string) => { if (each === coordinate) throw new Error('broken'); return decideCoordinate(context, each); }) }),
  });
  const whole = { id: told.names.id('rosa'), gender: 'female', name: { family: 'Canary' }, conditions: { nodes: [{ id: told.names.id('asthma'), code: { display: 'Canary' } }] } };
  const withCode = (code: unknown) => ({ ...whole, conditions: { nodes: [{ ...whole.conditions.nodes[0], code }] } });
  const expected: Readonly<Record<string, unknown>> = {
    'Member.gender': { ...whole, gender: null }, 'Member.name': { ...whole, name: null }, 'HumanName.family': { ...whole, name: { family: null } },
    'Member.conditions': { ...whole, conditions: null }, 'Condition.code': withCode(null),
  };
  for (const [coordinate, member] of Object.entries(expected)) expect([coordinate, (JSON.parse(await under(failing(coordinate))) as { data: unknown }).data]).toEqual([coordinate, { member }]);
  expect(await under(failing('Query.member'))).toMatch(/^\{"errors":.*"FORBIDDEN"/);
  expect(await under(failing('Policy.catalogue'), '{ policy { catalogue { coordinate } } }')).toMatch(/^\{"errors":.*"FORBIDDEN"/);
});

describe('F2 a field without tags', () => {
  class Forgetful { untagged(): string { return 'Canary'; } }
  Reflect.defineMetadata('design:paramtypes', [], Forgetful.prototype, 'untagged');
  Query(() => String, { description: 'A field of which nobody said what it holds.' })(Forgetful.prototype, 'untagged', Object.getOwnPropertyDescriptor(Forgetful.prototype, 'untagged') as PropertyDescriptor);
  Resolver()(Forgetful);
  test('F2 fails the build, by its name', () => { expect(() => buildGatewaySchema([...SERVED_RESOLVERS, Forgetful])).toThrow('Query.untagged bears neither @phi nor @public'); });
  test('F2 at run time it is null, for everyone', async () => {
    const without = (coordinate: string): Partial<Engine> => ({ assembleGateway: (materials) => ENGINE.assembleGateway({ ...materials, tags: new Map([...materials.tags].filter(([each]) => each !== coordinate)) }) });
    const [FAMILY, DISPLAY] = ['"family":"Canary"', '"display":"Canary"'];
    expect(await under({})).toMatch(new RegExp(`${FAMILY}.*${DISPLAY}`));
    for (const coordinate of ['Query.member', 'Member.name', 'HumanName.family']) expect([coordinate, (await under(without(coordinate))).includes(FAMILY)]).toEqual([coordinate, false]);
    for (const coordinate of ['Query.member', 'Member.conditions', 'ConditionConnection.nodes', 'Condition.code', 'Code.display']) expect([coordinate, (await under(without(coordinate))).includes(DISPLAY)]).toEqual([coordinate, false]);
  });
});

describe('F4 what a directive is called decides nothing', () => {
  const renamed = new GraphQLSchema({ ...SCHEMA.toConfig(), directives: [...specifiedDirectives, ...SCHEMA.getDirectives().filter((each) => ['phi', 'public', 'purposeOfUse'].includes(each.name)).map((each) => new GraphQLDirective({ ...each.toConfig(), name: `their__${each.name}` }))] });
  const engineOf = (schema: GraphQLSchema, tags?: ReadonlyMap<string, FieldTags>): Partial<Engine> => ({ assembleGateway: (materials) => ENGINE.assembleGateway({ ...materials, schema, tags: tags ?? tagsOf(schema) }) });
  const MORE = '{ member(id: <rosa>) { id governmentIds { value } claims { nodes { id } } name { family } conditions { nodes { code { display } } } } }';
  test('F4 under other names every field has the tags that it had, and is decided alike', async () => {
    expect(renamed.getDirective('phi')).toBeUndefined();
    expect([...tagsOf(renamed)]).toEqual([...tagsOf(SCHEMA)]);
    const [plain, other] = [await under({}, MORE), await under(engineOf(renamed), MORE)];
    expect(other).toBe(plain);
    expect(plain).toContain('"governmentIds":null');
  });
  test('F4 a directive of theirs that is called as one of ours opens nothing', async () => {
    const theirs = new GraphQLSchema({ ...SCHEMA.toConfig(), directives: [...specifiedDirectives, new GraphQLDirective({ name: 'public', locations: ['FIELD' as never] })] });
    expect(await under(engineOf(theirs), MORE.replace('governmentIds', 'governmentIds @public'))).toBe(await under({}, MORE));
  });
});

describe('F26 what cannot be planned', () => {
  const extended = extendSchema(SCHEMA, parse('extend type Member { canary: String } extend type Condition { canary: String } extend type Query { canary: Member }'));
  const tagged = (coordinate: string, like: string): Map<string, FieldTags> => {
    const tags = new Map(tagsOf(SCHEMA));
    const known = tags.get(like);
    if (!known) throw new Error(`${like} has no tags`);
    return tags.set(coordinate, { ...known, coordinate });
  };
  const engineOf = (tags: ReadonlyMap<string, FieldTags>): Partial<Engine> => ({ assembleGateway: (materials) => ENGINE.assembleGateway({ ...materials, schema: extended, tags }) });
  beforeAll(async () => {
    // Were a name passed through, this is what it would find.
    await told.sql("ALTER TABLE member ADD COLUMN canary VARCHAR(20) DEFAULT 'Canary'");
    await told.sql("ALTER TABLE condition_record ADD COLUMN canary VARCHAR(20) DEFAULT 'Canary'");
    await told.sql("UPDATE member SET canary = 'Canary'");
    await told.sql("UPDATE condition_record SET canary = 'Canary'");
  });
  test.each([
    ['Member.canary', 'Member.gender', '{ member(id: <rosa>) { canary } }'], ['Member.canary', 'PageInfo.endCursor', '{ member(id: <rosa>) { canary } }'],
    ['Condition.canary', 'Condition.status', '{ member(id: <rosa>) { conditions { nodes { canary } } } }'], ['Condition.canary', 'PageInfo.endCursor', '{ member(id: <rosa>) { conditions { nodes { canary } } } }'],
    ['Query.canary', 'Query.member', '{ canary { name { family } } }'],
  ])('F26 %s, tagged as %s is and planned by nobody', async (coordinate, like, query) => {
    expect(await under(engineOf(tagged(coordinate, like)), query)).not.toContain('Canary');
    expect(await under(engineOf(tagsOf(SCHEMA)), query)).not.toContain('Canary');
  });
  test('F26 an operation that is not there, and a variable that is not of its type', async () => {
    const refused = async (query: string, operationName: string | null, variables: Readonly<Record<string, unknown>>) =>
      (await told.station.ask({ document: parse(told.text(query)), operationName, variables, caller: told.caller('nils') })).body;
    expect(await refused('query A { __typename } query B { __typename }', null, {})).toContain('BAD_USER_INPUT');
    expect(await refused('query A { __typename }', 'B', {})).toContain('BAD_USER_INPUT');
    expect(await refused('query A($id: ID!) { member(id: $id) { name { family } } }', null, { id: { or: 1 } })).toContain('BAD_USER_INPUT');
    expect(await refused('query A($id: ID!) { member(id: $id) { name { family } } }', null, {})).toContain('BAD_USER_INPUT');
  });
});
