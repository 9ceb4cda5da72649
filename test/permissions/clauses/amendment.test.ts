import { condition_record } from '../../../src/entities/tables/records';
import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { decideAmendment, requestAmendment } from '../../../src/privacy-office/amendments';
import { answerStatement, fileStatementOfDisagreement } from '../../../src/privacy-office/statements';
import { classMask, classesOf } from '../../../src/vocabulary/sensitivity';
import { LABELLING } from '../../fhir/support';
import { anna, codeOf, CONFIRMED, NOW, officer, openOffice, rowOf, type TestOffice } from '../../privacy-office/office';
import { sqliteDatabase } from '../../support/databases';

/** Notice: "Right to Amend Your Records". What each reader sees of it is tested over HTTP: test/e2e/rights.test.ts. */
describe('amendment', () => {
  let office: TestOffice;
  const record = { member_id: 'anna', id: 'asthma', code_system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'J45.909', code_display: 'Asthma', status: 'active', labelled: 1, governed_by: 'NOTICE', updated_at: NOW };
  beforeEach(async () => {
    office = await openOffice(await sqliteDatabase());
    await office.put(condition_record, rowOf(condition_record, record));
  });
  afterEach(() => office.close());
  const ask = () => requestAmendment(office, anna, { memberId: 'anna', recordId: 'asthma', field: 'status', proposed: 'resolved', reason: 'It is over.', authenticity: CONFIRMED });
  const status = async (): Promise<unknown> => (await office.source.query("SELECT status FROM condition_record WHERE id = 'asthma'") as { status: string }[])[0]?.status;

  test('opens and forbids nothing by itself', () => {
    const found = clausesOf(JURISDICTIONS).find((each) => each.id === 'amendment');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test('asking changes nothing; accepted, the record has the new value and the amendment the old one', async () => {
    const asked = await ask();
    expect([asked.status, await status()]).toEqual(['RECEIVED', 'active']);
    expect(await decideAmendment(office, officer, { id: asked.id, accept: true, reason: 'Confirmed by the nurse.' })).toMatchObject({ status: 'ACCEPTED', proposed: 'resolved' });
    expect(await status()).toBe('resolved');
    expect(await office.source.query('SELECT previous FROM amendment')).toEqual([{ previous: 'active' }]);
  });
  describe('what the history reveals', () => {
    const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
    const labelsAfter = async (row: Readonly<Record<string, string | number | null>>, field: string, accept = true): Promise<string[]> => {
      await office.source.query(`UPDATE condition_record SET ${Object.keys(row).map((each) => `${each} = ?`).join(', ')}`, Object.values(row));
      const labelling = { ...office, ownLabels: LABELLING.label.bind(LABELLING) };
      const asked = await requestAmendment(labelling, anna, { memberId: 'anna', recordId: 'asthma', field, proposed: field === 'code' ? 'Influenza' : 'resolved', reason: 'It is not so.', authenticity: CONFIRMED });
      await decideAmendment(labelling, officer, { id: asked.id, accept, reason: 'Decided.', ...(accept ? {} : { ground: 'ACCURATE_AND_COMPLETE' as const }) });
      const [entry] = await office.source.query('SELECT proposed_labels FROM amendment') as { proposed_labels: number }[];
      return classesOf(entry?.proposed_labels ?? -1);
    };
    test('the code that it had, whose words say nothing', async () => { expect(await labelsAfter({ code_system: ICD, code: 'B20', code_display: null }, 'code')).toEqual(['HIV']); });
    test('what the record bore by itself, whoever labelled it', async () => { expect(await labelsAfter({ own_labels: classMask(['SDV']) }, 'status')).toEqual(['SDV']); });
    test('a denial keeps no history', async () => { expect(await labelsAfter({ own_labels: classMask(['SDV']) }, 'status', false)).toEqual([]); });
    test('an ordinary code reveals nothing', async () => { expect(await labelsAfter({ code_system: ICD, code: 'J45.909', code_display: 'Asthma' }, 'code')).toEqual([]); });
  });
  test.each(['NOT_CREATED_HERE', 'NOT_IN_RECORD_SET', 'NOT_OPEN_TO_ACCESS', 'ACCURATE_AND_COMPLETE'] as const)('denied because %s: the record stays, and the denial tells of the statement and of HHS', async (ground) => {
    const asked = await ask();
    expect(await decideAmendment(office, officer, { id: asked.id, accept: false, reason: 'It stands.', ground })).toMatchObject({ status: 'DENIED', previous: null });
    expect(await status()).toBe('active');
    const [told] = await office.source.query("SELECT summary FROM privacy_request WHERE kind = 'AMENDMENT'") as { summary: string }[];
    expect(told?.summary).toMatch(/statement of disagreement.*Office for Civil Rights/s);
  });
  test('a denial without a ground, an acceptance with one, and a second decision are refused', async () => {
    const { id } = await ask();
    expect(await codeOf(decideAmendment(office, officer, { id, accept: false, reason: 'No.' }))).toBe('BAD_USER_INPUT');
    expect(await codeOf(decideAmendment(office, officer, { id, accept: true, reason: 'Yes.', ground: 'NOT_CREATED_HERE' }))).toBe('BAD_USER_INPUT');
    await decideAmendment(office, officer, { id, accept: false, reason: 'No.', ground: 'NOT_CREATED_HERE' });
    expect(await codeOf(decideAmendment(office, officer, { id, accept: true, reason: 'Yes.' }))).toBe('CONFLICT');
  });
  test('the member alone disagrees, once, and with a denial; the office answers it once', async () => {
    const { id } = await ask();
    const disagree = () => fileStatementOfDisagreement(office, anna, { amendmentId: id, statement: 'It is over since May.' });
    expect(await codeOf(disagree())).toBe('CONFLICT');
    await decideAmendment(office, officer, { id, accept: false, reason: 'No.', ground: 'ACCURATE_AND_COMPLETE' });
    expect(await disagree()).toMatchObject({ statementOfDisagreement: 'It is over since May.' });
    expect(await codeOf(disagree())).toBe('CONFLICT');
    expect(await answerStatement(office, officer, { amendmentId: id, rebuttal: 'The test of June says otherwise.' })).toMatchObject({ rebuttal: 'The test of June says otherwise.' });
    expect(await codeOf(answerStatement(office, officer, { amendmentId: id, rebuttal: 'Again.' }))).toBe('CONFLICT');
  });
});
