import { asks, auditor, billing, caller, decisionOn, keepsBack, labelled, NOW, nurse, onCareTeam, operations, pharmacist, privacyOfficer, reaches, recordIs, restricted, shows, signed } from './facts';

const marketer = asks(operations, 'HMARKT');
const agreed = signed({ purposes: ['HMARKT'], recipients: [{ role: 'WORKFORCE' }] });

/** Notice: "Uses or Disclosures That Require Your Authorization", Marketing. */
describe('marketing: only whom the member named', () => {
  shows([
    ['who the member is, where no category was listed', marketer, 'Member.name', agreed],
    ['… and how to reach them', marketer, 'Contact.emails', agreed],
    ['a category that was listed', marketer, 'Medication.code', signed({ purposes: ['HMARKT'], categories: ['MEDICATION'] })],
    ['a partner that was named', caller('DISCLOSURE_RECIPIENT', 'HMARKT', { subject: 'partner' }), 'Contact.emails', signed({ purposes: ['HMARKT'], recipients: [{ subject: 'partner' }] })],
    ['a special category that was named', marketer, 'Condition.code', labelled('HIV'), signed({ purposes: ['HMARKT'], categories: ['CLINICAL'], classes: ['HIV'] })],
    ['a reminder about the member\'s own medication is treatment: no authorization is asked', pharmacist, 'Medication.code', onCareTeam()],
  ]);
  keepsBack([
    ['nobody authorized it', marketer, 'Contact.emails'],
    ['a diagnosis, where no category was listed', marketer, 'Condition.code', agreed],
    ['medications, where no category was listed', marketer, 'Medication.code', agreed],
    ['who the member is, where another category was listed', marketer, 'Member.name', signed({ purposes: ['HMARKT'], categories: ['MEDICATION'] })],
    ['another recipient', asks(nurse, 'HMARKT'), 'Contact.emails', agreed, onCareTeam()],
    ['being on the care team is no authorization', asks(nurse, 'HMARKT'), 'Contact.emails', onCareTeam()],
    ['an authorization for operations is none for marketing', marketer, 'Contact.emails', signed({ purposes: ['HOPERAT', 'HPAYMT', 'TREAT'] })],
    ['one for research is none for marketing', marketer, 'Contact.emails', signed({ purposes: ['HRESCH'] })],
    ['revoked', marketer, 'Contact.emails', signed({ purposes: ['HMARKT'], revokedAt: NOW })],
    ['the numbers of the government, even listed', marketer, 'Member.governmentIds', signed({ purposes: ['HMARKT'], categories: ['GOVERNMENT_ID'] })],
    ['a special category that was not named', marketer, 'Condition.code', labelled('HIV'), signed({ purposes: ['HMARKT'], categories: ['CLINICAL'] })],
    ['what a restriction keeps back', marketer, 'Contact.emails', agreed, restricted({ categories: ['CONTACT'] })],
    ['what is not labelled yet', marketer, 'Medication.code', recordIs({ labelled: 0 }), signed({ purposes: ['HMARKT'], categories: ['MEDICATION'] })],
  ]);
  test('billing does not slip into it, nor do auditors and the privacy office', () => {
    const anyone = signed({ purposes: ['HMARKT'], recipients: [{ subject: 'somebody' }] });
    expect([reaches(billing, []), reaches(asks(auditor, 'HMARKT'), [anyone]), reaches(asks(privacyOfficer, 'HMARKT'), [anyone]), reaches(marketer, [anyone]), reaches(marketer, [])])
      .toEqual([true, false, false, true, false]);
  });
  test('the clause is named', () => { expect(decisionOn(marketer, 'Contact.emails').clauses).toEqual(['marketing']); });
});
