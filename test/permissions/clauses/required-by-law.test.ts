import { labelled, recordIs, see, planGoverned, paidInFull, optedOut, organizationIs, livesIn } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED, without } from './grant-facts';

const STATED = { law: '42 USC 1320d', ...VERIFIED };

describe('required-by-law', () => {
  test('demands the law', () => { expect([missing('required-by-law', STATED), missing('required-by-law', VERIFIED)]).toEqual([[], ['law']]); });
  test('opens all but Part 2, where it is named', () => {
    const who = recipientOf('required-by-law');
    expect(opens('required-by-law', STATED)).toEqual(without('PART2'));
    expect([see(who, 'Condition.code', [granted('required-by-law', { classes: ['SUD'] }), labelled('SUD')]), see(who, 'Condition.code', [granted('required-by-law', { classes: ['SUD'] }), labelled('PART2')])]).toEqual([true, false]);
  });
  test('the one that paid in full, an opt-out and a plan\'s agreement yield to', () => {
    const who = recipientOf('required-by-law');
    const law = granted('required-by-law');
    expect(see(who, 'Condition.code', [law, organizationIs('HEALTH_PLAN'), paidInFull(), recordIs({ encounter_id: 'visit' })])).toBe(true);
    expect(see(who, 'Condition.code', [law, organizationIs('HIE'), optedOut()])).toBe(true);
    expect(see(who, 'Condition.code', [law, planGoverned])).toBe(true);
  });
  test('but what a state\'s file protects is a special category like any other', () => {
    const who = recipientOf('required-by-law');
    expect(see(who, 'Condition.code', [granted('required-by-law'), livesIn('CA'), labelled('ABORTION')])).toBe(false);
    expect(see(who, 'Condition.code', [granted('required-by-law', { classes: ['ABORTION'] }), livesIn('CA'), labelled('ABORTION')])).toBe(true);
  });
  test('is accounted', () => { expect(accounted('required-by-law', STATED)).toBe(true); });
});
