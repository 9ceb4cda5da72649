import { agreement, billing, billingVendor, covered, decisionOn, from, keepsBack, labelled, LATER, NOW, operatingPlan, planGoverned, qualityVendor, reaches, shows, signed } from './facts';

const FOR_PAY = agreement({ remunerated: true });
const QUALITY_FOR_PAY = agreement({ purposes: ['HOPERAT'], categories: ['CLINICAL'], remunerated: true });
const toVendor = [{ organizationId: 'vendor' }] as const;
const sold = signed({ sale: true, recipients: toVendor });

/** Notice: "Uses or Disclosures That Require Your Authorization", Sale of PHI. */
describe('sale: what is disclosed for pay, member by member', () => {
  shows([
    ['with an authorization that says sale and names the buyer', billingVendor, 'Claim.status', FOR_PAY, sold],
    ['… by its role', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: [{ role: 'BUSINESS_ASSOCIATE' }] })],
    ['… by the person', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: [{ subject: 'somebody' }] })],
    ['from the instant that it names', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: toVendor, start: NOW })],
    ['an agreement without pay needs none', billingVendor, 'Claim.status', agreement()],
    ['an agreement without pay beside one for pay', billingVendor, 'Claim.status', FOR_PAY, agreement()],
    ['the company sells nothing to itself', billing, 'Claim.status'],
    ['what was made for a plan, sold to it with an authorization', operatingPlan, 'Condition.code', covered(), planGoverned,
      agreement({ kind: 'PLAN_SERVICES', purposes: ['HOPERAT'], categories: ['CLINICAL'], remunerated: true }), signed({ sale: true })],
  ]);
  keepsBack([
    ['nobody agreed to the sale', billingVendor, 'Claim.status', FOR_PAY],
    ['who the member is, too', billingVendor, 'Member.name', FOR_PAY],
    ['an authorization that does not say sale', billingVendor, 'Claim.status', FOR_PAY, signed({ recipients: toVendor })],
    ['one that names another buyer', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: [{ organizationId: 'other' }] })],
    ['revoked', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: toVendor, revokedAt: NOW })],
    ['ended', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: toVendor, end: NOW })],
    ['not begun', billingVendor, 'Claim.status', FOR_PAY, signed({ sale: true, recipients: toVendor, start: LATER })],
    ['a category that the agreement leaves out', billingVendor, 'Member.coverages', FOR_PAY, sold],
    ['a category that only the agreement for pay lists, beside one without pay', qualityVendor, 'Condition.code', QUALITY_FOR_PAY, agreement({ purposes: ['HOPERAT'], categories: ['MEDICATION'] })],
    ['a special category that the sale does not name', qualityVendor, 'Condition.code', QUALITY_FOR_PAY, sold, labelled('HIV')],
    ['the sale makes no agreement', billingVendor, 'Claim.status', sold],
    ['what was made for a plan, for pay, without an authorization', operatingPlan, 'Condition.code', covered(), planGoverned,
      agreement({ kind: 'PLAN_SERVICES', purposes: ['HOPERAT'], categories: ['CLINICAL'], remunerated: true })],
  ]);
  test('who did not agree is not there', () => {
    expect([reaches(billingVendor, [FOR_PAY]), reaches(billingVendor, [FOR_PAY, sold]), reaches(from(billingVendor, 'other'), [FOR_PAY, sold])]).toEqual([false, true, false]);
    expect(decisionOn(billingVendor, 'Claim.status', FOR_PAY)).toMatchObject({ effect: 'CONDITIONAL', clauses: ['business-associates'] });
  });
});
