import { clausesOf } from '../../../src/permissions/clauses';
import { clause, permit, prohibition, type Clause } from '../../../src/permissions/core/clause';
import { decide, openCategories, purposePermitted, reach, type Profile } from '../../../src/permissions/core/decide';
import { always, eq, known, never, record, value, type CellKind } from '../../../src/permissions/core/predicate';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { CATEGORIES, categoryMask, type Category } from '../../../src/vocabulary/categories';
import { PURPOSES, type Purpose } from '../../../src/vocabulary/purposes';
import { ROLES, type Role } from '../../../src/vocabulary/roles';

const clauses = clausesOf(JURISDICTIONS);
const profile = (role: Role, purpose: Purpose, given: Partial<Profile> = {}): Profile => ({
  role, purpose, organizationKind: 'COVERED_ENTITY', organizationFits: true, agreementCategories: 0, remuneratedCategories: 0, planAgreementCategories: 0, remuneratedPlanCategories: 0,
  planServicesAssociate: false, grant: null, absent: new Set(), ...given,
});
const cell = (category: Category, type = 'Condition', noteKind: CellKind['noteKind'] = 'NONE'): CellKind => ({ type, category, sensitivityMask: 0, noteKind });

/** A policy of one's own, for the rules of deciding themselves. */
const rule = (id: Clause['id'], given: Partial<Clause>): Clause => clause({ id, title: id, citation: '1', summary: id, purposes: ['TREAT'], reading: id, ...given });
const opens = rule('treatment', { permits: [permit({ roles: ['NURSE'], purposes: ['TREAT'], members: always })] });
const free: Partial<Profile> = { absent: new Set(['restrictionKeys'] as const) };
const nurse = profile('NURSE', 'TREAT', free);

describe('deciding', () => {
  test('what nothing permits is denied', () => {
    expect(decide([], nurse, cell('CLINICAL'))).toEqual({ effect: 'DENY', clauses: [], reason: 'PURPOSE_NOT_PERMITTED', visible: never, hidden: value(0) });
  });
  test('what a permit covers is permitted, with its clause', () => {
    expect(decide([opens], nurse, cell('CLINICAL'))).toEqual({ effect: 'PERMIT', clauses: ['treatment'], reason: null, visible: always, hidden: value(0) });
  });
  test('a category outside the cell is denied, whatever permits', () => {
    expect(decide([opens], nurse, cell('FINANCIAL', 'Claim'))).toMatchObject({ effect: 'DENY', reason: 'MINIMUM_NECESSARY' });
  });
  test('a prohibition wins over every permit, in whatever order they stand', () => {
    const forbids = rule('restrictions', { prohibits: [prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'r', hides: always })] });
    for (const order of [[opens, forbids], [forbids, opens], [opens, opens, forbids]])
      expect(decide(order, nurse, cell('CLINICAL'))).toMatchObject({ effect: 'DENY', reason: 'RESTRICTED', clauses: [], visible: never });
  });
  test('what depends on a row is left as the residual', () => {
    const forbids = rule('restrictions', { prohibits: [prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'r', hides: eq(record('legal'), value(1)) })] });
    const decision = decide([opens, forbids], nurse, cell('CLINICAL'));
    expect(decision).toMatchObject({ effect: 'CONDITIONAL', clauses: ['treatment'], reason: null });
    expect(JSON.stringify(decision.visible)).toContain('"legal"');
    expect(decide([opens, forbids], nurse, cell('IDENTITY', 'Member')).effect).toBe('PERMIT');
  });
  test.each<[string, Partial<Parameters<typeof prohibition>[0]>, boolean]>([
    ['for its roles', { roles: ['NURSE'] }, true], ['not for others', { roles: ['PHARMACIST'] }, false], ['not for those it leaves out', { exceptRoles: ['NURSE'] }, false],
    ['not for purposes it leaves out', { exceptPurposes: ['TREAT'] }, false], ['in its column', { column: 'INSIDE_TREAT' }, true], ['in no other column', { column: 'OUTSIDE' }, false],
    ['by what the caller is', { hides: eq(known('role'), value('NURSE')) }, true],
  ])('a prohibition holds %s', (_, given, forbidden) => {
    const forbids = rule('restrictions', { prohibits: [prohibition({ level: 'CELL', reason: 'RESTRICTED', rule: 'r', hides: always, ...given })] });
    expect(decide([opens, forbids], nurse, cell('CLINICAL')).effect).toBe(forbidden ? 'DENY' : 'PERMIT');
  });
  test('a permit counts for a child of its purpose, and for none of its parents', () => {
    const child = rule('treatment', { permits: [permit({ roles: ['NURSE'], purposes: ['COC'], members: always })] });
    expect([decide([opens], profile('NURSE', 'COC', free), cell('CLINICAL')).effect, decide([child], nurse, cell('CLINICAL')).effect]).toEqual(['PERMIT', 'DENY']);
  });
  test('who is bound by restrictions has a mask of hidden fields left to ask', () => {
    expect(decide([opens], profile('NURSE', 'TREAT'), cell('CLINICAL'))).toMatchObject({ effect: 'CONDITIONAL', visible: always, hidden: { kind: 'bits', relation: 'restriction_scope' } });
  });
  test('an authorized purpose has no cell: never GOVERNMENT_ID nor PRIVACY', () => {
    const staff = profile('WORKFORCE', 'HRESCH');
    expect(CATEGORIES.filter((each) => decide(clauses, staff, cell(each, 'Member')).effect === 'DENY')).toEqual(['GOVERNMENT_ID', 'PRIVACY']);
  });
  test('an associate without an agreement is told so', () => {
    expect(decide(clauses, profile('BUSINESS_ASSOCIATE', 'HPAYMT'), cell('FINANCIAL', 'Claim')).reason).toBe('AGREEMENT_REQUIRED');
    expect(decide(clauses, profile('BUSINESS_ASSOCIATE', 'HPAYMT', { agreementCategories: categoryMask(['FINANCIAL']) }), cell('FINANCIAL', 'Claim')).effect).toBe('CONDITIONAL');
  });
  test.each<[Role, CellKind['noteKind'], 'DENY' | 'CONDITIONAL']>([
    ['NURSE', 'OTHER', 'CONDITIONAL'], ['NURSE', 'BY_RECORD', 'CONDITIONAL'], ['PHARMACIST', 'MEDICATION_REVIEW', 'CONDITIONAL'], ['PHARMACIST', 'BY_RECORD', 'CONDITIONAL'], ['PHARMACIST', 'OTHER', 'DENY'],
    ['HIE_PARTICIPANT', 'OTHER', 'DENY'],
  ])('%s and a note of kind %s: %s', (role, kind, effect) => { expect(decide(clauses, profile(role, 'TREAT'), cell('NOTE', 'Document', kind)).effect).toBe(effect); });
});

describe('deciding is total and pure', () => {
  const all = ROLES.flatMap((role) => PURPOSES.map((purpose) => profile(role, purpose)));
  test('every role, purpose and category has an answer that names its reasons', () => {
    const odd = all.flatMap((each) => CATEGORIES.map((category) => ({ each, category, decision: decide(clauses, each, cell(category, 'Member')) })))
      .filter(({ decision }) => (decision.effect === 'DENY') !== (decision.reason !== null) || (decision.effect === 'DENY') !== (decision.clauses.length === 0)
        || (decision.effect === 'DENY') !== (decision.visible.kind === 'never'));
    expect(odd.map(({ each, category }) => `${each.role} ${each.purpose} ${category}`)).toEqual([]);
  });
  test('the order of the clauses changes no effect', () => {
    const reversed = [...clauses].reverse();
    const differing = all.filter((each) => decide(clauses, each, cell('CLINICAL')).effect !== decide(reversed, each, cell('CLINICAL')).effect);
    expect(differing.map((each) => `${each.role} ${each.purpose}`)).toEqual([]);
  });
  test('the same question has the same answer, and nothing of the policy is touched', () => {
    const before = JSON.stringify(clauses);
    expect(decide(clauses, profile('NURSE', 'TREAT'), cell('CLINICAL'))).toEqual(decide(clauses, profile('NURSE', 'TREAT'), cell('CLINICAL')));
    expect(JSON.stringify(clauses)).toBe(before);
  });
  test('nothing is left to ask that only the caller could answer', () => {
    const left = all.filter((each) => [cell('CLINICAL'), cell('IDENTITY', 'Member')].some((one) => JSON.stringify(decide(clauses, each, one)).includes('"static"')));
    expect(left).toEqual([]);
    expect(all.filter((each) => JSON.stringify(reach(clauses, each)).includes('"static"'))).toEqual([]);
  });
});

describe('what a caller may ask at all', () => {
  test.each<[Role, Purpose, boolean]>([
    ['NURSE', 'TREAT', true], ['NURSE', 'COC', true], ['NURSE', 'HPAYMT', false], ['NURSE', 'HMARKT', true], ['WORKFORCE', 'HLEGAL', true], ['WORKFORCE', 'TREAT', false], ['HEALTH_PLAN', 'HSYSADMIN', false],
    ['MEMBER', 'PATRQT', true], ['MEMBER', 'TREAT', false], ['PRIVACY_OFFICER', 'HCOMPL', true], ['PRIVACY_OFFICER', 'HRESCH', false], ['AUDITOR', 'HRESCH', false],
    ['PHARMACIST', 'BTG', true], ['WORKFORCE', 'ETREAT', false],
  ])('%s for %s: %s', (role, purpose, permitted) => { expect(purposePermitted(clauses, role, purpose)).toBe(permitted); });
  test('the categories that can ever be seen: the cell, any that an authorization lists, or none', () => {
    expect(openCategories(clauses, profile('HIE_PARTICIPANT', 'HPAYMT'))).toEqual(['IDENTITY', 'COVERAGE', 'FINANCIAL']);
    expect(openCategories(clauses, profile('WORKFORCE', 'HRESCH'))).toBe('AUTHORIZED');
    expect(openCategories(clauses, profile('NURSE', 'HPAYMT'))).toEqual([]);
  });
  test('whom a caller reaches: anybody, nobody, or whoever the residual says', () => {
    expect(reach(clauses, profile('WORKFORCE', 'HOPERAT'))).toEqual(always);
    expect(reach(clauses, profile('NURSE', 'HPAYMT'))).toEqual(never);
    expect(reach(clauses, profile('NURSE', 'TREAT', { absent: new Set(['practitioner'] as const) }))).toEqual(never);
    expect(reach(clauses, profile('NURSE', 'TREAT')).kind).toBe('exists');
    expect(reach(clauses, profile('HIE_PARTICIPANT', 'TREAT', { organizationFits: false }))).toEqual(never);
  });
});
