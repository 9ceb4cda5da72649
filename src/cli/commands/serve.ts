import type { Command } from 'commander';
import { CommandFailed } from '../usage';

/** One query to paste: what two roles see of one member. */
export const FIRST_QUERY = '{ member(id: "m-0001") { name { given family } conditions { nodes { code { display } labels } } claims { nodes { status billedAmount } } } }';

async function serve(): Promise<void> {
  const { assemble } = require('../../server/assemble') as typeof import('../../server/assemble');
  const { ConfigurationError, loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  try {
    const configuration = loadConfiguration();
    const assembled = await assemble(configuration);
    const { url } = await assembled.gateway.start();
    const { greeting } = require('../greeting') as typeof import('../greeting');
    process.stdout.write(await greeting(configuration, url, FIRST_QUERY));
    await new Promise<void>((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve()); });
    await assembled.gateway.stop();
    await assembled.close();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const line of error.lines) process.stderr.write(`${line}\n`);
    throw new CommandFailed('the configuration is not valid');
  }
}

export function register(program: Command): void {
  program.command('serve').description('Runs the gateway. It listens on HOST and PORT; Ctrl-C stops it.').action(serve);
}
