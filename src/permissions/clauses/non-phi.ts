import { clause } from '../core/clause';

/** Notice: "Information Covered by this Notice" (what is not PHI). */
export const nonPhi = clause({
  id: 'non-phi',
  title: 'Information that is not PHI',
  citation: '45 CFR 160.103',
  summary: 'The Notice itself, the schema, the policy and other facts about no member are open to every caller.',
  purposes: [],
  reading: 'A field tagged @public holds nothing of a member; every other field is PHI and is decided.',
});
