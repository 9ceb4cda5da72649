import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/entities/data-source';
import { GatewayError } from '../../src/vocabulary/errors';
import { inTransaction } from '../../src/privacy-office/transaction';
import { testDatabases, type TestDatabase } from '../support/databases';

const failing = (errors: unknown[]) => {
  const transaction = jest.fn(async (work: (manager: unknown) => Promise<unknown>) => { if (errors.length) throw errors.shift(); return work({}); });
  return { source: { options: { type: 'mariadb' }, transaction } as unknown as DataSource, transaction };
};
const error = (given: object): Error => Object.assign(new Error('driver'), given);

test.each([
  ['deadlock', { errno: 1213 }], ['lock wait', { errno: 1205 }], ['serialization', { sqlState: '40001' }], ['a busy file', { code: 'SQLITE_BUSY_SNAPSHOT' }], ['as TypeORM wraps it', { driverError: { errno: 1213 } }],
])('%s: the whole runs again', async (_, given) => {
  const { source, transaction } = failing([error(given), error(given)]);
  await expect(inTransaction(source, async () => 'done')).resolves.toBe('done');
  expect(transaction).toHaveBeenCalledTimes(3);
});
test('it gives up after its tries with DATABASE_UNAVAILABLE', async () => {
  const { source, transaction } = failing(Array.from({ length: 99 }, () => error({ errno: 1213 })));
  await expect(inTransaction(source, async () => 'done', { tries: 4, milliseconds: 5_000 })).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect(transaction).toHaveBeenCalledTimes(4);
});
test('… and after its time', async () => {
  const { source, transaction } = failing(Array.from({ length: 99 }, () => error({ errno: 1213 })));
  await expect(inTransaction(source, async () => 'done', { tries: 99, milliseconds: 0 })).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect(transaction).toHaveBeenCalledTimes(1);
});
test.each([['refused', { code: 'ECONNREFUSED' }], ['lost', { code: 'PROTOCOL_CONNECTION_LOST', fatal: true }], ['a full disk', { code: 'SQLITE_FULL' }]])('a connection %s is not tried again: it may have committed', async (_, given) => {
  const { source, transaction } = failing([error(given)]);
  await expect(inTransaction(source, async () => 'done')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect(transaction).toHaveBeenCalledTimes(1);
});
test.each([['what the caller did', new GatewayError('CONFLICT', 'x')], ['our own mistake', error({ errno: 1064, code: 'ER_PARSE_ERROR' })]])('%s goes on as it is', async (_, thrown) => {
  await expect(inTransaction(failing([thrown]).source, async () => 'done')).rejects.toBe(thrown);
});

describe.each(testDatabases())('transactions on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await create();
    source = createDataSource(database.url);
    await source.initialize();
    await source.query('CREATE TABLE counter (id INT PRIMARY KEY, n INT)');
    await source.query('INSERT INTO counter VALUES (1, 0)');
  });
  afterAll(async () => { await source.destroy(); await database.drop(); });
  test('at once, none is lost and one that fails undoes itself alone', async () => {
    const lock = source.options.type === 'mariadb' ? ' FOR UPDATE' : '';
    const settled = await Promise.allSettled(Array.from({ length: 30 }, (_, place) => inTransaction(source, async (manager) => {
      const [row] = await manager.query(`SELECT n FROM counter WHERE id = 1${lock}`) as { n: number }[];
      await manager.query('UPDATE counter SET n = ? WHERE id = 1', [(row?.n ?? 0) + 1]);
      if (place % 3 === 0) throw new Error('undone');
    })));
    expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(20);
    expect(await source.query('SELECT n FROM counter')).toMatchObject([{ n: 20 }]);
  });
});
