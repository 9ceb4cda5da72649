import { existsSync, writeFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { mariadbDatabase, sqliteDatabase, testDatabases } from './databases';

describe('databases of tests', () => {
  test('a SQLite database is a file that is not there yet, and not there any more', async () => {
    const { url, drop } = await sqliteDatabase();
    const path = url.slice('sqlite:'.length);
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, '');
    await drop();
    expect(existsSync(path)).toBe(false);
  });

  test('every run of the whole suite uses both; leaving one out has to be asked for, and is refused there', () => {
    const before = { ...process.env };
    const quiet = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      process.env.SQLITE_ONLY = '1';
      process.env.PHI_FULL_RUN = '1';
      expect(testDatabases().map(({ name }) => name)).toEqual(['sqlite', 'mariadb']);
      delete process.env.PHI_FULL_RUN;
      delete process.env.CI;
      expect(testDatabases().map(({ name }) => name)).toEqual(['sqlite']);
      expect(quiet).toHaveBeenCalledWith(expect.stringContaining('MariaDB is left out'));
    } finally {
      quiet.mockRestore();
      process.env = before;
    }
  });

  test('without a server MariaDB fails, with what to do about it', async () => {
    const before = process.env.TEST_MYSQL_URL;
    delete process.env.TEST_MYSQL_URL;
    try {
      await expect(mariadbDatabase()).rejects.toThrow(/script\/mariadb start/);
    } finally {
      if (before !== undefined) process.env.TEST_MYSQL_URL = before;
    }
  });
});

describe.each(testDatabases().filter(({ name }) => name === 'mariadb'))('$name', ({ create }) => {
  test('each call makes a database of its own, and drop removes it', async () => {
    const [one, other] = [await create(), await create()];
    expect(one.url).not.toBe(other.url);
    const connection = await createConnection(one.url);
    await connection.query('CREATE TABLE t (id INT)');
    await connection.end();
    await Promise.all([one.drop(), other.drop()]);
    await expect(createConnection(one.url)).rejects.toThrow(/Unknown database/);
  });
});
