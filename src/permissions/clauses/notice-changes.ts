import { clause } from '../core/clause';

/** Notice: "Changes to this Notice". */
export const noticeChanges = clause({
  id: 'notice-changes',
  title: 'Changes to the Notice',
  citation: '45 CFR 164.520(b)(1)(v)(C); 164.520(b)(3); 164.530(i)',
  summary: 'The version in effect at the instant of a request decides for all records, older ones too; every version stays readable.',
  purposes: [],
  reading: 'A version may narrow what the code allows and never widen it; it must name each clause that it changes.',
});
