import { clause } from '../core/clause';
import { allBut, choice, day, grant, opening, optional, text, type ClauseElement } from '../core/grant';
import { NAMED, VERIFIED } from './common-demands';

/** Without an order: satisfactory assurance of notice, with the time to object passed, or of a protective order (512(e)(1)(ii)-(vi)). */
const assurance = (basis: 'subpoena' | 'discovery'): ClauseElement[] => [
  text(`${basis}-document`, 'The document: who issued it, in which matter.', { requiredWhen: `basis=${basis}` }),
  choice(`${basis}-assurance`, 'That the member was given notice, or that a protective order was asked for.', ['notice', 'protective-order'], { requiredWhen: `basis=${basis}` }),
  day(`${basis}-objections-until`, 'The day on which the time to object passed without objection, or all were resolved.', { requiredWhen: `${basis}-assurance=notice`, past: true }),
  text(`${basis}-protective-order`, 'The qualified protective order.', { requiredWhen: `${basis}-assurance=protective-order` }),
];

/** Notice: "Lawsuits and Administrative Proceedings". */
export const judicialProceedings = clause({
  id: 'judicial-proceedings',
  title: 'Lawsuits and administrative proceedings',
  citation: '45 CFR 164.512(e)*; 42 CFR 2.61 to 2.67* for Part 2 records',
  summary: 'What an order names; what a subpoena or discovery request asks for, with notice or a protective order; what the company\'s own dispute needs.',
  purposes: ['HLEGAL'],
  grant: grant({
    demands: [
      choice('basis', 'On what it rests.', ['order', 'subpoena', 'discovery', 'own-dispute']),
      text('order', 'The order: court or tribunal, number, date.', { requiredWhen: 'basis=order' }),
      ...assurance('subpoena'), ...assurance('discovery'),
      text('matter', 'The company\'s own dispute.', { requiredWhen: 'basis=own-dispute' }),
      text('counsel', 'The counsel who acts in it.', { requiredWhen: 'basis=own-dispute' }),
      text('part2-order', 'The order under 42 CFR 2.61 to 2.67 with the subpoena that came with it: without both the records of a Part 2 program stay closed.', optional),
      ...VERIFIED, ...NAMED,
    ],
    opens: [opening(['basis=order'], allBut('PART2')), opening(['basis=order', 'part2-order'], ['PART2'])],
    unaccounted: [['basis=own-dispute']],
  }),
  accounted: true,
  reading: 'An order opens the special categories that it names; a subpoena or a discovery request opens none. The company\'s own dispute is part of its operations and is not accounted.',
});
