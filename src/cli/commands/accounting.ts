import { writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { CommandFailed, UsageError } from '../usage';

interface Options { readonly member: string; readonly from?: string; readonly to?: string; readonly format: 'json' | 'csv' | 'pdf'; readonly out?: string; readonly officer: string; readonly full?: boolean }

function instantOf(given: string | undefined, option: string): string | null {
  if (given === undefined) return null;
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw new UsageError(`${option}: expects a day, YYYY-MM-DD, or an instant`);
  return new Date(time).toISOString();
}

async function accounting(options: Options): Promise<void> {
  const { loadConfiguration } = require('../../server/configuration') as typeof import('../../server/configuration');
  const { createLedger } = require('../../audit/ledger') as typeof import('../../audit/ledger');
  const { formatAccounting } = require('../../audit/accounting-formats') as typeof import('../../audit/accounting-formats');
  const { clausesOf } = require('../../permissions/clauses') as typeof import('../../permissions/clauses');
  const { loadJurisdictions } = require('../../permissions/jurisdictions') as typeof import('../../permissions/jurisdictions');
  const { Notices } = require('../../permissions/notice') as typeof import('../../permissions/notice');
  const { accountingOfDisclosures } = require('../../privacy-office/read-accounting') as typeof import('../../privacy-office/read-accounting');
  const { withDatabase } = require('../current-database') as typeof import('../current-database');
  const [from, to] = [instantOf(options.from, '--from'), instantOf(options.to, '--to')];
  const configuration = loadConfiguration();
  const jurisdictions = loadJurisdictions(configuration.directories.jurisdictions);
  const notices = Notices.load(configuration.directories.notices, clausesOf(jurisdictions));
  const at = new Date().toISOString();
  const officer = {
    subject: options.officer, role: 'PRIVACY_OFFICER', organization: null, practitioner: null, member: null, purposes: ['HCOMPL'], tokenId: null, purpose: 'HCOMPL', breakGlassReason: null, grant: null,
    requestId: randomUUID(), at,
  } as const;
  const file = await withDatabase(configuration.database.url, async (source) => {
    const told = await accountingOfDisclosures(source, officer, { memberId: options.member, from, to }, jurisdictions, options.full ? 'OFFICE' : 'MEMBER');
    const ledger = createLedger(source);
    // As at the API: what is told of a member is on the trail before it is told.
    await ledger.record({
      at, kind: 'READ', subject: officer.subject, role: officer.role, organization: null, purpose: officer.purpose, clause: 'accounting', operation: 'accountingOfDisclosures', coordinates: ['Query.accountingOfDisclosures'],
      members: [options.member], labels: [], noticeVersion: notices.at(at).version, outcome: 'PERMIT', flagged: false, reason: null, grant: null, requestId: officer.requestId, tokenId: null,
    });
    await ledger.close();
    return formatAccounting(told, options.format, at);
  });
  if (options.out !== undefined) writeFileSync(options.out, file, { mode: 0o600 });
  else process.stdout.write(file);
}

async function run(options: Options): Promise<void> {
  try {
    await accounting(options);
  } catch (error) {
    if ((error as { code?: string }).code !== 'NOT_FOUND') throw error;
    process.stderr.write('error: --member names nobody in the database\n');
    throw new CommandFailed();
  }
}

/** `phi-gateway accounting`: the accounting of disclosures of a member, for the privacy office to hand over. */
export function register(program: Command): void {
  program
    .command('accounting')
    .summary('the accounting of disclosures of a member')
    .description('To whom data of a member was disclosed, what and why, six years back at most (45 CFR 164.528), as the member is told it.')
    .requiredOption('--member <id>', 'whose')
    .option('--officer <subject>', 'who asks: the subject of the privacy officer, for the trail', 'command-line')
    .option('--full', 'with what an agency had suspended, for the office alone')
    .option('--from <day>', 'from when; six years back if left out')
    .option('--to <day>', 'until when; now if left out')
    .addOption(new Option('--format <format>', 'how it is written').choices(['json', 'csv', 'pdf']).default('json'))
    .option('--out <file>', 'where to; standard output if left out')
    .action(run);
}
