import { clause } from '../core/clause';
import { choice, covering, grant, opening, text } from '../core/grant';
import { ANY_GRANTABLE, NAMED, VERIFIED } from './common-demands';

/** Notice: "Victims of Abuse, Neglect, or Domestic Violence". */
export const abuseVictims = clause({
  id: 'abuse-victims',
  title: 'Victims of abuse, neglect, or domestic violence',
  citation: '45 CFR 164.512(c)*',
  summary: 'The report, to an authority that the law lets receive it, where it is reasonably believed that the member is a victim.',
  purposes: ANY_GRANTABLE,
  grant: grant({
    demands: [
      text('reasonable-belief', 'What the belief rests on that the member is a victim.'),
      text('authority', 'The authority that the law authorizes to receive such reports.'),
      choice('agreement', 'Whether the member agreed to the report.', ['agreed', 'not-agreed']),
      text('reason-without-agreement', 'Why none: the law requires the report; or it authorizes it and serious harm is prevented, or the member is incapacitated.', { requiredWhen: 'agreement=not-agreed' }),
      ...VERIFIED, ...NAMED,
    ],
    opens: [opening([], covering('SDV'))],
    keptFromRepresentatives: [[]],
  }),
  accounted: true,
  reading: 'A representative, who may be the one who harms, is not told of it.',
});
