import { Option, type Command } from 'commander';
import type { Principal } from '../../identity/caller';
import { isPurpose, type Purpose } from '../../vocabulary/purposes';
import { ROLES, type Role } from '../../vocabulary/roles';
import { CommandFailed, UsageError } from '../usage';

interface ExportCommand {
  types?: string; out: string; role: Role; subject: string; organization?: string; practitioner?: string; member?: string; purpose: string; grant?: string; format: string; since?: string;
}

/** Who reads, with the checks that a token of theirs would pass. */
function principalFrom({ role, subject, organization, practitioner, member, purpose }: ExportCommand): Principal & { purpose: Purpose } {
  const { principalOf } = require('../../identity/principal') as typeof import('../../identity/principal');
  if (!isPurpose(purpose)) throw new UsageError('--purpose: expects an HL7 PurposeOfUse code');
  const names = { role: '--role', organization: '--organization', purposes: '--purpose', practitioner: '--practitioner', members: '--member' };
  const claims = { sub: subject, '--role': role, '--organization': organization, '--practitioner': practitioner, '--purpose': [purpose], '--member': member === undefined ? [] : [member] };
  try {
    return { ...principalOf(claims, names), purpose };
  } catch (error) {
    throw new UsageError((error as Error).message.replace('in the claim', 'in').replace('The claim', 'The option'));
  }
}

/** Prints how far it is: a bar for people at a terminal, else a plain line now and then. */
function progress(): { step: (members: number, of: number, rows: number) => void; stop: () => void } {
  if (process.stderr.isTTY) {
    const { SingleBar } = require('cli-progress') as typeof import('cli-progress');
    const bar = new SingleBar({ format: '{bar} {percentage}% of {total} members, {rows} rows, {eta_formatted} left', stream: process.stderr });
    let isShown = false;
    return {
      step(members, of, rows) {
        if (!isShown) bar.start(of, 0, { rows });
        isShown = true;
        bar.update(members, { rows });
      },
      stop: () => { bar.stop(); },
    };
  }
  let told = Date.now();
  const step = (members: number, of: number, rows: number): void => {
    if (Date.now() - told < 10_000 && members < of) return;
    told = Date.now();
    process.stderr.write(`${members} of ${of} members, ${rows} rows\n`);
  };
  return { step, stop: () => undefined };
}

async function exportAs(options: ExportCommand): Promise<void> {
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { openDecided } = require('../../server/assemble') as typeof import('../../server/assemble');
  const { exportToFolder, FolderRefused } = require('../../export/export-to-folder') as typeof import('../../export/export-to-folder');
  const { readExportRequest } = require('../../export/request') as typeof import('../../export/request');
  const { GatewayError } = require('../../vocabulary/errors') as typeof import('../../vocabulary/errors');
  const { purpose, ...principal } = principalFrom(options);
  let isStopping = false;
  const bar = progress();
  const opened = await openDecided(loadConfiguration());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { isStopping = true; });
  try {
    const types = options.types?.split(',').map((each) => each.trim()).filter(Boolean);
    const request = readExportRequest({ types, since: options.since, format: options.format });
    const manifest = await exportToFolder({ gateway: opened.decided, principal, purpose, grant: options.grant ?? null, request, folder: options.out, stopping: () => isStopping, onStep: bar.step });
    bar.stop();
    if (!manifest) { process.stderr.write('stopped before the end: the same command goes on\n'); throw new CommandFailed(); }
    for (const { type, count, sha256 } of manifest.output) process.stdout.write(`${String(count).padStart(9)}  ${type}  ${sha256}\n`);
    for (const { type, reason } of manifest.withheldTypes) process.stdout.write(` withheld  ${type}  ${reason}\n`);
    process.stdout.write(`${manifest.members.exported} members, ${manifest.members.leftOut} left out\n`);
  } catch (error) {
    bar.stop();
    throw error instanceof FolderRefused || (error instanceof GatewayError && error.code === 'BAD_USER_INPUT') ? new UsageError(error.message) : error;
  } finally {
    await opened.close();
  }
}

/** `phi-gateway export`: NDJSON as a caller would see it. */
export function register(program: Command): void {
  program
    .command('export')
    .summary('export records as a caller would see them')
    .description('Writes NDJSON, one file a type, as the caller of the options would see it, and manifest.json with counts and SHA-256. Every chunk is decided anew and\n'
      + 'is on the audit trail before it is written. The same command goes on where an earlier one was ended.')
    .requiredOption('--out <folder>', 'a new or empty folder, or the one of an export to go on with')
    .option('--types <types>', 'types, separated by commas; all that the caller may see where left out')
    .addOption(new Option('--role <role>', 'who reads').choices(ROLES).makeOptionMandatory())
    .requiredOption('--subject <id>', 'the subject of the caller\'s token')
    .requiredOption('--purpose <code>', 'the purpose of use')
    .option('--organization <id>', 'the organization of the caller')
    .option('--practitioner <id>', 'the FHIR Practitioner that the caller is')
    .option('--member <id>', 'the member that a MEMBER is')
    .option('--grant <id>', 'the grant that is read under')
    .addOption(new Option('--format <format>', 'the shape of the lines').choices(['gateway', 'fhir']).default('gateway'))
    .option('--since <instant>', 'only what changed after it')
    .action(exportAs);
}
