import 'reflect-metadata';
import { Extensions } from 'type-graphql';
import type { Category } from '../vocabulary/categories';
import type { SensitivityClass } from '../vocabulary/sensitivity';
import type { Confidentiality, Identifier } from './tags';

/** What `@Phi` states. On a field, a category left out is that of its type. */
export interface PhiTag {
  readonly category?: Category;
  readonly sensitivity?: readonly SensitivityClass[];
  readonly identifier?: Identifier;
  readonly confidentiality?: Confidentiality;
}
export type DeclaredTag = { readonly kind: 'public' } | ({ readonly kind: 'phi' } & PhiTag);

/** Where a class or a field carries what its decorator stated, in its `extensions`. */
export const DECLARED = 'phiGatewayDeclared';
const declare = (tag: DeclaredTag) => Extensions({ [DECLARED]: Object.freeze(tag) });

/** `@phi` of the schema: PHI, on a class for all its fields, on a field for itself (which wins). Purposes follow from the category. */
export const Phi = (tag: PhiTag) => declare({ kind: 'phi', ...tag });

/** `@public` of the schema: no PHI in it, on a class for all its fields, on a field for itself. */
export const Public = () => declare({ kind: 'public' });

export function declaredTag(extensions: Readonly<Record<string, unknown>>): DeclaredTag | undefined {
  const tag = extensions[DECLARED];
  return typeof tag === 'object' && tag !== null && 'kind' in tag ? (tag as DeclaredTag) : undefined;
}
