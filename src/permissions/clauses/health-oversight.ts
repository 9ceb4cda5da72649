import { clause } from '../core/clause';
import { allBut, grant, opening, optional, text } from '../core/grant';
import { NAMED, SUSPENSION, VERIFIED } from './common-demands';

/** Notice: "Health Oversight Activities". */
export const healthOversight = clause({
  id: 'health-oversight',
  title: 'Health oversight activities',
  citation: '45 CFR 164.512(d)*; 164.508(a)(2)(ii)* for notes about their author',
  summary: 'What an oversight agency\'s audit, investigation, inspection or licensure needs.',
  purposes: ['HCOMPL'],
  grant: grant({
    demands: [
      text('agency', 'The oversight agency.'),
      text('activity', 'The activity that the law authorizes.'),
      text('notes-author', 'The practitioner id of the author of psychotherapy notes who is overseen.', optional),
      ...SUSPENSION, ...VERIFIED, ...NAMED,
    ],
    opens: [opening([], allBut('PART2', 'SEX', 'PSYTHPN')), opening(['notes-author'], ['PSYTHPN'], 'notes-author')],
  }),
  accounted: true,
  reading: 'Sexual and reproductive health stays closed to oversight. Psychotherapy notes open only where the oversight is of who wrote them.',
});
