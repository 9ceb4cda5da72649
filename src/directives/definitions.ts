import {
  DirectiveLocation, GraphQLDirective, GraphQLEnumType, GraphQLList, GraphQLNonNull, GraphQLSchema, isEnumType, specifiedDirectives,
} from 'graphql';
import { CATEGORIES } from '../vocabulary/categories';
import { PURPOSES } from '../vocabulary/purposes';
import { CLASSES } from '../vocabulary/sensitivity';
import { CONFIDENTIALITIES, IDENTIFIERS } from './tags';

const LOCATIONS = [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.OBJECT];

/** The schema's own enum of that name, so that the directives and the fields speak of one type. */
function enumIn(schema: GraphQLSchema, name: string, values: readonly string[], description: string): GraphQLEnumType {
  const known = schema.getType(name);
  if (isEnumType(known)) return known;
  return new GraphQLEnumType({ name, description, values: Object.fromEntries(values.map((value) => [value, { value }])) });
}

/** `@phi`, `@purposeOfUse` and `@public`. */
function tagDirectives(schema: GraphQLSchema): GraphQLDirective[] {
  const category = enumIn(schema, 'DataCategory', CATEGORIES, 'What kind of data a field holds; every PHI field has exactly one.');
  const sensitivity = enumIn(schema, 'SensitivityClass', CLASSES, 'Classes of specially protected information.');
  const identifier = enumIn(schema, 'Identifier', IDENTIFIERS, 'The eighteen identifiers of 45 CFR 164.514(b)(2).');
  const confidentiality = enumIn(schema, 'Confidentiality', CONFIDENTIALITIES, 'HL7 v3 Confidentiality: normal, restricted, very restricted.');
  const purpose = enumIn(schema, 'PurposeOfUse', PURPOSES, 'HL7 v3 PurposeOfUse.');
  const listOf = (type: GraphQLEnumType) => new GraphQLList(new GraphQLNonNull(type));
  return [
    new GraphQLDirective({
      name: 'phi', locations: LOCATIONS, description: 'Protected health information: this field, or every field of the type that does not say otherwise.',
      args: {
        category: { type: new GraphQLNonNull(category), description: 'The kind of data.' },
        sensitivity: { type: listOf(sensitivity), description: 'Classes revealed by the mere presence of a value; labels of the record add to them.' },
        identifier: { type: identifier, description: 'Which of the HIPAA identifiers it is, for limited data sets and de-identification.' },
        confidentiality: { type: confidentiality, description: 'How closely it is held.' },
      },
    }),
    new GraphQLDirective({
      name: 'purposeOfUse', locations: LOCATIONS,
      description: 'The purposes for which some caller may ask for this field, or for every field of the type that does not say otherwise.',
      args: { permits: { type: new GraphQLNonNull(listOf(purpose)), description: 'Complete: children are listed too.' } },
    }),
    new GraphQLDirective({ name: 'public', locations: LOCATIONS, description: 'Holds no PHI. Every field bears @phi or @public, or the schema does not build.' }),
  ];
}

/** The schema with the three directives defined. */
export const withTagDirectives = (schema: GraphQLSchema): GraphQLSchema =>
  new GraphQLSchema({ ...schema.toConfig(), directives: [...specifiedDirectives, ...tagDirectives(schema)] });
