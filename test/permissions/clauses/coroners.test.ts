import { labelled, see } from './facts';
import { accounted, granted, ITS_OWN, missing, most, opens, recipientOf, VERIFIED, without } from './grant-facts';

const STATED = { authority: 'county medical examiner', ...VERIFIED };

describe('coroners', () => {
  test('demands the authority', () => { expect([missing('coroners', STATED), missing('coroners', VERIFIED)]).toEqual([[], ['authority']]); });
  test('opens all but Part 2, where it is named', () => {
    expect(opens('coroners', STATED)).toEqual(without('PART2'));
    const who = recipientOf('coroners');
    expect([see(who, 'Condition.code', [granted('coroners', { classes: ['HIV'] }), labelled('HIV')]), see(who, 'Condition.code', [granted('coroners'), labelled('HIV')])]).toEqual([true, false]);
  });
  test('its ceiling is the grant\'s own categories', () => { expect(most('coroners', STATED)).toEqual({ categories: ITS_OWN, coordinates: null }); });
  test('is accounted', () => { expect(accounted('coroners', STATED)).toBe(true); });
});
