import { see } from './facts';
import { accounted, granted, missing, most, opens, recipientOf, VERIFIED } from './grant-facts';

const INVOLVEMENT = { form: 'involvement', 'professional-judgement': 'in her interest', person: 'her brother', involvement: 'care', ...VERIFIED };

describe('family-absent', () => {
  test('demands a form, and for involvement judgement, person and involvement', () => {
    expect(missing('family-absent', {})).toEqual(['form', 'verified-identity', 'verified-authority']);
    expect(missing('family-absent', { form: 'involvement', ...VERIFIED })).toEqual(['professional-judgement', 'person', 'involvement']);
    expect(missing('family-absent', INVOLVEMENT)).toEqual([]);
    expect(missing('family-absent', { form: 'notification', ...VERIFIED })).toEqual([]);
  });
  test('after a death also that the person was involved before, and that no objection is known', () => {
    expect(missing('family-absent', { ...INVOLVEMENT, 'member-deceased': 'true' })).toEqual(['involved-before-death', 'no-objection-known']);
    expect(missing('family-absent', { ...INVOLVEMENT, 'member-deceased': 'true', 'involved-before-death': 'cared for her', 'no-objection-known': 'false' })).toEqual(['no-objection-known']);
  });
  test('involvement in care and in payment are different', () => {
    const who = recipientOf('family-absent');
    const care = granted('family-absent', { stated: INVOLVEMENT });
    const payment = granted('family-absent', { stated: { ...INVOLVEMENT, involvement: 'payment' } });
    expect([see(who, 'Medication.code', [care]), see(who, 'Claim.billedAmount', [care]), see(who, 'Condition.code', [care])]).toEqual([true, false, false]);
    expect([see(who, 'Medication.code', [payment]), see(who, 'Claim.billedAmount', [payment]), see(who, 'Condition.code', [payment])]).toEqual([false, true, false]);
  });
  test('a notification tells name, death and that there was a visit', () => {
    expect(most('family-absent', { form: 'notification' }).coordinates).toEqual(['Member.name', 'HumanName.*', 'Member.deceasedAt', 'Member.encounters', 'Encounter.class', 'Encounter.status', 'Encounter.start', 'Encounter.end']);
    const notice = granted('family-absent', { stated: { form: 'notification', ...VERIFIED } });
    expect([see(recipientOf('family-absent'), 'Member.name', [notice]), see(recipientOf('family-absent'), 'Member.birthDate', [notice])]).toEqual([true, false]);
  });
  test('opens no special category and is not accounted', () => {
    expect(opens('family-absent', INVOLVEMENT)).toEqual([]);
    expect(accounted('family-absent', INVOLVEMENT)).toBe(false);
  });
});
