import { ann, annIs, asks, BEFORE, decisionOn, keepsBack, labelled, LATER, livesIn, NOW, nurse, onCareTeam, planGoverned, reaches, recordIs, represented, rita, see, shows, signed, type Fact } from './facts';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';

const born = (birth_date: string | null): Fact => annIs({ birth_date });
const family = asks(rita, 'FAMRQT');
const EIGHTEEN_TODAY = '2008-03-15';
const SEVENTEEN = '2008-03-16';
const TWELVE_TODAY = '2014-03-15';
const ELEVEN = '2014-03-16';

/** Notice: "Your Rights Regarding Your PHI", Inspection and Copies. */
describe('access: the member\'s own record', () => {
  shows([
    ['who they are', ann, 'Member.name'],
    ['the numbers of the government, which nobody else has', ann, 'Member.governmentIds'],
    ['their privacy choices', ann, 'Member.privacy'],
    ['claims', ann, 'Claim.billedAmount'],
    ['notes', ann, 'Document.text'],
    ['special categories, without signing anything', ann, 'Condition.code', labelled('PART2', 'HIV', 'GDIS')],
    ['what is not labelled yet', ann, 'Condition.code', recordIs({ labelled: 0 })],
    ['what was made for a plan', ann, 'Claim.status', planGoverned],
    ['what a professional wrote about abuse', ann, 'Condition.code', labelled('SDV')],
  ]);
  keepsBack([
    ['psychotherapy notes', ann, 'Document.text', labelled('PSYTHPN')],
    ['what was compiled for a legal proceeding', ann, 'Document.text', recordIs({ legal: 1 })],
    ['what a licensed professional\'s finding withholds', ann, 'Condition.code', recordIs({ withheld: 1 })],
    ['that two medications interact, which is for those who treat', ann, 'Member.interactionAlerts'],
    ['another member\'s', { ...ann, member: 'bob' }, 'Member.name'],
    ['a token for no member', { ...ann, member: null }, 'Member.name'],
    ['for any purpose but the own request', asks(ann, 'TREAT'), 'Condition.code'],
    ['nor by the family\'s purpose', asks(ann, 'FAMRQT'), 'Condition.code'],
    ['nor for a support network, whose code stands below', asks(ann, 'SUPNWK'), 'Condition.code'],
    ['a nurse does not ask in the member\'s place', asks(nurse, 'PATRQT'), 'Condition.code', onCareTeam()],
  ]);
  test('each denial is told with its reason and the clause is named', () => {
    expect(decisionOn(ann, 'Document.text').clauses).toEqual(['access']);
    expect(decisionOn(ann, 'Member.name').effect).toBe('CONDITIONAL');
  });
});

describe('access: after death', () => {
  const died = (deceased_at: string): Fact => annIs({ deceased_at });
  shows([
    ['the member, until the recorded instant', ann, 'Member.name', died(LATER)],
    ['an executor', rita, 'Condition.code', died(BEFORE), represented({ kind: 'EXECUTOR' })],
    ['an administrator of the estate', rita, 'Claim.status', died(BEFORE), represented({ kind: 'ADMINISTRATOR' })],
    ['the next of kin', family, 'Condition.code', died(BEFORE), represented({ kind: 'NEXT_OF_KIN' })],
    ['those who treated, as long as they are on the care team', nurse, 'Condition.code', died(BEFORE), onCareTeam()],
  ]);
  keepsBack([
    ['the member\'s token', ann, 'Member.name', died(NOW)],
    ['a power of attorney', rita, 'Member.name', died(NOW), represented({ kind: 'HEALTH_CARE_POA' })],
    ['a guardian', rita, 'Member.name', died(BEFORE), born(SEVENTEEN), represented({ kind: 'GUARDIAN' })],
    ['a parent', rita, 'Member.name', died(BEFORE), born(SEVENTEEN), represented({ kind: 'PARENT' })],
    ['an attorney', rita, 'Member.name', died(BEFORE), represented({ kind: 'ATTORNEY' })],
    ['an executor, from what reveals abuse', rita, 'Condition.code', died(BEFORE), represented({ kind: 'EXECUTOR' }), labelled('SDV')],
  ]);
});

describe('access: who represents the member', () => {
  shows([
    ['every category', rita, 'Condition.code', represented()],
    ['the numbers of the government', rita, 'Member.governmentIds', represented()],
    ['by the family\'s purpose', family, 'Condition.code', represented()],
    ['from the instant of the appointment', rita, 'Member.name', represented({ start_at: NOW })],
    ['a category inside the scope', rita, 'Claim.status', represented({ categories: ['FINANCIAL'] })],
    ['special categories of an adult', rita, 'Condition.code', represented(), labelled('HIV', 'PSY')],
    ['what was made for a plan', rita, 'Claim.status', represented(), planGoverned],
    ['one of two appointments is enough', rita, 'Claim.status', represented({ ended_at: BEFORE }), represented({ id: 'second' })],
    ['abuse, when the professional decided so on record', rita, 'Condition.code', represented({ excludes: [] }), labelled('SDV')],
  ]);
  keepsBack([
    ['nobody appointed them', rita, 'Member.name'],
    ['another was appointed', rita, 'Member.name', represented({ subject: 'someone-else' })],
    ['for another member', rita, 'Member.name', represented({ member_id: 'bob' })],
    ['the appointment has run out', rita, 'Member.name', represented({ end_at: NOW })],
    ['the appointment has not begun', rita, 'Member.name', represented({ start_at: LATER })],
    ['the privacy officer ended it: at once', rita, 'Member.name', represented({ ended_at: NOW })],
    ['a category outside the scope', rita, 'Condition.code', represented({ categories: ['FINANCIAL'] })],
    ['what reveals abuse, where nothing was decided', rita, 'Condition.code', represented(), labelled('SDV')],
    ['a class that the professional excluded', rita, 'Condition.code', represented({ excludes: ['PSY'] }), labelled('PSY')],
    ['psychotherapy notes', rita, 'Document.text', represented({ excludes: [] }), labelled('PSYTHPN')],
    ['what was compiled for a proceeding', rita, 'Document.text', represented(), recordIs({ legal: 1 })],
    ['what a finding withholds', rita, 'Condition.code', represented(), recordIs({ withheld: 1 })],
    ['what is not labelled yet', rita, 'Condition.code', represented(), recordIs({ labelled: 0 })],
    ['the member\'s own purpose', asks(rita, 'PATRQT'), 'Condition.code', represented()],
    ['treating', asks(rita, 'TREAT'), 'Condition.code', represented()],
  ]);
});

describe('access: minors', () => {
  const parent = represented({ kind: 'PARENT' });
  shows([
    ['the parent of a child, on the day before the 18th birthday', rita, 'Member.name', born(SEVENTEEN), parent],
    ['the parent of a child born some day of the year that makes eighteen', rita, 'Member.name', annIs({ birth_date: '2008-01-01', birth_date_end: '2008-12-31' }), parent],
    ['the guardian likewise', rita, 'Member.name', born(SEVENTEEN), represented({ kind: 'GUARDIAN' })],
    ['the parent of a child under twelve: mental health too', rita, 'Condition.code', born(ELEVEN), parent, labelled('PSY')],
    ['a diagnosis that no minor may treat alone', rita, 'Condition.code', born(TWELVE_TODAY), parent],
    ['genes of a minor of twelve', rita, 'Condition.code', born(TWELVE_TODAY), parent, labelled('GDIS')],
    ['what the professional decided on record to show', rita, 'Condition.code', born(TWELVE_TODAY), represented({ kind: 'PARENT', excludes: ['SDV'] }), labelled('SEX')],
    ['a minor\'s own record, to the minor', ann, 'Condition.code', born(TWELVE_TODAY), labelled('SEX', 'PART2')],
    ['records of a program that the minor signed for', rita, 'Condition.code', born(ELEVEN), parent, labelled('PART2'), signed({ classes: ['SUD'], purposes: ['PWATRNY'], recipients: [{ subject: 'rita' }] })],
    ['a power of attorney goes on after the 18th birthday', rita, 'Member.name', born(EIGHTEEN_TODAY), represented()],
  ]);
  keepsBack([
    ['the parent, from the 18th birthday on', rita, 'Member.name', born(EIGHTEEN_TODAY), parent],
    ['the guardian likewise', rita, 'Member.name', born(EIGHTEEN_TODAY), represented({ kind: 'GUARDIAN' })],
    ['a parent, when nobody knows the birth date', rita, 'Member.name', born(null), parent],
    ['sexual health, from the 12th birthday on', rita, 'Condition.code', born(TWELVE_TODAY), parent, labelled('CONTRACEPTION')],
    ['mental health', rita, 'Condition.code', born(TWELVE_TODAY), parent, labelled('PERSONALITY')],
    ['infections', rita, 'Condition.code', born(TWELVE_TODAY), parent, labelled('STD')],
    ['substance use', rita, 'Condition.code', born(TWELVE_TODAY), parent, labelled('SUD')],
    ['gender identity, as the field reveals it', rita, 'Member.genderIdentity', born(TWELVE_TODAY), parent],
    ['abuse, at any age', rita, 'Condition.code', born(ELEVEN), parent, labelled('SDV')],
    ['what a minor may consent to, when the age is not known', rita, 'Condition.code', born(null), represented(), labelled('HIV')],
    ['records of a program, without the minor\'s signature', rita, 'Condition.code', born(ELEVEN), parent, labelled('PART2')],
    ['… and with the parent\'s own', rita, 'Condition.code', born(ELEVEN), parent, labelled('PART2'), signed({ classes: ['SUD'], purposes: ['PWATRNY'], recipients: [{ subject: 'rita' }], byMember: false })],
    ['California says the same', rita, 'Condition.code', born(TWELVE_TODAY), parent, labelled('SEX'), livesIn('CA')],
  ]);
  test('a state may name other classes that a minor consents to alone', () => {
    const law = [...JURISDICTIONS, { state: 'OH', name: 'Ohio', demands: [], permits: [], minorConsent: { classes: ['GDIS' as const], citation: 'a law' }, protects: [] }];
    const inOhio = [born(TWELVE_TODAY), parent, livesIn('OH')];
    expect(see(rita, 'Condition.code', [...inOhio, labelled('GDIS')], law)).toBe(false);
    expect(see(rita, 'Condition.code', [...inOhio, labelled('PSY')], law)).toBe(true);
    expect(see(rita, 'Condition.code', [...inOhio, labelled('SDV')], law)).toBe(false);
  });
});

test('the member is there for themselves and for those in force', () => {
  expect([reaches(ann, []), reaches({ ...ann, member: 'bob' }, []), reaches(rita, [represented()]), reaches(rita, [represented({ end_at: NOW })])]).toEqual([true, false, true, false]);
});
