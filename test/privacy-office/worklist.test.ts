import { privacy_request } from '../../src/entities/tables/privacy';
import { DUE_DAYS, REQUEST_KINDS, dueAt } from '../../src/privacy-office/due';
import { readWorklist, type WorklistPlace } from '../../src/privacy-office/read-worklist';
import { testDatabases } from '../support/databases';
import { NOW, later, openOffice, type TestOffice } from './office';

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
    await office.put(privacy_request, { id: 'b', kind: 'HIE', status: 'COMPLETED', received_at: NOW, fee: '{"amount":1,"currency":"USD","reason":"copies","estimate":true}' },
      { id: 'a', kind: 'RESTRICTION', status: 'RECEIVED', received_at: NOW }, { id: 'c', kind: 'RESTRICTION', status: 'DENIED', received_at: later(-5) });
  });
  afterAll(() => office.close());
  test.each([[{}, 'c a b'], [{ kind: 'RESTRICTION' }, 'c a'], [{ status: 'RECEIVED' }, 'a'], [{ kind: 'HIE', status: 'DENIED' }, ''], [{ kind: null }, 'c a b']] as const)('filter %j', async (filter, expected) => {
    expect((await readWorklist(office.source, { ...filter, first: 9 })).requests.map((each) => each.id).join(' ')).toBe(expected);
  });
  test('pages join', async () => {
    const seen: string[] = [];
    let after: WorklistPlace | null = null;
    for (let more = true; more;) {
      const page: Awaited<ReturnType<typeof readWorklist>> = await readWorklist(office.source, { first: 1, after });
      for (const each of page.requests) { seen.push(each.id); after = { receivedAt: each.receivedAt, id: each.id }; }
      more = page.hasNextPage;
    }
    expect(seen).toEqual(['c', 'a', 'b']);
  });
});
