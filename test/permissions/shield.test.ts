import { graphql, type GraphQLSchema } from 'graphql';
import { rule } from 'graphql-shield';
import { tagsOf } from '../../src/directives/tags';
import { type FieldDecision, hoist, ruleFor, shieldedSchema, shieldTree, verdicts } from '../../src/permissions/shield';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { GatewayError } from '../../src/vocabulary/errors';

const schema = buildGatewaySchema(SERVED_RESOLVERS);
const tags = tagsOf(schema);
interface Context { readonly services: Readonly<Record<string, () => Promise<unknown>>> }

const condition = { __typename: 'Condition', id: 'c1', memberId: 'm1', status: 'active', code: { code: '73211009' }, labels: ['PSY'] };
const member = (id: string) => ({
  id, gender: 'female', birthDate: '1980-01-02', name: { family: 'Reyes' }, coverages: [{ id: 'v1', plan: { id: 'p1', name: 'Plan', kind: 'HEALTH_PLAN' }, subscriberId: 's1' }],
  conditions: { nodes: [condition], edges: [{ cursor: 'x', node: condition }], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
});
const services: Context['services'] = {
  member: async () => member('m1'),
  members: async () => ({ nodes: [member('m1'), member('m2')], edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } }),
  relabelRecord: async () => condition,
  viewer: async () => { throw new Error('secret detail of the database'); },
  endAgreement: async () => { throw new GatewayError('NOT_FOUND', 'id names no agreement'); },
};
const permitAll: FieldDecision<Context> = () => true;
const denying = (...coordinates: string[]): FieldDecision<Context> => (_context, coordinate) => !coordinates.includes(coordinate);

async function ask(source: string, decide: FieldDecision<Context>, fieldTags: typeof tags = tags, on: GraphQLSchema = schema) {
  const { data, errors } = await graphql({ schema: shieldedSchema(on, fieldTags, decide), source, contextValue: { services } });
  return { data: JSON.parse(JSON.stringify(data ?? null)) as unknown, codes: (errors ?? []).map((each) => (each.originalError instanceof GatewayError ? each.originalError.code : each.message)), errors };
}

describe('the reference path', () => {
  it('answers what is permitted', async () => {
    const { data, codes } = await ask('{ member(id: "m1") { id gender name { family } conditions { nodes { code { code } labels } pageInfo { hasNextPage } } } }', permitAll);
    expect(codes).toEqual([]);
    expect(data).toEqual({ member: { id: 'm1', gender: 'female', name: { family: 'Reyes' }, conditions: { nodes: [{ code: { code: '73211009' }, labels: ['PSY'] }], pageInfo: { hasNextPage: false } } } });
  });
  it('makes a withheld cell null without an error', async () => {
    const { data, codes } = await ask('{ member(id: "m1") { gender birthDate conditions { nodes { id } } } }', denying('Member.gender', 'Member.conditions'));
    expect([data, codes]).toEqual([{ member: { gender: null, birthDate: '1980-01-02', conditions: null } }, []]);
  });
  it('refuses an entry with FORBIDDEN at its path, or with the error of the decision', async () => {
    const refused = await ask('{ member(id: "m1") { gender } }', denying('Query.member'));
    expect([refused.data, refused.codes, refused.errors?.[0]?.path]).toEqual([{ member: null }, ['FORBIDDEN'], ['member']]);
    const told = await ask('{ member(id: "m1") { gender } }', (_context, coordinate) => (coordinate === 'Query.member' ? new GatewayError('INAUTHENTIC', 'no') : true));
    expect(told.codes).toEqual(['INAUTHENTIC']);
  });
  it('passes on what a caller did, and masks what we did', async () => {
    expect((await ask('mutation { endAgreement(id: "a") { id } }', permitAll)).codes).toEqual(['NOT_FOUND']);
    const failed = await ask('{ viewer { role } }', permitAll);
    expect(failed.codes).toEqual(['INTERNAL']);
    expect(JSON.stringify(failed.errors)).not.toContain('secret detail');
    expect(String(failed.errors?.[0]?.originalError?.cause)).toContain('secret detail');
  });
  it('leaves the tags where they are', () => expect([...tagsOf(shieldedSchema(schema, tags, permitAll)).keys()]).toEqual([...tags.keys()]));
});

describe('F1: a rule that throws denies', () => {
  const throwing: FieldDecision<Context> = (_context, coordinate) => {
    if (coordinate === 'Member.gender' || coordinate === 'Query.members') throw new Error('a fact is missing');
    return true;
  };
  it('on a cell and on an entry', async () => {
    expect(await ask('{ member(id: "m1") { gender birthDate } }', throwing)).toMatchObject({ data: { member: { gender: null, birthDate: '1980-01-02' } }, codes: [] });
    expect((await ask('{ members { nodes { id } } }', throwing)).codes).toEqual(['FORBIDDEN']);
  });
  it('when hoisted', async () => expect(await hoist(shieldTree(tags, throwing), ['Member.gender', 'Member.birthDate', 'Query.members'], { services })).toEqual(new Set(['Member.gender', 'Query.members'])));
  it('there is no combinator in the tree that could turn it round', () => {
    const plain = rule('plain')(() => true).constructor;
    const allowed = ruleFor(shieldTree(tags, throwing), 'PageInfo.hasNextPage');
    for (const fields of Object.values(shieldTree(tags, throwing).rules)) for (const each of Object.values(fields)) expect(each instanceof plain || each === allowed).toBe(true);
  });
  it('neither is anything but true a permission', async () => {
    const odd = (() => 'yes') as unknown as FieldDecision<Context>;
    expect(await hoist(shieldTree(tags, odd), ['Member.gender'], { services })).toEqual(new Set(['Member.gender']));
  });
});

describe('F2: a field without tags is denied at run time', () => {
  const without = (coordinate: string) => { const less = new Map(tags); less.delete(coordinate); return less; };
  it('as a field', async () => {
    const { data, codes } = await ask('{ member(id: "m1") { id gender } }', permitAll, without('Member.gender'));
    expect([data, codes]).toEqual([{ member: { id: 'm1', gender: null } }, ['FORBIDDEN']]);
  });
  it('as an entry', async () => expect((await ask('{ member(id: "m1") { id } }', permitAll, without('Query.member'))).codes).toEqual(['FORBIDDEN']));
  it('as a whole type', async () => {
    const less = new Map([...tags].filter(([coordinate]) => !coordinate.startsWith('HumanName.')));
    expect(await ask('{ member(id: "m1") { name { family } } }', permitAll, less)).toMatchObject({ data: { member: { name: { family: null } } }, codes: ['FORBIDDEN'] });
  });
  it('when hoisted, and whatever its name', async () => {
    const tree = shieldTree(without('Member.gender'), permitAll);
    const unknown = ['Member.gender', 'Nobody.knows', 'Member.constructor', '__proto__.toString', 'Member', ''];
    expect(await hoist(tree, unknown, { services })).toEqual(new Set(unknown));
  });
});

describe('F3: one decision for a field, however it is asked for', () => {
  const source = `mutation {
    plain: relabelRecord(recordId: "c1", classes: [], reason: "r") { status }
    aliased: relabelRecord(recordId: "c1", classes: [], reason: "r") { state: status }
    inline: relabelRecord(recordId: "c1", classes: [], reason: "r") { ... on Condition { status } }
    named: relabelRecord(recordId: "c1", classes: [], reason: "r") { ...OfRecord }
    typed: relabelRecord(recordId: "c1", classes: [], reason: "r") { ...OfCondition }
  }
  fragment OfRecord on Record { status } fragment OfCondition on Condition { status }`;
  it.each([[true, 'active'], [false, null]] as const)('permitted %s', async (permitted, status) => {
    const { data, codes } = await ask(source, (_context, coordinate) => coordinate !== 'Condition.status' || permitted);
    expect([data, codes]).toEqual([{ plain: { status }, aliased: { state: status }, inline: { status }, named: { status }, typed: { status } }, []]);
  });
  it('the decision is on the object type: an interface has no rule', () => {
    expect(Object.keys(shieldTree(tags, permitAll).rules)).not.toContain('Record');
    const asked: string[] = [];
    return ask(source, (_context, coordinate) => { asked.push(coordinate); return true; }).then(() => expect(new Set(asked)).toEqual(new Set(['Mutation.relabelRecord', 'Condition.status'])));
  });
});

describe('F5: a hidden non-null field never nulls the list above it', () => {
  it('whatever is denied below the entry, every member stays', async () => {
    const source = '{ members { nodes { id gender name { family } coverages { id plan { name } subscriberId } conditions { nodes { id memberId code { code } } edges { cursor } pageInfo { hasNextPage } } } } }';
    const { data, codes } = await ask(source, (_context, coordinate) => coordinate === 'Query.members');
    const hidden = (id: string) => ({ id, gender: null, name: null, coverages: null, conditions: null });
    expect([data, codes]).toEqual([{ members: { nodes: [hidden('m1'), hidden('m2')] } }, []]);
  });
  it('an object decided as a whole is not decided in parts', async () => {
    const asked: string[] = [];
    const { data } = await ask('{ member(id: "m1") { coverages { id subscriberId plan { id } } } }', (_context, coordinate) => { asked.push(coordinate); return !coordinate.startsWith('Coverage.'); });
    expect(asked).toEqual(['Query.member', 'Member.coverages']);
    expect(data).toEqual({ member: { coverages: [{ id: 'v1', subscriberId: 's1', plan: { id: 'p1' } }] } });
  });
  it('nothing that cannot be null is decided below the entry', () => {
    const decided = [...tags.values()].filter((each) => !each.entry && !each.public && !each.decidedWithParent);
    expect(decided.length).toBeGreaterThan(100);
    expect(decided.filter((each) => !each.nullable)).toEqual([]);
  });
});

describe('F6: no verdict is shared', () => {
  it('between two rows of one request', async () => {
    let row = 0;
    const alternating: FieldDecision<Context> = (_context, coordinate) => coordinate !== 'Member.gender' || (row += 1) % 2 === 0;
    const { data } = await ask('{ members { nodes { id gender } } }', alternating);
    expect(data).toEqual({ members: { nodes: [{ id: 'm1', gender: null }, { id: 'm2', gender: 'female' }] } });
  });
  it('between two operations, or callers, of one tree', async () => {
    const tree = shieldTree<{ may: boolean }>(tags, ({ may }) => may);
    const answers = await Promise.all([true, false, true].map((may) => hoist(tree, ['Member.gender'], { may })));
    expect(answers.map((each) => each.size)).toEqual([0, 1, 0]);
  });
});

describe('hoisting', () => {
  it('evaluates each rule once, and tells refusals apart', async () => {
    const asked: string[] = [];
    const tree = shieldTree<Context>(tags, (_context, coordinate) => {
      asked.push(coordinate);
      return coordinate === 'Query.auditEvents' ? new GatewayError('FORBIDDEN', 'no') : coordinate !== 'Member.gender';
    });
    const each = await verdicts(tree, ['Member.gender', 'Member.gender', 'Member.birthDate', 'Query.auditEvents', 'PageInfo.endCursor'], { services });
    expect(asked).toEqual(['Member.gender', 'Member.birthDate', 'Query.auditEvents']);
    expect([...each]).toEqual([['Member.gender', false], ['Member.birthDate', true], ['Query.auditEvents', expect.any(GatewayError)], ['PageInfo.endCursor', true]]);
  });
  it.each([['gender', ''], ['birthDate', ''], ['name', '{ family }'], ['coverages', '{ id }'], ['conditions', '{ nodes { id } }']])(
    'agrees with the reference path on Member.%s', async (name, selection) => {
      const coordinate = `Member.${name}`;
      for (const denied of [true, false]) {
        const decide = denied ? denying(coordinate) : permitAll;
        const { data, codes } = await ask(`{ member(id: "m1") { ${name} ${selection} } }`, decide);
        const hoisted = await hoist(shieldTree(tags, decide), ['Query.member', coordinate], { services });
        expect([codes, [...hoisted]]).toEqual([[], denied ? [coordinate] : []]);
        expect((data as { member: Record<string, unknown> }).member[name] === null).toBe(denied);
      }
    });
});
