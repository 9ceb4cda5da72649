import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { CHANNELS, type AuthenticityInput } from '../../../src/privacy-office/authenticity';
import { optOutOfExchange } from '../../../src/privacy-office/exchange';
import { requestRestriction } from '../../../src/privacy-office/restrictions';
import { anna, codeOf, officer, openOffice, representative, represents, type TestOffice } from '../../privacy-office/office';
import { sqliteDatabase } from '../../support/databases';

/** Notice: "Your Rights Regarding Your PHI", how a request is made. */
describe('request-authenticity', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice(await sqliteDatabase());
    await represents(office, { subject: 'daughter' });
    await represents(office, { subject: 'lawyer', kind: 'ATTORNEY' });
  });
  afterAll(() => office.close());
  const asked = async (caller: typeof officer, authenticity: AuthenticityInput): Promise<string> =>
    (await requestRestriction(office, caller, { memberId: 'anna', input: { kind: 'AGREED' }, authenticity })).status;

  test('opens and forbids nothing by itself', () => {
    const found = clausesOf(JURISDICTIONS).find((each) => each.id === 'request-authenticity');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test.each(CHANNELS.flatMap((channel) => [true, false].map((confirmed) => [channel, confirmed] as const)))('by %s, confirmed %s: a request counts when the identity was confirmed', async (channel, identityConfirmed) => {
    expect(await asked(officer, { channel, identityConfirmed })).toBe(identityConfirmed ? 'RECEIVED' : 'REJECTED_INAUTHENTIC');
  });
  test.each(CHANNELS)('an attorney by %s: on paper or by confirmed e-mail alone', async (channel) => {
    expect(await asked(officer, { channel, identityConfirmed: true, requestedByRepresentative: 'lawyer' })).toBe(['PAPER', 'CONFIRMED_EMAIL'].includes(channel) ? 'RECEIVED' : 'REJECTED_INAUTHENTIC');
  });
  test('a member\'s and a daughter\'s own call is confirmed by the token, whatever it says; an attorney\'s never is', async () => {
    const stated = { channel: 'SUPPORT', identityConfirmed: false } as const;
    expect([await asked(anna, stated), await asked(representative('daughter'), stated), await asked(representative('lawyer'), { channel: 'PAPER', identityConfirmed: true })])
      .toEqual(['RECEIVED', 'RECEIVED', 'REJECTED_INAUTHENTIC']);
  });
  test('a mutation that returns no status fails with INAUTHENTIC, changes nothing, and is on the worklist and the trail', async () => {
    const before = office.done.length;
    expect(await codeOf(optOutOfExchange(office, officer, { memberId: 'anna', authenticity: { channel: 'SUPPORT', identityConfirmed: false } }))).toBe('INAUTHENTIC');
    expect(await office.source.query('SELECT * FROM hie_opt_out')).toEqual([]);
    expect(await office.source.query("SELECT kind, status FROM privacy_request WHERE kind = 'HIE'")).toEqual([{ kind: 'HIE', status: 'REJECTED_INAUTHENTIC' }]);
    expect(office.done.slice(before)).toEqual([expect.objectContaining({ clause: 'request-authenticity', outcome: 'REJECTED_INAUTHENTIC', flagged: true })]);
  });
});
