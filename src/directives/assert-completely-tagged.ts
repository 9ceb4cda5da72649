import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { DECIDED_AS_A_WHOLE } from './decided-as-a-whole';
import { leadsTo } from './resolve-tags';
import { CONFIDENTIALITIES, fieldsOf, type FieldTags, tagsOf } from './tags';

const rank = (tags: FieldTags): number => CONFIDENTIALITIES.indexOf(tags.confidentiality);

/** True where an interface would promise less protection than a type that implements it gives. */
function isWeaker(general: FieldTags, special: FieldTags): boolean {
  return (general.public && !special.public)
    || (general.category === 'ADMINISTRATIVE' && special.category !== 'ADMINISTRATIVE')
    || rank(general) < rank(special)
    || special.sensitivity.some((each) => !general.sensitivity.includes(each))
    || (special.identifier !== null && general.identifier === null)
    || general.purposes.some((each) => !special.purposes.includes(each));
}

/** A hidden cell is null, so PHI must be able to be: except in an object decided as a whole, and keys, which go with their record. */
const mustBeNullable = (tags: FieldTags, typeName: string): boolean =>
  !tags.public && tags.category !== 'ADMINISTRATIVE' && !DECIDED_AS_A_WHOLE.has(typeName);

function mistakesOf(schema: GraphQLSchema, tags: ReadonlyMap<string, FieldTags>): string[] {
  const mistakes: string[] = [];
  for (const { type, field, coordinate } of fieldsOf(schema)) {
    const own = tags.get(coordinate);
    if (!own) { mistakes.push(`${coordinate} bears neither @phi nor @public`); continue; }
    if (!own.nullable && mustBeNullable(own, type.name)) mistakes.push(`${coordinate} is PHI and cannot be null`);
    if (!own.nullable && !own.public && DECIDED_AS_A_WHOLE.has(leadsTo(field)) && !DECIDED_AS_A_WHOLE.has(type.name)) {
      mistakes.push(`${coordinate} leads to an object decided as a whole and cannot be null`);
    }
    if (!own.public && own.purposes.length === 0) mistakes.push(`${coordinate} may be asked for under no purpose`);
    if (!isInterfaceType(type)) continue;
    for (const implementer of schema.getPossibleTypes(type)) {
      const special = tags.get(`${implementer.name}.${field.name}`);
      if (special && isWeaker(own, special)) mistakes.push(`${coordinate} is tagged weaker than ${special.coordinate}`);
    }
  }
  return mistakes;
}

/**
 * Total tagging (design law 9).
 * @throws an error with one line for each coordinate that is untagged, is PHI that cannot be null, or is an interface's and weaker
 * than an implementer's.
 */
export function assertCompletelyTagged(schema: GraphQLSchema, tags: ReadonlyMap<string, FieldTags> = tagsOf(schema)): void {
  const mistakes = mistakesOf(schema, tags);
  if (mistakes.length) throw new Error(`The schema does not build:\n${mistakes.map((each) => `  ${each}`).join('\n')}`);
}
