import { type GraphQLSchema, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import type { Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';
import type { SensitivityClass } from '../vocabulary/sensitivity';

/** The eighteen identifiers of 45 CFR 164.514(b)(2)(i), as a field can be one. */
export const IDENTIFIERS = [
  'NAME', 'GEOGRAPHY', 'DATE', 'TELEPHONE', 'FAX', 'EMAIL', 'SSN', 'MEDICAL_RECORD_NUMBER', 'HEALTH_PLAN_NUMBER', 'ACCOUNT_NUMBER',
  'LICENSE_NUMBER', 'VEHICLE', 'DEVICE', 'URL', 'IP_ADDRESS', 'BIOMETRIC', 'PHOTOGRAPH', 'OTHER',
] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/** HL7 v3 Confidentiality: normal, restricted, very restricted; in rising order. */
export const CONFIDENTIALITIES = ['N', 'R', 'V'] as const;
export type Confidentiality = (typeof CONFIDENTIALITIES)[number];

/** What is known of one field of one type, whoever asks: the resolved form of its directives. Frozen. */
export interface FieldTags {
  /** The schema coordinate, `Member.birthDate`. */
  readonly coordinate: string;
  readonly public: boolean;
  /** The one data category; null on a public field. */
  readonly category: Category | null;
  /** Classes that the field reveals by its mere presence. */
  readonly sensitivity: readonly SensitivityClass[];
  readonly identifier: Identifier | null;
  readonly confidentiality: Confidentiality;
  /** The purposes for which some caller may ask for it; every purpose on a public field. */
  readonly purposes: readonly Purpose[];
  readonly nullable: boolean;
  /** True on an interface: told in the catalogue, decided on the types that implement it. */
  readonly onInterface: boolean;
  /** A field where an operation enters (Query, Mutation, Policy): decided by who may call what (policy section 11). */
  readonly entry: boolean;
  /**
   * Not decided by itself: what stands in an object that is decided as a whole, and keys that are never null. Whoever was
   * given the object has it, so that no hidden field can null the list above it.
   */
  readonly decidedWithParent: boolean;
}

/** Where the built schema carries a field's resolved tags, in its `extensions`. */
export const TAGS = 'phiGatewayTags';

/** The types whose fields let an operation in. */
export const ENTRY_TYPES: readonly string[] = Object.freeze(['Query', 'Mutation', 'Policy']);

/** Every field of every object and interface type but introspection's, in the schema's order. */
export function* fieldsOf(schema: GraphQLSchema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) yield { type, field, coordinate: `${type.name}.${field.name}` };
  }
}

const isTags = (value: unknown): value is FieldTags => typeof value === 'object' && value !== null && 'coordinate' in value;

/** The tags that a built schema carries, by coordinate. A field without tags is not in the map: `assertCompletelyTagged` names it. */
export function tagsOf(schema: GraphQLSchema): ReadonlyMap<string, FieldTags> {
  const tags = new Map<string, FieldTags>();
  for (const { field, coordinate } of fieldsOf(schema)) {
    const carried = field.extensions[TAGS];
    if (isTags(carried)) tags.set(coordinate, carried);
  }
  return tags;
}
