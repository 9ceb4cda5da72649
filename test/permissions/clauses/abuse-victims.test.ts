import { labelled, see } from './facts';
import { accounted, granted, keptFromRepresentatives, missing, opens, recipientOf, VERIFIED } from './grant-facts';

const STATED = { 'reasonable-belief': 'bruises, her words', authority: 'adult protective services', agreement: 'agreed', ...VERIFIED };

describe('abuse-victims', () => {
  test('demands a reasonable belief, the authority, and agreement or the reason why none', () => {
    expect(missing('abuse-victims', STATED)).toEqual([]);
    expect(missing('abuse-victims', VERIFIED)).toEqual(['reasonable-belief', 'authority', 'agreement']);
    expect(missing('abuse-victims', { ...STATED, agreement: 'not-agreed' })).toEqual(['reason-without-agreement']);
  });
  test('opens abuse alone, where it is named', () => {
    expect(opens('abuse-victims', STATED)).toEqual(['SDV']);
    const who = recipientOf('abuse-victims');
    expect(see(who, 'Condition.code', [granted('abuse-victims', { classes: ['SDV'] }), labelled('SDV')])).toBe(true);
    expect(see(who, 'Condition.code', [granted('abuse-victims', { classes: ['SDV'] }), labelled('SDV', 'PSY')])).toBe(false);
  });
  test('is accounted, and kept from a representative', () => { expect([accounted('abuse-victims', STATED), keptFromRepresentatives('abuse-victims', STATED)]).toEqual([true, true]); });
});
