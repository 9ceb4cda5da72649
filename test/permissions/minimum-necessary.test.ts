import {
  categoriesOfCell, isTreatmentPaymentOperations, MINIMUM_NECESSARY, minimumCell, purposesOfCategory, type NoteReach,
} from '../../src/permissions/minimum-necessary';
import { CATEGORIES } from '../../src/vocabulary/categories';
import { NAMED_ONLY, PURPOSES, type Purpose } from '../../src/vocabulary/purposes';
import { ROLES, type Role } from '../../src/vocabulary/roles';

/** The table as the policy prints it, section 3. NOTE stands where the cell has notes of some kind; a dash is no cell. */
const CLINICIAN = 'IDENTITY CONTACT COVERAGE CARE_TEAM CLINICAL MEDICATION CARE_MANAGEMENT NOTE';
const PRINTED: readonly (readonly [Role, { TREAT: string; HPAYMT: string; HOPERAT: string }])[] = [
  ['PHARMACIST', { TREAT: CLINICIAN, HPAYMT: '–', HOPERAT: '–' }],
  ['NURSE', { TREAT: CLINICIAN, HPAYMT: '–', HOPERAT: '–' }],
  ['HEALTHCARE_PROFESSIONAL', { TREAT: CLINICIAN, HPAYMT: '–', HOPERAT: '–' }],
  ['WORKFORCE', { TREAT: '–', HPAYMT: 'IDENTITY CONTACT COVERAGE FINANCIAL', HOPERAT: 'IDENTITY CARE_TEAM CLINICAL MEDICATION CARE_MANAGEMENT' }],
  ['EXTERNAL_PROVIDER', { TREAT: CLINICIAN, HPAYMT: 'IDENTITY COVERAGE FINANCIAL', HOPERAT: '–' }],
  ['BUSINESS_ASSOCIATE', { TREAT: '–', HPAYMT: 'IDENTITY CONTACT COVERAGE FINANCIAL', HOPERAT: 'IDENTITY CARE_TEAM CLINICAL MEDICATION CARE_MANAGEMENT' }],
  ['HEALTH_PLAN', { TREAT: '–', HPAYMT: 'IDENTITY COVERAGE FINANCIAL', HOPERAT: 'IDENTITY CONTACT COVERAGE CLINICAL MEDICATION CARE_MANAGEMENT' }],
  ['HIE_PARTICIPANT', { TREAT: 'IDENTITY CLINICAL MEDICATION CARE_MANAGEMENT CARE_TEAM', HPAYMT: 'IDENTITY COVERAGE FINANCIAL', HOPERAT: 'IDENTITY CLINICAL MEDICATION CARE_MANAGEMENT' }],
  ['MEMBER', { TREAT: '–', HPAYMT: '–', HOPERAT: '–' }],
  ['PERSONAL_REPRESENTATIVE', { TREAT: '–', HPAYMT: '–', HOPERAT: '–' }],
  ['DISCLOSURE_RECIPIENT', { TREAT: '–', HPAYMT: '–', HOPERAT: '–' }],
  ['PRIVACY_OFFICER', { TREAT: '–', HPAYMT: '–', HOPERAT: '–' }],
  ['AUDITOR', { TREAT: '–', HPAYMT: '–', HOPERAT: '–' }],
];
const told = (role: Role, purpose: Purpose): string => (minimumCell(role, purpose) ? [...categoriesOfCell(role, purpose)].sort().join(' ') : '–');
const sorted = (categories: string): string => categories.split(' ').sort().join(' ');

describe('the table, cell by cell', () => {
  test('has a row for every role', () => { expect(PRINTED.map(([role]) => role).sort()).toEqual([...ROLES].sort()); });
  describe.each(PRINTED)('%s', (role, row) => {
    test.each(['TREAT', 'HPAYMT', 'HOPERAT'] as const)('%s', (purpose) => { expect(told(role, purpose)).toBe(sorted(row[purpose])); });
    test('ETREAT and BTG open the cell of TREAT, where there is one', () => {
      const opened = row.TREAT === '–' ? '–' : sorted(row.TREAT);
      expect([told(role, 'ETREAT'), told(role, 'BTG')]).toEqual([opened, opened]);
    });
  });
  test.each<[Role, Purpose, NoteReach]>([
    ['PHARMACIST', 'TREAT', 'MEDICATION_REVIEW'], ['NURSE', 'TREAT', 'EVERY'], ['HEALTHCARE_PROFESSIONAL', 'TREAT', 'EVERY'], ['EXTERNAL_PROVIDER', 'TREAT', 'EVERY'],
    ['PHARMACIST', 'BTG', 'MEDICATION_REVIEW'], ['HIE_PARTICIPANT', 'TREAT', 'NONE'], ['WORKFORCE', 'HOPERAT', 'NONE'], ['HEALTH_PLAN', 'HOPERAT', 'NONE'],
    ['MEMBER', 'PATRQT', 'EVERY'], ['PERSONAL_REPRESENTATIVE', 'PWATRNY', 'EVERY'],
  ])('notes of %s for %s: %s', (role, purpose, notes) => { expect(minimumCell(role, purpose)?.notes).toBe(notes); });
  test('the own record is every category; ADMINISTRATIVE goes wherever its record goes and is in no cell', () => {
    const all = sorted(CATEGORIES.filter((each) => each !== 'ADMINISTRATIVE').join(' '));
    expect([told('MEMBER', 'PATRQT'), told('PERSONAL_REPRESENTATIVE', 'FAMRQT'), told('PERSONAL_REPRESENTATIVE', 'PWATRNY')]).toEqual([all, all, all]);
    expect(MINIMUM_NECESSARY.filter((each) => each.categories.includes('ADMINISTRATIVE'))).toEqual([]);
  });
  test('the privacy officer acts for compliance alone; nobody else has that purpose', () => {
    expect(told('PRIVACY_OFFICER', 'HCOMPL')).toBe('CONTACT IDENTITY PRIVACY');
    expect(PURPOSES.filter((each) => minimumCell('PRIVACY_OFFICER', each))).toEqual(['HCOMPL']);
    expect(ROLES.filter((each) => minimumCell(each, 'HCOMPL'))).toEqual(['PRIVACY_OFFICER']);
  });
  test('GOVERNMENT_ID belongs to the own record alone, PRIVACY to it and the privacy officer', () => {
    expect(MINIMUM_NECESSARY.filter((each) => each.categories.includes('GOVERNMENT_ID')).map((each) => each.role)).toEqual(['MEMBER', 'PERSONAL_REPRESENTATIVE']);
    expect(MINIMUM_NECESSARY.filter((each) => each.categories.includes('PRIVACY')).map((each) => each.role)).toEqual(['MEMBER', 'PERSONAL_REPRESENTATIVE', 'PRIVACY_OFFICER']);
  });
  test('is frozen', () => { expect([Object.isFrozen(MINIMUM_NECESSARY), ...MINIMUM_NECESSARY.map((each) => Object.isFrozen(each))].every(Boolean)).toBe(true); });
});

describe('inheritance: a child is allowed wherever its parent is', () => {
  const OF_TREATMENT: readonly Purpose[] = ['COC', 'POPHLTH'];
  const OF_PAYMENT: readonly Purpose[] = ['CLMATTCH', 'COVAUTH', 'COVERAGE', 'ELIGDTRM', 'ELIGVER', 'ENROLLM', 'REMITADV'];
  const LISTED: readonly Purpose[] = ['CAREMGT', 'HQUALIMP', 'HOUTCOMS', 'PERFMSR', 'PATSFTY', 'HACCRED', 'TRAIN', 'FRAUD'];
  const OF_OPERATIONS: readonly Purpose[] = [...LISTED, 'HDM', 'HPRGRP', 'HSYSADMIN', 'LABELING', 'METAMGT', 'MEMADMIN', 'PATADMIN', 'RECORDMGT', 'SYSDEV', 'HTEST'];
  const open = (role: Role): string[] => PURPOSES.filter((each) => minimumCell(role, each)).sort();

  test.each<[Role, readonly Purpose[]]>([
    ['PHARMACIST', ['TREAT', 'ETREAT', 'BTG', ...OF_TREATMENT]], ['NURSE', ['TREAT', 'ETREAT', 'BTG', ...OF_TREATMENT]], ['HEALTHCARE_PROFESSIONAL', ['TREAT', 'ETREAT', 'BTG', ...OF_TREATMENT]],
    ['WORKFORCE', ['HPAYMT', ...OF_PAYMENT, 'HOPERAT', ...OF_OPERATIONS]],
    ['EXTERNAL_PROVIDER', ['TREAT', 'ETREAT', 'BTG', ...OF_TREATMENT, 'HPAYMT', ...OF_PAYMENT]],
    ['BUSINESS_ASSOCIATE', ['HPAYMT', ...OF_PAYMENT, 'HOPERAT', ...OF_OPERATIONS]],
    ['HEALTH_PLAN', ['HPAYMT', ...OF_PAYMENT, 'HOPERAT', ...LISTED]],
    ['HIE_PARTICIPANT', ['TREAT', 'ETREAT', 'BTG', ...OF_TREATMENT, 'HPAYMT', ...OF_PAYMENT, 'HOPERAT', ...LISTED]],
    ['MEMBER', ['PATRQT']], ['PERSONAL_REPRESENTATIVE', ['FAMRQT', 'PWATRNY']], ['DISCLOSURE_RECIPIENT', []], ['PRIVACY_OFFICER', ['HCOMPL']], ['AUDITOR', []],
  ])('%s', (role, purposes) => { expect(open(role)).toEqual([...purposes].sort()); });
  test('a child has the very cell of its parent', () => {
    for (const role of ['WORKFORCE', 'BUSINESS_ASSOCIATE'] as const) {
      for (const each of OF_OPERATIONS) expect(minimumCell(role, each)).toBe(minimumCell(role, 'HOPERAT'));
      for (const each of OF_PAYMENT) expect(minimumCell(role, each)).toBe(minimumCell(role, 'HPAYMT'));
    }
  });
});

describe('the codes that only a rule naming them permits', () => {
  const NAMED: Partial<Record<Purpose, readonly Role[]>> = {
    ETREAT: ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER', 'HIE_PARTICIPANT'], BTG: ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER', 'HIE_PARTICIPANT'],
    HCOMPL: ['PRIVACY_OFFICER'], FAMRQT: ['PERSONAL_REPRESENTATIVE'], PWATRNY: ['PERSONAL_REPRESENTATIVE'],
  };
  test.each(['ETREAT', 'BTG', 'ERTREAT', 'CLINTRL', 'HCOMPL', 'HLEGAL', 'DONAT', 'GOV', 'HDECD', 'HDIRECT', 'MILCDM', 'MILDCRG', 'FAMRQT', 'PWATRNY', 'SUPNWK', 'THREAT', 'DISASTER'] as const)('%s', (code) => {
    expect(NAMED_ONLY).toContain(code);
    expect(ROLES.filter((role) => minimumCell(role, code))).toEqual(NAMED[code] ?? []);
  });
  test('are these and no other', () => { expect(NAMED_ONLY).toHaveLength(17); });
  test('marketing and research have no cell at all', () => {
    expect(ROLES.flatMap((role) => (['HMARKT', 'HRESCH', 'BIORCH', 'PUBHLTH', 'CLINTRCH'] as const).filter((each) => minimumCell(role, each)))).toEqual([]);
  });
});

describe('what follows from the table', () => {
  test.each<[Purpose, boolean]>([
    ['TREAT', true], ['COC', true], ['ETREAT', true], ['BTG', true], ['HPAYMT', true], ['ELIGDTRM', true], ['HOPERAT', true], ['HTEST', true],
    ['CLINTRL', false], ['ERTREAT', false], ['HLEGAL', false], ['HCOMPL', false], ['HMARKT', false], ['HRESCH', false], ['PATRQT', false], ['THREAT', false],
  ])('an authorization widens no cell of %s: %s', (purpose, own) => { expect(isTreatmentPaymentOperations(purpose)).toBe(own); });
  test.each<[Parameters<typeof purposesOfCategory>[0], readonly Purpose[], readonly Purpose[]]>([
    ['FINANCIAL', ['HPAYMT', 'COVERAGE', 'PATRQT', 'PWATRNY'], ['TREAT', 'HOPERAT', 'HCOMPL']],
    ['GOVERNMENT_ID', ['PATRQT', 'FAMRQT', 'PWATRNY'], ['TREAT', 'HPAYMT', 'HOPERAT', 'HCOMPL', 'ETREAT']],
    ['NOTE', ['TREAT', 'COC', 'ETREAT', 'PATRQT'], ['HPAYMT', 'HOPERAT', 'HCOMPL', 'CLINTRL']],
    ['PRIVACY', ['HCOMPL', 'PATRQT'], ['TREAT', 'HPAYMT', 'HOPERAT']],
    ['ADMINISTRATIVE', ['TREAT', 'HPAYMT', 'HOPERAT', 'HCOMPL', 'PATRQT'], ['HMARKT', 'CLINTRL', 'ERTREAT']],
  ])('@purposeOfUse of %s', (category, listed, missing) => {
    expect(purposesOfCategory(category)).toEqual(expect.arrayContaining([...listed]));
    expect(purposesOfCategory(category).filter((each) => missing.includes(each))).toEqual([]);
  });
});
