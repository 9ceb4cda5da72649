import { restricted, see } from './facts';
import { accounted, granted, missing, opens, recipientOf, clauseWithGrants } from './grant-facts';

const STATED = { person: 'her sister', involvement: 'drives her to the clinic', agreement: 'agreed' };

describe('family-present', () => {
  test('demands the person, the involvement, and how the member agreed; no verified identity', () => {
    expect(missing('family-present', STATED)).toEqual([]);
    expect(missing('family-present', {})).toEqual(['person', 'involvement', 'agreement']);
    expect(missing('family-present', { ...STATED, agreement: 'inferred' })).toEqual(['inference']);
  });
  test('a known objection is what refuses', () => { expect(clauseWithGrants('family-present').grant.demands.filter((each) => each.refuses).map((each) => each.name)).toEqual(['known-objection']); });
  test('discloses what the grant lists, no special category, and nothing that an agreed restriction keeps', () => {
    const who = recipientOf('family-present');
    expect(see(who, 'Medication.code', [granted('family-present', { categories: ['MEDICATION'] })])).toBe(true);
    expect(see(who, 'Condition.code', [granted('family-present', { categories: ['MEDICATION'] })])).toBe(false);
    expect(opens('family-present')).toEqual([]);
    expect(see(who, 'Medication.code', [granted('family-present'), restricted({ purposes: ['FAMRQT'] })])).toBe(false);
  });
  test('is not accounted', () => { expect(accounted('family-present', STATED)).toBe(false); });
});
