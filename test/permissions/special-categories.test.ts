import { columnOf, SPECIAL_CATEGORIES, stateNeed, tableNeed, type Demand } from '../../src/permissions/special-categories';
import type { SensitivityColumn } from '../../src/permissions/core/clause';
import { california } from '../../src/permissions/jurisdictions/california';
import type { Jurisdiction } from '../../src/permissions/jurisdictions/jurisdiction';
import { newYork } from '../../src/permissions/jurisdictions/new-york';
import { texas } from '../../src/permissions/jurisdictions/texas';
import { CLASSES, classesOf, subtree, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import type { Purpose } from '../../src/vocabulary/purposes';
import type { Role } from '../../src/vocabulary/roles';

const COLUMNS = ['INSIDE_TREAT', 'ETREAT', 'INSIDE_OTHER', 'OUTSIDE'] as const satisfies readonly SensitivityColumn[];
/** The table as the policy prints it, section 5. */
const PRINTED: Readonly<Record<string, readonly [Demand, Demand, Demand, Demand]>> = {
  PART2: ['AUTHORIZATION', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  SUD: ['PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  HIV: ['PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  STD: ['PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  PSY: ['PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  PSYTHPN: ['AUTHOR_ON_CARE_TEAM', 'AUTHOR', 'AUTHORIZATION', 'AUTHORIZATION'],
  GDIS: ['PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  SDV: ['PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'],
  SEX: ['PERMITTED', 'PERMITTED', 'PERMITTED', 'AUTHORIZATION'],
};
const needs = (mask: number): SensitivityClass[] => classesOf(mask).sort();

describe('the table, cell by cell', () => {
  test('has these rows and no other', () => { expect(Object.keys(SPECIAL_CATEGORIES).sort()).toEqual(Object.keys(PRINTED).sort()); });
  describe.each(Object.entries(PRINTED))('%s', (name, row) => {
    test.each(COLUMNS.map((column, place) => [column, row[place]] as const))('%s: %s', (column, demand) => {
      expect(SPECIAL_CATEGORIES[name as SensitivityClass]?.[column]).toBe(demand);
    });
  });
  test('every class has a row or follows one above it', () => {
    expect(CLASSES.filter((each) => !Object.keys(PRINTED).some((row) => subtree(row as SensitivityClass).includes(each)))).toEqual([]);
  });
});

describe('which classes need an authorization, children included', () => {
  const SEX = subtree('SEX');
  test.each<[SensitivityColumn, readonly SensitivityClass[]]>([
    ['INSIDE_TREAT', ['PART2']],
    ['ETREAT', []],
    ['INSIDE_OTHER', CLASSES.filter((each) => !SEX.includes(each))],
    ['OUTSIDE', CLASSES],
  ])('%s', (column, classes) => { expect(needs(tableNeed(column))).toEqual([...classes].sort()); });
});

describe('the column that a caller stands in', () => {
  test.each<[Role, Purpose, SensitivityColumn | null]>([
    ['PHARMACIST', 'TREAT', 'INSIDE_TREAT'], ['NURSE', 'COC', 'INSIDE_TREAT'], ['HEALTHCARE_PROFESSIONAL', 'POPHLTH', 'INSIDE_TREAT'],
    ['NURSE', 'ETREAT', 'ETREAT'], ['NURSE', 'BTG', 'ETREAT'], ['EXTERNAL_PROVIDER', 'ETREAT', 'ETREAT'], ['HIE_PARTICIPANT', 'BTG', 'ETREAT'],
    ['WORKFORCE', 'HOPERAT', 'INSIDE_OTHER'], ['WORKFORCE', 'HPAYMT', 'INSIDE_OTHER'], ['WORKFORCE', 'HRESCH', 'INSIDE_OTHER'],
    ['NURSE', 'CLINTRL', 'INSIDE_OTHER'], ['NURSE', 'ERTREAT', 'INSIDE_OTHER'], ['NURSE', 'HMARKT', 'INSIDE_OTHER'],
    ['EXTERNAL_PROVIDER', 'TREAT', 'OUTSIDE'], ['BUSINESS_ASSOCIATE', 'HOPERAT', 'OUTSIDE'], ['HEALTH_PLAN', 'HPAYMT', 'OUTSIDE'], ['HIE_PARTICIPANT', 'TREAT', 'OUTSIDE'],
    ['DISCLOSURE_RECIPIENT', 'HRESCH', 'OUTSIDE'],
    ['MEMBER', 'PATRQT', null], ['PERSONAL_REPRESENTATIVE', 'FAMRQT', null], ['PERSONAL_REPRESENTATIVE', 'PWATRNY', null], ['PRIVACY_OFFICER', 'HCOMPL', null],
    ['PERSONAL_REPRESENTATIVE', 'HRESCH', 'OUTSIDE'], ['MEMBER', 'HRESCH', 'OUTSIDE'],
  ])('%s for %s: %s', (role, purpose, column) => { expect(columnOf(role, purpose)).toBe(column); });
});

describe('the strictest of the table and the state', () => {
  const law = (given: Partial<Jurisdiction>): Jurisdiction => ({ state: 'OH', name: 'Ohio', demands: [], permits: [], minorConsent: { classes: [], citation: 'none' }, protects: [], ...given });
  test('California asks inside, but for treating', () => {
    const added = needs(stateNeed('INSIDE_OTHER', california, false)).filter((each) => !needs(tableNeed('INSIDE_OTHER')).includes(each));
    expect(added).toEqual(['ABORTION', 'CONTRACEPTION', 'GENDER_IDENTITY']);
    expect(stateNeed('INSIDE_TREAT', california, true)).toBe(tableNeed('INSIDE_TREAT'));
  });
  test.each([newYork, texas])('$name is as the table', (state) => {
    for (const column of COLUMNS) for (const treating of [true, false]) expect(stateNeed(column, state, treating)).toBe(tableNeed(column));
  });
  test('a permission holds outside, for treating alone', () => {
    const permits = law({ permits: [{ classes: ['SEX', 'HIV'], citation: 'a law' }] });
    expect(needs(stateNeed('OUTSIDE', permits, true))).toEqual(CLASSES.filter((each) => each !== 'HIV' && !subtree('SEX').includes(each)).sort());
    expect(stateNeed('OUTSIDE', permits, false)).toBe(tableNeed('OUTSIDE'));
    expect(stateNeed('INSIDE_OTHER', permits, true)).toBe(tableNeed('INSIDE_OTHER'));
  });
  test('a demand takes the children with it, and wins over a permission', () => {
    expect(needs(stateNeed('INSIDE_TREAT', law({ demands: [{ classes: ['PSY'], columns: ['INSIDE_TREAT'], citation: 'a law' }] }), true))).toEqual(['PART2', 'PERSONALITY', 'PSY']);
    const both = law({ permits: [{ classes: ['HIV'], citation: 'a law' }], demands: [{ classes: ['HIV'], columns: ['OUTSIDE'], citation: 'a law' }] });
    expect(needs(stateNeed('OUTSIDE', both, true))).toContain('HIV');
  });
});
