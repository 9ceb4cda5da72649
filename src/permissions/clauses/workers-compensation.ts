import { clause } from '../core/clause';
import { grant, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Notice: "Workers' Compensation". */
export const workersCompensation = clause({
  id: 'workers-compensation',
  title: 'Workers\' compensation',
  citation: '45 CFR 164.512(l)*',
  summary: 'The records of a claim, as far as the state\'s law on workers\' compensation makes it necessary.',
  purposes: ['HPAYMT'],
  grant: grant({
    demands: [
      text('state-law', 'The state\'s law.'),
      text('claim', 'The claim: its number, or the id of a claim on record, which then limits the grant to the records of its encounter.'),
      ...VERIFIED, ...NAMED,
    ],
  }),
  accounted: true,
  reading: 'A claim that is on record limits the grant by itself; one that only the state\'s program knows is limited by the records that the request names.',
});
