import { ann, asks, auditor, caller, decisionOn, keepsBack, labelled, LATER, NOW, nurse, onCareTeam, operations, organizationIs, outsideDoctor, planGoverned, privacyOfficer, reaches, restricted, shows, signed } from './facts';

const researcher = asks(operations, 'HRESCH');
const study = signed({ purposes: ['HRESCH'], recipients: [{ role: 'WORKFORCE' }] });
const employer = caller('DISCLOSURE_RECIPIENT', 'HRESCH', { subject: 'employer' });

/** Notice: "Uses or Disclosures That Require Your Authorization". */
describe('authorization: a purpose that nothing else gives', () => {
  shows([
    ['research that the member signed for', researcher, 'Condition.code', study],
    ['every category, where the member listed none', researcher, 'Claim.status', study],
    ['notes included', researcher, 'Document.text', study],
    ['a kind of research, below what was named', asks(operations, 'CLINTRCH'), 'Condition.code', study],
    ['the category that was listed', researcher, 'Medication.code', signed({ purposes: ['HRESCH'], categories: ['MEDICATION'] })],
    ['a recipient who has no role in the company', employer, 'Condition.code', signed({ purposes: ['HRESCH'], recipients: [{ subject: 'employer' }] })],
    ['a special category that it names', researcher, 'Condition.code', labelled('HIV'), signed({ purposes: ['HRESCH'], classes: ['HIV'] })],
    ['a code that no parent carries, by name', asks(operations, 'HLEGAL'), 'Condition.code', signed({ purposes: ['HLEGAL'] })],
    ['from an organization of a kind that the role does not fit: the member named the caller', asks(outsideDoctor, 'HRESCH'), 'Condition.code', signed({ purposes: ['HRESCH'] }), organizationIs('OTHER')],
  ]);
  keepsBack([
    ['nobody signed', researcher, 'Member.name'],
    ['another member signed nothing of Ann\'s', researcher, 'Member.name', { rows: { authorization_scope: (study.rows?.['authorization_scope'] ?? []).map((each) => ({ ...each, member_id: 'bob' })) } }],
    ['signed for another recipient', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], recipients: [{ role: 'NURSE' }] })],
    ['signed for another purpose', researcher, 'Condition.code', signed({ purposes: ['HMARKT'] })],
    ['signed for a child of the purpose', researcher, 'Condition.code', signed({ purposes: ['CLINTRCH'] })],
    ['a category that was not listed', researcher, 'Claim.status', signed({ purposes: ['HRESCH'], categories: ['MEDICATION'] })],
    ['an empty list opens nothing', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], categories: [] })],
    ['the numbers of the government', researcher, 'Member.governmentIds', study],
    ['the privacy choices', researcher, 'Member.privacy', signed({ purposes: ['HRESCH'], categories: ['PRIVACY'] })],
    ['a special category that it does not name', researcher, 'Condition.code', labelled('HIV'), study],
    ['operations signed for do not carry legal matters', asks(operations, 'HLEGAL'), 'Condition.code', signed({ purposes: ['HOPERAT'] })],
    ['what was made for a plan', researcher, 'Condition.code', study, planGoverned],
    ['what an agreed restriction keeps back', researcher, 'Condition.code', study, restricted()],
    ['not labelled yet', researcher, 'Condition.code', study, { record: { labelled: 0 } }],
  ]);
});

describe('authorization: its time, and its revocation', () => {
  shows([
    ['from the instant that it names', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], start: NOW })],
    ['until the instant that it names', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], end: LATER })],
    ['a revocation to come', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], revokedAt: LATER })],
  ]);
  keepsBack([
    ['ended', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], end: NOW })],
    ['not begun', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], start: LATER })],
    ['in force only from the signature', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], signedAt: LATER })],
    ['revoked: from the very instant', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], revokedAt: NOW })],
    ['revoked before its end', researcher, 'Condition.code', signed({ purposes: ['HRESCH'], end: LATER, revokedAt: NOW })],
  ]);
});

describe('authorization: treatment, payment and operations have their own clauses', () => {
  keepsBack([
    ['it makes no relationship for treating', nurse, 'Condition.code', signed()],
    ['it widens no cell of operations', operations, 'Claim.status', signed()],
    ['it gives treating to no office staff', asks(operations, 'TREAT'), 'Condition.code', signed()],
    ['it opens no clinical trial under treatment without being named', asks(nurse, 'CLINTRL'), 'Condition.code', signed()],
  ]);
  shows([['there it lifts a special category, no more', operations, 'Condition.code', labelled('HIV'), signed({ classes: ['HIV'] })]]);
  test('never an auditor, nor the privacy office, which act for compliance alone', () => {
    const any = signed({ purposes: ['HRESCH'], recipients: [{ subject: 'somebody' }] });
    expect([reaches(asks(auditor, 'HRESCH'), [any]), reaches(asks(privacyOfficer, 'HRESCH'), [any]), reaches(researcher, [any])]).toEqual([false, false, true]);
  });
  test('the member without an authorization is not there; the clause is named', () => {
    expect([reaches(researcher, []), reaches(researcher, [onCareTeam()]), reaches(researcher, [study])]).toEqual([false, false, true]);
    expect(decisionOn(researcher, 'Condition.code').clauses).toEqual(['authorization']);
    expect(decisionOn(asks(ann, 'HOPERAT'), 'Condition.code').reason).toBe('PURPOSE_NOT_PERMITTED');
  });
});
