import type { Command } from 'commander';
import { CommandFailed } from '../usage';

async function relabel({ member }: { member?: string }): Promise<void> {
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { relabelAll } = require('../../fhir/relabel-all') as typeof import('../../fhir/relabel-all');
  const { LabellingService } = require('../../labelling/labelling-service') as typeof import('../../labelling/labelling-service');
  const { withDatabase } = require('../current-database') as typeof import('../current-database');
  const configuration = loadConfiguration();
  const labelling = LabellingService.load({ codeSetsDir: configuration.directories.codeSets });
  const count = await withDatabase(configuration.database.url, (source) => relabelAll(source, { labelling, programs: configuration.part2Programs, memberId: member ?? null }));
  process.stdout.write(`${count} ${count === 1 ? 'member' : 'members'} labelled again\n`);
  if (member !== undefined && count === 0) {
    process.stderr.write('error: --member names nobody in the database\n');
    throw new CommandFailed();
  }
}

/** `phi-gateway relabel`: after a change of code sets or programs. */
export function register(program: Command): void {
  program
    .command('relabel')
    .summary('label records again after a change of code sets')
    .description('Labels every record again, from what was kept of its source, and lets the labels flow. Labels that a privacy officer set stay.')
    .option('--member <id>', 'the records of one member alone')
    .action(relabel);
}
