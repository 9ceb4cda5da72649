/** Data categories: every field of the schema has exactly one (policy section 2). Stored as bits where a set is stored. */
export const CATEGORIES = [
  'IDENTITY', 'CONTACT', 'GOVERNMENT_ID', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL',
  'PRIVACY', 'ADMINISTRATIVE',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const categoryBit = (category: Category): number => 1 << CATEGORIES.indexOf(category);
export const categoryMask = (categories: readonly Category[]): number => categories.reduce((mask, each) => mask | categoryBit(each), 0);
export const categoriesOf = (mask: number): Category[] => CATEGORIES.filter((each) => mask & categoryBit(each));
/** Every category; what "left out" means where a list of categories does not narrow. */
export const ALL_CATEGORIES = categoryMask(CATEGORIES);
