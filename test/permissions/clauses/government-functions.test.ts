import { see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const STATED = { unit: 'the base\'s command', function: 'military', ...VERIFIED };

describe('government-functions', () => {
  test('demands unit and function', () => { expect([missing('government-functions', STATED), missing('government-functions', VERIFIED)]).toEqual([[], ['unit', 'function']]); });
  test('is read for MILCDM and GOV, discloses what the grant lists, and opens no special category', () => {
    const facts = [granted('government-functions', { stated: STATED, categories: ['IDENTITY', 'CLINICAL'] })];
    for (const purpose of ['MILCDM', 'GOV'] as const) expect(see(recipientOf('government-functions', { purpose }), 'Condition.code', facts)).toBe(true);
    expect(see(recipientOf('government-functions'), 'Medication.code', facts)).toBe(false);
    expect(opens('government-functions', STATED)).toEqual([]);
  });
  test('is accounted, but for national security', () => { expect([accounted('government-functions', STATED), accounted('government-functions', { ...STATED, function: 'national-security' })]).toEqual([true, false]); });
});
