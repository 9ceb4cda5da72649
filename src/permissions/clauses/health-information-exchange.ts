import { clause, permit, prohibition } from '../core/clause';
import { always, and, during, eq, exists, known, ofMember, or, row, value } from '../core/predicate';
import { named } from './relationships';

const optedOut = exists('hie_opt_out', and(ofMember, during(row('since'), row('ended_at'))));
const throughExchange = or(eq(known('role'), value('HIE_PARTICIPANT')), eq(known('organizationKind'), value('HIE')));

/** Notice: Health Information Exchange. */
export const healthInformationExchange = clause({
  id: 'health-information-exchange',
  title: 'Health Information Exchange',
  citation: '45 CFR 164.506(c); opt-out as the Notice promises it',
  summary: 'Organizations of an exchange see members who have not opted out, for treatment, and for payment and operations where they are already involved.',
  purposes: ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT'],
  permits: [
    permit({ roles: ['HIE_PARTICIPANT'], purposes: ['TREAT', 'ETREAT'], members: always }),
    permit({ roles: ['HIE_PARTICIPANT'], purposes: ['HPAYMT', 'HOPERAT'], members: named('CLAIM', 'ENCOUNTER', 'COVERAGE') }),
  ],
  prohibits: [
    prohibition({ level: 'MEMBER', reason: 'OPTED_OUT', rule: 'opted-out', hides: and(throughExchange, optedOut) }),
  ],
  reading: 'The opt-out closes the channel, for every purpose, emergencies included: any HIE participant, and an organization of kind HIE in any role. A provider on the care team still reads.',
});
