import { authorization, restriction, restriction_scope } from '../../src/entities/tables/privacy';
import { citation, claim } from '../../src/entities/tables/records';
import { selectRows } from '../../src/entities/rows';
import { authorizationScopes, restrictionScopes, spreadRestrictions } from '../../src/privacy-office/spread';
import { ALL_CATEGORIES, categoryMask } from '../../src/vocabulary/categories';
import { allFieldBits, fieldBit } from '../../src/vocabulary/fields';
import { RECORD_TYPE_NAMES } from '../../src/vocabulary/records';
import { classMask, coverMask } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { NOW, openOffice, rowOf, type TestOffice } from './office';

const signed = (given: Record<string, unknown>) => rowOf(authorization, {
  member_id: 'anna', id: 'a1', classes: '["HIV"]', categories: null, purposes: '["TREAT"]', recipients: '[{"role":"NURSE"}]', start_at: '2026-01-01T00:00:00.000Z',
  signed_at: '2026-01-01T00:00:00.000Z', signed_by_member: 1, ...given,
});

describe('what an authorization is spread to', () => {
  test('one row for each recipient and purpose, BTG under the name that rules know', () => {
    const rows = authorizationScopes(signed({ purposes: '["TREAT","BTG","ETREAT"]', recipients: '[{"role":"NURSE"},{"organizationId":"o1"},{"subject":"s1"},{"role":"NURSE"}]' }));
    expect(rows.map((each) => `${each.recipient} ${each.purpose}`)).toEqual([
      'role:NURSE TREAT', 'role:NURSE ETREAT', 'org:o1 TREAT', 'org:o1 ETREAT', 'sub:s1 TREAT', 'sub:s1 ETREAT']);
  });
  test.each([
    ['a parent covers its children', '["SUD"]', coverMask(['SUD'])],
    ['no class opens none', '[]', 0],
    ['psychotherapy notes alone', '["PSYTHPN"]', classMask(['PSYTHPN'])],
    ['psychotherapy notes never beside another', '["PSYTHPN","HIV"]', classMask(['HIV'])],
  ])('%s', (_, classes, mask) => { expect(authorizationScopes(signed({ classes }))[0]?.class_mask).toBe(mask); });
  test.each([
    ['left out: all', null, '["HRESCH"]', ALL_CATEGORIES],
    ['left out for marketing: identity and contact', null, '["HMARKT"]', categoryMask(['IDENTITY', 'CONTACT'])],
    ['as listed', '["CLINICAL"]', '["HMARKT"]', categoryMask(['CLINICAL'])],
    ['an empty list opens nothing', '[]', '["HRESCH"]', 0],
  ])('categories %s', (_, categories, purposes, mask) => { expect(authorizationScopes(signed({ categories, purposes }))[0]?.category_mask).toBe(mask); });
  test('in force from the later of start and signature to the earlier of end and revocation', () => {
    const [row] = authorizationScopes(signed({ signed_at: '2026-02-01T00:00:00.000Z', end_at: '2027-01-01T00:00:00.000Z', revoked_at: '2026-06-01T00:00:00.000Z' }));
    expect([row?.start_at, row?.end_at]).toEqual(['2026-02-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z']);
  });
});

const asked = (given: Record<string, unknown>) => rowOf(restriction, {
  member_id: 'anna', id: 'r1', kind: 'AGREED', status: 'ACCEPTED', recipients: '[]', purposes: '[]', categories: '[]', classes: '[]', coordinates: '[]', requested_at: NOW, ...given,
});
const types = (row: ReturnType<typeof asked>): string[] => [...new Set(restrictionScopes(row, []).map((each) => each.type))];

describe('what a restriction is spread to', () => {
  test('what is left out does not narrow: every type, every field, anyone, any purpose', () => {
    const rows = restrictionScopes(asked({}), []);
    expect(rows).toHaveLength(17);
    expect(rows.every((each) => each.recipient === '*' && each.purpose === '*' && each.field_mask === allFieldBits(each.type) && each.class_mask === 0)).toBe(true);
  });
  test.each([
    ['AGREED', 'RECEIVED', 0], ['AGREED', 'DENIED', 0], ['AGREED', 'REJECTED_INAUTHENTIC', 0], ['PAID_IN_FULL', 'RECEIVED', 14], ['PAID_IN_FULL', 'ACCEPTED', 14],
    ['PAID_IN_FULL', 'DENIED', 0], ['PAID_IN_FULL', 'WITHDRAWN', 0],
  ])('%s %s makes %i rows', (kind, status, count) => { expect(restrictionScopes(asked({ kind, status, encounter_id: 'e1' }), [])).toHaveLength(count); });
  test('one field, for one recipient and purpose', () => {
    expect(restrictionScopes(asked({ coordinates: '["Medication.dosage"]', recipients: '[{"subject":"s1"}]', purposes: '["BTG"]' }), [])).toEqual([expect.objectContaining({
      type: 'Medication', recipient: 'sub:s1', purpose: 'ETREAT', field_mask: fieldBit('Medication', 'dosage'), class_mask: 0, encounter_id: null, record_id: null })]);
  });
  test.each([
    ['HumanName', ['family'], ['family', 'text']], ['HumanName', ['given'], ['given', 'text']], ['HumanName', ['text'], ['text']], ['Medication', ['code'], ['code', 'dosage']], ['Medication', ['dosage'], ['dosage']],
    ['DiagnosticReport', ['code'], ['code', 'conclusion']], ['DiagnosticReport', ['conclusion'], ['conclusion']], ['Document', ['code'], ['code', 'title', 'text']], ['Document', ['authorId'], ['authorId']],
    ['Allergy', ['code'], ['code', 'reaction']], ['CarePlan', ['code'], ['code', 'title', 'activities']], ['MedicationReview', ['code'], ['code', 'findings', 'recommendation']], ['CareGap', ['code'], ['code', 'measure']],
    ['Claim', ['code'], ['code', 'diagnoses']], ['Observation', ['code'], ['code', 'value']], ['Encounter', ['code'], ['code', 'reason']], ['Observation', ['category'], ['category', 'value']], ['Encounter', ['reason'], ['reason']], ['Member', ['gender'], ['gender']], ['Member', ['pronouns'], ['pronouns']], ['Condition', ['code'], ['code']], ['Condition', ['status'], ['status']],
  ])('%s: what hides %j hides %j: words tell what a code says, and a code is no word', (type, named, hidden) => {
    const rows = restrictionScopes(asked({ coordinates: JSON.stringify(named.map((each) => `${type}.${each}`)) }), []);
    expect(rows.map((each) => [each.type, each.field_mask])).toEqual([[type, hidden.reduce((mask, each) => mask | fieldBit(type, each), 0)]]);
  });
  test('a class that the coded field does not bear hides nothing of it, nor of the words', () => {
    expect(restrictionScopes(asked({ coordinates: '["Member.gender"]', classes: '["SEX"]' }), [])).toEqual([]);
  });
  test('what a category hides takes its words along, of whatever category they are', () => {
    const report = restrictionScopes(asked({ categories: '["CLINICAL"]' }), []).find((each) => each.type === 'DiagnosticReport');
    expect((report?.field_mask ?? 0) & fieldBit('DiagnosticReport', 'conclusion')).not.toBe(0);
  });
  test.each([
    ['a connection of the member: the whole record type', { coordinates: '["Member.medications"]' }, ['Medication']],
    ['a category', { categories: '["MEDICATION"]' }, ['Member', 'Medication', 'MedicationReview']],
    ['a note field has its own category', { categories: '["NOTE"]' }, ['DiagnosticReport', 'Document', 'MedicationReview']],
    ['a record leaves the member\'s own fields alone', { record_id: 'x' }, RECORD_TYPE_NAMES],
    ['a class that no field of the member bears', { classes: '["HIV"]' }, RECORD_TYPE_NAMES],
    ['category and coordinate apart: nothing', { categories: '["CONTACT"]', coordinates: '["Medication.code"]' }, []],
  ])('%s', (_, given, expected) => { expect(types(asked(given)).sort()).toEqual([...expected].sort()); });
  test('a class narrows the member to the fields that bear it, children included', () => {
    const own = restrictionScopes(asked({ classes: '["SEX"]' }), []).find((each) => each.type === 'Member');
    expect([own?.field_mask, own?.class_mask]).toEqual([fieldBit('Member', 'genderIdentity') | fieldBit('Member', 'pronouns'), 0]);
  });
  test('an encounter is named by its records, and a record itself', () => {
    const rows = restrictionScopes(asked({ encounter_id: 'e1' }), []).filter((each) => each.type === 'Encounter');
    expect(rows.map(({ part, encounter_id, record_id }) => ({ part, encounter_id, record_id }))).toEqual([
      { part: 0, encounter_id: 'e1', record_id: null }, { part: 1, encounter_id: null, record_id: 'e1' }]);
  });
  test('ended without the member: earlier records stay bound', () => {
    expect(restrictionScopes(asked({ ends_for_later_records_at: NOW, coordinates: '["Allergy.code"]' }), [])[0]?.recorded_before).toBe(NOW);
  });
});

describe.each(testDatabases())('spreading on $name', ({ create }) => {
  let office: TestOffice;
  beforeAll(async () => { office = await openOffice(await create()); });
  afterAll(() => office.close());
  const spread = async (given: Record<string, unknown>): Promise<string[]> => {
    await office.source.query('DELETE FROM restriction');
    await office.put(restriction, asked({ kind: 'PAID_IN_FULL', status: 'RECEIVED', ...given }));
    await office.source.transaction((manager) => spreadRestrictions(manager, 'anna'));
    const rows = await selectRows(office.source.manager, restriction_scope, { member_id: 'anna', type: 'Observation' }, { orderBy: ['part'] });
    return rows.map((each) => `${each.recipient} ${each.encounter_id ?? '-'} ${each.record_id ?? '-'}`);
  };
  test('a claim takes its encounter; without one it is itself and what cites it', async () => {
    await office.put(claim, { member_id: 'anna', id: 'c1', encounter_id: 'e1' }, { member_id: 'anna', id: 'c2' });
    await office.put(citation, { member_id: 'anna', record_type: 'Claim', record_id: 'eob', cited_type: 'Claim', cited_id: 'c2' });
    expect(await spread({ record_id: 'c1' })).toEqual(['!payer e1 -', '!payer - c1']);
    expect(await spread({ record_id: 'c2' })).toEqual(['!payer - c2', '!payer - eob']);
    expect(await spread({ encounter_id: 'e9' })).toEqual(['!payer e9 -']);
    expect(await spread({ encounter_id: 'e9', status: 'DENIED' })).toEqual([]);
  });
  test('what goes on binding binds between any two statements', async () => {
    const bound = async (): Promise<number> => (await selectRows(office.source.manager, restriction_scope, { member_id: 'anna', type: 'Observation', encounter_id: 'e9' })).length;
    await spread({ encounter_id: 'e9' });
    await office.put(restriction, asked({ id: 'r2', coordinates: '["Observation.value"]' }));
    const seen: number[] = [];
    await office.source.transaction(async (manager) => {
      const real = manager.query.bind(manager);
      jest.spyOn(manager, 'query').mockImplementation((async (text: string, parameters: unknown[]) => {
        const result: unknown = await real(text, parameters);
        seen.push((await real("SELECT restriction_id FROM restriction_scope WHERE encounter_id = 'e9' AND type = 'Observation'", []) as unknown[]).length);
        return result;
      }) as never);
      await spreadRestrictions(manager, 'anna');
    });
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(await bound()).toBe(1);
  });
});
