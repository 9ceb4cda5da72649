import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { requestNoticeCopy } from '../../../src/privacy-office/member-requests';
import { readWorklist } from '../../../src/privacy-office/read-worklist';
import { completeRequest } from '../../../src/privacy-office/settle-request';
import { anna, callerOf, codeOf, officer, openOffice, type TestOffice } from '../../privacy-office/office';
import { sqliteDatabase } from '../../support/databases';

const DAY = 86_400_000;

/** Notice: "Copy of this Notice". That every caller reads the Notice itself is tested over HTTP: test/e2e/first-queries.test.ts. */
describe('notice-copy', () => {
  let office: TestOffice;
  beforeEach(async () => { office = await openOffice(await sqliteDatabase()); });
  afterEach(() => office.close());

  test('opens and forbids nothing by itself', () => {
    const found = clausesOf(JURISDICTIONS).find((each) => each.id === 'notice-copy');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test('on paper it waits on the worklist, due in five days, until the office has mailed it', async () => {
    const asked = await requestNoticeCopy(office, anna, { memberId: 'anna', paper: true });
    expect(asked).toMatchObject({ kind: 'NOTICE_COPY', status: 'RECEIVED', memberId: 'anna' });
    expect((Date.parse(String(asked.dueAt)) - Date.parse(asked.receivedAt)) / DAY).toBe(5);
    const open = async () => (await readWorklist(office.source, officer, { kind: 'NOTICE_COPY', status: 'RECEIVED', first: 10, after: null })).requests.map((each) => each.id);
    expect(await open()).toEqual([asked.id]);
    expect(await completeRequest(office, officer, { id: asked.id, response: 'Mailed today.' })).toMatchObject({ status: 'COMPLETED' });
    expect(await open()).toEqual([]);
    expect(await codeOf(completeRequest(office, officer, { id: asked.id, response: 'Mailed again.' }))).toBe('CONFLICT');
  });
  test('electronically it is there at once, and tells where', async () => {
    expect(await requestNoticeCopy(office, anna, { memberId: 'anna', paper: false })).toMatchObject({ status: 'COMPLETED', summary: expect.stringContaining('query notice') as string });
  });
  test('for oneself: another member, and who treats, ask for nobody', async () => {
    expect(await codeOf(requestNoticeCopy(office, callerOf('MEMBER', { member: 'bert' }), { memberId: 'anna', paper: true }))).toBe('NOT_FOUND');
    expect(await codeOf(requestNoticeCopy(office, callerOf('PHARMACIST'), { memberId: 'anna', paper: true }))).toBe('FORBIDDEN');
  });
});
