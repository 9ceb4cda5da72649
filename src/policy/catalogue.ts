import type { FieldTags, Identifier, Confidentiality } from '../directives/tags';
import type { Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';
import { subtree, type SensitivityClass } from '../vocabulary/sensitivity';

/** As `FieldPolicy` of the schema: the tags of one field. */
export interface FieldPolicy {
  readonly coordinate: string; readonly category: Category | null; readonly sensitivity: readonly SensitivityClass[]; readonly identifier: Identifier | null;
  readonly confidentiality: Confidentiality | null; readonly purposes: readonly Purpose[]; readonly public: boolean;
}
export interface CatalogueFilter { readonly category?: Category | null; readonly sensitivity?: SensitivityClass | null }

/** Every field of the schema with its tags, in the schema's order. A class asks for what reveals it or a class below it. */
export function catalogue(tags: ReadonlyMap<string, FieldTags>, filter: CatalogueFilter = {}): FieldPolicy[] {
  const classes = filter.sensitivity ? subtree(filter.sensitivity) : null;
  return [...tags.values()]
    .filter((each) => (!filter.category || each.category === filter.category) && (!classes || each.sensitivity.some((one) => classes.includes(one))))
    .map(({ coordinate, category, sensitivity, identifier, confidentiality, purposes, public: open }) =>
      ({ coordinate, category, sensitivity, identifier, confidentiality: open ? null : confidentiality, purposes, public: open }));
}
