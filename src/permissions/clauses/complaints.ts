import { clause } from '../core/clause';

/** Notice: "Concerns or Complaints". */
export const complaints = clause({
  id: 'complaints',
  title: 'Concerns or complaints',
  citation: '45 CFR 164.530(d), (g)',
  summary: 'Members and representatives complain to the privacy officer, or to the Secretary of HHS; nobody acts against them for it.',
  purposes: [],
  reading: 'Only the privacy office sees a complaint: who is complained of finds no trace of it in any answer, count or worklist.',
});
