import { clause } from '../core/clause';
import { covering, grant, opening, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Notice: "Threat to Health or Safety". */
export const threatToSafety = clause({
  id: 'threat-to-safety',
  title: 'Threat to health or safety',
  citation: '45 CFR 164.512(j)*',
  summary: 'In good faith, what prevents a serious and imminent threat, to someone who is able to prevent it.',
  purposes: ['THREAT'],
  grant: grant({
    demands: [
      text('good-faith-finding', 'What the belief rests on that the disclosure is necessary to prevent or lessen a serious and imminent threat.'),
      text('to-whom', 'Who or what is threatened.'),
      text('able-to-prevent', 'Why the recipient is able to prevent or lessen it.'),
      ...VERIFIED, ...NAMED,
    ],
    opens: [opening([], [...covering('PSY', 'SUD', 'SDV', 'PSYTHPN')])],
  }),
  accounted: true,
  reading: 'The records of a Part 2 program stay closed: 42 CFR Part 2 has no such exception.',
});
