import {
  ann, asks, BEFORE, billing, caller, decisionOn, emergencyNurse, exchange, from, glassBroken, keepsBack, labelled, LATER, nurse, NOW, onCareTeam, organizationIs, outsideDoctor, pharmacist, planGoverned,
  professional, reaches, recordIs, restricted, shows, writtenBy,
} from './facts';

/** Notice: "How We May Use and Disclose PHI Without Your Written Authorization", Treatment. */
describe('treatment: those who treat the member now', () => {
  shows([
    ['a pharmacist on the care team sees the medications', pharmacist, 'Medication.code', onCareTeam()],
    ['… and the findings of a medication review', pharmacist, 'MedicationReview.findings', onCareTeam()],
    ['… and a document that is a medication review', pharmacist, 'Document.text', onCareTeam(), recordIs({ medication_review: 1 })],
    ['a nurse on the care team sees every note', nurse, 'Document.text', onCareTeam()],
    ['a healthcare professional reads the conclusion of a report', professional, 'DiagnosticReport.conclusion', onCareTeam()],
    ['a nurse sees how to reach the member', nurse, 'Contact.telephones', onCareTeam()],
    ['… and who covers the member', nurse, 'Member.coverages', onCareTeam()],
    ['… and the gaps in care', nurse, 'CareGap.measure', onCareTeam()],
    ['a doctor elsewhere who is on the care team sees the diagnoses', outsideDoctor, 'Condition.code', onCareTeam()],
    ['coordinating care is treating', asks(nurse, 'COC'), 'Condition.code', onCareTeam()],
    ['so is the health of a population', asks(nurse, 'POPHLTH'), 'Condition.code', onCareTeam()],
    ['from the very instant of the assignment', nurse, 'Condition.code', onCareTeam({ start_at: NOW })],
    ['until the last instant before it ends', nurse, 'Condition.code', onCareTeam({ end_at: '2026-03-15T12:00:00.001Z' })],
    ['that two medications interact', nurse, 'Member.interactionAlerts', onCareTeam()],
    ['what is administrative goes with its record', nurse, 'Condition.id', onCareTeam()],
  ]);
  keepsBack([
    ['a nurse who is not on the care team sees nothing', nurse, 'Condition.code'],
    ['a pharmacist sees no other document', pharmacist, 'Document.text', onCareTeam()],
    ['… nor the conclusion of a report', pharmacist, 'DiagnosticReport.conclusion', onCareTeam()],
    ['an assignment that has ended', nurse, 'Condition.code', onCareTeam({ end_at: NOW })],
    ['an assignment that has not begun', nurse, 'Condition.code', onCareTeam({ start_at: LATER })],
    ['an assignment whose beginning nobody knows', nurse, 'Condition.code', onCareTeam({ start_at: null })],
    ['the care team of another member', nurse, 'Condition.code', onCareTeam({ member_id: 'bob' })],
    ['another practitioner on the care team', nurse, 'Condition.code', onCareTeam({ practitioner_id: 'p2' })],
    ['a token that names no practitioner', { ...nurse, practitioner: null }, 'Condition.code', onCareTeam()],
    ['claims are not for treating', nurse, 'Claim.diagnoses', onCareTeam()],
    ['nor is what a claim is called', nurse, 'Claim.id', onCareTeam()],
    ['nor the numbers of the government', nurse, 'Member.governmentIds', onCareTeam()],
    ['nor the member\'s privacy choices', nurse, 'Member.privacy', onCareTeam()],
    ['that two medications interact: not to an outside doctor', outsideDoctor, 'Member.interactionAlerts', onCareTeam()],
    ['psychotherapy notes of another author', nurse, 'Document.text', onCareTeam(), labelled('PSYTHPN'), writtenBy('p2')],
    ['office staff do not treat', asks(billing, 'TREAT'), 'Condition.code', onCareTeam()],
    ['a plan does not treat', caller('HEALTH_PLAN', 'TREAT'), 'Condition.code', onCareTeam()],
    ['a business associate does not treat', caller('BUSINESS_ASSOCIATE', 'TREAT'), 'Condition.code', onCareTeam()],
    ['the member\'s own request is not treatment', asks(ann, 'TREAT'), 'Condition.code', onCareTeam()],
    ['a clinical trial is not treating, for all that its code stands below it', asks(nurse, 'CLINTRL'), 'Condition.code', onCareTeam()],
    ['nor is the emergency department\'s own code', asks(nurse, 'ERTREAT'), 'Condition.code', onCareTeam()],
    ['an outside doctor from an organization that is no provider', outsideDoctor, 'Condition.code', onCareTeam(), organizationIs('HEALTH_PLAN')],
  ]);
});

describe('breaking the glass: one member, one hour', () => {
  const openedAt = (opened_at: string, expires_at: string) => glassBroken({ opened_at, expires_at });
  shows([
    ['a nurse who opened the member', emergencyNurse, 'Condition.code', glassBroken()],
    ['by the other name of the same thing', asks(nurse, 'BTG'), 'Condition.code', glassBroken()],
    ['a pharmacist', asks(pharmacist, 'ETREAT'), 'Medication.code', glassBroken()],
    ['a doctor elsewhere', asks(outsideDoctor, 'ETREAT'), 'Condition.code', glassBroken()],
    ['who is on the care team needs no opening', emergencyNurse, 'Condition.code', onCareTeam()],
    ['from the instant of opening', emergencyNurse, 'Condition.code', openedAt(NOW, '2026-03-15T13:00:00.000Z')],
    ['a new opening after the hour', emergencyNurse, 'Condition.code', openedAt(BEFORE, '2026-01-01T01:00:00.000Z'), glassBroken()],
    ['records of a substance use program too', emergencyNurse, 'Condition.code', glassBroken(), labelled('PART2')],
    ['what an agreed restriction keeps back', emergencyNurse, 'Condition.code', glassBroken(), restricted()],
    ['what was made for a plan', emergencyNurse, 'Condition.code', glassBroken(), planGoverned],
    ['an exchange opens nobody: a reason on each request is enough', asks(exchange, 'ETREAT'), 'Condition.code'],
  ]);
  keepsBack([
    ['a member who was not opened', emergencyNurse, 'Condition.code'],
    ['when the hour is over', emergencyNurse, 'Condition.code', openedAt('2026-03-15T11:00:00.000Z', NOW)],
    ['what another subject opened', emergencyNurse, 'Condition.code', glassBroken({ subject: 'someone-else' })],
    ['when another member was opened', emergencyNurse, 'Condition.code', glassBroken({ member_id: 'bob' })],
    ['an opening is no relationship for treating', nurse, 'Condition.code', glassBroken()],
    ['claims: the glass opens the cell of treatment, no more', emergencyNurse, 'Claim.status', glassBroken()],
    ['psychotherapy notes of another author', emergencyNurse, 'Document.text', glassBroken(), labelled('PSYTHPN'), writtenBy('p2')],
    ['a record that is not labelled yet', emergencyNurse, 'Condition.code', glassBroken(), recordIs({ labelled: 0 })],
    ['a pharmacist\'s other documents', asks(pharmacist, 'ETREAT'), 'Document.text', glassBroken()],
    ['office staff break no glass', asks(billing, 'ETREAT'), 'Condition.code', glassBroken()],
    ['nor does a plan', caller('HEALTH_PLAN', 'ETREAT'), 'Condition.code', glassBroken()],
    ['the emergency department\'s code is another purpose', asks(nurse, 'ERTREAT'), 'Condition.code', glassBroken()],
  ]);
});

describe('what a decision on treatment says', () => {
  test('the member is there exactly for the care team', () => {
    expect([reaches(nurse, [onCareTeam()]), reaches(nurse, []), reaches(from(nurse, null), [onCareTeam()])]).toEqual([true, false, true]);
  });
  test('it names the clause, or the reason', () => {
    expect(decisionOn(nurse, 'Condition.code').clauses).toEqual(['treatment']);
    expect(decisionOn(nurse, 'Claim.status').reason).toBe('MINIMUM_NECESSARY');
    expect(decisionOn(asks(billing, 'TREAT'), 'Condition.code')).toMatchObject({ effect: 'DENY', reason: 'PURPOSE_NOT_PERMITTED', clauses: [] });
  });
});
