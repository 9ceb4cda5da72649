import { annIs, see, reaches, BEFORE, LATER } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const stated = (basis: string) => ({ basis, ...VERIFIED });

describe('research', () => {
  test('demands a basis, and by basis its own', () => {
    expect(missing('research', VERIFIED)).toEqual(['basis']);
    expect(missing('research', stated('waiver'))).toEqual(['waiver-board', 'waiver-number', 'waiver-date']);
    expect(missing('research', stated('preparatory'))).toEqual(['preparatory-only', 'preparatory-nothing-leaves', 'preparatory-necessary']);
    expect(missing('research', stated('decedents'))).toEqual(['decedents-only', 'decedents-documentation', 'decedents-necessary']);
    expect(missing('research', stated('limited-data-set'))).toEqual(['data-use-agreement']);
  });
  test('decedents are members who have died', () => {
    const who = recipientOf('research');
    const facts = [granted('research', { stated: stated('decedents') })];
    expect([reaches(who, facts), reaches(who, [...facts, annIs({ deceased_at: BEFORE })]), reaches(who, [...facts, annIs({ deceased_at: LATER })])]).toEqual([false, true, false]);
  });
  test('a limited data set leaves identifiers, notes and words out; Safe Harbor narrows any basis', () => {
    const who = recipientOf('research');
    const full = [granted('research', { stated: stated('waiver') })];
    const limited = [granted('research', { stated: stated('limited-data-set') })];
    const safe = [granted('research', { stated: { ...stated('waiver'), 'de-identification': 'safe-harbor' } })];
    for (const each of ['Member.name', 'Member.memberNumber']) expect([see(who, each, full), see(who, each, limited), see(who, each, safe)]).toEqual([true, false, false]);
    for (const each of ['Member.birthDate', 'Member.gender', 'Condition.code']) expect([see(who, each, full), see(who, each, limited), see(who, each, safe)]).toEqual([true, true, true]);
  });
  test('opens no special category', () => { for (const basis of ['waiver', 'preparatory', 'decedents', 'limited-data-set']) expect(opens('research', stated(basis))).toEqual([]); });
  test('is accounted, but for limited data sets', () => { expect([accounted('research', stated('waiver')), accounted('research', stated('decedents')), accounted('research', stated('limited-data-set'))]).toEqual([true, true, false]); });
});
