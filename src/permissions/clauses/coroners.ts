import { clause } from '../core/clause';
import { allBut, grant, opening, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Notice: "Coroners and Medical Examiners". */
export const coroners = clause({
  id: 'coroners',
  title: 'Coroners and medical examiners',
  citation: '45 CFR 164.512(g)(1)*',
  summary: 'What identifying a dead person or finding the cause of a death needs, to the coroner or medical examiner.',
  purposes: ['HDECD'],
  grant: grant({
    demands: [text('authority', 'The coroner or medical examiner, and the law by which they act.'), ...VERIFIED, ...NAMED],
    opens: [opening([], allBut('PART2'))],
  }),
  accounted: true,
  reading: 'A member need not be known to be dead: who the dead person is may be what is asked. 42 CFR Part 2 keeps its own rule for causes of death, which this reading does not use.',
});
