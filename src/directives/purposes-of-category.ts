import * as minimumNecessary from '../permissions/minimum-necessary';
import { CATEGORIES, type Category } from '../vocabulary/categories';
import type { Purpose } from '../vocabulary/purposes';

const BY_CATEGORY = new Map<Category, readonly Purpose[]>(
  CATEGORIES.map((category) => [category, Object.freeze([...minimumNecessary.purposesOfCategory(category)])]));

/** The purposes for which some role may ask for a category at all: what `@purposeOfUse` states, read off the table of the policy. */
export const purposesOfCategory = (category: Category): readonly Purpose[] => BY_CATEGORY.get(category) ?? [];
