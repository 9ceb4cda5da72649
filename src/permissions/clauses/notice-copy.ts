import { clause } from '../core/clause';

/** Notice: "Copy of this Notice". */
export const noticeCopy = clause({
  id: 'notice-copy',
  title: 'Copy of the Notice',
  citation: '45 CFR 164.520(c)',
  summary: 'Every caller reads the Notice in effect; members are sent a copy on paper, or electronically where they agree.',
  purposes: [],
  reading: 'A copy on paper is mailed by the privacy office: the request stands on its worklist until then.',
});
