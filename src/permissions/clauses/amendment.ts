import { clause } from '../core/clause';

/** Notice: "Right to Amend Your Records". */
export const amendment = clause({
  id: 'amendment',
  title: 'Right to amend one\'s records',
  citation: '45 CFR 164.526',
  summary: 'Members ask to correct what decides about them. What is accepted shows the new value with its history; what is denied on one of four grounds carries their disagreement.',
  purposes: [],
  reading: 'A disagreement and its rebuttal go with the record in every answer and export. Words that reveal a class which the reader may not see are replaced by the privacy officer\'s summary, and kept back until there is one.',
});
