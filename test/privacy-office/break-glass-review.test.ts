import { break_glass_opening } from '../../src/entities/tables/member';
import { readBreakGlassUses, reviewBreakGlass } from '../../src/privacy-office/break-glass-review';
import { openMember } from '../../src/privacy-office/break-glass';
import type { ReviewFinding } from '../../src/vocabulary/review-findings';
import { testDatabases } from '../support/databases';
import { callerOf, codeOf, later, NOW, officer, openOffice, type TestOffice } from './office';

describe.each(testDatabases())('emergencies are reviewed on $name', ({ create }) => {
  let office: TestOffice;
  beforeEach(async () => { office = await openOffice(await create()); });
  afterEach(() => office.close());
  const nurse = (minutes = 0) => callerOf('NURSE', { purposes: ['ETREAT'], purpose: 'ETREAT', breakGlassReason: 'unconscious', at: later(minutes) });
  const waiting = () => readBreakGlassUses(office.source, { reviewed: false, first: 50 });
  const review = async (finding: ReviewFinding = 'JUSTIFIED', note = 'seen', caller = officer) => reviewBreakGlass(office, caller, { id: (await waiting())[0]?.id ?? '', finding, note });

  test('who, whose, when, until when, why; oldest first', async () => {
    await openMember(office.source, nurse(5), 'bert');
    await openMember(office.source, nurse(), 'anna');
    expect(await waiting()).toMatchObject([
      { subject: 'sub-nurse', memberId: 'anna', openedAt: NOW, expiresAt: later(60), reason: 'unconscious', finding: null, reviewedBy: null }, { memberId: 'bert' },
    ]);
    expect(await readBreakGlassUses(office.source, { reviewed: false, first: 1 })).toHaveLength(1);
  });
  test('a review takes it out of the queue, is on record with a kind of its own, and is flagged unless it was justified', async () => {
    await openMember(office.source, nurse(), 'anna');
    await openMember(office.source, nurse(1), 'bert');
    expect(await review()).toMatchObject({ memberId: 'anna', finding: 'JUSTIFIED', note: 'seen', reviewedBy: officer.subject, reviewedAt: NOW });
    expect(await review('NOT_JUSTIFIED', ' no need ')).toMatchObject({ memberId: 'bert', note: 'no need' });
    expect(await waiting()).toEqual([]);
    expect(await readBreakGlassUses(office.source, { reviewed: true, first: 50 })).toMatchObject([{ memberId: 'anna', finding: 'JUSTIFIED' }, { memberId: 'bert', finding: 'NOT_JUSTIFIED' }]);
    expect(office.done).toMatchObject([{ mutation: 'reviewBreakGlass', memberIds: ['anna'], flagged: false, reason: 'seen' }, { memberIds: ['bert'], flagged: true }]);
    expect(await office.source.query('SELECT reviewed_at FROM break_glass_opening')).toEqual([{ reviewed_at: NOW }, { reviewed_at: NOW }]);
  });
  test('once and for all, by another, a privacy officer, with a note', async () => {
    await openMember(office.source, nurse(), 'anna');
    const [use] = await waiting();
    const call = (given: object = {}, caller = officer) => codeOf(reviewBreakGlass(office, caller, { id: use?.id ?? '', finding: 'JUSTIFIED', note: 'seen', ...given }));
    expect(await call({ note: ' ' })).toBe('BAD_USER_INPUT');
    expect(await call({ finding: 'FINE' })).toBe('BAD_USER_INPUT');
    expect(await call({}, callerOf('PRIVACY_OFFICER', { subject: 'sub-nurse' }))).toBe('FORBIDDEN');
    for (const role of ['NURSE', 'WORKFORCE', 'MEMBER', 'AUDITOR'] as const) expect(await call({}, callerOf(role))).toBe('FORBIDDEN');
    for (const id of ['', 'x', Buffer.from('[1,2,3]').toString('base64url'), Buffer.from('["sub-nurse","anna","1999-01-01T00:00:00.000Z"]').toString('base64url')]) expect(await call({ id })).toBe('NOT_FOUND');
    expect(await call()).toBe('DONE');
    expect(await call()).toBe('CONFLICT');
    await expect(office.source.query("UPDATE break_glass_review SET finding = 'REFERRED'")).rejects.toThrow('append-only');
  });
  test('a review that cannot be recorded is none', async () => {
    await office.put(break_glass_opening, { subject: 's', member_id: 'anna', opened_at: NOW, expires_at: later(60), reason: 'r', reviewed_at: null });
    const failing = { ...office, audit: () => Promise.reject(new Error('no audit')) };
    await expect(reviewBreakGlass(failing, officer, { id: (await waiting())[0]?.id ?? '', finding: 'JUSTIFIED', note: 'n' })).rejects.toThrow('no audit');
    expect(await waiting()).toHaveLength(1);
  });
});
