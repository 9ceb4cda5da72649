import {
  agreement, ann, asks, billing, billingVendor, covered, emergencyNurse, exchange, from, glassBroken, keepsBack, labelled, LATER, namedBy, NOW, nurse, onCareTeam, operatingPlan, operations, organizationIs,
  outsideDoctor, paidInFull, payingPlan, pharmacist, privacyOfficer, reaches, recordIs, represented, restricted, rita, shows, signed, caller,
} from './facts';

const ofVisit = recordIs({ encounter_id: 'visit', plan_id: 'plan' });
const planFacts = [covered(), ofVisit] as const;

/** Notice: "Right to Request Additional Restrictions". */
describe('restrictions: what the member paid for in full is kept from the plan', () => {
  keepsBack([
    ['the claim of that visit', payingPlan, 'Claim.status', ...planFacts, paidInFull()],
    ['the diagnoses of that visit', operatingPlan, 'Condition.code', ...planFacts, paidInFull()],
    ['its medications', operatingPlan, 'Medication.code', ...planFacts, paidInFull()],
    ['its gaps in care', operatingPlan, 'CareGap.measure', ...planFacts, paidInFull()],
    ['the visit itself', operatingPlan, 'Encounter.start', covered(), recordIs({ id: 'visit' }), paidInFull()],
    ['what is administrative about it', operatingPlan, 'Condition.id', ...planFacts, paidInFull()],
    ['from the request on, before anyone decided', payingPlan, 'Claim.status', ...planFacts, paidInFull({ status: 'RECEIVED' })],
    ['from the very instant of the request', payingPlan, 'Claim.status', ...planFacts, paidInFull({ since: NOW })],
    ['a plan under another role', asks(from(exchange, 'plan'), 'TREAT'), 'Condition.code', ofVisit, organizationIs('HEALTH_PLAN'), paidInFull()],
    ['a plan in the role of a nurse', from(nurse, 'plan'), 'Condition.code', onCareTeam(), ofVisit, organizationIs('HEALTH_PLAN'), paidInFull()],
    ['an associate that serves a plan', billingVendor, 'Claim.status', ofVisit, agreement({ kind: 'PLAN_SERVICES' }), paidInFull()],
    ['an exchange, for payment', asks(exchange, 'HPAYMT'), 'Claim.status', ofVisit, namedBy('CLAIM', 'exchange'), paidInFull()],
    ['an exchange, for operations', asks(exchange, 'HOPERAT'), 'Condition.code', ofVisit, namedBy('CLAIM', 'exchange'), paidInFull()],
    ['a plan in an emergency: this one does not yield', from(emergencyNurse, 'plan'), 'Condition.code', glassBroken(), ofVisit, organizationIs('HEALTH_PLAN'), paidInFull()],
    ['a claim without a visit', payingPlan, 'Claim.status', covered(), recordIs({ id: 'bill', plan_id: 'plan' }), paidInFull({ encounter: null, record: 'bill' })],
    ['… and what cites it', payingPlan, 'Claim.status', covered(), recordIs({ id: 'explanation', plan_id: 'plan' }), paidInFull({ encounter: null, record: 'bill', citedBy: ['explanation'] })],
    ['whatever the member authorized', asks(operatingPlan, 'HRESCH'), 'Condition.code', ...planFacts, signed({ purposes: ['HRESCH'] }), paidInFull()],
  ]);
  shows([
    ['another visit', payingPlan, 'Claim.status', covered(), recordIs({ encounter_id: 'other-visit', plan_id: 'plan' }), paidInFull()],
    ['what belongs to no visit', payingPlan, 'Claim.status', covered(), recordIs({ plan_id: 'plan' }), paidInFull()],
    ['who the member is', payingPlan, 'Member.name', covered(), paidInFull()],
    ['when it was denied', payingPlan, 'Claim.status', ...planFacts, paidInFull({ status: 'DENIED' })],
    ['when it has ended', payingPlan, 'Claim.status', ...planFacts, paidInFull({ endedAt: NOW })],
    ['the company\'s own billing', billing, 'Claim.status', ofVisit, paidInFull()],
    ['the care team', nurse, 'Condition.code', onCareTeam(), ofVisit, paidInFull()],
    ['an associate of the company', billingVendor, 'Claim.status', ofVisit, agreement(), paidInFull()],
    ['an exchange that treats', exchange, 'Condition.code', ofVisit, paidInFull()],
    ['the member', ann, 'Claim.status', ofVisit, paidInFull()],
  ]);
});

describe('restrictions: what the company agreed to', () => {
  keepsBack([
    ['what is left out does not narrow', nurse, 'Condition.code', onCareTeam(), restricted()],
    ['the member\'s own fields too', nurse, 'Member.name', onCareTeam(), restricted()],
    ['from one role', pharmacist, 'Medication.code', onCareTeam(), restricted({ recipients: [{ role: 'PHARMACIST' }] })],
    ['from one organization', outsideDoctor, 'Condition.code', onCareTeam(), restricted({ recipients: [{ organizationId: 'clinic' }] })],
    ['from one person', nurse, 'Condition.code', onCareTeam(), restricted({ recipients: [{ subject: 'somebody' }] })],
    ['for one purpose, and all below it', asks(nurse, 'COC'), 'Condition.code', onCareTeam(), restricted({ purposes: ['TREAT'] })],
    ['… also for a code that no permission carries', asks(operations, 'HLEGAL'), 'Condition.code', signed({ purposes: ['HLEGAL'] }), restricted({ purposes: ['HOPERAT'] })],
    ['one category', nurse, 'Contact.telephones', onCareTeam(), restricted({ categories: ['CONTACT'] })],
    ['one field', nurse, 'Medication.dosage', onCareTeam(), restricted({ coordinates: ['Medication.dosage'] })],
    ['a part of the contact', nurse, 'Contact.emails', onCareTeam(), restricted({ coordinates: ['Contact.emails'] })],
    ['a whole collection', nurse, 'Medication.code', onCareTeam(), restricted({ coordinates: ['Member.medications'] })],
    ['one class, its children included', nurse, 'Condition.code', onCareTeam(), labelled('ABORTION'), restricted({ classes: ['SEX'] })],
    ['… and the fields that reveal it', nurse, 'Member.pronouns', onCareTeam(), restricted({ classes: ['GENDER_IDENTITY'] })],
    ['one visit', nurse, 'Condition.code', onCareTeam(), ofVisit, restricted({ encounter: 'visit' })],
    ['one record', nurse, 'Condition.code', onCareTeam(), restricted({ record: 'r' })],
    ['family too', rita, 'Condition.code', represented(), restricted()],
    ['research that the member signed for too', asks(operations, 'HRESCH'), 'Condition.code', signed({ purposes: ['HRESCH'] }), restricted()],
    ['the plan', operatingPlan, 'Condition.code', covered(), restricted()],
    ['records from before it ended for later ones', nurse, 'Condition.code', onCareTeam(), recordIs({ recorded_at: '2026-02-01T00:00:00.000Z' }), restricted({ endsForLaterRecordsAt: '2026-03-01T00:00:00.000Z' })],
  ]);
  shows([
    ['asked for, and not agreed to', nurse, 'Condition.code', onCareTeam(), restricted({ status: 'RECEIVED' })],
    ['to another role', nurse, 'Condition.code', onCareTeam(), restricted({ recipients: [{ role: 'PHARMACIST' }] })],
    ['for another purpose', nurse, 'Condition.code', onCareTeam(), restricted({ purposes: ['HPAYMT'] })],
    ['another category', nurse, 'Condition.code', onCareTeam(), restricted({ categories: ['CONTACT'] })],
    ['another field of the record', nurse, 'Medication.code', onCareTeam(), restricted({ coordinates: ['Medication.dosage'] })],
    ['another part of the contact', nurse, 'Contact.telephones', onCareTeam(), restricted({ coordinates: ['Contact.emails'] })],
    ['another class', nurse, 'Condition.code', onCareTeam(), labelled('HIV'), restricted({ classes: ['SEX'] })],
    ['another visit', nurse, 'Condition.code', onCareTeam(), restricted({ encounter: 'visit' })],
    ['another record', nurse, 'Condition.code', onCareTeam(), restricted({ record: 'other' })],
    ['when it has ended', nurse, 'Condition.code', onCareTeam(), restricted({ endedAt: NOW })],
    ['before it begins', nurse, 'Condition.code', onCareTeam(), restricted({ since: LATER })],
    ['records made after it ended for later ones', nurse, 'Condition.code', onCareTeam(), recordIs({ recorded_at: '2026-03-02T00:00:00.000Z' }), restricted({ endsForLaterRecordsAt: '2026-03-01T00:00:00.000Z' })],
    ['in an emergency it yields', emergencyNurse, 'Condition.code', glassBroken(), restricted()],
    ['the member', ann, 'Condition.code', restricted()],
    ['the privacy office', privacyOfficer, 'Member.name', restricted()],
    ['one member\'s restriction is not another\'s', nurse, 'Condition.code', onCareTeam(),
      { rows: { restriction_scope: (restricted().rows?.['restriction_scope'] ?? []).map((each) => ({ ...each, member_id: 'bob' })) } }],
  ]);
  test('a restriction hides cells; the member stays there', () => {
    expect([reaches(nurse, [onCareTeam(), restricted()]), reaches(payingPlan, [covered(), paidInFull()]), reaches(caller('NURSE', 'HOPERAT'), [restricted()])]).toEqual([true, true, false]);
  });
});
