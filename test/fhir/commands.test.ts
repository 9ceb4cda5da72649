import { Command } from 'commander';
import { register as registerImport } from '../../src/cli/commands/import';
import { register as registerMigrate } from '../../src/cli/commands/migrate';
import { register as registerRelabel } from '../../src/cli/commands/relabel';
import { CommandFailed } from '../../src/cli/usage';
import { createDataSource } from '../../src/entities/data-source';
import { sqliteDatabase, type TestDatabase } from '../support/databases';
import { World, bundle, make } from './support';

describe('import, migrate and relabel at the command line', () => {
  let files: World;
  let database: TestDatabase;
  let written = '';
  const url = process.env.DATABASE_URL;
  beforeAll(async () => { files = await World.open(sqliteDatabase); });
  afterAll(async () => {
    await files.close();
    if (url === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = url;
  });
  beforeEach(async () => {
    database = await sqliteDatabase();
    process.env.DATABASE_URL = database.url;
    written = '';
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => { written += String(text); return true; });
    }
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  /** The exit code, and everything that was said. */
  async function run(...words: string[]): Promise<number> {
    const program = new Command('phi-gateway').exitOverride();
    for (const register of [registerImport, registerMigrate, registerRelabel]) register(program);
    try {
      await program.parseAsync(words, { from: 'user' });
      return 0;
    } catch (error) {
      if (error instanceof CommandFailed) return 1;
      throw error;
    }
  }
  const good = (): Promise<string> => files.write('good.json', JSON.stringify(bundle([make.patient('m'), make.condition('c', 'm', 'Asthma'), { resourceType: 'Device', id: 'd' }])));

  test('a new database is made ready; skips alone are no failure', async () => {
    expect(await run('import', await good())).toBe(0);
    expect(written).toContain('1 files, 2 resources, 1 members');
    expect(written).toContain('1  Device: the type has no place');
    expect(written).not.toMatch(/Roe|1980|\u001b/);
  });

  test('a broken file fails at the end, after the others', async () => {
    const broken = await files.write('broken.json', JSON.stringify(bundle([make.patient('x', { birthDate: 'secret' })])));
    expect(await run('import', broken, await good())).toBe(1);
    expect(written).toContain('broken.json: Patient.birthDate: expects a date of FHIR');
    expect(written).toContain('2 files, 2 resources');
    expect(written).not.toContain('secret');
  });

  test('a path that is not there is said', async () => {
    await expect(run('import', '/no/such/path')).rejects.toThrow('/no/such/path: no such file or folder');
  });

  test('migrate brings a database up to date once, and --check tells whether it is', async () => {
    expect(await run('migrate', '--check')).toBe(1);
    expect(await run('migrate')).toBe(0);
    expect(await run('migrate', '--check')).toBe(0);
    expect(written).toContain('run phi-gateway migrate');
  });

  test('an older database is refused with the command to run', async () => {
    await run('migrate');
    const source = createDataSource(database.url);
    await source.initialize();
    await source.query('DELETE FROM migrations WHERE id = (SELECT MAX(id) FROM migrations)');
    await source.destroy();
    await expect(run('import', await good())).rejects.toThrow('run phi-gateway migrate');
  });

  test('relabel counts members, and knows whom it does not', async () => {
    await run('import', await good());
    expect(await run('relabel')).toBe(0);
    expect(written).toContain('1 member labelled again');
    expect(await run('relabel', '--member', 'nobody')).toBe(1);
  });
});
