import { see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const STATED = { 'state-law': 'labor code 408.025', claim: 'WC-1', ...VERIFIED };

describe('workers-compensation', () => {
  test('demands the state\'s law and the claim', () => { expect([missing('workers-compensation', STATED), missing('workers-compensation', VERIFIED)]).toEqual([[], ['state-law', 'claim']]); });
  test('discloses the records that it is limited to, and no special category', () => {
    const who = recipientOf('workers-compensation');
    expect(see(who, 'Condition.code', [granted('workers-compensation', { named: ['r'] })])).toBe(true);
    expect(see(who, 'Condition.code', [granted('workers-compensation', { named: ['another'] })])).toBe(false);
    expect(opens('workers-compensation', STATED)).toEqual([]);
  });
  test('is accounted', () => { expect(accounted('workers-compensation', STATED)).toBe(true); });
});
