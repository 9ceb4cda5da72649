import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createCheckpoints } from '../../src/audit/checkpoints';
import { createLedger } from '../../src/audit/ledger';
import { verifyLedger } from '../../src/audit/verify-ledger';
import { createDataSource } from '../../src/entities/data-source';
import { grantStatements } from '../../src/entities/grants';
import { transact } from '../../src/entities/transaction';
import { testDatabases, type TestDatabase } from '../support/databases';
import { entry, openMigrated } from './entries';

test.each([["o'clock", '--grants'], ['', '--grants'], ['a@b;c', 'host'], ['a b@%', '--grants']])('a user that is none is refused: %s', (user, named) => {
  expect(() => grantStatements(user, 'gateway')).toThrow(named);
});
test('a database that is none is refused', () => { expect(() => grantStatements('gateway', 'a`b')).toThrow('DATABASE_URL'); });

for (const { name, create } of testDatabases().filter((each) => each.name === 'mariadb')) describe(`the rights of the gateway's own user on ${name}`, () => {
  let database: TestDatabase;
  let owner: DataSource;
  let source: DataSource;
  let folder: string;
  const user = `g${randomBytes(4).toString('hex')}`;
  beforeAll(async () => {
    database = await create();
    owner = await openMigrated(database);
    folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    const password = randomBytes(8).toString('hex');
    await owner.query(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`);
    for (const each of grantStatements(user, new URL(database.url).pathname.slice(1))) await owner.query(each);
    const url = new URL(database.url);
    [url.username, url.password] = [user, password];
    source = await createDataSource(url.href).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await owner.query(`DROP USER '${user}'@'%'`);
    await owner.destroy();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('are enough for the ledger: records, records of changes, checkpoints, verification', async () => {
    const signing = generateKeyPairSync('ed25519');
    const ledger = createLedger(source);
    await Promise.all([ledger.record(entry()), ledger.record(entry())]);
    for (const id of ['o1', 'o2']) await transact(source, async (manager) => {
      await manager.query("INSERT INTO organization (id, kind, part2_program, updated_at) VALUES (?, 'OTHER', 0, '')", [id]);
      await ledger.recordIn(manager, entry({ kind: 'WRITE' }));
    });
    await source.query("UPDATE organization SET kind = 'HIE' WHERE id = 'o1'");
    await source.query("DELETE FROM organization WHERE id = 'o2'");
    await createCheckpoints(source, { folder, signing }).take();
    await ledger.close();
    expect(await source.showMigrations()).toBe(false);
    expect(await verifyLedger(source, { evidence: { folder, publicKeys: [signing.publicKey] } })).toMatchObject({ intact: true, events: 4, sealed: 4, checkpoints: 1 });
  });
  test.each(['audit_event', 'audit_member', 'audit_checkpoint', 'break_glass_review'])('refuse every change of %s', async (table) => {
    const [column] = (await owner.query(`SHOW COLUMNS FROM ${table}`) as { Field: string }[]).map((each) => each.Field);
    const statements = [
      `UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE TABLE ${table}`, `REPLACE INTO ${table} SELECT * FROM ${table}`, `DROP TABLE ${table}`, `ALTER TABLE ${table} ADD x INT`,
      `INSERT INTO ${table} SELECT * FROM ${table} ON DUPLICATE KEY UPDATE ${column} = VALUES(${column})`, `DROP TRIGGER ${table}_refuses_update`, `CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW SET @a = 1`,
      `RENAME TABLE ${table} TO other`,
    ];
    for (const each of statements) await expect(source.query(each)).rejects.toThrow(/denied/);
  });
});
