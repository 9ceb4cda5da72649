import type { Command } from 'commander';
import { CommandFailed } from '../usage';

interface ImportCommand { fromExchange?: boolean }

/** Prints how far it is: a bar for people at a terminal, else a plain line now and then. */
function progress(total: number): { step: (bytes: number, resources: number) => void; stop: () => void } {
  let resources = 0;
  if (process.stderr.isTTY) {
    const { SingleBar } = require('cli-progress') as typeof import('cli-progress');
    const bar = new SingleBar({ format: '{bar} {percentage}% of the bytes, {resources} resources, {eta_formatted} left', stream: process.stderr });
    bar.start(total, 0, { resources });
    return { step: (bytes, more) => bar.increment(bytes, { resources: (resources += more) }), stop: () => bar.stop() };
  }
  let bytes = 0;
  let told = Date.now();
  const step = (more: number, read: number): void => {
    bytes += more;
    resources += read;
    if (Date.now() - told < 10_000) return;
    told = Date.now();
    process.stderr.write(`${Math.floor((100 * bytes) / Math.max(1, total))}% of the bytes, ${resources} resources\n`);
  };
  return { step, stop: () => undefined };
}

async function importPaths(paths: string[], { fromExchange }: ImportCommand): Promise<void> {
  // Loaded only when the command runs, so that `--help` answers at once.
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { findFiles } = require('../../fhir/read/find-files') as typeof import('../../fhir/read/find-files');
  const { importFiles } = require('../../fhir/importer') as typeof import('../../fhir/importer');
  const { LabellingService } = require('../../labelling/labelling-service') as typeof import('../../labelling/labelling-service');
  const { withDatabase } = require('../current-database') as typeof import('../current-database');
  const configuration = loadConfiguration();
  const files = await findFiles(paths);
  const bar = progress(files.reduce((sum, each) => sum + each.bytes, 0));
  const report = await withDatabase(configuration.database.url, async (source) => {
    try {
      return await importFiles(source, files, {
        labelling: LabellingService.load({ codeSetsDir: configuration.directories.codeSets }), fromExchange: fromExchange ?? false, programs: configuration.part2Programs,
        covered: configuration.coveredOrganizations, onProgress: bar.step,
      });
    } finally {
      bar.stop();
    }
  });
  process.stdout.write(`${report.lines().join('\n')}\n`);
  if (report.broken.length) throw new CommandFailed();
}

/** `phi-gateway import`: FHIR R4 into the database of DATABASE_URL. */
export function register(program: Command): void {
  program
    .command('import')
    .summary('import FHIR R4 files')
    .description('Imports FHIR R4: bundles, single resources or NDJSON, `.gz` of them, or folders of such files. The same ids are updated, not doubled.\n'
      + 'A broken file is rolled back whole and the others go on (exit code 1 at the end); what has no place is counted by type and reason.')
    .argument('<path...>', 'files and folders')
    .option('--from-exchange', 'the files were received through a health information exchange: members who opted out are left out')
    .action(importPaths);
}
