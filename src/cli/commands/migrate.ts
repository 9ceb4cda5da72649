import type { Command } from 'commander';
import { CommandFailed, UsageError } from '../usage';

/** Prints the rights for a user of the gateway's own; an administrator runs them. */
function printGrants(user: string, url: string): void {
  const { dialectOf } = require('../../entities/data-source') as typeof import('../../entities/data-source');
  const { grantStatements } = require('../../entities/grants') as typeof import('../../entities/grants');
  if (dialectOf(url) !== 'mariadb') throw new UsageError('--grants: expects DATABASE_URL to be a MariaDB; SQLite has no users');
  process.stdout.write(`${grantStatements(user, decodeURIComponent(new URL(url).pathname.slice(1))).join('\n')}\n`);
}

async function migrate({ check, grants }: { check?: boolean; grants?: string }): Promise<void> {
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { createDataSource } = require('../../entities/data-source') as typeof import('../../entities/data-source');
  const { url } = loadConfiguration().database;
  if (grants !== undefined) { printGrants(grants, url); return; }
  const source = createDataSource(url);
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
    .option('--grants <user>', 'change nothing; print the GRANT statements for a MariaDB user (NAME or NAME@HOST) who may add to the audit trail and never change it')
    .action(migrate);
}
