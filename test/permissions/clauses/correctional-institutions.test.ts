import { labelled, see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const STATED = { custody: 'county jail', 'institution-representation': 'needed for her care there', ...VERIFIED };

describe('correctional-institutions', () => {
  test('demands the custody and the institution\'s representation', () => {
    expect([missing('correctional-institutions', STATED), missing('correctional-institutions', VERIFIED)]).toEqual([[], ['custody', 'institution-representation']]);
  });
  test('opens no special category, for treatment neither', () => {
    const who = recipientOf('correctional-institutions', { purpose: 'TREAT' });
    expect(opens('correctional-institutions', STATED)).toEqual([]);
    expect([see(who, 'Condition.code', [granted('correctional-institutions')]), see(who, 'Condition.code', [granted('correctional-institutions'), labelled('HIV')])]).toEqual([true, false]);
  });
  test('is not accounted', () => { expect(accounted('correctional-institutions', STATED)).toBe(false); });
});
