import { clause } from '../core/clause';
import { choice, day, grant, optional, statement, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

const WAIVER = { requiredWhen: 'basis=waiver' };
const PREPARATORY = { requiredWhen: 'basis=preparatory' };
const DECEDENTS = { requiredWhen: 'basis=decedents' };

/** Notice: "Research". */
export const research = clause({
  id: 'research',
  title: 'Research',
  citation: '45 CFR 164.512(i)*, 164.514(e)*, 164.514(b)(2)*',
  summary: 'Under a board\'s waiver, to prepare a protocol without anything leaving, on decedents, or as a limited data set under an agreement.',
  purposes: ['HRESCH'],
  grant: grant({
    demands: [
      choice('basis', 'On what it rests.', ['waiver', 'preparatory', 'decedents', 'limited-data-set']),
      text('waiver-board', 'The institutional review board or privacy board that waived the authorization.', WAIVER),
      text('waiver-number', 'The number of the protocol.', WAIVER),
      day('waiver-date', 'The day of the waiver.', { ...WAIVER, past: true }),
      statement('preparatory-only', 'It is only reviewed to prepare a protocol or for a like purpose.', PREPARATORY),
      statement('preparatory-nothing-leaves', 'Nothing is taken away in the course of the review.', PREPARATORY),
      statement('preparatory-necessary', 'It is necessary for the research.', PREPARATORY),
      statement('decedents-only', 'It is only for research on the information of the dead.', DECEDENTS),
      text('decedents-documentation', 'What documents the deaths.', DECEDENTS),
      statement('decedents-necessary', 'It is necessary for the research.', DECEDENTS),
      text('data-use-agreement', 'The data use agreement: with whom, its number and date.', { requiredWhen: 'basis=limited-data-set' }),
      choice('de-identification', 'Leaves identifiers out, whatever the basis.', ['limited-data-set', 'safe-harbor'], optional),
      ...VERIFIED, ...NAMED,
    ],
    forms: [
      { when: ['de-identification=safe-harbor'], form: 'SAFE_HARBOR' }, { when: ['de-identification=limited-data-set'], form: 'LIMITED_DATA_SET' },
      { when: ['basis=limited-data-set'], form: 'LIMITED_DATA_SET' },
    ],
    unaccounted: [['basis=limited-data-set']],
    decedents: [['basis=decedents']],
    onPremises: [['basis=preparatory']],
  }),
  accounted: true,
  reading: 'Preparing a protocol is read by staff alone, since an answer to anyone else leaves. What fifty or more members are in under a waiver is accounted by protocol.',
});
