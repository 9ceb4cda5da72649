import { labelled, see, signed, reaches } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const STATED = { 'procurement-organization': 'the regional organ bank', ...VERIFIED };

describe('organ-donation', () => {
  test('demands the procurement organization', () => { expect([missing('organ-donation', STATED), missing('organ-donation', VERIFIED)]).toEqual([[], ['procurement-organization']]); });
  test('opens no special category by itself; the member\'s authorization does', () => {
    const who = recipientOf('organ-donation');
    expect(opens('organ-donation', STATED)).toEqual([]);
    expect(see(who, 'Condition.code', [granted('organ-donation'), labelled('HIV')])).toBe(false);
    expect(see(who, 'Condition.code', [granted('organ-donation'), labelled('HIV'), signed({ classes: ['HIV'], purposes: ['DONAT'], recipients: [{ subject: 'agent' }] })])).toBe(true);
  });
  test('paid for it is a sale: each member\'s authorization says so', () => {
    const who = recipientOf('organ-donation');
    const sold = signed({ purposes: ['DONAT'], recipients: [{ subject: 'agent' }], sale: true });
    expect([reaches(who, [granted('organ-donation', { remunerated: true })]), reaches(who, [granted('organ-donation', { remunerated: true }), sold])]).toEqual([false, true]);
  });
  test('is accounted', () => { expect(accounted('organ-donation', STATED)).toBe(true); });
});
