import { clause } from '../core/clause';
import { allBut, ceiling, choice, grant, opening, optional, statement, text } from '../core/grant';
import { NAMED, SUSPENSION, VERIFIED } from './common-demands';

const ADMINISTRATIVE = { requiredWhen: 'process=administrative-request' };
const UNABLE = { requiredWhen: 'victim-agreement=unable' };
/** What is known of a person, to find them, and nothing of their care (512(f)(2)). */
const LOCATING = ['Member.name', 'HumanName.*', 'Member.birthDate', 'Member.gender', 'Member.deceasedAt', 'Member.contact', 'Contact.addresses', 'Address.*'];

/** Notice: "Law Enforcement Officials". */
export const lawEnforcement = clause({
  id: 'law-enforcement',
  title: 'Law enforcement officials',
  citation: '45 CFR 164.512(f)*; 42 CFR 2.61 to 2.67* for Part 2 records',
  summary: 'By process, to locate a person, about a victim, a death by crime, a crime on the premises, in an emergency: to officials, as each circumstance allows.',
  purposes: ['HLEGAL'],
  grant: grant({
    demands: [
      choice('circumstance', 'The circumstance.', ['process', 'locating', 'victim', 'death-by-crime', 'crime-on-premises', 'emergency']),
      choice('process', 'The process.', ['order', 'warrant', 'administrative-request'], { requiredWhen: 'circumstance=process' }),
      text('process-document', 'Who issued it, its number and date.', { requiredWhen: 'circumstance=process' }),
      statement('relevant-and-material', 'What is asked for is relevant and material to a legitimate inquiry.', ADMINISTRATIVE),
      statement('specific-and-limited', 'The request is specific and limited in scope.', ADMINISTRATIVE),
      statement('de-identified-insufficient', 'De-identified information could not reasonably be used.', ADMINISTRATIVE),
      choice('person-sought', 'Who is to be identified or located.', ['suspect', 'fugitive', 'material-witness', 'missing-person'], { requiredWhen: 'circumstance=locating' }),
      choice('victim-agreement', 'The victim agreed, or is unable to.', ['agreed', 'unable'], { requiredWhen: 'circumstance=victim' }),
      statement('needed-against-another', 'It is needed to find out whether someone else broke the law, and is not used against the victim.', UNABLE),
      statement('activity-cannot-wait', 'Immediate activity depends on it and would suffer by waiting for an agreement.', UNABLE),
      statement('best-interest', 'By professional judgement it is in the victim\'s best interest.', UNABLE),
      text('suspicion', 'Why the death may have been the result of a crime.', { requiredWhen: 'circumstance=death-by-crime' }),
      text('evidence', 'Why it is believed in good faith to be evidence of a crime on the premises.', { requiredWhen: 'circumstance=crime-on-premises' }),
      text('emergency', 'The crime, its place, its victims or who committed it, that the emergency makes it necessary to report.', { requiredWhen: 'circumstance=emergency' }),
      text('part2-order', 'The order under 42 CFR 2.61 to 2.67 with the subpoena that came with it: without both the records of a Part 2 program stay closed.', optional),
      ...SUSPENSION, ...VERIFIED, ...NAMED,
    ],
    ceilings: [ceiling(['circumstance=locating'], ['IDENTITY', 'CONTACT'], LOCATING)],
    opens: (['order', 'warrant'] as const).flatMap((process) => [
      opening(['circumstance=process', `process=${process}`], allBut('PART2')), opening(['circumstance=process', `process=${process}`, 'part2-order'], ['PART2']),
    ]),
  }),
  accounted: true,
  reading: 'An order or a warrant opens the special categories that it names; no other circumstance opens one.',
});
