import { InvalidArgumentError, Option, type Command } from 'commander';
import type { TokenRequest } from '../../identity/development-issuer';
import { isPurpose, type Purpose } from '../../vocabulary/purposes';
import { ROLES } from '../../vocabulary/roles';

interface TokenOptions extends Omit<TokenRequest, 'purposes'> { purpose?: Purpose[] }

const MOST_SECONDS = 3600;

function addPurpose(text: string, before: Purpose[] = []): Purpose[] {
  const codes = text.split(',').map((each) => each.trim()).filter(Boolean);
  if (!codes.length || !codes.every(isPurpose)) throw new InvalidArgumentError('expected codes of HL7 PurposeOfUse, such as TREAT.');
  return [...before, ...(codes as Purpose[])];
}

function seconds(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > MOST_SECONDS) throw new InvalidArgumentError(`expected seconds from 1 to ${MOST_SECONDS}.`);
  return value;
}

async function token({ purpose, ...request }: TokenOptions): Promise<void> {
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { openDevelopmentIssuer } = require('../../identity/development-issuer') as typeof import('../../identity/development-issuer');
  if (process.env.NODE_ENV === 'production') throw new Error('development tokens are refused when NODE_ENV=production: ask the authorization server for one');
  const { auth, directories } = loadConfiguration();
  if (!auth.development) throw new Error('AUTH_ISSUER is set: the gateway takes tokens of that authorization server alone');
  const issuer = await openDevelopmentIssuer(directories.keys, auth.claims);
  process.stdout.write(`${await issuer.mintToken({ ...request, ...(purpose ? { purposes: purpose } : {}) })}\n`);
}

/** `phi-gateway token`: a bearer token of the development issuer, on standard output and nothing else. */
export function register(program: Command): void {
  program
    .command('token')
    .summary('print a development token')
    .description('Prints a token of the development issuer, whose key lies in KEYS_DIR. What is left out is the persona of the sample data.\nRefused when NODE_ENV=production.')
    .addOption(new Option('--role <role>', 'who asks').choices(ROLES).makeOptionMandatory())
    .option('--purpose <code>', 'a purpose of use that the token permits; repeat it, or separate with commas', addPurpose)
    .option('--subject <id>', 'sub')
    .option('--organization <id>', 'the organization of the caller')
    .option('--practitioner <id>', 'the FHIR Practitioner that the caller is')
    .option('--member <id>', 'the member that a MEMBER is')
    .option('--lifetime <seconds>', `how long it is valid, 1 to ${MOST_SECONDS} seconds`, seconds, 900)
    .action(token);
}
