import { clause } from '../core/clause';
import { ceiling, choice, grant, statement, text } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Notice: "Communications with Family and Others When You Are Not Present or Are Incapacitated". */
export const familyAbsent = clause({
  id: 'family-absent',
  title: 'Communications with family and others when you are not present or are incapacitated',
  citation: '45 CFR 164.510(b)(1)(ii), (b)(3)-(5)*',
  summary: 'By professional judgement, what a person\'s involvement in the care or its payment needs; or the notice of location, condition or death and no more.',
  purposes: ['FAMRQT'],
  grant: grant({
    demands: [
      choice('form', 'Involvement in the care or its payment, or the notification of location, condition or death.', ['involvement', 'notification']),
      text('professional-judgement', 'Why the disclosure is in the member\'s best interest.', { requiredWhen: 'form=involvement' }),
      text('person', 'Who is told.', { requiredWhen: 'form=involvement' }),
      choice('involvement', 'In what the person is involved: the care, or its payment.', ['care', 'payment'], { requiredWhen: 'form=involvement' }),
      statement('member-deceased', 'True where the member has died.', { required: false }),
      text('involved-before-death', 'How the person was involved before the member died.', { requiredWhen: 'member-deceased=true' }),
      statement('no-objection-known', 'No objection that the member expressed before is known.', { requiredWhen: 'member-deceased=true' }),
      ...VERIFIED, ...NAMED,
    ],
    ceilings: [
      ceiling(['form=notification'], ['IDENTITY', 'CLINICAL'], [
        'Member.name', 'HumanName.*', 'Member.deceasedAt', 'Member.encounters', 'Encounter.class', 'Encounter.status', 'Encounter.start', 'Encounter.end',
      ]),
      ceiling(['form=involvement', 'involvement=care'], ['IDENTITY', 'CARE_MANAGEMENT', 'MEDICATION']),
      ceiling(['form=involvement', 'involvement=payment'], ['IDENTITY', 'COVERAGE', 'FINANCIAL']),
    ],
    agreedRestrictionsBind: true,
  }),
  reading: 'Of the dead, the demands of 510(b)(5) come on top for involvement, whether the request says that the member died or the record does.',
});
