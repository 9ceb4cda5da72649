import {
  getNamedType, type GraphQLField, type GraphQLInterfaceType, type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isNonNullType,
} from 'graphql';
import type { Category } from '../vocabulary/categories';
import { type Purpose, PURPOSES } from '../vocabulary/purposes';
import { DECIDED_AS_A_WHOLE } from './decided-as-a-whole';
import { declaredTag, type PhiTag } from './decorators';
import { purposesOfCategory } from './purposes-of-category';
import { CONFIDENTIALITIES, type Confidentiality, ENTRY_TYPES, fieldsOf, type FieldTags, TAGS } from './tags';

type Owner = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;
type Stated = { readonly public: true } | { readonly public: false; readonly phi: PhiTag & { readonly category: Category } };

/** What the field states, completed by its type: a field's own tag wins, and takes its type's category where it names none. */
function statedTag(type: Owner, field: Field): Stated | undefined {
  const ofType = declaredTag(type.extensions);
  const tag = declaredTag(field.extensions) ?? ofType;
  if (!tag) return undefined;
  if (tag.kind === 'public') return { public: true };
  const category = tag.category ?? (ofType?.kind === 'phi' ? ofType.category : undefined);
  return category && { public: false, phi: { ...tag, category } };
}

/**
 * HL7's N is the ordinary protection of a health record. Notes, government ids and what reveals a special class by being
 * there are R. V is left to records' labels: no field is very restricted in every record that it occurs in.
 */
const confidentialityOf = (phi: PhiTag): Confidentiality =>
  phi.confidentiality ?? (phi.category === 'NOTE' || phi.category === 'GOVERNMENT_ID' || phi.sensitivity?.length ? 'R' : 'N');

/** ADMINISTRATIVE goes wherever its record goes: for any purpose for which some other field of the type may be asked. */
function purposesIn(type: Owner, category: Category): readonly Purpose[] {
  if (category !== 'ADMINISTRATIVE') return purposesOfCategory(category);
  const others = Object.values(type.getFields()).map((field) => statedTag(type, field))
    .flatMap((tag) => (tag && !tag.public && tag.phi.category !== 'ADMINISTRATIVE' ? [tag.phi.category] : []));
  const permitted = new Set([...new Set(others)].flatMap(purposesOfCategory));
  return permitted.size ? PURPOSES.filter((each) => permitted.has(each)) : purposesOfCategory(category);
}

const shapeOf = (type: Owner, field: Field) => {
  const nullable = !isNonNullType(field.type);
  const entry = ENTRY_TYPES.includes(type.name);
  return {
    coordinate: `${type.name}.${field.name}`, nullable, entry, onInterface: isInterfaceType(type),
    decidedWithParent: !entry && (!nullable || DECIDED_AS_A_WHOLE.has(type.name)),
  };
};

const frozen = (tags: FieldTags): FieldTags =>
  Object.freeze({ ...tags, sensitivity: Object.freeze([...tags.sensitivity]), purposes: Object.freeze([...tags.purposes]) });

function resolvedTag(type: Owner, field: Field): FieldTags | undefined {
  const stated = statedTag(type, field);
  if (!stated) return undefined;
  const shape = shapeOf(type, field);
  if (stated.public) return frozen({ ...shape, public: true, category: null, sensitivity: [], identifier: null, confidentiality: 'N', purposes: PURPOSES });
  const { phi } = stated;
  return frozen({
    ...shape, public: false, category: phi.category, sensitivity: phi.sensitivity ?? [], identifier: phi.identifier ?? null,
    confidentiality: confidentialityOf(phi), purposes: purposesIn(type, phi.category),
  });
}

/** An interface's field is as well protected as the best protected of those that implement it, for purposes that all of them know. */
function strictestOf(type: GraphQLInterfaceType, field: Field, all: readonly (FieldTags | undefined)[]): FieldTags | undefined {
  const known = all.filter((each) => each !== undefined);
  const phi = known.filter((each) => !each.public);
  const strictest = [...phi].sort((a, b) => CONFIDENTIALITIES.indexOf(b.confidentiality) - CONFIDENTIALITIES.indexOf(a.confidentiality))[0] ?? known[0];
  if (!strictest || known.length < all.length) return undefined;
  return frozen({
    ...strictest, ...shapeOf(type, field),
    identifier: known.find((each) => each.identifier)?.identifier ?? null,
    sensitivity: [...new Set(known.flatMap((each) => each.sensitivity))],
    purposes: strictest.purposes.filter((purpose) => known.every((each) => each.purposes.includes(purpose))),
  });
}

const carry = (field: Field, tags: FieldTags | undefined): void => {
  if (tags) field.extensions = { ...field.extensions, [TAGS]: tags };
};

/** Resolves what the decorators stated and writes it to each field's `extensions`; what stated nothing stays without. */
export function stampTags(schema: GraphQLSchema): void {
  for (const { type, field } of fieldsOf(schema)) if (!isInterfaceType(type)) carry(field, resolvedTag(type, field));
  for (const { type, field } of fieldsOf(schema)) {
    if (!isInterfaceType(type)) continue;
    const implementers = schema.getPossibleTypes(type).map((each) => each.getFields()[field.name]?.extensions[TAGS] as FieldTags | undefined);
    carry(field, strictestOf(type, field, implementers));
  }
}

/** The type that a field leads to, by name. */
export const leadsTo = (field: Field): string => getNamedType(field.type).name;
