import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { fileComplaint } from '../../../src/privacy-office/complaints';
import { readWorklist } from '../../../src/privacy-office/read-worklist';
import type { Caller } from '../../../src/identity/caller';
import { anna, callerOf, codeOf, officer, openOffice, representative, represents, type TestOffice } from '../../privacy-office/office';
import { sqliteDatabase } from '../../support/databases';

/** Notice: "Concerns or Complaints". */
describe('complaints', () => {
  let office: TestOffice;
  beforeEach(async () => {
    office = await openOffice(await sqliteDatabase());
    await represents(office, { subject: 'daughter' });
  });
  afterEach(() => office.close());
  const seenBy = async (caller: Caller) => (await readWorklist(office.source, caller, { kind: 'COMPLAINT', status: null, first: 10, after: null })).requests;

  test('opens and forbids nothing by itself', () => {
    const found = clausesOf(JURISDICTIONS).find((each) => each.id === 'complaints');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test('a member is told of HHS, and that nobody acts against them for it', async () => {
    expect(await fileComplaint(office, anna, { memberId: 'anna', text: 'A nurse spoke of me.' }))
      .toMatchObject({ kind: 'COMPLAINT', status: 'RECEIVED', summary: expect.stringMatching(/Health and Human Services.*nobody may be treated worse/s) as string });
  });
  test('the privacy office reads what it says; an officer who is named in it sees that one waits, and nothing of it', async () => {
    await fileComplaint(office, anna, { memberId: 'anna', text: 'Officer-7 told my employer.' });
    const [read] = await seenBy(officer);
    expect(read?.summary).toContain('told my employer');
    const [named] = await seenBy(callerOf('PRIVACY_OFFICER', { subject: 'officer-7' }));
    expect([named?.summary, named?.memberId, named?.channel]).toEqual([null, null, null]);
  });
  test('without a member it is about the company at large', async () => {
    const filed = await fileComplaint(office, representative('daughter'), { text: 'Nobody answers.' });
    expect(filed).toMatchObject({ memberId: null, status: 'RECEIVED' });
  });
  test('words it must have, and who treats or works files none as a member', async () => {
    expect(await codeOf(fileComplaint(office, anna, { memberId: 'anna', text: '  ' }))).toBe('BAD_USER_INPUT');
    for (const role of ['NURSE', 'WORKFORCE'] as const) expect(() => fileComplaint(office, callerOf(role), { memberId: 'anna', text: 'They complain.' })).toThrow('may not call');
  });
});
