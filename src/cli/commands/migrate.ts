import type { Command } from 'commander';
import { CommandFailed } from '../usage';

async function migrate({ check }: { check?: boolean }): Promise<void> {
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { createDataSource } = require('../../entities/data-source') as typeof import('../../entities/data-source');
  const source = createDataSource(loadConfiguration().database.url);
  await source.initialize();
  try {
    if (check) {
      if (await source.showMigrations()) {
        process.stdout.write('The database is older than this version: run phi-gateway migrate\n');
        throw new CommandFailed();
      }
      process.stdout.write('The database is current\n');
      return;
    }
    const done = await source.runMigrations({ transaction: 'each' });
    process.stdout.write(done.length ? `${done.map((each) => each.name).join('\n')}\nThe database is current\n` : 'The database is current\n');
  } finally {
    await source.destroy();
  }
}

/** `phi-gateway migrate`: brings the database of DATABASE_URL to the schema of this version. */
export function register(program: Command): void {
  program
    .command('migrate')
    .summary('bring the database to the current schema')
    .description('Brings the database of DATABASE_URL to the schema of this version; run again, it changes nothing.')
    .option('--check', 'change nothing; exit code 1 where the database is older')
    .action(migrate);
}
