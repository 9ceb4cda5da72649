import {
  ann, asks, BEFORE, covered, decisionOn, exchange, from, keepsBack, labelled, LATER, namedBy, NOW, nurse, onCareTeam, operations, optedOut, organizationIs, outsideDoctor, paidInFull, reaches, recordIs,
  shows, signed,
} from './facts';

const emergencyExchange = asks(exchange, 'ETREAT');
const exchangePays = asks(exchange, 'HPAYMT');
const exchangeOperates = asks(exchange, 'HOPERAT');

/** Notice: "How We May Use and Disclose PHI Without Your Written Authorization", Health Information Exchange. */
describe('health information exchange: who has not opted out', () => {
  shows([
    ['diagnoses for treating, without a relationship', exchange, 'Condition.code'],
    ['who treats the member', exchange, 'Member.careTeam'],
    ['in an emergency', emergencyExchange, 'Medication.code'],
    ['claims, for payment of an organization that one names', exchangePays, 'Claim.status', namedBy('CLAIM', 'exchange')],
    ['… or that an encounter names', exchangePays, 'Claim.status', namedBy('ENCOUNTER', 'exchange')],
    ['… or that covers the member', exchangePays, 'Member.coverages', namedBy('COVERAGE', 'exchange')],
    ['operations of an organization that is involved', exchangeOperates, 'Condition.code', namedBy('ENCOUNTER', 'exchange')],
    ['managing care, which the law lists', asks(exchange, 'CAREMGT'), 'CareGap.measure', namedBy('CLAIM', 'exchange')],
    ['a provider of the exchange', exchange, 'Condition.code', organizationIs('PROVIDER')],
    ['who opted in again', exchange, 'Condition.code', optedOut({ ended_at: NOW })],
    ['until an opt-out that is still to come', exchange, 'Condition.code', optedOut({ since: LATER })],
    ['paid in full binds no treating', exchange, 'Condition.code', recordIs({ encounter_id: 'visit' }), paidInFull()],
  ]);
  keepsBack([
    ['how to reach the member', exchange, 'Contact.telephones'],
    ['notes', exchange, 'Document.text'],
    ['who covers the member, for treating', exchange, 'Member.coverages'],
    ['payment of an organization that nothing names', exchangePays, 'Claim.status'],
    ['operations of an organization that nothing names', exchangeOperates, 'Condition.code', namedBy('CLAIM', 'another')],
    ['an operation that the law does not list', asks(exchange, 'PATADMIN'), 'Condition.code', namedBy('CLAIM', 'exchange')],
    ['a special category without an authorization, for treating too', exchange, 'Condition.code', labelled('STD')],
    ['paid in full, for operations', exchangeOperates, 'Condition.code', namedBy('CLAIM', 'exchange'), recordIs({ encounter_id: 'visit' }), paidInFull()],
    ['an organization that is in no exchange', exchange, 'Condition.code', organizationIs('BUSINESS_ASSOCIATE')],
  ]);
});

describe('health information exchange: who has opted out', () => {
  keepsBack([
    ['for treating', exchange, 'Condition.code', optedOut()],
    ['in an emergency', emergencyExchange, 'Condition.code', optedOut()],
    ['for payment', exchangePays, 'Claim.status', namedBy('CLAIM', 'exchange'), optedOut()],
    ['for operations', exchangeOperates, 'Condition.code', namedBy('CLAIM', 'exchange'), optedOut()],
    ['from the very instant', exchange, 'Condition.code', optedOut({ since: NOW })],
    ['whatever the member signed before', asks(exchange, 'HRESCH'), 'Condition.code', signed({ purposes: ['HRESCH'] }), optedOut()],
    ['an exchange under another role', asks(outsideDoctor, 'HRESCH'), 'Condition.code', signed({ purposes: ['HRESCH'] }), organizationIs('HIE'), optedOut()],
    ['an exchange in the role of a nurse', from(nurse, 'exchange'), 'Condition.code', onCareTeam(), organizationIs('HIE'), optedOut()],
    ['a second opt-out after an opt-in', exchange, 'Condition.code', optedOut({ ended_at: '2026-02-01T00:00:00.000Z' }), optedOut({ since: '2026-03-01T00:00:00.000Z' })],
  ]);
  shows([
    ['the channel is closed, not the provider on the care team', outsideDoctor, 'Condition.code', onCareTeam(), optedOut()],
    ['nor the company', operations, 'Condition.code', optedOut()],
    ['one member\'s opt-out is not another\'s', exchange, 'Condition.code', optedOut({ member_id: 'bob' })],
    ['nor the member', ann, 'Condition.code', optedOut()],
  ]);
  test('the member is not there at all', () => {
    expect([reaches(exchange, []), reaches(exchange, [optedOut()]), reaches(exchange, [optedOut({ since: BEFORE, ended_at: LATER })]), reaches(outsideDoctor, [onCareTeam(), covered(), optedOut()])])
      .toEqual([true, false, false, true]);
    expect(decisionOn(exchange, 'Condition.code').clauses).toEqual(['health-information-exchange']);
  });
});
