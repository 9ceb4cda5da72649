import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RecordedDecision } from '../../policy/replay';
import { CATEGORIES, type Category } from '../../vocabulary/categories';
import type { Purpose } from '../../vocabulary/purposes';
import { ROLES, type Role } from '../../vocabulary/roles';
import { CLASSES, type SensitivityClass } from '../../vocabulary/sensitivity';
import { asOfOption, purposeOf, statedBy, withCaller, type CallerOptions } from '../policy/caller-options';
import { formatOption, printRows, type Format, type PrintedRow } from '../policy/print-rows';
import { CommandFailed, UsageError } from '../usage';

/** What is heavy is loaded only when a command runs, so that `--help` answers at once. */
const configurationOf = () => (require('../../server/configuration') as typeof import('../../server/configuration')).loadConfiguration();
const opened = () => require('../policy/open-policy') as typeof import('../policy/open-policy');
const policyOf = () => opened().openPolicy(configurationOf());
interface Printed { format: Format }

async function catalogue({ category, class: sensitivity, format }: Printed & { category?: Category; class?: SensitivityClass }): Promise<void> {
  const { catalogue: of } = require('../../policy/catalogue') as typeof import('../../policy/catalogue');
  printRows(['coordinate', 'category', 'sensitivity', 'identifier', 'confidentiality', 'public', 'purposes'], of(policyOf().tags, { category, sensitivity }) as unknown as PrintedRow[], format);
}

async function matrix({ role, purpose, coordinate, asOf, format }: Printed & { role?: Role[]; purpose?: Purpose[]; coordinate?: string; asOf?: string }): Promise<void> {
  const { matrix: of } = require('../../policy/matrix') as typeof import('../../policy/matrix');
  const { notices, tags } = policyOf();
  if (coordinate !== undefined && !tags.has(coordinate)) throw new UsageError('--coordinate: names no field of the schema, such as Member.birthDate');
  const cells = await of(notices.at(asOf ?? new Date().toISOString()).clauses, tags, { roles: role, purposes: purpose });
  printRows(['role', 'purpose', 'coordinate', 'effect', 'clause', 'reason', 'conditions'], cells.filter((each) => coordinate === undefined || each.coordinate === coordinate) as unknown as PrintedRow[], format);
}

async function explain(coordinate: string, memberId: string, options: Printed & CallerOptions & { record?: string }): Promise<void> {
  const { explain: of } = require('../../policy/explain') as typeof import('../../policy/explain');
  const view = options.view === 'auditor' ? 'AUDITOR' : 'PRIVACY_OFFICER';
  const input = { ...statedBy(options), coordinate, memberId, recordId: options.record ?? null };
  const explanation = await opened().withSources(configurationOf(), 'policy explain', view, async (sources, _source, now) => {
    const { memberId: id, ...result } = await of(sources, input, view, now);
    return { result, coordinates: [coordinate], members: [id] };
  });
  printRows(['rule', 'clause', 'citation', 'outcome', 'because'], explanation.steps as unknown as PrintedRow[], options.format, explanation);
  if (options.format === 'table') process.stdout.write(`${explanation.effect}${explanation.reason ? ` ${explanation.reason}` : ''}${explanation.clause ? ` (${explanation.clause})` : ''}\n`);
}

/** A query as it stands, or from a file where it is written `@path`. */
function textOf(written: string): string {
  if (!written.startsWith('@')) return written;
  try {
    return (require('node:fs') as typeof import('node:fs')).readFileSync(written.slice(1), 'utf8');
  } catch {
    throw new UsageError('operation: the file after @ cannot be read');
  }
}

async function simulate(operation: string, options: Printed & CallerOptions & { variables?: string }): Promise<void> {
  const { simulate: of } = require('../../policy/simulate') as typeof import('../../policy/simulate');
  const view = options.view === 'auditor' ? 'AUDITOR' : 'PRIVACY_OFFICER';
  const input = { ...statedBy(options), operation: textOf(operation), variables: options.variables ?? null };
  const simulation = await opened().withSources(configurationOf(), 'policy simulate', view, async (sources, _source, now) => {
    const result = await of(sources, input, view, now);
    return { result, coordinates: result.permitted, members: [] };
  });
  const rows: PrintedRow[] = [
    ...simulation.permitted.map((coordinate) => ({ what: coordinate, outcome: 'PERMIT', reason: null, clause: null })),
    ...simulation.withheld.map(({ coordinate, reason, clause }) => ({ what: coordinate, outcome: 'WITHHELD', reason, clause })),
    ...simulation.records.map(({ key, count, suppressed }) => ({ what: key, outcome: suppressed ? 'suppressed' : `${count ?? 0} rows`, reason: null, clause: null })),
  ];
  printRows(['what', 'outcome', 'reason', 'clause'], rows, options.format, simulation);
}

async function lint({ format }: Printed): Promise<void> {
  const { lint: of } = require('../../policy/lint') as typeof import('../../policy/lint');
  const found = policyOf().notices.versions.flatMap(({ version, clauses }) => of(clauses).map((each) => ({ version, ...each })));
  printRows(['version', 'kind', 'clause', 'rule', 'because'], found, format);
  if (found.length > 0) throw new CommandFailed();
}

async function diff(before: string, after: string, { format }: Printed): Promise<void> {
  const { diff: of } = require('../../policy/diff') as typeof import('../../policy/diff');
  const { notices, tags } = policyOf();
  const cells = await of(notices.named(before), notices.named(after), tags);
  const rows = cells.map(({ kind, before: one, after: other }) => ({ kind, role: one.role, purpose: one.purpose, coordinate: one.coordinate, before: one.effect, after: other.effect, clause: other.clause ?? one.clause, reason: other.reason ?? one.reason }));
  printRows(['kind', 'role', 'purpose', 'coordinate', 'before', 'after', 'clause', 'reason'], rows, format);
}

async function prove({ whole, format }: Printed & { whole?: boolean }): Promise<void> {
  const { prove: of } = require('../../policy/prove/prove') as typeof import('../../policy/prove/prove');
  const { REDUCED, WHOLE } = require('../../policy/prove/space') as typeof import('../../policy/prove/space');
  const { notices } = policyOf();
  const started = Date.now();
  const { proofs, caught } = await of(notices.at(new Date().toISOString()).clauses, whole ? WHOLE : REDUCED);
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const rows: PrintedRow[] = [
    ...proofs.map(({ id, says, cases, formulas, holds, counterexample }) => ({ statement: id, says, cases, formulas, outcome: holds ? 'PROVEN' : 'REFUTED', counterexample: counterexample?.case ?? null })),
    ...caught.map((each) => ({ statement: each.statement, says: `broken on purpose: ${each.broken}`, cases: null, formulas: null, outcome: each.caught ? 'CAUGHT' : 'MISSED', counterexample: each.counterexample })),
  ];
  printRows(['statement', 'says', 'cases', 'formulas', 'outcome', 'counterexample'], rows, format, { proofs, caught, seconds });
  if (format === 'table') process.stdout.write(`${proofs.reduce((sum, each) => sum + each.cases, 0)} cases in ${seconds} s\n`);
  if (proofs.some((each) => !each.holds) || caught.some((each) => !each.caught)) throw new CommandFailed();
}

async function replay(id: string, { format }: Printed): Promise<void> {
  const { replay: of } = require('../../policy/replay') as typeof import('../../policy/replay');
  const { readRecordedDecision } = require('../policy/recorded-decision') as typeof import('../policy/recorded-decision');
  const replayed = await opened().withSources(configurationOf(), 'policy replay', 'PRIVACY_OFFICER', async (sources, source) => {
    const past: RecordedDecision | null = await readRecordedDecision(source, id);
    if (!past) throw new Error('AUDIT_ID: the ledger has no record of this id');
    return { result: await of(sources.notices, sources.tags, sources.callerFacts, past), coordinates: [], members: [] };
  });
  printRows(['coordinate', 'effect', 'clause', 'reason', 'conditions'], replayed.cells as unknown as PrintedRow[], format, replayed);
  if (format === 'table') process.stdout.write(`decided by Notice ${replayed.noticeVersion}${replayed.inEffect === replayed.noticeVersion ? '' : ` (in effect then, by the notices of today: ${replayed.inEffect})`}; recorded outcome ${replayed.recordedOutcome}\n`);
}

const add = <Value extends string>(allowed: readonly Value[]) => (text: string, before: Value[] = []): Value[] => {
  if (!(allowed as readonly string[]).includes(text)) throw new InvalidArgumentError(`expected one of ${allowed.join(', ')}.`);
  return [...before, text as Value];
};

/** `phi-gateway policy`: the policy at the terminal. */
export function register(program: Command): void {
  const policy = program.command('policy').summary('the policy: what it says, why, and that it holds').description('Reads, explains, compares and proves the policy of this configuration.');
  const command = (name: string, summary: string): Command => policy.command(name).summary(summary).description(summary).addOption(formatOption());
  command('catalogue', 'every field of the schema with its tags')
    .addOption(new Option('--category <category>', 'only of this category').choices(CATEGORIES))
    .addOption(new Option('--class <class>', 'only what reveals this class').choices(CLASSES)).action(catalogue);
  command('matrix', 'role by purpose by field, at an instant')
    .addOption(new Option('--role <role>', 'only this role; repeat it').argParser(add(ROLES)))
    .addOption(new Option('--purpose <code>', 'only this purpose; repeat it').argParser((text: string, before: Purpose[] = []) => [...before, purposeOf(text)]))
    .option('--coordinate <coordinate>', 'only this field').addOption(asOfOption()).action(matrix);
  withCaller(command('explain <coordinate> <member>', 'why a caller sees or does not see a field of a member: every rule in order'))
    .option('--record <id>', 'the record in question').action(explain);
  withCaller(command('simulate <operation>', 'what a query of another caller would give, without one value; @path reads it from a file'))
    .option('--variables <json>', 'its variables').action(simulate);
  command('lint', 'unreachable, contradictory or shadowed rules; exit 1 where there are any').action(lint);
  command('diff <before> <after>', 'every cell that opens or closes from one version of the Notice to another').action(diff);
  command('prove', 'the statements that a privacy officer would sign, proven; exit 1 where one fails').option('--whole', 'every role, purpose, kind of organization and kind of cell').action(prove);
  command('replay <auditId>', 'decides a past operation again, at the version of the Notice that decided it').action(replay);
}
