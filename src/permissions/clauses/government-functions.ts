import { clause } from '../core/clause';
import { choice, grant, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Notice: "Specialized Government Functions". */
export const governmentFunctions = clause({
  id: 'government-functions',
  title: 'Specialized government functions',
  citation: '45 CFR 164.512(k)(1)-(4)*',
  summary: 'What units of the government with special functions are authorized to have: the military, veterans, national security, protective services, the Department of State.',
  purposes: ['MILCDM', 'GOV'],
  grant: grant({
    demands: [
      text('unit', 'The unit of the government.'),
      choice('function', 'Its function.', ['military', 'veterans', 'national-security', 'protective-services', 'state-department']),
      ...VERIFIED, ...NAMED,
    ],
    unaccounted: [['function=national-security']],
  }),
  accounted: true,
  reading: 'No special category opens without the member\'s authorization. National security is not accounted (164.528(a)(1)(vi)).',
});
