import { privacy_request } from '../../src/entities/tables/privacy';
import { DUE_DAYS, REQUEST_KINDS, dueAt } from '../../src/privacy-office/due';
import { readWorklist, type WorklistPlace } from '../../src/privacy-office/read-worklist';
import { testDatabases } from '../support/databases';
import { NOW, later, officer, openOffice, type TestOffice } from './office';

test.each(REQUEST_KINDS.map((kind) => [kind]))('%s is due in the calendar days of the policy, fewer where a state says so, never more', (kind) => {
  const days = DUE_DAYS[kind];
  const after = (count: number): string => new Date(Date.parse(NOW) + count * 86_400_000).toISOString();
  expect(dueAt({}, kind, NOW, 'TX')).toBe(after(days));
  expect(dueAt({ stateDueDays: (_, state) => (state === 'TX' ? 3 : null) }, kind, NOW, 'TX')).toBe(after(Math.min(days, 3)));
  expect(dueAt({ stateDueDays: () => 500 }, kind, NOW, null)).toBe(after(days));
});
test('the days of section 8', () => {
  expect(DUE_DAYS).toEqual({ ACCESS: 30, AMENDMENT: 60, ACCOUNTING: 60, RESTRICTION: 30, COMPLAINT: 30, CONFIDENTIAL_COMMUNICATION: 5, NOTICE_COPY: 5, GRANT: 5, AUTHORIZATION: 0, HIE: 0 });
});

describe.each(testDatabases())('the worklist on $name', ({ create }) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice(await create());
    await office.put(privacy_request,
      { id: 'done', kind: 'HIE', status: 'COMPLETED', received_at: NOW, due_at: later(-900), fee: '{"amount":1,"currency":"USD","reason":"copies","estimate":true}' },
      { id: 'later', kind: 'ACCESS', status: 'RECEIVED', received_at: later(-99), due_at: later(500) }, { id: 'overdue', kind: 'RESTRICTION', status: 'RECEIVED', received_at: NOW, due_at: later(-5) },
      { id: 'whenever', kind: 'ACCESS', status: 'RECEIVED', received_at: NOW }, { id: 'denied', kind: 'RESTRICTION', status: 'DENIED', received_at: later(-5) });
  });
  afterAll(() => office.close());
  test.each([
    [{}, 'overdue later whenever done denied'], [{ kind: 'RESTRICTION' }, 'overdue denied'], [{ status: 'RECEIVED' }, 'overdue later whenever'], [{ kind: 'HIE', status: 'DENIED' }, ''],
    [{ kind: null }, 'overdue later whenever done denied'],
  ] as const)('filter %j: what is overdue comes first, what is settled last', async (filter, expected) => {
    expect((await readWorklist(office.source, officer, { ...filter, first: 9 })).requests.map((each) => each.id).join(' ')).toBe(expected);
  });
  test('pages join', async () => {
    const seen: string[] = [];
    let after: WorklistPlace | null = null;
    for (let more = true; more;) {
      const page: Awaited<ReturnType<typeof readWorklist>> = await readWorklist(office.source, officer, { first: 1, after });
      for (const each of page.requests) seen.push(each.id);
      after = page.places.at(-1) ?? null;
      more = page.hasNextPage;
    }
    expect(seen).toEqual(['overdue', 'later', 'whenever', 'done', 'denied']);
  });
});
