import { labelled, recordIs, see } from './facts';
import { accounted, granted, missing, opens, recipientOf, VERIFIED, without } from './grant-facts';

const STATED = { agency: 'the state\'s Medicaid agency', activity: 'an audit', ...VERIFIED };

describe('health-oversight', () => {
  test('demands agency and activity; a suspension needs both its parts', () => {
    expect(missing('health-oversight', STATED)).toEqual([]);
    expect(missing('health-oversight', VERIFIED)).toEqual(['agency', 'activity']);
    expect(missing('health-oversight', { ...STATED, 'suspension-statement': 'it would impede us' })).toEqual(['suspend-accounting-until']);
    expect(missing('health-oversight', { ...STATED, 'suspend-accounting-until': '2027-01-01' })).toEqual(['suspension-statement']);
  });
  test('opens all but Part 2, sexual health, and psychotherapy notes', () => {
    expect(opens('health-oversight', STATED)).toEqual(without('PART2', 'PSYTHPN', 'SEX', 'CONTRACEPTION', 'OBSTETRIC', 'ABORTION', 'REPRODUCTIVE', 'SEXUAL_ORIENTATION', 'GENDER_IDENTITY'));
  });
  test('psychotherapy notes of the author who is overseen, and of no other', () => {
    const stated = { ...STATED, 'notes-author': 'p7' };
    const who = recipientOf('health-oversight');
    const open = granted('health-oversight', { stated, classes: ['PSYTHPN'] });
    expect(see(who, 'Condition.code', [open, labelled('PSYTHPN'), recordIs({ author_id: 'p7' })])).toBe(true);
    expect(see(who, 'Condition.code', [open, labelled('PSYTHPN'), recordIs({ author_id: 'p8' })])).toBe(false);
    expect(see(who, 'Condition.code', [open, labelled('PSYTHPN'), recordIs({ author_id: null })])).toBe(false);
    expect(see(who, 'Condition.code', [open, labelled('PSYTHPN', 'HIV'), recordIs({ author_id: 'p7' })])).toBe(false);
    expect(see(who, 'Condition.code', [granted('health-oversight', { stated, classes: [] }), labelled('PSYTHPN'), recordIs({ author_id: 'p7' })])).toBe(false);
  });
  test('is accounted', () => { expect(accounted('health-oversight', STATED)).toBe(true); });
});
