import { labelled, restricted, see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const STATED = { 'good-faith-finding': 'a plan and the means', 'to-whom': 'his neighbour', 'able-to-prevent': 'the sheriff', ...VERIFIED };

describe('threat-to-safety', () => {
  test('demands a finding in good faith, who is threatened, and a recipient able to prevent it', () => {
    expect(missing('threat-to-safety', STATED)).toEqual([]);
    expect(missing('threat-to-safety', VERIFIED)).toEqual(['good-faith-finding', 'to-whom', 'able-to-prevent']);
  });
  test('opens mental health, substance use, abuse and psychotherapy notes where they are named; never Part 2 or HIV', () => {
    const who = recipientOf('threat-to-safety');
    const open = granted('threat-to-safety', { stated: STATED, classes: ['PSY', 'SUD', 'PSYTHPN'] });
    for (const each of ['PSY', 'PERSONALITY', 'SUD', 'OPIOIDUD', 'PSYTHPN'] as const) expect([each, see(who, 'Condition.code', [open, labelled(each)])]).toEqual([each, true]);
    for (const each of ['PART2', 'HIV', 'SDV'] as const) expect([each, see(who, 'Condition.code', [open, labelled(each)])]).toEqual([each, false]);
    expect(opens('threat-to-safety', STATED)).not.toContain('PART2');
  });
  test('an agreed restriction does not bind it (164.522(a)(1)(v))', () => { expect(see(recipientOf('threat-to-safety'), 'Condition.code', [granted('threat-to-safety'), restricted()])).toBe(true); });
  test('is accounted', () => { expect(accounted('threat-to-safety', STATED)).toBe(true); });
});
