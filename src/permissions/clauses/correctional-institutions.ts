import { clause } from '../core/clause';
import { grant, text } from '../core/grant';
import { ANY_GRANTABLE, NAMED, VERIFIED } from './common-demands';

/** Notice: "Correctional Institutions". */
export const correctionalInstitutions = clause({
  id: 'correctional-institutions',
  title: 'Correctional institutions',
  citation: '45 CFR 164.512(k)(5)*',
  summary: 'What the care, health and safety of a person in custody, and of those around them, need.',
  purposes: ANY_GRANTABLE,
  grant: grant({
    demands: [
      text('custody', 'The custody that the member is in.'),
      text('institution-representation', 'What the institution or official represents that it is needed for.'),
      ...VERIFIED, ...NAMED,
    ],
  }),
  reading: 'No special category opens without the member\'s authorization. Not accounted (164.528(a)(1)(vii)).',
});
