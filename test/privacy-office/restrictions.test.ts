import { claim, encounter, medication } from '../../src/entities/tables/records';
import { restriction, restriction_scope } from '../../src/entities/tables/privacy';
import { selectRows } from '../../src/entities/rows';
import { decideRestriction, endRestriction, requestRestriction, writeRestriction, type RestrictionInput } from '../../src/privacy-office/restrictions';
import { readMemberPrivacy } from '../../src/privacy-office/read-member-privacy';
import { isRestrictable } from '../../src/privacy-office/restriction-reach';
import { testDatabases } from '../support/databases';
import { CONFIRMED, NOW, anna, callerOf, codeOf, later, officer, openOffice, representative, represents, rowOf, type TestOffice } from './office';

test.each([
  ['Member.gender', true], ['Member.medications', true], ['Medication.dosage', true], ['HumanName.given', true], ['Member.coverages', true], ['Member.id', false],
  ['Medication.labels', false], ['Medication.encounterId', false], ['Coverage.plan', false], ['GovernmentId.value', false], ['Member.nothing', false], ['CareGap.member', false],
  ['Member', false], ['', false], ['Member.name.given', false], ['Query.members', false], ['Member.constructor', false],
])('%s can be restricted by itself: %s', (coordinate, expected) => { expect(isRestrictable(coordinate)).toBe(expected); });

describe.each(testDatabases())('restrictions on $name', ({ create }) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice(await create());
    await represents(office, { subject: 'poa' });
    for (const id of ['e-own', 'e-plan', 'e-short', 'e-none', 'e-eob']) await office.put(encounter, { member_id: 'anna', id });
    await office.put(encounter, { member_id: 'bert', id: 'e-bert' });
    await office.put(claim, { member_id: 'anna', id: 'c-own', encounter_id: 'e-own', paid_by_member: 90, plan_paid: 0, shortfall: 0 }, { member_id: 'anna', id: 'c-plan', encounter_id: 'e-plan', plan_paid: 1 },
      { member_id: 'anna', id: 'c-short', encounter_id: 'e-short', shortfall: 5 }, { member_id: 'anna', id: 'c-alone' }, { member_id: 'anna', id: 'c-eob', encounter_id: 'e-eob' },
      { member_id: 'anna', id: 'eob', completes_claim_id: 'c-eob', plan_paid: 3 }, { member_id: 'bert', id: 'c-bert' });
    await office.put(medication, { member_id: 'anna', id: 'm1' });
  });
  afterAll(() => office.close());
  const request = (input: RestrictionInput, caller = anna) => requestRestriction(office, caller, { memberId: 'anna', input, authenticity: CONFIRMED });
  const scopes = async (id: string) => (await selectRows(office.source.manager, restriction_scope, { restriction_id: id }));
  const binding = async (id: string): Promise<boolean> => (await scopes(id)).some((each) => each.start_at <= NOW && (each.end_at === null || NOW < each.end_at));

  test.each<[string, Partial<RestrictionInput>, string]>([
    ['paid by the member', { encounterId: 'e-own' }, 'ACCEPTED'], ['paid by a plan', { encounterId: 'e-plan' }, 'RECEIVED'], ['not paid in full', { encounterId: 'e-short' }, 'RECEIVED'],
    ['no claim speaks against it', { encounterId: 'e-none' }, 'ACCEPTED'], ['a claim, by its encounter', { recordId: 'c-plan' }, 'RECEIVED'], ['a claim without an encounter', { recordId: 'c-alone' }, 'ACCEPTED'],
    ['a payment in what completes the claim', { encounterId: 'e-eob' }, 'RECEIVED'],
  ])('paid in full, %s: binds at once', async (_, input, status) => {
    const result = await request({ kind: 'PAID_IN_FULL', ...input });
    expect(result).toMatchObject({ status, requestedAt: NOW, decidedAt: status === 'ACCEPTED' ? NOW : null });
    expect(await binding(result.id)).toBe(true);
    expect(await office.source.query('SELECT status, due_at FROM privacy_request WHERE subject_id = ?', [result.id])).toMatchObject([{ status, due_at: NOW }]);
  });
  test('to a representative without FINANCIAL in scope it is all the same whether a plan paid, at once and later', async () => {
    const FINANCIAL = 1 << 9;
    await represents(office, { subject: 'no-money', category_mask: 0xfff & ~FINANCIAL });
    const told = async (subject: string, encounterId: string) => {
      const caller = representative(subject);
      const result = await request({ kind: 'PAID_IN_FULL', encounterId }, caller);
      const listed = (await readMemberPrivacy(office.source, ['anna'], caller)).get('anna');
      const { summary, ...entry } = listed?.requests.find((each) => each.status === 'RECEIVED') ?? { summary: '' };
      const bound = await binding(result.id);
      const ended = await endRestriction(office, caller, { id: result.id, reason: 'asked' });
      const after = (await readMemberPrivacy(office.source, ['anna'], caller)).get('anna')?.restrictions.find((each) => each.id === result.id);
      const same = (each: object | undefined) => ({ ...each, id: '', encounterId: '' });
      return { bound, status: result.status, all: [same(result), same(listed?.restrictions.find((each) => each.id === result.id)), same(entry), same(ended), same(after)] };
    };
    const [own, plan] = [await told('no-money', 'e-own'), await told('no-money', 'e-plan')];
    expect(own).toEqual(plan);
    expect(own).toMatchObject({ bound: true, status: 'RECEIVED' });
    expect((await told('poa', 'e-own')).status).toBe('ACCEPTED');
  });
  test.each<[string, RestrictionInput, string, string]>([
    ['paid in full, of nothing', { kind: 'PAID_IN_FULL' }, 'BAD_USER_INPUT', 'input.encounterId'], ['paid in full, of no claim', { kind: 'PAID_IN_FULL', recordId: 'm1' }, 'BAD_USER_INPUT', 'input.recordId'],
    ['an unknown encounter', { kind: 'AGREED', encounterId: 'x' }, 'NOT_FOUND', 'input.encounterId'], ['another member\'s encounter', { kind: 'PAID_IN_FULL', encounterId: 'e-bert' }, 'NOT_FOUND', 'input.encounterId'],
    ['another member\'s claim', { kind: 'PAID_IN_FULL', recordId: 'c-bert' }, 'NOT_FOUND', 'input.recordId'],
    ['an unknown coordinate', { kind: 'AGREED', coordinates: ['Member.gender', 'Member.nothing'] }, 'BAD_USER_INPUT', 'input.coordinates'],
    ['a coordinate of ADMINISTRATIVE', { kind: 'AGREED', coordinates: ['Medication.labels'] }, 'BAD_USER_INPUT', 'input.coordinates'],
    ['one that would hide nothing', { kind: 'AGREED', coordinates: ['Member.gender'], categories: ['CONTACT'] }, 'BAD_USER_INPUT', 'input'],
    ['a recipient of none', { kind: 'AGREED', recipients: [{}] }, 'BAD_USER_INPUT', 'input.recipients[0]'],
  ])('%s', async (_, input, code, argument) => {
    await expect(request(input)).rejects.toMatchObject({ code, message: expect.stringContaining(`${argument}: `) });
  });

  test('an agreed one waits for the office, thirty days at most, and binds once agreed; it is decided once', async () => {
    const { id, status } = await request({ kind: 'AGREED', coordinates: ['Member.gender'], recipients: [{ role: 'HEALTH_PLAN' }] });
    expect([status, await binding(id)]).toEqual(['RECEIVED', false]);
    expect(await office.source.query('SELECT kind, status, due_at FROM privacy_request WHERE subject_id = ?', [id])).toMatchObject([{ kind: 'RESTRICTION', status: 'RECEIVED', due_at: '2026-12-24T12:00:00.000Z' }]);
    expect(await codeOf(decideRestriction(office, anna, { id, agree: true, response: 'yes' }))).toBe('FORBIDDEN');
    expect(await decideRestriction(office, officer, { id, agree: true, response: 'We agree.' })).toMatchObject({ status: 'ACCEPTED', decidedAt: NOW, response: 'We agree.' });
    expect(await binding(id)).toBe(true);
    expect(await office.source.query('SELECT status, decided_at FROM privacy_request WHERE subject_id = ?', [id])).toMatchObject([{ status: 'ACCEPTED', decided_at: NOW }]);
    expect(await codeOf(decideRestriction(office, officer, { id, agree: false, response: 'no' }))).toBe('CONFLICT');
    expect(await codeOf(decideRestriction(office, officer, { id: 'unknown', agree: false, response: 'no' }))).toBe('NOT_FOUND');
  });
  test('a refusal lifts what was paid in full', async () => {
    const { id } = await request({ kind: 'PAID_IN_FULL', encounterId: 'e-short' });
    expect(await decideRestriction(office, officer, { id, agree: false, response: 'Not paid.' })).toMatchObject({ status: 'DENIED' });
    expect(await binding(id)).toBe(false);
  });

  const agreed = async (): Promise<string> => {
    const { id } = await request({ kind: 'AGREED', categories: ['CLINICAL'] });
    await decideRestriction(office, officer, { id, agree: true, response: 'yes' });
    return id;
  };
  const end = (id: string, given: { memberAgreed?: boolean | null } = {}, caller = officer) => endRestriction(office, caller, { id, reason: 'asked', ...given });
  test('ends at once where the member asks or agrees, and once', async () => {
    for (const [caller, given] of [[anna, {}], [anna, { memberAgreed: false }], [officer, {}], [officer, { memberAgreed: true }]] as const) {
      const id = await agreed();
      expect(await end(id, given, caller)).toMatchObject({ endedAt: NOW });
      expect(await binding(id)).toBe(false);
      expect(await codeOf(end(id))).toBe('CONFLICT');
    }
  });
  test('without the member it ends for later records alone, and with the member at last for all', async () => {
    const id = await agreed();
    expect(await end(id, { memberAgreed: false })).toMatchObject({ endedAt: NOW });
    expect(office.done.at(-1)).toMatchObject({ flagged: true, reason: 'asked' });
    expect((await scopes(id)).every((each) => each.end_at === null && each.recorded_before === NOW)).toBe(true);
    expect(await codeOf(end(id, { memberAgreed: null }))).toBe('CONFLICT');
    await end(id, { memberAgreed: true }, { ...officer, at: later(5) });
    expect((await scopes(id)).every((each) => each.end_at === later(5))).toBe(true);
  });
  test('what was paid in full ends with the member alone', async () => {
    const { id } = await request({ kind: 'PAID_IN_FULL', encounterId: 'e-own' });
    expect(await codeOf(end(id, { memberAgreed: false }))).toBe('CONFLICT');
    expect(await end(id, {}, anna)).toMatchObject({ endedAt: NOW });
  });
  test('one that waits is withdrawn', async () => {
    const { id } = await request({ kind: 'AGREED' });
    expect(await codeOf(end(id, { memberAgreed: false }))).toBe('CONFLICT');
    expect(await end(id, {}, anna)).toMatchObject({ status: 'WITHDRAWN', endedAt: NOW });
    expect(await office.source.query('SELECT status FROM privacy_request WHERE subject_id = ?', [id])).toMatchObject([{ status: 'WITHDRAWN' }]);
    expect(await codeOf(decideRestriction(office, officer, { id, agree: true, response: 'late' }))).toBe('CONFLICT');
  });
  test('another member\'s, or what a representative did not ask for, is as unknown', async () => {
    const id = await agreed();
    expect(await codeOf(end(id, {}, callerOf('MEMBER', { member: 'bert' })))).toBe('NOT_FOUND');
    expect(await codeOf(end(id, {}, representative('poa')))).toBe('NOT_FOUND');
    const own = await request({ kind: 'AGREED' }, representative('poa'));
    expect(await end(own.id, {}, representative('poa'))).toMatchObject({ status: 'WITHDRAWN' });
  });
  test('an import repeats what it wrote, and keeps a decision and an end of the office', async () => {
    const row = rowOf(restriction, { member_id: 'bert', id: 'consent-2', kind: 'AGREED', status: 'ACCEPTED', recipients: '[]', purposes: '[]', categories: '[]', classes: '[]', coordinates: '[]', requested_at: '2026-01-01T00:00:00.000Z', channel: 'PAPER', source: 'FHIR' });
    const write = () => office.source.transaction((manager) => writeRestriction(manager, row));
    await write();
    await write();
    expect(await binding('consent-2')).toBe(true);
    await end('consent-2');
    await write();
    expect(await binding('consent-2')).toBe(false);
  });
});
