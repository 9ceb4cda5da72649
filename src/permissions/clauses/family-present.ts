import { clause } from '../core/clause';
import { choice, grant, statement, text } from '../core/grant';
import { NAMED } from './common-demands';

/** Notice: "Communications with Family and Others When You Are Present". */
export const familyPresent = clause({
  id: 'family-present',
  title: 'Communications with family and others when you are present',
  citation: '45 CFR 164.510(b)(1)-(2)*',
  summary: 'People whom the member identifies, and who are involved in the care, hear what that involvement needs, where the member agreed or did not object.',
  purposes: ['FAMRQT'],
  grant: grant({
    demands: [
      text('person', 'Who is told: a relative, a close friend, or another person whom the member identified.'),
      text('involvement', 'How the person is involved in the care or its payment.'),
      choice('agreement', 'The member agreed, could object and did not, or it was inferred that they do not object.', ['agreed', 'did-not-object', 'inferred']),
      text('inference', 'The circumstances from which it was inferred that the member does not object.', { requiredWhen: 'agreement=inferred' }),
      statement('known-objection', 'True where the member is known to object: then nothing is disclosed.', { required: false, refuses: true }),
      ...NAMED,
    ],
    agreedRestrictionsBind: true,
  }),
  reading: 'A known objection refuses. What the involvement needs is what the grant lists; restrictions that were agreed to go on binding.',
});
