import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createColors } from 'picocolors';
import { PACKAGE_ROOT } from '../vocabulary/package-root';
import { register as registerAccounting } from './commands/accounting';
import { register as registerAudit } from './commands/audit';
import { register as registerDoctor } from './commands/doctor';
import { register as registerExport } from './commands/export';
import { register as registerImport } from './commands/import';
import { register as registerMigrate } from './commands/migrate';
import { register as registerPolicy } from './commands/policy';
import { register as registerRelabel } from './commands/relabel';
import { register as registerSample } from './commands/sample';
import { register as registerServe } from './commands/serve';
import { register as registerToken } from './commands/token';
import { CommandFailed, EXIT, UsageError } from './usage';

/** Every command, in the order of the help. Each file under `commands/` loads what is heavy only when it runs. */
const REGISTER: readonly ((program: Command) => void)[] = [
  registerServe, registerMigrate, registerImport, registerExport, registerRelabel, registerSample, registerToken, registerPolicy, registerAudit, registerAccounting, registerDoctor,
];

// Colour for people at a terminal alone; NO_COLOR (https://no-color.org) switches it off.
const colors = createColors(Boolean(process.stderr.isTTY) && !process.env.NO_COLOR);

const versionOf = (): string => (JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }).version;

export function buildProgram(): Command {
  const program = new Command('phi-gateway')
    .description("A GraphQL gateway that shows each caller exactly the cells of a member's record that the HIPAA Notice allows.")
    .version(versionOf())
    .showHelpAfterError('(--help tells how)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, colors.red('error:'))) })
    // Sub-commands inherit this as they are made: nothing but the caller of main() ends the process.
    .exitOverride();
  for (const register of REGISTER) register(program);
  return program;
}

/** Runs one command line, without the leading `node script`; resolves with the exit code. Errors go to stderr. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync([...argv], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  // Commander has told the person already; help that was asked for is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  if (error instanceof CommandFailed) return EXIT.failed;
  process.stderr.write(`${colors.red('error:')} ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return error instanceof UsageError ? EXIT.wrongUse : EXIT.failed;
}
