import {
  agreement, asks, billing, billingVendor, covered, decisionOn, exchange, from, keepsBack, namedBy, nurse, onCareTeam, operatingPlan, operations, organizationIs, outsideDoctor, payingPlan, reaches, recordIs, shows, signed,
} from './facts';

/** Notice: "Entities and Individuals Covered by this Notice". */
describe('covered workforce: who shares under the Notice, and as whom others come', () => {
  shows([
    ['the company\'s nurse', nurse, 'Condition.code', onCareTeam(), organizationIs('COVERED_ENTITY')],
    ['a contracted nurse of another house', from(nurse, 'agency'), 'Condition.code', onCareTeam(), organizationIs('PROVIDER')],
    ['a nurse without an organization', from(nurse, null), 'Condition.code', onCareTeam()],
    ['the company\'s staff', operations, 'Condition.code', organizationIs('COVERED_ENTITY')],
    ['a provider as an outside doctor', outsideDoctor, 'Condition.code', onCareTeam(), organizationIs('PROVIDER')],
    ['a plan as a plan', operatingPlan, 'Condition.code', covered(), organizationIs('HEALTH_PLAN')],
    ['an exchange as its participant', exchange, 'Condition.code', organizationIs('HIE')],
    ['a provider as a participant', exchange, 'Condition.code', organizationIs('PROVIDER')],
    ['a plan as a participant', exchange, 'Condition.code', organizationIs('HEALTH_PLAN')],
    ['an associate of whatever kind', billingVendor, 'Claim.status', agreement(), organizationIs('OTHER')],
    ['an organization that nobody knows takes the kind of the role', from(outsideDoctor, 'unheard-of'), 'Condition.code', onCareTeam()],
    ['… a plan likewise', from(operatingPlan, 'unheard-of'), 'Condition.code', covered({ plan_id: 'unheard-of' })],
    ['whom the member named in an authorization comes as who they are', asks(payingPlan, 'HRESCH'), 'Condition.code', signed({ purposes: ['HRESCH'] }), organizationIs('PROVIDER')],
  ]);
  keepsBack([
    ['an exchange participant without an organization', from(exchange, null), 'Condition.code'],
    ['an outside doctor without an organization', from(outsideDoctor, null), 'Condition.code', onCareTeam()],
    ['a provider in the role of a plan', operatingPlan, 'Condition.code', covered(), organizationIs('PROVIDER')],
    ['… for payment', payingPlan, 'Claim.status', covered(), recordIs({ plan_id: 'plan' }), organizationIs('COVERED_ENTITY')],
    ['a plan in the role of an outside doctor', outsideDoctor, 'Condition.code', onCareTeam(), organizationIs('HEALTH_PLAN')],
    ['an exchange in the role of an outside doctor', outsideDoctor, 'Condition.code', onCareTeam(), organizationIs('HIE')],
    ['… for payment', asks(outsideDoctor, 'HPAYMT'), 'Claim.status', namedBy('CLAIM', 'clinic'), organizationIs('HIE')],
    ['… in an emergency', asks(outsideDoctor, 'ETREAT'), 'Condition.code', onCareTeam(), organizationIs('BUSINESS_ASSOCIATE')],
    ['an associate in the role of a participant', exchange, 'Condition.code', organizationIs('BUSINESS_ASSOCIATE')],
    ['an authority in the role of a participant', exchange, 'Condition.code', organizationIs('AUTHORITY')],
    ['an employer in the role of a plan', operatingPlan, 'Member.name', covered(), organizationIs('OTHER')],
  ]);
  test('one whose organization does not fit has no relationship with anybody', () => {
    expect([reaches(exchange, [organizationIs('OTHER')]), reaches(exchange, []), reaches(billing, [organizationIs('OTHER')])]).toEqual([false, true, true]);
    expect(decisionOn(exchange, 'Condition.code', organizationIs('OTHER'))).toMatchObject({ effect: 'DENY', reason: 'NO_RELATIONSHIP' });
  });
});
