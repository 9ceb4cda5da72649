import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createIdentifiers } from '../../src/audit/identifier';
import { createLedger } from '../../src/audit/ledger';
import { createPseudonyms } from '../../src/audit/pseudonym';
import { readAuditEvents, type AuditFilter } from '../../src/audit/read-events';
import { testDatabases, type TestDatabase } from '../support/databases';
import { entry, openMigrated } from './entries';

const pseudonyms = createPseudonyms(randomBytes(32));

describe('pseudonyms', () => {
  test.each([['anna'], ['é'.repeat(60)], ['x'.repeat(128)], [''], ['a\x80b']])('stable, of one shape, and found again with the key alone: %#', (id) => {
    const pseudonym = pseudonyms.of('member', id);
    expect(pseudonyms.of('member', id)).toBe(pseudonym);
    expect(pseudonyms.idOf('member', pseudonym)).toBe(id);
    expect(pseudonyms.idOf('record', pseudonym)).toBeNull();
    expect(createPseudonyms(randomBytes(32)).idOf('member', pseudonym)).toBeNull();
    expect(pseudonyms.of('record', id)).not.toBe(pseudonym);
    expect(pseudonym).toHaveLength(pseudonyms.of('member', 'y'.repeat(Buffer.byteLength(id))).length);
  });
  test.each([['anna'], [''], ['AAAA'], ['%'], [pseudonyms.of('member', 'anna').replace(/.$/, '_')], [`${pseudonyms.of('member', 'anna')}=`]])('a real id, and anything else, is none: %#', (text) => {
    expect(pseudonyms.idOf('member', text)).toBeNull();
  });
  test('a short id does not show its length', () => { expect(pseudonyms.of('member', 'a')).toHaveLength(pseudonyms.of('member', 'a'.repeat(36)).length); });
  test('a key of another length is refused', () => { expect(() => createPseudonyms(randomBytes(16))).toThrow('32 bytes'); });
});

test('event ids are in the order of their making, also when the clock goes back', () => {
  const times = [5_000, 5_000, 4_000, ...Array<number>(5_000).fill(5_000), 6_000];
  const next = createIdentifiers(() => times.shift() ?? 7_000);
  const ids = Array.from({ length: 5_004 }, next);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(testDatabases())('the trail read on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await create();
    source = await openMigrated(database);
    const ledger = createLedger(source);
    const at = (hour: number): string => `2026-11-24T0${hour}:00:00.000Z`;
    await ledger.record(entry({ at: at(3), subject: 'late', flagged: true }));
    await ledger.record(entry({ at: at(1), subject: 'early', members: ['anna', 'bert'] }));
    await ledger.record(entry({ at: at(2), subject: 'anna', role: 'MEMBER', purpose: 'PATRQT', clause: 'access', labels: [] }));
    await ledger.record(entry({ at: at(2), subject: 'plan', role: 'HEALTH_PLAN', purpose: 'HPAYMT', clause: 'payment', members: ['bert'] }));
    await ledger.close();
  });
  afterAll(async () => { await source.destroy(); await database.drop(); });
  const subjects = async (filter: AuditFilter, view: 'AUDITOR' | 'PRIVACY_OFFICER' = 'PRIVACY_OFFICER'): Promise<string[]> =>
    (await readAuditEvents(source, { filter, first: 10 }, view, pseudonyms)).events.map((each) => each.subject);

  test.each<[string, AuditFilter, string[]]>([
    ['nothing: all, oldest first', {}, ['early', 'anna', 'plan', 'late']],
    ['from, to: half open', { from: '2026-11-24T02:00:00.000Z', to: '2026-11-24T03:00:00.000Z' }, ['anna', 'plan']],
    ['subject', { subject: 'late' }, ['late']], ['role', { role: 'HEALTH_PLAN' }, ['plan']], ['purpose', { purpose: 'PATRQT' }, ['anna']],
    ['clause', { clause: 'payment' }, ['plan']], ['member', { memberId: 'bert' }, ['early', 'plan']], ['flagged', { flagged: true }, ['late']],
    ['not flagged', { flagged: false }, ['early', 'anna', 'plan']], ['two at once', { memberId: 'anna', flagged: true }, ['late']], ['an unknown member', { memberId: 'nobody' }, []],
  ])('filter by %s', async (_, filter, expected) => { expect(await subjects(filter)).toEqual(expected); });

  test('an auditor sees pseudonyms, filters by them, and finds nothing by a real id', async () => {
    const { events } = await readAuditEvents(source, { first: 10 }, 'AUDITOR', pseudonyms);
    expect(JSON.stringify(events)).not.toMatch(/"(anna|bert)"/);
    expect(events[0]?.members).toEqual([pseudonyms.of('member', 'anna'), pseudonyms.of('member', 'bert')].sort());
    expect(await subjects({ memberId: pseudonyms.of('member', 'bert') }, 'AUDITOR')).toEqual(['early', 'plan']);
    expect(await subjects({ subject: pseudonyms.of('member', 'anna') }, 'AUDITOR')).toHaveLength(1);
    expect(await subjects({ memberId: 'bert' }, 'AUDITOR')).toEqual([]);
  });
  test('a member or a representative is a pseudonym whether or not the event has members, and a real id finds none of them', async () => {
    const ledger = createLedger(source);
    const people = [{ subject: 'carl', role: 'MEMBER', purpose: 'PATRQT' }, { subject: 'carl', role: 'PERSONAL_REPRESENTATIVE', purpose: 'FAMRQT' }, { subject: 'carl', role: 'NURSE', purpose: 'TREAT' }] as const;
    for (const each of people) await ledger.record(entry({ at: '2026-11-25T01:00:00.000Z', members: each.role === 'NURSE' ? ['carl'] : [], ...each }));
    await ledger.record(entry({ at: '2026-11-25T02:00:00.000Z', subject: 'dora', role: 'NURSE', purpose: 'TREAT', members: [] }));
    await ledger.close();
    const told = async (filter: AuditFilter, view: 'AUDITOR' | 'PRIVACY_OFFICER') => (await readAuditEvents(source, { filter: { from: '2026-11-25T00:00:00.000Z', ...filter }, first: 10 }, view, pseudonyms)).events.map((each) => [each.role, each.subject]);
    const carl = pseudonyms.of('member', 'carl');
    expect(await told({}, 'AUDITOR')).toEqual([...people.map((each) => [each.role, carl]), ['NURSE', 'dora']]);
    expect(await told({ subject: 'carl' }, 'AUDITOR')).toEqual([]);
    expect(await told({ subject: carl }, 'AUDITOR')).toHaveLength(3);
    expect(await told({ subject: 'dora' }, 'AUDITOR')).toHaveLength(1);
    expect(await told({ subject: pseudonyms.of('member', 'dora') }, 'AUDITOR')).toEqual([]);
    expect(await told({ subject: 'carl' }, 'PRIVACY_OFFICER')).toHaveLength(3);
  });
  test('pages join without a gap or a repetition', async () => {
    const seen: string[] = [];
    for (let after: { at: string; id: string } | null = null; ;) {
      const page = await readAuditEvents(source, { filter: { to: '2026-11-25T00:00:00.000Z' }, first: 1, after }, 'PRIVACY_OFFICER', pseudonyms);
      const [event] = page.events;
      if (!event) break;
      seen.push(event.subject);
      after = { at: event.at, id: event.id };
      expect(page.hasNextPage).toBe(seen.length < 4);
    }
    expect(seen).toEqual(['early', 'anna', 'plan', 'late']);
  });
});
