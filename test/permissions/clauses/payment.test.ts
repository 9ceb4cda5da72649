import {
  ann, asks, billing, covered, decisionOn, from, keepsBack, labelled, LATER, namedBy, NOW, nurse, onCareTeam, organizationIs, outsideDoctor, payingPlan, pharmacist, reaches, recordIs, shows, signed,
} from './facts';

const doctorsOffice = asks(outsideDoctor, 'HPAYMT');
const toPlan = recordIs({ plan_id: 'plan' });
const dated = (record_date: string | null) => recordIs({ plan_id: 'plan', record_date });

/** Notice: "How We May Use and Disclose PHI Without Your Written Authorization", Payment. */
describe('payment: staff who bill', () => {
  shows([
    ['what was billed and paid', billing, 'Claim.billedAmount'],
    ['the diagnoses on a claim', billing, 'Claim.diagnoses'],
    ['who covers the member', billing, 'Member.coverages'],
    ['where to send the bill', billing, 'Contact.addresses'],
    ['any member, without a relationship', billing, 'Member.name'],
    ['attaching to a claim is payment', asks(billing, 'CLMATTCH'), 'Claim.status'],
    ['so is telling eligibility, two steps below', asks(billing, 'ELIGDTRM'), 'Member.coverages'],
  ]);
  keepsBack([
    ['a diagnosis outside a claim', billing, 'Condition.code'],
    ['medications', billing, 'Medication.code'],
    ['notes', billing, 'Document.text'],
    ['who treats the member', billing, 'Member.careTeam'],
    ['the numbers of the government', billing, 'Member.governmentIds'],
    ['the discharge of a soldier, which no payment carries', asks(billing, 'MILDCRG'), 'Claim.status'],
    ['clinicians do not bill', asks(nurse, 'HPAYMT'), 'Claim.status', onCareTeam()],
    ['nor do pharmacists', asks(pharmacist, 'HPAYMT'), 'Claim.status', onCareTeam()],
    ['a claim that reveals HIV, without the authorization that the Notice promises', billing, 'Claim.status', labelled('HIV')],
    ['the member\'s own request is not payment', asks(ann, 'HPAYMT'), 'Claim.status'],
  ]);
  shows([['a claim that reveals HIV, with it', billing, 'Claim.status', labelled('HIV'), signed({ classes: ['HIV'] })]]);
});

describe('payment: other providers for their own', () => {
  shows([
    ['whose organization a claim names', doctorsOffice, 'Claim.status', namedBy('CLAIM', 'clinic')],
    ['whose organization an encounter names', doctorsOffice, 'Claim.status', namedBy('ENCOUNTER', 'clinic')],
    ['who are on the care team', doctorsOffice, 'Claim.status', onCareTeam()],
    ['… and who covers the member', doctorsOffice, 'Member.coverages', namedBy('CLAIM', 'clinic')],
  ]);
  keepsBack([
    ['whom nothing names', doctorsOffice, 'Claim.status'],
    ['when another organization is named', doctorsOffice, 'Claim.status', namedBy('CLAIM', 'hospital')],
    ['when only a coverage names them', doctorsOffice, 'Claim.status', namedBy('COVERAGE', 'clinic')],
    ['without an organization', from(doctorsOffice, null), 'Claim.status', namedBy('CLAIM', 'clinic')],
    ['how to reach the member', doctorsOffice, 'Contact.telephones', namedBy('CLAIM', 'clinic')],
    ['clinical records', doctorsOffice, 'Condition.code', namedBy('CLAIM', 'clinic')],
    ['being named in a claim is no relationship for treating', outsideDoctor, 'Condition.code', namedBy('CLAIM', 'clinic')],
  ]);
});

describe('payment: the plan that covers the member', () => {
  shows([
    ['its claims', payingPlan, 'Claim.status', covered(), toPlan],
    ['the member', payingPlan, 'Member.name', covered()],
    ['coverage that ended less than 24 months ago', payingPlan, 'Claim.status', covered({ end_at: '2024-04-01T00:00:00.000Z', start_at: '2020-01-01T00:00:00.000Z' }), dated('2024-01-01T00:00:00.000Z')],
    ['a claim of the first instant of coverage', payingPlan, 'Claim.status', covered(), dated('2025-01-01T00:00:00.000Z')],
    ['a gap between two coverages counts for neither, the second one does', payingPlan, 'Claim.status',
      covered({ end_at: '2025-06-01T00:00:00.000Z' }), covered({ id: 'again', start_at: '2026-01-01T00:00:00.000Z' }), dated('2026-02-01T00:00:00.000Z')],
  ]);
  keepsBack([
    ['who was never covered', payingPlan, 'Member.name'],
    ['whom another plan covers', payingPlan, 'Member.name', covered({ plan_id: 'other-plan' })],
    ['coverage that ended 24 months ago', payingPlan, 'Member.name', covered({ start_at: '2020-01-01T00:00:00.000Z', end_at: '2024-03-15T12:00:00.000Z' })],
    ['coverage that has not begun', payingPlan, 'Member.name', covered({ start_at: LATER })],
    ['coverage whose beginning nobody knows', payingPlan, 'Member.name', covered({ start_at: null })],
    ['a claim from before the coverage', payingPlan, 'Claim.status', covered(), dated('2024-12-31T23:59:59.999Z')],
    ['a claim of the instant of its end', payingPlan, 'Claim.status', covered({ end_at: NOW }), dated(NOW)],
    ['a claim from the gap between two coverages', payingPlan, 'Claim.status',
      covered({ end_at: '2025-06-01T00:00:00.000Z' }), covered({ id: 'again', start_at: '2026-01-01T00:00:00.000Z' }), dated('2025-09-01T00:00:00.000Z')],
    ['a claim without any date', payingPlan, 'Claim.status', covered(), dated(null)],
    ['a claim that was billed to another plan', payingPlan, 'Claim.status', covered(), recordIs({ plan_id: 'other-plan' })],
    ['what the member sees to without any plan', payingPlan, 'Claim.status', covered(), recordIs({ plan_id: null })],
    ['how to reach the member', payingPlan, 'Contact.telephones', covered()],
    ['clinical records', payingPlan, 'Condition.code', covered()],
    ['one who is no plan, under that role', payingPlan, 'Member.name', covered(), organizationIs('PROVIDER')],
  ]);
  test('the member is there for 24 months, the clause is named', () => {
    expect([reaches(payingPlan, [covered({ end_at: NOW })]), reaches(asks(payingPlan, 'HOPERAT'), [covered({ end_at: NOW })])]).toEqual([true, false]);
    expect(decisionOn(payingPlan, 'Claim.status').clauses).toEqual(['payment']);
  });
});
