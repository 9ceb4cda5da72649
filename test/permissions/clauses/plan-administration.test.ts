import {
  agreement, ann, asks, billing, caseManager, covered, decisionOn, emergencyNurse, from, glassBroken, keepsBack, nurse, onCareTeam, operatingPlan, operations, outsideDoctor, payingPlan, planGoverned, qualityVendor,
  reaches, recordIs, represented, rita, shows, signed,
} from './facts';

const SERVICES = agreement({ kind: 'PLAN_SERVICES', purposes: ['HOPERAT'], categories: ['CLINICAL', 'MEDICATION'] });
const PAYING = agreement({ kind: 'PLAN_SERVICES', purposes: ['HPAYMT'], categories: ['FINANCIAL'] });

/** Notice: "Information Covered by this Notice". */
describe('plan administration: the plan\'s own agreement decides in place of the Notice', () => {
  shows([
    ['the plan, in a category that its agreement lists', operatingPlan, 'Condition.code', covered(), planGoverned, SERVICES],
    ['for a purpose below the listed one', caseManager, 'Condition.code', covered(), planGoverned, SERVICES],
    ['claims under an agreement for payment', payingPlan, 'Claim.status', covered(), planGoverned, recordIs({ plan_id: 'plan' }), PAYING],
    ['the member\'s own request', ann, 'Condition.code', planGoverned],
    ['who represents the member', rita, 'Condition.code', represented(), planGoverned],
    ['in an emergency', emergencyNurse, 'Condition.code', glassBroken(), planGoverned],
    ['what stands under the Notice is as ever', nurse, 'Condition.code', onCareTeam(), recordIs({ governed_by: 'NOTICE' })],
    ['who the member is stands under the Notice', operatingPlan, 'Member.name', covered()],
  ]);
  keepsBack([
    ['the care team', nurse, 'Condition.code', onCareTeam(), planGoverned],
    ['outside doctors', outsideDoctor, 'Condition.code', onCareTeam(), planGoverned],
    ['staff of operations', operations, 'Condition.code', planGoverned],
    ['staff who bill', billing, 'Claim.status', planGoverned],
    ['associates of the company', qualityVendor, 'Condition.code', planGoverned, agreement({ purposes: ['HOPERAT'], categories: ['CLINICAL'] })],
    ['an associate under an agreement of that kind', qualityVendor, 'Condition.code', planGoverned, SERVICES],
    ['the plan without an agreement', operatingPlan, 'Condition.code', covered(), planGoverned],
    ['the plan, in a category that is not listed', operatingPlan, 'CareGap.measure', covered(), planGoverned, SERVICES],
    ['the plan, for a purpose that is not listed', payingPlan, 'Claim.status', covered(), planGoverned, recordIs({ plan_id: 'plan' }), SERVICES],
    ['the plan, for the parent of the listed purpose', operatingPlan, 'Condition.code', covered(), planGoverned, agreement({ kind: 'PLAN_SERVICES', purposes: ['CAREMGT'], categories: ['CLINICAL'] })],
    ['the plan, under an agreement of another kind', operatingPlan, 'Condition.code', covered(), planGoverned, agreement({ purposes: ['HOPERAT'], categories: ['CLINICAL'] })],
    ['another plan', from(operatingPlan, 'other-plan'), 'Condition.code', covered({ plan_id: 'other-plan' }), planGoverned, SERVICES],
    ['a plan that does not cover the member', operatingPlan, 'Condition.code', planGoverned, SERVICES],
    ['a record whose governing plan is not known', operatingPlan, 'Condition.code', covered(), recordIs({ governed_by: 'PLAN_AGREEMENT', governing_plan_id: null }), SERVICES],
    ['research that the member signed for', asks(operations, 'HRESCH'), 'Condition.code', planGoverned, signed({ purposes: ['HRESCH'] })],
  ]);
  test('it hides records and no member', () => {
    expect([reaches(nurse, [onCareTeam(), planGoverned]), reaches(operations, [planGoverned])]).toEqual([true, true]);
    expect(decisionOn(nurse, 'Member.name', onCareTeam(), planGoverned).effect).toBe('CONDITIONAL');
  });
});
