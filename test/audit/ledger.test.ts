import type { DataSource } from 'typeorm';
import { createLedger, type Ledger } from '../../src/audit/ledger';
import { assertDurable } from '../../src/audit/durability';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { transact } from '../../src/entities/transaction';
import { testDatabases, type TestDatabase } from '../support/databases';
import { countEvents, entry, openMigrated } from './entries';

describe.each(testDatabases())('the ledger on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let ledger: Ledger;
  beforeEach(async () => {
    database = await create();
    source = await openMigrated(database);
    ledger = createLedger(source, { chainId: 'chain', deadline: 3_000 });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await ledger.close();
    await source.destroy();
    await database.drop();
  });

  test('a record is there when it resolves, with its members, seen by another connection', async () => {
    const id = await ledger.record(entry({ members: ['bert', 'anna', 'anna'] }));
    const other = await openMigrated(database);
    const [row] = await other.query('SELECT * FROM audit_event WHERE id = ?', [id]) as Record<string, unknown>[];
    const members = await other.query('SELECT member_id FROM audit_member WHERE event_id = ? ORDER BY member_id', [id]) as { member_id: string }[];
    await other.destroy();
    expect(row).toMatchObject({ chain_id: 'chain', seq: 1, subject: 'sub-1', members: '["anna","bert"]', flagged: 0 });
    expect(members.map((each) => each.member_id)).toEqual(['anna', 'bert']);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('500 requests at once share few transactions, all are durable and the chain is whole', async () => {
    const commits = jest.spyOn(source, 'transaction');
    const ids = await Promise.all(Array.from({ length: 500 }, (_, place) => ledger.record(entry({ subject: `sub-${place}` }))));
    expect(commits.mock.calls.length).toBeLessThanOrEqual(5);
    expect(new Set(ids).size).toBe(500);
    expect([...ids].sort()).toEqual(ids);
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 500, brokenAt: null });
  });

  test('a commit that fails is AUDIT_UNAVAILABLE, and the chain goes on from what is stored', async () => {
    await ledger.record(entry());
    jest.spyOn(source, 'transaction').mockRejectedValueOnce(new Error('disk full'));
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await ledger.record(entry());
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('a commit whose answer is lost is AUDIT_UNAVAILABLE, though the record is there; the chain takes it in', async () => {
    const real = source.transaction.bind(source) as (work: unknown) => Promise<unknown>;
    jest.spyOn(source, 'transaction').mockImplementationOnce((async (work: unknown) => { await real(work); throw new Error('connection lost'); }) as never);
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await ledger.record(entry());
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('a commit that hangs is given up at the deadline, and does not hold the next one back', async () => {
    await ledger.close();
    ledger = createLedger(source, { chainId: 'other', deadline: 80 });
    jest.spyOn(source, 'query');
    const hanging = jest.spyOn(source, 'transaction').mockImplementationOnce((() => new Promise(() => undefined)) as never);
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(hanging).toHaveBeenCalledTimes(1);
    if (source.options.type === 'mariadb') expect(await ledger.record(entry())).toHaveLength(36);
  });

  test('a deadlock is no failure: the whole transaction runs again', async () => {
    jest.spyOn(source, 'transaction').mockRejectedValueOnce(Object.assign(new Error('deadlock'), { errno: 1213 }));
    await ledger.record(entry());
    expect(await countEvents(source)).toBe(1);
  });

  test('a closed ledger takes nothing, and those that waited are settled', async () => {
    const waiting = ledger.record(entry());
    await ledger.close();
    expect(await waiting).toHaveLength(36);
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  });

  test('a change and its record commit together, or neither does', async () => {
    const change = (id: string, fail: boolean): Promise<void> => transact(source, async (manager) => {
      await manager.query("INSERT INTO organization (id, kind, part2_program, updated_at) VALUES (?, 'OTHER', 0, '')", [id]);
      await ledger.recordIn(manager, entry({ kind: 'WRITE' }));
      if (fail) throw new Error('undone');
    });
    const settled = await Promise.allSettled(Array.from({ length: 12 }, (_, place) => change(`o${place}`, place % 3 === 0)));
    expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(8);
    await ledger.record(entry());
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 9 });
    expect(await source.query('SELECT id FROM organization')).toHaveLength(8);
  });

  test.each([
    ['UPDATE audit_event', "UPDATE audit_event SET subject = 'x'"], ['DELETE audit_event', 'DELETE FROM audit_event'],
    ['UPDATE audit_member', "UPDATE audit_member SET member_id = 'x'"], ['DELETE audit_member', 'DELETE FROM audit_member'],
    ['REPLACE audit_event', "REPLACE INTO audit_event SELECT * FROM audit_event"],
  ])('the database refuses %s', async (_, statement) => {
    await ledger.record(entry());
    await expect(source.query(statement)).rejects.toThrow('append-only');
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 1 });
  });
});

describe('durability is demanded', () => {
  const answering = (type: string, rows: unknown[]) => ({ options: { type }, query: async () => rows }) as unknown as DataSource;
  const variables = (given: Record<string, string>) => answering('mariadb', Object.entries(given).map(([Variable_name, Value]) => ({ Variable_name, Value })));
  test.each([
    ['flushed at each commit', variables({ innodb_flush_log_at_trx_commit: '1', log_bin: 'OFF' }), null],
    ['flushed once a second', variables({ innodb_flush_log_at_trx_commit: '2' }), 'innodb_flush_log_at_trx_commit=1'],
    ['a binary log that is not', variables({ innodb_flush_log_at_trx_commit: '1', log_bin: 'ON', sync_binlog: '0' }), 'sync_binlog=1'],
    ['a binary log that is', variables({ innodb_flush_log_at_trx_commit: '1', log_bin: 'ON', sync_binlog: '1' }), null],
    ['an engine that does not say', variables({}), 'DATABASE_DURABILITY'],
    ['SQLite, FULL', answering('better-sqlite3', [{ synchronous: 2 }]), null],
    ['SQLite, NORMAL', answering('better-sqlite3', [{ synchronous: 1 }]), 'synchronous=FULL'],
  ])('%s', async (_, source, refusal) => {
    if (refusal === null) await expect(assertDurable(source)).resolves.toBeUndefined();
    else await expect(assertDurable(source)).rejects.toThrow(refusal);
    await expect(assertDurable(source, { asserted: true })).resolves.toBeUndefined();
  });
  test.each(testDatabases())('$name as the tests use it', async ({ create }) => {
    const database = await create();
    const source = await openMigrated(database);
    await expect(assertDurable(source)).resolves.toBeUndefined();
    await source.destroy();
    await database.drop();
  });
});
