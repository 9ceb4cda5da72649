import { amendment, hie_opt_out, privacy_request } from '../../src/entities/tables/privacy';
import { selectRows } from '../../src/entities/rows';
import { recordAuthorization } from '../../src/privacy-office/authorizations';
import { openMember } from '../../src/privacy-office/break-glass';
import { requestConfidentialCommunication, type ConfidentialCommunicationArgs } from '../../src/privacy-office/confidential-communications';
import { optInToExchange, optOutOfExchange, writeOptOut } from '../../src/privacy-office/exchange';
import { readMemberPrivacy } from '../../src/privacy-office/read-member-privacy';
import { requestRestriction } from '../../src/privacy-office/restrictions';
import { classMask } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { CONFIRMED, NOW, anna, callerOf, codeOf, later, officer, openOffice, representative, represents, type TestOffice } from './office';

describe.each(testDatabases())('what a member asked for, on $name', ({ create }) => {
  let office: TestOffice;
  beforeEach(async () => { office = await openOffice(await create()); });
  afterEach(async () => { jest.restoreAllMocks(); await office.close(); });
  const privacy = async (memberId = 'anna', caller = officer) => {
    const found = (await readMemberPrivacy(office.source, [memberId], caller)).get(memberId);
    if (!found) throw new Error('no privacy');
    return found;
  };

  test('an opt-out is in force from its instant until the opt-in; asked again it stays as it was', async () => {
    const call = { memberId: 'anna', authenticity: CONFIRMED };
    expect(await optOutOfExchange(office, anna, call)).toEqual({ memberId: 'anna' });
    await optOutOfExchange(office, { ...officer, at: later(1) }, call);
    expect(await privacy('anna', { ...officer, at: later(2) })).toMatchObject({ hieOptOut: { since: NOW, channel: 'IN_APP_MESSAGE' }, requests: [{ kind: 'HIE', status: 'COMPLETED' }, { kind: 'HIE' }] });
    await optInToExchange(office, { ...anna, at: later(3) }, call);
    await optInToExchange(office, { ...anna, at: later(4) }, call);
    expect((await privacy('anna', { ...officer, at: later(4) })).hieOptOut).toBeNull();
    expect((await privacy('anna', { ...officer, at: later(2) })).hieOptOut).not.toBeNull();
    await optOutOfExchange(office, { ...anna, at: later(5) }, call);
    expect((await privacy('anna', { ...officer, at: later(5) })).hieOptOut).toEqual({ since: later(5), channel: 'IN_APP_MESSAGE' });
  });
  test('an opt-out imported again does not undo an opt-in', async () => {
    const write = () => office.source.transaction((manager) => writeOptOut(manager, { memberId: 'anna', since: '2026-01-01T00:00:00.000Z', channel: 'PAPER' }));
    await write();
    await optInToExchange(office, anna, { memberId: 'anna', authenticity: CONFIRMED });
    await write();
    expect(await selectRows(office.source.manager, hie_opt_out, { member_id: 'anna' })).toMatchObject([{ ended_at: NOW }]);
  });

  test.each<[string, Partial<ConfidentialCommunicationArgs>, string]>([
    ['a telephone', { telephone: '555' }, 'DONE'], ['an email', { email: 'a@example.org' }, 'DONE'], ['an address', { address: { line: ['1 Main St'] } }, 'DONE'],
    ['nothing', {}, 'BAD_USER_INPUT'], ['an address of nothing', { address: { use: 'home', line: [''] } }, 'BAD_USER_INPUT'], ['an empty telephone', { telephone: ' ' }, 'BAD_USER_INPUT'],
    ['a recipient of none', { telephone: '555', recipients: [{}] }, 'BAD_USER_INPUT'],
    ['what is not authentic', { telephone: '555', authenticity: { channel: 'SUPPORT', identityConfirmed: false } }, 'INAUTHENTIC'],
  ])('confidential communication by %s', async (_, given, code) => {
    expect(await codeOf(requestConfidentialCommunication(office, officer, { memberId: 'anna', authenticity: CONFIRMED, ...given }))).toBe(code);
    expect((await privacy()).confidentialCommunications).toHaveLength(code === 'DONE' ? 1 : 0);
  });
  test('a new way takes the place of the one before, is due in five days and names who else is to know', async () => {
    const ask = (telephone: string, minutes: number) => requestConfidentialCommunication(office, { ...anna, at: later(minutes) }, { memberId: 'anna', telephone, recipients: [{ role: 'HEALTH_PLAN' }, { organizationId: 'o1' }], authenticity: CONFIRMED });
    await ask('1', 0);
    const second = await ask('2', 1);
    expect(second).toEqual({ id: expect.any(String), telephone: '2', email: null, address: null, since: later(1) });
    const found = await privacy('anna', { ...officer, at: later(2) });
    expect(found.confidentialCommunications).toEqual([second]);
    expect(found.requests[0]).toMatchObject({ kind: 'CONFIDENTIAL_COMMUNICATION', status: 'COMPLETED', dueAt: '2026-11-29T12:00:00.000Z' });
    expect(await office.source.query('SELECT recipient FROM confidential_recipient WHERE communication_id = ? ORDER BY recipient', [second.id])).toMatchObject([{ recipient: 'org:o1' }, { recipient: 'role:HEALTH_PLAN' }]);
  });

  test('a representative sees their own representation, without exclusions, and what they asked for or signed', async () => {
    await represents(office, { subject: 'poa', excluded_mask: classMask(['SDV']) });
    await represents(office, { subject: 'other' });
    const poa = representative('poa');
    const signed = { classes: [], purposes: ['HRESCH'], recipients: [{ role: 'NURSE' }], signedAt: NOW, signedBy: 'x' } as const;
    for (const caller of [anna, poa]) {
      await recordAuthorization(office, caller, { memberId: 'anna', input: signed });
      await requestRestriction(office, caller, { memberId: 'anna', input: { kind: 'AGREED' }, authenticity: CONFIRMED });
    }
    await optOutOfExchange(office, anna, { memberId: 'anna', authenticity: CONFIRMED });
    await requestConfidentialCommunication(office, poa, { memberId: 'anna', telephone: '1', authenticity: CONFIRMED });
    await requestConfidentialCommunication(office, { ...anna, at: later(1) }, { memberId: 'anna', telephone: '2', authenticity: CONFIRMED });
    await office.put(amendment, { member_id: 'anna', id: 'am1', record_type: 'Condition', record_id: 'c', field: 'code', proposed: 'p', status: 'DENIED', statement: 's', requested_by: 'poa', requested_at: NOW },
      { member_id: 'anna', id: 'am2', record_type: 'Condition', record_id: 'c', field: 'code', proposed: 'p', status: 'RECEIVED', requested_by: anna.subject, requested_at: NOW });
    await office.put(privacy_request, { id: 'g1', kind: 'GRANT', member_id: 'anna', status: 'RECEIVED', received_at: NOW });
    const counts = async (caller: typeof anna): Promise<unknown> => Object.fromEntries(Object.entries(await privacy('anna', { ...caller, at: later(2) })).map(([name, of]) => [name, Array.isArray(of) ? of.length : of !== null]));
    expect(await counts(poa)).toEqual({ hieOptOut: false, authorizations: 1, restrictions: 1, confidentialCommunications: 0, amendments: 1, representatives: 1, requests: 3 });
    expect(await counts(anna)).toEqual({ hieOptOut: true, authorizations: 2, restrictions: 2, confidentialCommunications: 1, amendments: 2, representatives: 2, requests: 7 });
    expect(await counts(officer)).toMatchObject({ representatives: 2, requests: 8 });
    const own = await privacy('anna', poa);
    expect(own.representatives).toMatchObject([{ subject: 'poa', excludedClasses: null }]);
    expect(own.amendments).toMatchObject([{ id: 'am1', statementOfDisagreement: 's' }]);
  });

  test('many members take as many statements as one', async () => {
    const run = jest.spyOn(office.source.manager, 'query');
    await readMemberPrivacy(office.source, ['anna'], officer);
    const one = run.mock.calls.length;
    const found = await readMemberPrivacy(office.source, ['anna', 'bert', 'mia', 'nobody'], officer);
    expect([one, run.mock.calls.length]).toEqual([7, 14]);
    expect([...found.keys()]).toEqual(['anna', 'bert', 'mia', 'nobody']);
    expect((await readMemberPrivacy(office.source, [], officer)).size).toBe(0);
  });

  test('breaking the glass opens one member to one subject for an hour, and again after it', async () => {
    const nurse = callerOf('NURSE', { practitioner: 'p', purpose: 'ETREAT', breakGlassReason: 'unconscious in the ambulance' });
    const open = (given: object, memberId = 'anna') => openMember(office.source, { ...nurse, ...given }, memberId);
    expect(await open({})).toBe(true);
    expect(await open({ at: later(59) })).toBe(false);
    expect(await open({ at: later(60) })).toBe(true);
    expect(await open({ subject: 'another' })).toBe(true);
    expect(await open({}, 'nobody')).toBe(false);
    expect(await open({ purpose: 'TREAT', at: later(300) })).toBe(false);
    expect(await open({ role: 'HIE_PARTICIPANT', at: later(300) })).toBe(false);
    expect(await office.source.query('SELECT subject, expires_at FROM break_glass_opening ORDER BY subject, opened_at')).toMatchObject([
      { subject: 'another', expires_at: later(60) }, { subject: 'sub-nurse', expires_at: later(60) }, { subject: 'sub-nurse', expires_at: later(120) }]);
  });
});
