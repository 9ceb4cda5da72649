import { labelled, see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED, without } from './grant-facts';

const ORDER = { basis: 'order', order: 'district court 12-345', ...VERIFIED };

describe('judicial-proceedings', () => {
  test('demands a basis, and by basis its own', () => {
    expect(missing('judicial-proceedings', VERIFIED)).toEqual(['basis']);
    expect(missing('judicial-proceedings', ORDER)).toEqual([]);
    expect(missing('judicial-proceedings', { basis: 'order', ...VERIFIED })).toEqual(['order']);
    expect(missing('judicial-proceedings', { basis: 'own-dispute', ...VERIFIED })).toEqual(['matter', 'counsel']);
  });
  test.each(['subpoena', 'discovery'])('%s: notice with the time to object passed, or a protective order', (basis) => {
    const stated = { basis, [`${basis}-document`]: 'from the plaintiff', ...VERIFIED };
    expect(missing('judicial-proceedings', stated)).toEqual([`${basis}-assurance`]);
    expect(missing('judicial-proceedings', { ...stated, [`${basis}-assurance`]: 'notice' })).toEqual([`${basis}-objections-until`]);
    expect(missing('judicial-proceedings', { ...stated, [`${basis}-assurance`]: 'protective-order' })).toEqual([`${basis}-protective-order`]);
    expect(opens('judicial-proceedings', stated)).toEqual([]);
  });
  test('an order opens what it names: Part 2 only with its own order, psychotherapy notes only by their name', () => {
    const who = recipientOf('judicial-proceedings');
    expect(opens('judicial-proceedings', ORDER)).toEqual(without('PART2'));
    const open = granted('judicial-proceedings', { stated: ORDER, classes: ['SUD', 'HIV'] });
    expect([see(who, 'Condition.code', [open, labelled('HIV')]), see(who, 'Condition.code', [open, labelled('PART2')]), see(who, 'Condition.code', [open, labelled('PSYTHPN')])]).toEqual([true, false, false]);
    const part2 = { ...ORDER, 'part2-order': 'under 2.64, with its subpoena' };
    expect(see(who, 'Condition.code', [granted('judicial-proceedings', { stated: part2, classes: ['PART2'] }), labelled('PART2')])).toBe(true);
  });
  test('is accounted, but for the company\'s own dispute', () => { expect([accounted('judicial-proceedings', ORDER), accounted('judicial-proceedings', { basis: 'own-dispute' })]).toEqual([true, false]); });
});
