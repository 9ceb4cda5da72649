import { judgeAuthenticity, type AuthenticityInput } from '../../src/privacy-office/authenticity';
import { optOutOfExchange } from '../../src/privacy-office/exchange';
import { requestRestriction } from '../../src/privacy-office/restrictions';
import { excludedClasses } from '../../src/privacy-office/representation-scope';
import { isInForce, standingTo } from '../../src/privacy-office/standing';
import { representation } from '../../src/entities/tables/member';
import type { Caller } from '../../src/identity/caller';
import { sqliteDatabase } from '../support/databases';
import { CONFIRMED, NOW, anna, codeOf, later, officer, openOffice, representative, represents, rowOf, type TestOffice } from './office';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice(await sqliteDatabase());
  await represents(office, { subject: 'poa' });
  await represents(office, { subject: 'attorney', kind: 'ATTORNEY' });
  await represents(office, { subject: 'daughter', kind: 'ATTORNEY' });
  await represents(office, { id: 'daughter-poa', subject: 'daughter' });
  await represents(office, { subject: 'past', end_at: '2026-02-01T00:00:00.000Z' });
});
afterAll(() => office.close());

const judge = (caller: Caller, relationship: 'ANY' | 'SELF' | 'REPRESENTATION', stated: AuthenticityInput) => office.source.transaction(async (manager) =>
  judgeAuthenticity(manager, caller, await standingTo(manager, caller, relationship, 'anna', 'memberId'), stated));

test.each<[string, AuthenticityInput, boolean]>([
  ['paper, confirmed', CONFIRMED, true], ['paper, not confirmed', { channel: 'PAPER', identityConfirmed: false }, false],
  ['email, confirmed', { channel: 'CONFIRMED_EMAIL', identityConfirmed: true }, true], ['support, confirmed', { channel: 'SUPPORT', identityConfirmed: true }, true],
  ['support, not confirmed', { channel: 'SUPPORT', identityConfirmed: false }, false],
  ['a representative in force', { channel: 'SUPPORT', identityConfirmed: true, requestedByRepresentative: 'poa' }, true],
  ['a representative not confirmed', { channel: 'PAPER', identityConfirmed: false, requestedByRepresentative: 'poa' }, false],
  ['a representation that is over', { ...CONFIRMED, requestedByRepresentative: 'past' }, false],
  ['nobody\'s representative', { ...CONFIRMED, requestedByRepresentative: 'stranger' }, false],
  ['an attorney on paper', { ...CONFIRMED, requestedByRepresentative: 'attorney' }, true],
  ['an attorney by email', { channel: 'CONFIRMED_EMAIL', identityConfirmed: true, requestedByRepresentative: 'attorney' }, true],
  ['an attorney by support', { channel: 'SUPPORT', identityConfirmed: true, requestedByRepresentative: 'attorney' }, false],
  ['an attorney in the application', { channel: 'IN_APP_MESSAGE', identityConfirmed: true, requestedByRepresentative: 'attorney' }, false],
])('the office states: %s', async (_, stated, authentic) => {
  expect(await judge(officer, 'ANY', stated)).toMatchObject({ authentic, channel: stated.channel, requestedBy: stated.requestedByRepresentative ?? officer.subject });
});
test.each<[string, Caller, 'SELF' | 'REPRESENTATION', boolean]>([
  ['the member\'s own call', anna, 'SELF', true], ['a representative\'s own call', representative('poa'), 'REPRESENTATION', true], ['an attorney\'s own call', representative('attorney'), 'REPRESENTATION', false],
  ['an attorney who also has a power of attorney', representative('daughter'), 'REPRESENTATION', true],
])('%s came through the application, whatever it says', async (_, caller, relationship, authentic) => {
  expect(await judge(caller, relationship, { channel: 'PAPER', identityConfirmed: false, requestedByRepresentative: 'stranger' }))
    .toMatchObject({ authentic, channel: 'IN_APP_MESSAGE', requestedBy: caller.subject });
});

test.each([
  ['in force', { kind: 'PARENT' }, '2011-06-01', null, true], ['not begun', { kind: 'PARENT', start_at: later(1) }, '2011-06-01', null, false],
  ['begins now', { kind: 'PARENT', start_at: NOW }, '2011-06-01', null, true], ['ends now', { kind: 'PARENT', end_at: NOW }, '2011-06-01', null, false],
  ['ended', { kind: 'PARENT', ended_at: NOW }, '2011-06-01', null, false], ['a parent, the day before the 18th birthday', { kind: 'PARENT' }, '2008-11-25', null, true],
  ['a parent, on the 18th birthday', { kind: 'PARENT' }, '2008-11-24', null, false], ['a guardian, on the 18th birthday', { kind: 'GUARDIAN' }, '2008-11-24', null, false],
  ['a parent, birth date unknown', { kind: 'PARENT' }, null, null, false], ['a power of attorney, of an adult', { kind: 'HEALTH_CARE_POA' }, '1980-01-01', null, true],
  ['a power of attorney, after the death', { kind: 'HEALTH_CARE_POA' }, '1980-01-01', NOW, false], ['an executor, after the death', { kind: 'EXECUTOR' }, '1980-01-01', NOW, true],
  ['an administrator, after the death', { kind: 'ADMINISTRATOR' }, '1980-01-01', NOW, true], ['next of kin, after the death', { kind: 'NEXT_OF_KIN' }, '1980-01-01', NOW, true],
  ['a parent, after the death of a minor', { kind: 'PARENT' }, '2011-06-01', NOW, false], ['before a death to come', { kind: 'PARENT' }, '2011-06-01', later(1), true],
])('a representation is in force: %s', (_, given, birth_date, deceased_at, expected) => {
  const row = rowOf(representation, { start_at: '2026-01-01T00:00:00.000Z', ...given });
  expect(isInForce(row, { id: 'x', birth_date, deceased_at, home_state: null }, NOW)).toBe(expected);
});
test.each([
  ['a year that has not passed its eighteenth end', '2008-01-01', '2008-12-31', true], ['a month that has not', '2008-11-01', '2008-11-30', true], ['a year that has', '2007-01-01', '2007-12-31', false], ['a month that has', '2008-10-01', '2008-10-31', false],
])('a parent of a member born in %s', (_, birth_date, birth_date_end, expected) => {
  expect(isInForce(rowOf(representation, { start_at: '2026-01-01T00:00:00.000Z', kind: 'PARENT' }), { id: 'x', birth_date, birth_date_end, deceased_at: null, home_state: null }, NOW)).toBe(expected);
});
test('who is born in the year that would make them twelve may consent alone, and goes on to until the year that makes them surely eighteen', () => {
  const row = rowOf(representation, { kind: 'PARENT', excluded_mask: null });
  const kept = (birth_date: string, birth_date_end: string): number => excludedClasses(row, { id: 'x', birth_date, birth_date_end, deceased_at: null, home_state: null }, NOW);
  const [child, teenager, adult] = [kept('2015-01-01', '2015-12-31'), kept('2014-01-01', '2014-12-31'), kept('2007-01-01', '2007-12-31')];
  expect([child === adult, teenager === child, kept('2008-01-01', '2008-12-31') === teenager]).toEqual([true, false, true]);
});

describe('a request that is not authentic stays on record', () => {
  const worklist = async (): Promise<unknown[]> => office.source.query("SELECT kind, status, requested_by FROM privacy_request WHERE status = 'REJECTED_INAUTHENTIC'");
  test('a mutation without a status fails with INAUTHENTIC, and changes nothing', async () => {
    const call = { memberId: 'anna', authenticity: { channel: 'SUPPORT', identityConfirmed: false } as const };
    expect(await codeOf(optOutOfExchange(office, officer, call))).toBe('INAUTHENTIC');
    expect(await codeOf(optOutOfExchange(office, representative('attorney'), call))).toBe('INAUTHENTIC');
    expect(await worklist()).toHaveLength(2);
    expect(await office.source.query('SELECT * FROM hie_opt_out')).toEqual([]);
    expect(office.done).toEqual([expect.objectContaining({ outcome: 'REJECTED_INAUTHENTIC', flagged: true, clause: 'request-authenticity', memberIds: ['anna'] }), expect.anything()]);
  });
  test('a result with a status returns it so, and binds nothing', async () => {
    const result = await requestRestriction(office, representative('attorney'), { memberId: 'anna', input: { kind: 'AGREED' }, authenticity: CONFIRMED });
    expect(result).toMatchObject({ status: 'REJECTED_INAUTHENTIC', decidedAt: NOW });
    expect(await worklist()).toHaveLength(3);
    expect(await office.source.query('SELECT * FROM restriction_scope')).toEqual([]);
  });
});
