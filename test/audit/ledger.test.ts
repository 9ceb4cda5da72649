import type { DataSource } from 'typeorm';
import { unlinkedRow } from '../../src/audit/chain';
import type { Groups } from '../../src/audit/group';
import { createLedger, groupsOf, type Ledger } from '../../src/audit/ledger';
import { assertDurable } from '../../src/audit/durability';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { createDataSource } from '../../src/entities/data-source';
import { transact } from '../../src/entities/transaction';
import { testDatabases, type TestDatabase } from '../support/databases';
import { countEvents, entry, openMigrated } from './entries';

describe.each(testDatabases())('the ledger on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let groups: Groups;
  let ledger: Ledger;
  beforeEach(async () => {
    database = await create();
    source = await openMigrated(database);
    groups = groupsOf(source, 3_000);
    ledger = createLedger(source, { chainId: 'chain', deadline: 3_000, groups });
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
    const commits = jest.spyOn(groups, 'commit');
    const ids = await Promise.all(Array.from({ length: 500 }, (_, place) => ledger.record(entry({ subject: `sub-${place}` }))));
    expect(commits.mock.calls.length).toBeLessThanOrEqual(5);
    expect(new Set(ids).size).toBe(500);
    expect([...ids].sort()).toEqual(ids);
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 500, brokenAt: null });
  });

  test('a commit that fails is AUDIT_UNAVAILABLE, and the chain goes on from what is stored', async () => {
    await ledger.record(entry());
    jest.spyOn(groups, 'commit').mockRejectedValueOnce(new Error('disk full'));
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await ledger.record(entry());
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('a commit whose answer is lost is AUDIT_UNAVAILABLE, though the record is there; the chain takes it in', async () => {
    const real = groups.commit.bind(groups);
    jest.spyOn(groups, 'commit').mockImplementationOnce(async (group, signal) => { await real(group, signal); throw new Error('connection lost'); });
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await ledger.record(entry());
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('a commit that hangs is given up at the deadline, told to end, and does not hold the next one back', async () => {
    await ledger.close();
    groups = groupsOf(source, 3_000);
    ledger = createLedger(source, { chainId: 'other', deadline: 1_500, groups });
    let isTold = (): boolean => false;
    jest.spyOn(groups, 'commit').mockImplementationOnce((_, signal) => { isTold = () => signal.aborted; return new Promise(() => undefined); });
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await ledger.record(entry())).toHaveLength(36);
    expect(isTold()).toBe(true);
    expect(await countEvents(source)).toBe(1);
  });

  test('once it is told to end, nothing is begun', async () => {
    const ending = new AbortController();
    ending.abort(new Error('too late'));
    await expect(groups.commit({ chainId: 'chain', head: null, entries: [unlinkedRow('id', entry())] }, ending.signal)).rejects.toThrow('too late');
    expect(await countEvents(source)).toBe(0);
  });

  test('events without their members are nothing: where these cannot be written, neither is there', async () => {
    await ledger.record(entry());
    const refusal = source.options.type === 'mariadb' ? "FOR EACH ROW SIGNAL SQLSTATE '45000'" : "BEGIN SELECT RAISE(ABORT, 'fault'); END";
    await source.query(`CREATE TRIGGER fault BEFORE INSERT ON audit_member ${refusal}`);
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await countEvents(source)).toBe(1);
    await source.query('DROP TRIGGER fault');
    await ledger.record(entry());
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('whatever is in a record and however many come at once, what is stored is what was hashed', async () => {
    const odd = ["o'hara", 'a "b" \\ c', '\\', "'; DROP TABLE audit_member; --", 'ü😀', 'M1 ', 'm1', 'M1', '?', '%', '\n\t\u0001'];
    let sum = 0;
    for (const many of [1, 2, 3, 17, 19, 260]) {
      sum += many;
      await Promise.all(Array.from({ length: many }, (_, place) => ledger.record(entry({
        members: odd.slice(0, place % (odd.length + 1)), operation: odd[place % odd.length] ?? null, reason: odd.join('|'), tokenId: place % 2 ? odd[place % odd.length] ?? null : null, coordinates: [],
      }))));
    }
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: sum });
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

describe('a database that does not do as it is told', () => {
  const [sqlite, mariadb] = testDatabases();
  const opened: { source: DataSource; database: TestDatabase }[] = [];
  async function open(of: typeof sqlite, poolSize = 10): Promise<{ source: DataSource; other: DataSource }> {
    const database = await (of as NonNullable<typeof of>).create();
    const other = await openMigrated(database);
    const source = await createDataSource(database.url, { poolSize }).initialize();
    opened.push({ source, database }, { source: other, database });
    return { source, other };
  }
  afterEach(async () => {
    for (const each of opened) await each.source.destroy();
    for (const each of opened.splice(0)) await each.database.drop();
  });

  test('a busy SQLite file is tried again', async () => {
    const { source, other } = await open(sqlite);
    await source.query('PRAGMA busy_timeout = 0');
    await other.query('BEGIN IMMEDIATE');
    const waiting = createLedger(source).record(entry());
    setTimeout(() => void other.query('ROLLBACK'), 60);
    expect(await waiting).toHaveLength(36);
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 1 });
  });

  if (mariadb === undefined) return;
  /** Fails the insert of each event while the table `fault` has a row. */
  async function failing(other: DataSource, signal: string): Promise<void> {
    await other.query('CREATE TABLE fault (one INT)');
    await other.query('INSERT INTO fault VALUES (1)');
    await other.query(`CREATE TRIGGER fault BEFORE INSERT ON audit_member FOR EACH ROW IF EXISTS (SELECT 1 FROM fault) THEN ${signal}; END IF`);
  }

  test('a deadlock, or what Galera says for one, is no failure: the whole group runs again', async () => {
    const { source, other } = await open(mariadb);
    await failing(other, "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213");
    const ledger = createLedger(source);
    const waiting = Promise.all([ledger.record(entry()), ledger.record(entry())]);
    setTimeout(() => void other.query('DELETE FROM fault'), 60);
    expect(await waiting).toHaveLength(2);
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('a lock that is not given within the deadline is a record that is not there, and the chain goes on when it is', async () => {
    const { source, other } = await open(mariadb);
    const ledger = createLedger(source, { chainId: 'chain', deadline: 1_500 });
    await ledger.record(entry());
    const blocker = other.createQueryRunner();
    await blocker.query('LOCK TABLES audit_event WRITE');
    await expect(ledger.record(entry())).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await blocker.query('UNLOCK TABLES');
    await blocker.release();
    await ledger.record(entry());
    expect((await verifyLedger(source)).intact).toBe(true);
    expect(await countEvents(source)).toBeGreaterThanOrEqual(2);
  });

  test('a member\'s id that is too long for its column is refused, not cut', async () => {
    const { source } = await open(mariadb);
    const ledger = createLedger(source);
    await expect(ledger.record(entry({ members: ['m'.repeat(129)] }))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await expect(ledger.record(entry({ members: ['m'.repeat(300)] }))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await countEvents(source)).toBe(0);
  });

  test('a connection that the server ended while it was idle fails no record', async () => {
    const { source, other } = await open(mariadb);
    const ledger = createLedger(source);
    await ledger.record(entry());
    const sessions = await other.query('SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()') as { id: number }[];
    for (const { id } of sessions) await other.query(`KILL ${Number(id)}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(await ledger.record(entry())).toHaveLength(36);
    expect(await verifyLedger(source)).toMatchObject({ intact: true, events: 2 });
  });

  test('of a pool of one connection none is kept from the reads', async () => {
    const { source } = await open(mariadb, 1);
    const ledger = createLedger(source);
    for (const many of [1, 20]) await Promise.all(Array.from({ length: many }, () => ledger.record(entry())));
    expect(await countEvents(source)).toBe(21);
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
