import {
  asks, auditor, caseManager, covered, decisionOn, keepsBack, labelled, livesIn, NOW, nurse, onCareTeam, operatingPlan, operations, privacyOfficer, reaches, recordIs, shows, signed,
} from './facts';

/** Notice: "How We May Use and Disclose PHI Without Your Written Authorization", Health Care Operations. */
describe('health care operations: staff', () => {
  shows([
    ['diagnoses, of any member', operations, 'Condition.code'],
    ['medications', operations, 'Medication.code'],
    ['the state of a medication review', operations, 'MedicationReview.status'],
    ['gaps in care', operations, 'CareGap.measure'],
    ['who treats the member', operations, 'Member.careTeam'],
    ['training is operations', asks(operations, 'TRAIN'), 'Condition.code'],
    ['so is testing a system, two steps below', asks(operations, 'HTEST'), 'Condition.code'],
    ['sexual health, where no state asks more', operations, 'Condition.code', labelled('SEX')],
    ['HIV, with the member\'s authorization', operations, 'Condition.code', labelled('HIV'), signed({ classes: ['HIV'] })],
  ]);
  keepsBack([
    ['how to reach the member', operations, 'Contact.emails'],
    ['who covers the member', operations, 'Member.coverages'],
    ['claims', operations, 'Claim.status'],
    ['notes', operations, 'Document.text'],
    ['the findings of a medication review', operations, 'MedicationReview.findings'],
    ['HIV without an authorization', operations, 'Condition.code', labelled('HIV')],
    ['abortion in California', operations, 'Condition.code', labelled('ABORTION'), livesIn('CA')],
    ['legal matters are no operations that staff may run alone', asks(operations, 'HLEGAL'), 'Condition.code'],
    ['nor is compliance, which is the privacy office\'s', asks(operations, 'HCOMPL'), 'Member.name'],
    ['nor donation', asks(operations, 'DONAT'), 'Condition.code'],
    ['nor government', asks(operations, 'GOV'), 'Condition.code'],
    ['clinicians have no operations', asks(nurse, 'HOPERAT'), 'Condition.code', onCareTeam()],
  ]);
});

describe('health care operations: the covering plan', () => {
  shows([
    ['case management', caseManager, 'Condition.code', covered()],
    ['how to reach its members', operatingPlan, 'Contact.telephones', covered()],
    ['finding fraud', asks(operatingPlan, 'FRAUD'), 'Medication.code', covered()],
    ['improving quality', asks(operatingPlan, 'HQUALIMP'), 'CareGap.measure', covered()],
  ]);
  keepsBack([
    ['an operation that the law does not list', asks(operatingPlan, 'HSYSADMIN'), 'Condition.code', covered()],
    ['administering members', asks(operatingPlan, 'MEMADMIN'), 'Member.name', covered()],
    ['whose coverage has ended', operatingPlan, 'Condition.code', covered({ end_at: NOW })],
    ['records from before the coverage', operatingPlan, 'Condition.code', covered(), recordIs({ record_date: '2024-06-01T00:00:00.000Z' })],
    ['records without a date', operatingPlan, 'Condition.code', covered(), recordIs({ record_date: null })],
    ['who treats the member', operatingPlan, 'Member.careTeam', covered()],
    ['claims, which are payment', operatingPlan, 'Claim.status', covered(), recordIs({ plan_id: 'plan' })],
    ['notes', operatingPlan, 'DiagnosticReport.conclusion', covered()],
  ]);
});

describe('health care operations: compliance', () => {
  shows([
    ['the privacy officer sees who the member is', privacyOfficer, 'Member.name'],
    ['… how to reach them', privacyOfficer, 'Contact.addresses'],
    ['… and what they chose', privacyOfficer, 'Member.privacy'],
  ]);
  keepsBack([
    ['the privacy officer sees no diagnosis', privacyOfficer, 'Condition.code'],
    ['… no claim', privacyOfficer, 'Claim.status'],
    ['… no number of the government', privacyOfficer, 'Member.governmentIds'],
    ['… and acts for no other purpose', asks(privacyOfficer, 'HOPERAT'), 'Member.name'],
    ['an auditor sees no field of any member', auditor, 'Member.name'],
  ]);
  test('an auditor reaches nobody, whatever was signed', () => {
    expect(reaches(auditor, [signed({ purposes: ['HCOMPL'], recipients: [{ role: 'AUDITOR' }, { subject: 'somebody' }] })])).toBe(false);
    expect(decisionOn(operations, 'Condition.code').clauses).toEqual(['health-care-operations']);
  });
});
