import { labelled, see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED, without } from './grant-facts';

const process = (by: string) => ({ circumstance: 'process', process: by, 'process-document': 'number 7', ...VERIFIED });

describe('law-enforcement', () => {
  test('demands a circumstance, and by circumstance its own', () => {
    expect(missing('law-enforcement', VERIFIED)).toEqual(['circumstance']);
    expect(missing('law-enforcement', { circumstance: 'process', ...VERIFIED })).toEqual(['process', 'process-document']);
    expect(missing('law-enforcement', process('warrant'))).toEqual([]);
    expect(missing('law-enforcement', process('administrative-request'))).toEqual(['relevant-and-material', 'specific-and-limited', 'de-identified-insufficient']);
    expect(missing('law-enforcement', { circumstance: 'locating', ...VERIFIED })).toEqual(['person-sought']);
    expect(missing('law-enforcement', { circumstance: 'victim', ...VERIFIED })).toEqual(['victim-agreement']);
    expect(missing('law-enforcement', { circumstance: 'victim', 'victim-agreement': 'unable', ...VERIFIED })).toEqual(['needed-against-another', 'activity-cannot-wait', 'best-interest']);
    expect(missing('law-enforcement', { circumstance: 'victim', 'victim-agreement': 'agreed', ...VERIFIED })).toEqual([]);
    expect(missing('law-enforcement', { circumstance: 'death-by-crime', ...VERIFIED })).toEqual(['suspicion']);
    expect(missing('law-enforcement', { circumstance: 'crime-on-premises', ...VERIFIED })).toEqual(['evidence']);
    expect(missing('law-enforcement', { circumstance: 'emergency', ...VERIFIED })).toEqual(['emergency']);
  });
  test('a statement that is false was not made', () => {
    expect(missing('law-enforcement', { ...process('administrative-request'), 'relevant-and-material': 'true', 'specific-and-limited': 'false', 'de-identified-insufficient': 'true' })).toEqual(['specific-and-limited']);
  });
  test('locating a person tells name, birth date, gender, address and death alone', () => {
    const who = recipientOf('law-enforcement');
    const facts = [granted('law-enforcement', { stated: { circumstance: 'locating' } })];
    for (const field of ['name', 'birthDate', 'gender', 'deceasedAt', 'contact']) expect([field, see(who, `Member.${field}`, facts)]).toEqual([field, true]);
    for (const field of ['memberNumber', 'preferredName', 'genderIdentity', 'pronouns', 'coverages', 'careTeam']) expect([field, see(who, `Member.${field}`, facts)]).toEqual([field, false]);
    expect(see(who, 'Condition.code', facts)).toBe(false);
  });
  test('an order or a warrant opens what it names; nothing else opens anything', () => {
    expect(opens('law-enforcement', process('order'))).toEqual(without('PART2'));
    expect(opens('law-enforcement', process('administrative-request'))).toEqual([]);
    expect(opens('law-enforcement', { circumstance: 'victim' })).toEqual([]);
    const who = recipientOf('law-enforcement');
    expect(see(who, 'Condition.code', [granted('law-enforcement', { stated: process('warrant'), classes: ['PSY'] }), labelled('PSY')])).toBe(true);
    expect(see(who, 'Condition.code', [granted('law-enforcement', { stated: { circumstance: 'emergency' }, classes: ['PSY'] }), labelled('PSY')])).toBe(false);
  });
  test('is accounted', () => { expect(accounted('law-enforcement', process('order'))).toBe(true); });
});
