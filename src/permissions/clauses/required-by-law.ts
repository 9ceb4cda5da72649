import { clause } from '../core/clause';
import { allBut, grant, opening, optional, statement, text } from '../core/grant';
import { ANY_GRANTABLE, NAMED, VERIFIED } from './common-demands';

/** Notice: "As Required by Law". */
export const requiredByLaw = clause({
  id: 'required-by-law',
  title: 'As required by law',
  citation: '45 CFR 164.512(a)*, 164.502(a)(2)(ii)*',
  summary: 'What a law requires to be disclosed, as far as it requires it; the Secretary of Health and Human Services among those whom the law names.',
  purposes: ANY_GRANTABLE,
  grant: grant({
    demands: [
      text('law', 'The law cited, by section.'),
      statement('hhs', 'True where the Secretary of Health and Human Services reviews compliance.', optional),
      ...VERIFIED, ...NAMED,
    ],
    opens: [opening([], allBut('PART2'))],
    overridesPrivacyState: true,
  }),
  accounted: true,
  reading: 'The one clause that a paid-in-full restriction, the exchange opt-out and a plan\'s agreement yield to.',
});
