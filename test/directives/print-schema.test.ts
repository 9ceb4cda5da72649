import { buildASTSchema, buildSchema, getDirectiveValues, type GraphQLSchema, parse, validateSchema } from 'graphql';
import { printTaggedSchema } from '../../src/directives/print-schema';
import { fieldsOf, tagsOf } from '../../src/directives/tags';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';

const schema = buildGatewaySchema(SERVED_RESOLVERS);
const sdl = printTaggedSchema(schema);
const read: GraphQLSchema = buildASTSchema(parse(sdl));

/** What a client reads off the SDL: the field's own directive, else its type's. */
function readTags(coordinate: string, directive: 'phi' | 'purposeOfUse' | 'public') {
  const definition = read.getDirective(directive);
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = read.getType(typeName);
  const field = type && 'getFields' in type ? type.getFields()[fieldName] : undefined;
  if (!definition || !field?.astNode) throw new Error(`${coordinate} is not in the SDL`);
  return getDirectiveValues(definition, field.astNode) ?? getDirectiveValues(definition, type?.astNode as never);
}

describe('the SDL with the tags', () => {
  it('is a valid schema', () => expect(validateSchema(read)).toEqual([]));
  it('says of every field what the schema knows of it', () => {
    for (const [coordinate, own] of tagsOf(schema)) {
      if (own.public) { expect([coordinate, readTags(coordinate, 'public')]).toEqual([coordinate, {}]); continue; }
      expect([coordinate, readTags(coordinate, 'phi')]).toEqual([coordinate, {
        category: own.category, confidentiality: own.confidentiality,
        ...(own.sensitivity.length ? { sensitivity: [...own.sensitivity] } : {}), ...(own.identifier ? { identifier: own.identifier } : {}),
      }]);
      expect([coordinate, readTags(coordinate, 'purposeOfUse')]).toEqual([coordinate, { permits: [...own.purposes] }]);
    }
  });
  it('never leaves it open whether a field is PHI', () => {
    const both = [...fieldsOf(read)].filter((each) => readTags(each.coordinate, 'phi') && readTags(each.coordinate, 'public'));
    expect(both.map((each) => each.coordinate)).toEqual([]);
  });
  it('keeps the descriptions', () => {
    expect(read.getType('Member')?.description).toBe(schema.getType('Member')?.description);
    expect(read.getDirective('phi')?.args.every((arg) => arg.description)).toBe(true);
  });
  it('repeats itself where it is parsed and printed again', () => expect(buildSchema(sdl).getQueryType()?.name).toBe('Query'));
});
