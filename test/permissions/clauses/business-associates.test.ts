import { agreement, asks, billingVendor, caller, covered, decisionOn, from, keepsBack, labelled, namedBy, onCareTeam, paidInFull, qualityVendor, reaches, recordIs, shows, signed } from './facts';

const BILLING = agreement({ purposes: ['HPAYMT'], categories: ['IDENTITY', 'COVERAGE', 'FINANCIAL'] });
const QUALITY = agreement({ purposes: ['HOPERAT'], categories: ['CLINICAL', 'MEDICATION'] });

/** Notice: "How We May Use and Disclose PHI Without Your Written Authorization", Business Associates. */
describe('business associates: what the agreement lists', () => {
  shows([
    ['claims under a billing agreement', billingVendor, 'Claim.status', BILLING],
    ['of any member: no relationship is asked', billingVendor, 'Member.name', BILLING],
    ['a purpose below the one that is listed', asks(billingVendor, 'REMITADV'), 'Claim.status', BILLING],
    ['diagnoses under a quality agreement', qualityVendor, 'Condition.code', QUALITY],
    ['two agreements together', qualityVendor, 'Condition.code', BILLING, QUALITY],
    ['one agreement for two purposes: each takes the part that its cell allows', qualityVendor, 'Condition.code', agreement({ purposes: ['HPAYMT', 'HOPERAT'], categories: ['FINANCIAL', 'CLINICAL'] })],
    ['a special category that the member authorized for the vendor', qualityVendor, 'Condition.code', QUALITY, labelled('HIV'), signed({ classes: ['HIV'], recipients: [{ organizationId: 'vendor' }] })],
  ]);
  keepsBack([
    ['no agreement, no member', billingVendor, 'Member.name'],
    ['a category that it leaves out', billingVendor, 'Contact.emails', BILLING],
    ['a purpose that it leaves out', qualityVendor, 'Condition.code', BILLING],
    ['a category that belongs to its other purpose', billingVendor, 'Condition.code', agreement({ purposes: ['HPAYMT', 'HOPERAT'], categories: ['FINANCIAL', 'CLINICAL'] })],
    ['the parent of the purpose that it lists', qualityVendor, 'Condition.code', agreement({ purposes: ['HQUALIMP'], categories: ['CLINICAL'] })],
    ['notes, whatever it lists', qualityVendor, 'Document.text', agreement({ purposes: ['HOPERAT'], categories: ['NOTE', 'CLINICAL'] })],
    ['the numbers of the government, whatever it lists', billingVendor, 'Member.governmentIds', agreement({ categories: ['GOVERNMENT_ID', 'IDENTITY'] })],
    ['treating, whatever it lists', caller('BUSINESS_ASSOCIATE', 'TREAT'), 'Condition.code', agreement({ purposes: ['TREAT'], categories: ['CLINICAL'] }), onCareTeam()],
    ['a special category without the member\'s authorization', qualityVendor, 'Condition.code', QUALITY, labelled('PSY')],
    ['being named in a claim makes no agreement', billingVendor, 'Claim.status', namedBy('CLAIM', 'vendor')],
    ['nor does the member\'s authorization for payment', billingVendor, 'Claim.status', signed({ recipients: [{ organizationId: 'vendor' }] })],
    ['what the member paid for in full, when the agreement serves a plan', billingVendor, 'Claim.status', agreement({ kind: 'PLAN_SERVICES' }), recordIs({ encounter_id: 'visit' }), paidInFull()],
  ]);
  shows([['what the member paid for in full, when the agreement serves the company', billingVendor, 'Claim.status', BILLING, recordIs({ encounter_id: 'visit' }), paidInFull()]]);
});

test('without an agreement that lists it the reason is the agreement', () => {
  expect(decisionOn(billingVendor, 'Claim.status')).toMatchObject({ effect: 'DENY', reason: 'AGREEMENT_REQUIRED' });
  expect(decisionOn(billingVendor, 'Claim.status', BILLING).clauses).toEqual(['business-associates']);
  expect(decisionOn(billingVendor, 'Condition.code', BILLING).reason).toBe('MINIMUM_NECESSARY');
});
test('nobody is there without one; everybody is with it', () => {
  expect([reaches(billingVendor, []), reaches(billingVendor, [covered()]), reaches(billingVendor, [BILLING]), reaches(from(billingVendor, null), [])]).toEqual([false, false, true, false]);
});
