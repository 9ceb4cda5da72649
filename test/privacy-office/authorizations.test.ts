import { authorization_scope } from '../../src/entities/tables/privacy';
import { selectRows } from '../../src/entities/rows';
import type { Caller } from '../../src/identity/caller';
import type { AuthorizationInput } from '../../src/privacy-office/authorization-input';
import { recordAuthorization, revokeAuthorization, writeAuthorization } from '../../src/privacy-office/authorizations';
import { authorization } from '../../src/entities/tables/privacy';
import { classMask } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { CONFIRMED, NOW, anna, callerOf, codeOf, later, officer, openOffice, representative, represents, rowOf, type TestOffice } from './office';

const INPUT: AuthorizationInput = { classes: ['HIV'], purposes: ['TREAT'], recipients: [{ role: 'NURSE' }], signedAt: '2026-11-01T00:00:00.000Z', signedBy: 'Anna' };

describe.each(testDatabases())('authorizations on $name', ({ create }) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice(await create());
    await represents(office, { subject: 'poa' });
    await represents(office, { subject: 'narrow', category_mask: 2 });
    await represents(office, { subject: 'past', end_at: '2026-02-01T00:00:00.000Z' });
    await represents(office, { subject: 'attorney', kind: 'ATTORNEY' });
    await represents(office, { subject: 'mother', member_id: 'mia', kind: 'PARENT' });
    await represents(office, { subject: 'aunt', member_id: 'mia', kind: 'GUARDIAN', excluded_mask: classMask(['PSY']) });
  });
  afterAll(() => office.close());
  const record = (input: Partial<AuthorizationInput> = {}, caller: Caller = anna, memberId = 'anna') => recordAuthorization(office, caller, { memberId, input: { ...INPUT, ...input } });

  test('what was signed is answered, spread, on the worklist and audited', async () => {
    const result = await record({ categories: ['MEDICATION', 'CLINICAL'], recipients: [{ organizationId: 'o1' }, { role: 'NURSE', subject: null }], end: later(60) });
    expect(result).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/), classes: ['HIV'], categories: ['CLINICAL', 'MEDICATION'], sale: false, purposes: ['TREAT'],
      recipients: [{ organizationId: 'o1' }, { role: 'NURSE' }], start: INPUT.signedAt, end: later(60), signedAt: INPUT.signedAt, signedBy: 'Anna', revokedAt: null, active: true,
    });
    const scopes = await selectRows(office.source.manager, authorization_scope, { authorization_id: result.id }, { orderBy: ['recipient'] });
    expect(scopes.map((each) => [each.recipient, each.signed_by_member])).toEqual([['org:o1', 1], ['role:NURSE', 1]]);
    expect(await office.source.query('SELECT kind, status, channel, due_at FROM privacy_request WHERE subject_id = ?', [result.id]))
      .toMatchObject([{ kind: 'AUTHORIZATION', status: 'COMPLETED', channel: 'IN_APP_MESSAGE', due_at: NOW }]);
    expect(office.done.at(-1)).toMatchObject({ mutation: 'recordAuthorization', clause: 'authorization', outcome: 'DONE', memberIds: ['anna'] });
  });

  test.each<[string, Partial<AuthorizationInput>, string]>([
    ['no recipients', { recipients: [] }, 'input.recipients'], ['no purposes', { purposes: [] }, 'input.purposes'],
    ['a recipient of two kinds', { recipients: [{ role: 'NURSE', subject: 's' }] }, 'input.recipients[0]'], ['a recipient of none', { recipients: [{ role: 'NURSE' }, {}] }, 'input.recipients[1]'],
    ['a signature to come', { signedAt: later(1) }, 'input.signedAt'], ['psychotherapy notes beside another class', { classes: ['PSYTHPN', 'HIV'] }, 'input.classes'],
    ['an end before the start', { start: NOW, end: NOW }, 'input.end'], ['nobody signed', { signedBy: ' ' }, 'input.signedBy'],
  ])('%s is BAD_USER_INPUT that names the argument, not the value', async (_, input, argument) => {
    await expect(record(input)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining(`${argument}: `) });
  });

  test.each<[string, Caller, string, Partial<AuthorizationInput>, string | boolean]>([
    ['the member', anna, 'anna', {}, true], ['the member, on paper', officer, 'anna', {}, true], ['another member: as an unknown one', anna, 'bert', {}, 'NOT_FOUND'],
    ['an unknown member', anna, 'nobody', {}, 'NOT_FOUND'], ['the office, an unknown member', officer, 'nobody', {}, 'NOT_FOUND'],
    ['a member who died', callerOf('MEMBER', { member: 'otto' }), 'otto', {}, 'NOT_FOUND'], ['on paper after the death', officer, 'otto', {}, 'BAD_USER_INPUT'],
    ['a representative', representative('poa'), 'anna', { signedBy: 'Anna' }, false], ['a representative, on paper', officer, 'anna', { signedBy: 'poa' }, false],
    ['one whose time is over', representative('past'), 'anna', {}, 'NOT_FOUND'], ['one whose time was over at the signature', officer, 'anna', { signedBy: 'past' }, 'BAD_USER_INPUT'],
    ['one who was in force at the signature', officer, 'anna', { signedBy: 'past', signedAt: '2026-01-15T00:00:00.000Z' }, false],
    ['one for contact alone, for all', representative('narrow'), 'anna', {}, 'FORBIDDEN'], ['one for contact alone, for contact', representative('narrow'), 'anna', { categories: ['CONTACT'] }, false],
    ['a representative for what is kept from them', representative('poa'), 'anna', { classes: ['SDV'] }, 'FORBIDDEN'],
    ['on paper, for what is kept from them', officer, 'anna', { classes: ['SDV'], signedBy: 'poa' }, 'BAD_USER_INPUT'],
    ['an attorney\'s own call', representative('attorney'), 'anna', {}, 'INAUTHENTIC'], ['a parent of a minor of fifteen, for HIV', representative('mother'), 'mia', {}, 'FORBIDDEN'],
    ['a parent, for what no minor consents to alone', representative('mother'), 'mia', { classes: ['GDIS'] }, false],
    ['a guardian, by the professional\'s list', representative('aunt'), 'mia', {}, false], ['a guardian, against that list', representative('aunt'), 'mia', { classes: ['PERSONALITY'] }, 'FORBIDDEN'],
    ['a clinician', callerOf('PHARMACIST', { practitioner: 'p' }), 'anna', {}, 'FORBIDDEN'],
  ])('signed by %s', async (_, caller, memberId, input, expected) => {
    const call = record(input, caller, memberId);
    if (typeof expected === 'string') { expect(await codeOf(call)).toBe(expected); return; }
    const [scope] = await selectRows(office.source.manager, authorization_scope, { authorization_id: (await call).id });
    expect(scope?.signed_by_member).toBe(expected ? 1 : 0);
  });

  test('marketing without a list opens identity and contact', async () => {
    expect(await record({ purposes: ['HMARKT'] })).toMatchObject({ categories: ['IDENTITY', 'CONTACT'] });
  });

  test('a revocation acts from its instant, once', async () => {
    const { id } = await record();
    const revoke = (caller: Caller) => revokeAuthorization(office, caller, { id, authenticity: CONFIRMED });
    expect(await codeOf(revoke(callerOf('MEMBER', { member: 'bert' })))).toBe('NOT_FOUND');
    expect(await codeOf(revoke(representative('poa')))).toBe('NOT_FOUND');
    expect(await codeOf(revokeAuthorization(office, officer, { id, authenticity: { channel: 'SUPPORT', identityConfirmed: false } }))).toBe('INAUTHENTIC');
    expect(await revoke(anna)).toMatchObject({ id, revokedAt: NOW, active: false });
    expect(await selectRows(office.source.manager, authorization_scope, { authorization_id: id })).toMatchObject([{ end_at: NOW }]);
    expect(await codeOf(revoke(officer))).toBe('CONFLICT');
    expect(await codeOf(revokeAuthorization(office, officer, { id: 'unknown', authenticity: CONFIRMED }))).toBe('NOT_FOUND');
  });

  test('an import repeats what it wrote, and never undoes a revocation', async () => {
    const row = rowOf(authorization, { member_id: 'bert', id: 'consent-1', classes: '["HIV"]', purposes: '["TREAT"]', recipients: '[{"role":"NURSE"}]', start_at: INPUT.signedAt, signed_at: INPUT.signedAt, signed_by_member: 1, signed_by: 'Bert', recorded_at: NOW, source: 'FHIR' });
    const write = () => office.source.transaction((manager) => writeAuthorization(manager, row));
    await write();
    await write();
    await revokeAuthorization(office, officer, { id: 'consent-1', authenticity: CONFIRMED });
    await write();
    expect(await selectRows(office.source.manager, authorization_scope, { member_id: 'bert' })).toMatchObject([{ authorization_id: 'consent-1', end_at: NOW }]);
  });

  test('when the audit record cannot be written, nothing is', async () => {
    const silent = { ...office, audit: () => Promise.reject(new Error('no audit')) };
    const before = await office.source.query('SELECT id FROM authorization') as unknown[];
    await expect(recordAuthorization(silent, anna, { memberId: 'anna', input: INPUT })).rejects.toThrow('no audit');
    expect(await office.source.query('SELECT id FROM authorization')).toHaveLength(before.length);
  });
});
