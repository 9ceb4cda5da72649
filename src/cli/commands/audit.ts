import type { Command } from 'commander';
import type { Evidence } from '../../audit/evidence';
import type { Database } from '../../entities/database';
import type { Configuration } from '../../server/configuration';
import { CommandFailed, UsageError } from '../usage';

/** What is heavy is loaded only when a command runs, so that `--help` answers at once. */
const configurationOf = (): Configuration => (require('../../server/configuration') as typeof import('../../server/configuration')).loadConfiguration();
const print = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value, null, 2)}\n`); };

function evidenceOf(configuration: Configuration): Evidence {
  const { folderOfDatabase } = require('../../audit/checkpoint-folder') as typeof import('../../audit/checkpoint-folder');
  const { auditPublicKeys } = require('../../audit/public-keys') as typeof import('../../audit/public-keys');
  return { folder: folderOfDatabase(configuration.directories.auditCheckpoints, configuration.database.url), publicKeys: auditPublicKeys(configuration.directories.keys) };
}
async function withLedger<T>(configuration: Configuration, work: (source: Database) => Promise<T>): Promise<T> {
  const { withDatabase } = require('../current-database') as typeof import('../current-database');
  return withDatabase(configuration.database.url, work);
}

async function verify({ json, folder }: { json?: boolean; folder?: string }): Promise<void> {
  const { verifyLedger } = require('../../audit/verify-ledger') as typeof import('../../audit/verify-ledger');
  const { describeFinding } = require('../../audit/finding') as typeof import('../../audit/finding');
  const configuration = configurationOf();
  const evidence = evidenceOf(configuration);
  const onProgress = process.stderr.isTTY ? (events: number) => { process.stderr.write(`\r${events} events checked`); } : undefined;
  const state = await withLedger(configuration, (source) => verifyLedger(source, { evidence: folder === undefined ? evidence : { ...evidence, folder }, onProgress }));
  if (onProgress) process.stderr.write('\n');
  if (json) print(state);
  else {
    for (const each of state.findings) process.stdout.write(`broken: ${describeFinding(each)}\n`);
    const unsealed = state.events - state.sealed;
    process.stdout.write(`${state.intact ? 'The ledger is whole' : 'THE LEDGER IS BROKEN'}: ${state.events} events, ${state.checkpoints} checkpoints, ${unsealed} events after the last checkpoint\n`);
    process.stdout.write(`head ${state.head}\n`);
  }
  if (!state.intact) throw new CommandFailed();
}

async function seal(): Promise<void> {
  const { createCheckpoints } = require('../../audit/checkpoints') as typeof import('../../audit/checkpoints');
  const { describeFinding } = require('../../audit/finding') as typeof import('../../audit/finding');
  const { loadKeys } = require('../../server/keys') as typeof import('../../server/keys');
  const configuration = configurationOf();
  const keys = loadKeys(configuration);
  const { folder, publicKeys } = evidenceOf(configuration);
  let isBroken = false;
  const onFinding = (finding: Parameters<typeof describeFinding>[0]): void => { isBroken = true; process.stderr.write(`broken: ${describeFinding(finding)}\n`); };
  const last = await withLedger(configuration, (source) => createCheckpoints(source, { folder, signing: keys.auditSigning, earlierKeys: publicKeys, onFinding }).take());
  process.stdout.write(last ? `checkpoint ${last.body.number} of ${last.body.at}: ${last.body.events} events, ${last.hash}\n` : 'Nothing is recorded yet\n');
  if (isBroken) throw new CommandFailed();
}

async function receipt(id: string, { record }: { record?: boolean }): Promise<void> {
  const { receiptOf } = require('../../audit/receipt') as typeof import('../../audit/receipt');
  const answer = await withLedger(configurationOf(), (source) => receiptOf(source, id, { record }));
  if (answer.status === 'SEALED') { print(answer.receipt); return; }
  process.stderr.write(answer.status === 'UNKNOWN' ? 'error: the ledger has no record of this id: either it gave none out, or the record was taken out\n'
    : 'error: no checkpoint covers the record yet: wait a minute, or run phi-gateway audit checkpoint\n');
  throw new CommandFailed();
}

async function check(file: string, { key }: { key?: string[] }): Promise<void> {
  const { readFileSync } = require('node:fs') as typeof import('node:fs');
  const { checkReceipt } = require('../../audit/receipt') as typeof import('../../audit/receipt');
  const { auditPublicKeys, publicKeyOf } = require('../../audit/public-keys') as typeof import('../../audit/public-keys');
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch {
    throw new UsageError('FILE: expects the JSON that `phi-gateway audit receipt` printed');
  }
  const keys = key?.map((path) => {
    try {
      return publicKeyOf(readFileSync(path, 'utf8'));
    } catch {
      throw new UsageError('--key: expects the path of an Ed25519 key in PEM');
    }
  }) ?? auditPublicKeys(configurationOf().directories.keys);
  const result = checkReceipt(given, keys);
  if (!result.holds) {
    process.stdout.write(`The receipt does not hold: ${result.what}\n`);
    throw new CommandFailed();
  }
  process.stdout.write(`The receipt holds: the record was in the ledger when checkpoint ${result.checkpoint} was signed, ${result.at}\n`);
}

function publicKey(): void {
  const { auditPublicKeys } = require('../../audit/public-keys') as typeof import('../../audit/public-keys');
  process.stdout.write(String(auditPublicKeys(configurationOf().directories.keys)[0]?.export({ type: 'spki', format: 'pem' }) ?? ''));
}

interface ExportCommand { from?: string; to?: string; out?: string; members: string; site: string }
/** A date or an instant with its zone, as stored; a mistake names the option. */
function instantOf(option: string, text: string | undefined, absent: string): string {
  if (text === undefined) return absent;
  const isInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isInstant) throw new UsageError(`${option}: expects YYYY-MM-DD or an instant with its zone`);
  return new Date(text).toISOString();
}

async function exportTrail({ from, to, out, members, site }: ExportCommand): Promise<void> {
  if (members !== 'pseudonyms' && members !== 'ids') throw new UsageError('--members: expects pseudonyms or ids');
  const period = { from: instantOf('--from', from, '0000-01-01T00:00:00.000Z'), to: instantOf('--to', to, '9999-12-31T23:59:59.999Z') };
  const { exportEvents } = require('../../audit/fhir/export-events') as typeof import('../../audit/fhir/export-events');
  const { createPseudonyms } = require('../../audit/pseudonym') as typeof import('../../audit/pseudonym');
  const { loadKeys } = require('../../server/keys') as typeof import('../../server/keys');
  const { createWriteStream } = require('node:fs') as typeof import('node:fs');
  const { Readable } = require('node:stream') as typeof import('node:stream');
  const { pipeline } = require('node:stream/promises') as typeof import('node:stream/promises');
  const configuration = configurationOf();
  const pseudonyms = members === 'pseudonyms' ? createPseudonyms(loadKeys(configuration).pseudonym) : null;
  let lines = 0;
  await withLedger(configuration, async (source) => {
    const counted = async function* (): AsyncGenerator<string> { for await (const line of exportEvents(source, period, { pseudonyms, site })) { lines += 1; yield line; } };
    if (out === undefined) for await (const line of counted()) process.stdout.write(line);
    else await pipeline(Readable.from(counted()), createWriteStream(out, { flags: 'wx', mode: 0o600 }));
  });
  process.stderr.write(`${lines} ${lines === 1 ? 'AuditEvent' : 'AuditEvents'} written\n`);
}

/** `phi-gateway audit`: the ledger checked, its receipts, and its export. */
export function register(program: Command): void {
  const audit = program.command('audit').summary('check the ledger, its receipts, export it').description('The ledger: who saw what of whom. docs/ledger.md says how it is kept.');
  audit.command('verify').summary('walk the whole ledger; exit code 1 where it is broken')
    .description('Checks every record, every chain and every signed checkpoint, in the database and in AUDIT_CHECKPOINT_DIR, and names the first that is broken.')
    .option('--json', 'the result as JSON').option('--folder <path>', "the folder of this database's checkpoints, where it is not below AUDIT_CHECKPOINT_DIR").action(verify);
  audit.command('checkpoint').description('Seals what the ledger has now by a signed checkpoint; a running gateway does so every minute.').action(seal);
  audit.command('receipt').summary('the proof that a record is in the ledger').description('Prints the receipt of a record: a proof, checkable without the database, that it is in the ledger.')
    .argument('<id>', 'the auditId of an answer').option('--record', 'with the record itself, which says whose data was touched').action(receipt);
  audit.command('check-receipt').summary('check a receipt, without the database').description('Checks a receipt with the public key alone.')
    .argument('<file>', 'what `audit receipt` printed; - for standard input').option('--key <path...>', 'the public key (PEM); those of KEYS_DIR where left out').action(check);
  audit.command('public-key').description('Prints the public key that receipts and checkpoints are checked with (PEM).').action(publicKey);
  audit.command('export').summary('the trail as FHIR AuditEvents').description('Writes the trail as NDJSON of FHIR R4 AuditEvent, after IHE Basic Audit Log Patterns. Members are pseudonyms unless ids are asked for.')
    .option('--from <when>', 'from this date or instant on').option('--to <when>', 'before this date or instant').option('--out <file>', 'a new file; standard output where left out')
    .option('--members <how>', 'pseudonyms or ids', 'pseudonyms').option('--site <name>', 'what the gateway is called in the events', 'phi-gateway').action(exportTrail);
}
