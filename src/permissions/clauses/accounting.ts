import { clause } from '../core/clause';

/** Notice: "Right to Receive an Accounting of Disclosures". */
export const accounting = clause({
  id: 'accounting',
  title: 'Right to receive an accounting of disclosures',
  citation: '45 CFR 164.528',
  summary: 'Members hear to whom their information was disclosed, what and why, six years back; the first accounting in twelve months is free.',
  purposes: [],
  reading: 'It goes by the clause of each release, never by its purpose code. Part 2 records released in an emergency are listed by this policy\'s own choice.',
});
