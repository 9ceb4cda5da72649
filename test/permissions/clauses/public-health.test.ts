import { annIs, labelled, see } from './facts';
import { accounted, granted, keptFromRepresentatives, missing, opens, recipientOf, VERIFIED, without } from './grant-facts';

const STATED = { activity: 'disease-control', authority: 'county health department', 'legal-basis': 'health code 81.041', ...VERIFIED };

describe('public-health', () => {
  test('demands the activity, the authority and the legal basis', () => {
    expect(missing('public-health', STATED)).toEqual([]);
    expect(missing('public-health', VERIFIED)).toEqual(['activity', 'authority', 'legal-basis']);
  });
  test('for the workplace also the request, the duty and the notice to the member', () => {
    expect(missing('public-health', { ...STATED, activity: 'workplace' })).toEqual(['employer-request', 'legal-duty', 'notice-to-member']);
  });
  test('opens by activity', () => {
    expect(opens('public-health', STATED)).toEqual(['HIV', 'STD']);
    expect(opens('public-health', { ...STATED, activity: 'workplace' })).toEqual([]);
    expect(opens('public-health', { ...STATED, activity: 'child-abuse' })).toEqual(without('PSYTHPN', 'PART2'));
    expect(opens('public-health', { ...STATED, activity: 'child-abuse', 'part2-report': 'the statute' })).toEqual(without('PSYTHPN'));
  });
  test('Part 2 in a report of child abuse, and of a minor too: no signature is asked where the law asks for the report', () => {
    const who = recipientOf('public-health');
    const report = { ...STATED, activity: 'child-abuse' };
    const child = annIs({ birth_date: '2015-01-01' });
    const facts = [granted('public-health', { stated: { ...report, 'part2-report': 'the statute' }, classes: ['PART2', 'SDV'] }), child, labelled('PART2', 'SDV')];
    expect(see(who, 'Condition.code', facts)).toBe(true);
    expect(see(who, 'Condition.code', [granted('public-health', { stated: report, classes: ['SDV'] }), child, labelled('PART2', 'SDV')])).toBe(false);
  });
  test('is accounted; a representative is not told of a report of child abuse', () => {
    expect([accounted('public-health', STATED), keptFromRepresentatives('public-health', STATED), keptFromRepresentatives('public-health', { ...STATED, activity: 'child-abuse' })]).toEqual([true, false, true]);
  });
});
