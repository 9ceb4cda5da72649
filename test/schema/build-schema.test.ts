import 'reflect-metadata';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { printTaggedSchema } from '../../src/directives/print-schema';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { MemberQueries, ViewerQueries } from '../../src/resolvers/query-resolver';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { PURPOSES } from '../../src/vocabulary/purposes';
import { contractSchema } from './contract';
import { lacks } from './superset';

const schema: GraphQLSchema = buildGatewaySchema(SERVED_RESOLVERS);

describe('the schema', () => {
  it('is a superset of the contract', () => expect(lacks(contractSchema(), schema)).toEqual([]));
  it('prints to a superset of the contract, tags and all', () => expect(lacks(contractSchema(), buildSchema(printTaggedSchema(schema)))).toEqual([]));
  it('would be told what it lacks', () => {
    const less = buildSchema('type Query { member(id: ID): Member } type Member { id: ID! }');
    expect(lacks(contractSchema(), less)).toEqual(expect.arrayContaining(['Query.viewer', 'Member.birthDate', 'Claim', '@phi', 'Query.member(id:): ID = undefined']));
  });
  it('lists every purpose of the vocabulary', () => {
    expect(buildSchema(printTaggedSchema(schema)).getType('PurposeOfUse')?.toConfig()).toMatchObject({ values: Object.fromEntries(PURPOSES.map((each) => [each, {}])) });
  });
  it('wraps no field below the roots: type-graphql adds no resolver to an object type', () => {
    const wrapped = Object.values(schema.getTypeMap()).flatMap((type) => ('getFields' in type && !['Query', 'Mutation', 'Record'].includes(type.name) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).filter((field) => 'resolve' in field && field.resolve !== undefined).map((field) => `${type.name}.${field.name}`) : []));
    expect(wrapped).toEqual([]);
  });
  it('serves the root fields of the classes given, and no other', () => {
    const part = buildGatewaySchema([ViewerQueries, MemberQueries]);
    expect(Object.keys(part.getQueryType()?.getFields() ?? {})).toEqual(['viewer', 'notice', 'member', 'members', 'careGaps', 'claims']);
    expect(part.getMutationType()).toBeUndefined();
    expect(buildSchema(printTaggedSchema(part)).getDirective('phi')?.args.map((arg) => arg.name)).toEqual(['category', 'sensitivity', 'identifier', 'confidentiality']);
  });
});
