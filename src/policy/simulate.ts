import type { GraphQLSchema } from 'graphql';
import { purposePermitted } from '../permissions/core/decide';
import { createAccess, type Access, type CallerFacts } from '../query/plan/access';
import { coordinatesOf, type Arguments } from '../query/plan/operation-plan';
import type { PlannedField } from '../query/plan/selection';
import { clauseOfPurpose, connectionType, withheldLine, type Withheld } from '../query/plan/verdicts';
import type { CompiledRead } from '../query/compile/sql';
import type { ClauseId } from '../vocabulary/clauses';
import { GatewayError } from '../vocabulary/errors';
import { fieldsOf } from '../vocabulary/fields';
import type { Reason } from '../vocabulary/reasons';
import type { RecordType } from '../vocabulary/records';
import { realId, statedCaller, type PolicySources, type StatedCaller } from './explain';
import type { View } from './explain-steps';
import { countHidden, countMembers, countRecords, countRestricted, membersAsked, membersOfRecords, reachOfOne, variantsOf, type MemberScope, type Variants } from '../query/compile/simulation-read';
import { simulatedOperation } from './simulated-operation';
import { isSmall } from './suppression';

export interface SimulationRequest extends StatedCaller { readonly operation: string; readonly variables?: string | null }
export interface SimulationTally { readonly key: string; readonly display: string | null; readonly count: number | null; readonly suppressed: boolean }
/** As `Simulation` of the schema. */
export interface Simulation { readonly permitted: readonly string[]; readonly withheld: readonly Withheld[]; readonly records: readonly SimulationTally[] }
export interface SimulationSources extends PolicySources {
  readonly schema: GraphQLSchema;
  /** Whether a root field is for this caller (policy section 11). */
  readonly mayEnter: (access: Access, coordinate: string) => boolean;
}

type Input = Readonly<Record<string, unknown>>;
const ROOT_RECORDS: Readonly<Record<string, RecordType>> = { claims: 'Claim', careGaps: 'CareGap' };
/** Filters that name members and not a value of theirs. */
const IDS = ['ids', 'memberIds'];

/** An auditor's arguments: ids are pseudonyms, and a filter or an order on PHI is refused (policy section 9). */
function auditorsArguments(args: Arguments, sources: SimulationSources): Arguments {
  const real = (id: unknown, name: string): string => realId('AUDITOR', sources.pseudonyms, 'member', String(id), name);
  return new Map([...args].map(([field, given]) => {
    if (given['orderBy'] !== undefined && given['orderBy'] !== null) throw new GatewayError('FORBIDDEN', 'input.operation: orderBy: an order on PHI is not for an auditor');
    const filter = given['filter'] as Input | null | undefined;
    for (const [name, value] of Object.entries(filter ?? {})) {
      if (value !== null && value !== undefined && !IDS.includes(name)) throw new GatewayError('FORBIDDEN', `input.operation: filter.${name}: a filter on PHI is not for an auditor`);
    }
    const names = Object.entries(filter ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.map((each) => real(each, `filter.${name}`)) : value]);
    return [field, { ...given, ...(filter ? { filter: Object.fromEntries(names) as Input } : {}), ...(typeof given['id'] === 'string' ? { id: real(given['id'], 'id') } : {}) }];
  }));
}

interface Part { readonly count: number; readonly hide: boolean }

/** Walks a plan as the other caller and counts inside the database: no value of a member comes back, only numbers. */
class Counting {
  readonly lines = new Map<string, Withheld>();
  readonly tallies = new Map<string, Part[]>();
  private readonly variants: Variants;
  constructor(private readonly sources: SimulationSources, private readonly access: Access, facts: CallerFacts, private readonly args: Arguments, private readonly view: View) {
    this.variants = variantsOf(access, facts);
  }

  private async numbers(read: CompiledRead | null): Promise<number[]> {
    if (!read) return [];
    const argument = (field: number, ...path: string[]): unknown => path.reduce<unknown>((value, part) => (value === null || value === undefined ? null : (value as Input)[part]), this.args.get(field));
    const [row] = await this.sources.database.rows(read, { bound: this.access.bound, keys: [], argument });
    return (row ?? []).map(Number);
  }
  private filterOf(field: PlannedField): Input | null { return (this.args.get(field.id)?.['filter'] ?? null) as Input | null; }
  private tally(key: string, part: Part): void { this.tallies.set(key, [...(this.tallies.get(key) ?? []), part]); }

  private clauseOf(reason: Reason): ClauseId | null {
    return reason === 'RESTRICTED' ? 'restrictions' : this.access.clauses.find((each) => each.prohibits.some((rule) => rule.reason === reason))?.id ?? clauseOfPurpose(this.access);
  }
  /** A line that depends on data: to an auditor only where no small number of rows is behind it, and no class is named. */
  private line(coordinate: string, reason: Reason, count: number, hide: boolean): void {
    if (count === 0 || (this.view === 'AUDITOR' && (hide || isSmall(count)))) return;
    const told: Reason = this.view === 'AUDITOR' && reason === 'PSYCHOTHERAPY_NOTE' ? 'AUTHORIZATION_REQUIRED' : reason;
    this.lines.set(`${coordinate} ${told}`, { coordinate, reason: told, clause: told === reason ? this.clauseOf(reason) : 'special-categories' });
  }

  async root(field: PlannedField): Promise<void> {
    const type = ROOT_RECORDS[field.name];
    if (type) {
      const reached = membersAsked(this.access, field, null, false);
      return this.records(field, type, field.coordinate, reached);
    }
    if (field.name !== 'members' && field.name !== 'member') return;
    const scope = membersAsked(this.access, field, this.filterOf(field), field.name === 'member');
    if (field.name === 'member') await this.whyNotReached(field);
    await this.members(field, scope, field.name === 'members' ? nodesOf(field) : field.selections);
  }

  /** Why a member that is there is out of reach. */
  private async whyNotReached(field: PlannedField): Promise<void> {
    const { read, reasons } = reachOfOne(this.access, this.variants, field);
    const [reached, open, ...byReason] = await this.numbers(read);
    if (reached !== 0) return;
    if (open === 0) this.line(field.coordinate, this.access.categories === 'AUTHORIZED' ? 'AUTHORIZATION_REQUIRED' : 'NO_RELATIONSHIP', 1, false);
    else reasons.forEach((reason, place) => { if (byReason[place] === 0) this.line(field.coordinate, reason, 1, false); });
  }

  private async members(field: PlannedField, scope: MemberScope, selections: readonly PlannedField[]): Promise<void> {
    const [reached = 0, chosen = 0] = await this.numbers(countMembers(scope));
    const hide = isSmall(chosen) || isSmall(reached - chosen);
    this.tally('Member', { count: chosen, hide });
    await this.restricted(selections, scope, hide);
    for (const each of selections) {
      const type = connectionType(each.name);
      if (type) await this.records(each, type, each.coordinate, scope, hide);
    }
  }

  /** Fields of the member, and of the objects read part by part, that a restriction hides from the caller. */
  private async restricted(selections: readonly PlannedField[], scope: MemberScope, hide: boolean): Promise<void> {
    const byType = new Map<string, Set<string>>();
    for (const coordinate of coordinatesOf(selections)) {
      const [type = '', name = ''] = coordinate.split('.');
      if (['Member', 'HumanName', 'Contact', 'Address'].includes(type) && fieldsOf(type).includes(name)) byType.set(type, (byType.get(type) ?? new Set()).add(name));
    }
    for (const [type, names] of byType) {
      const fields = [...names].filter((each) => withheldLine(this.access, `${type}.${each}`) === null);
      (await this.numbers(countRestricted(this.access, type, fields, scope))).forEach((count, place) => this.line(`${type}.${fields[place] as string}`, 'RESTRICTED', count, hide));
    }
  }

  private async records(field: PlannedField, type: RecordType, coordinate: string, scope: MemberScope, hidden?: boolean): Promise<void> {
    const selections = nodesOf(field);
    const hide = hidden ?? await this.hidesMembers(field, type, scope);
    const [count = 0] = await this.numbers(countRecords(this.access, type, field, this.filterOf(field), scope));
    this.tally(type, { count, hide });
    const names = [...new Set(selections.map((each) => each.name).filter((each) => fieldsOf(type).includes(each)))];
    const counted = countHidden(this.variants, type, names, scope);
    const found = await this.numbers(counted?.read ?? null);
    counted?.columns.forEach((column, place) => { if (column.includes('.')) this.line(column, 'RESTRICTED', found[place] ?? 0, hide); else this.line(coordinate, column as Reason, found[place] ?? 0, hide); });
    for (const each of selections.filter((one) => one.name === 'member')) {
      const owners = membersOfRecords(this.access, type, field, this.filterOf(field), scope);
      if (owners) await this.members(each, owners, each.selections);
    }
  }
  /** Where a list across members leaves few of them, or leaves few out, every cell is suppressed. */
  private async hidesMembers(field: PlannedField, type: RecordType, scope: MemberScope): Promise<boolean> {
    const owners = membersOfRecords(this.access, type, field, this.filterOf(field), scope);
    if (!owners) return false;
    const [reached = 0, chosen = 0] = await this.numbers(countMembers(owners));
    return isSmall(chosen) || isSmall(reached - chosen);
  }

  /** Numbers by type; to an auditor one that a small part went into is suppressed. */
  told(): SimulationTally[] {
    return [...this.tallies].map(([key, parts]) => {
      const suppressed = this.view === 'AUDITOR' && parts.some((each) => each.hide || isSmall(each.count));
      return { key, display: null, count: suppressed ? null : parts.reduce((sum, each) => sum + each.count, 0), suppressed };
    });
  }
}

/** What is selected of the rows of a connection, as nodes and through edges. */
const nodesOf = (connection: PlannedField): PlannedField[] =>
  connection.selections.flatMap((each) => (each.name === 'nodes' ? [...each.selections] : each.name === 'edges' ? each.selections.flatMap((edge) => (edge.name === 'node' ? [...edge.selections] : [])) : []));

/** Which coordinates the caller would see, and which never: decided before any row. A field below one that is withheld is not asked. */
function decided(sources: SimulationSources, access: Access, roots: readonly PlannedField[]): { permitted: string[]; lines: Withheld[]; open: PlannedField[] } {
  const permitted = new Set<string>();
  const lines = new Map<string, Withheld>();
  const visit = (field: PlannedField): void => {
    if (field.name.startsWith('__')) return;
    const line = withheldLine(access, field.coordinate);
    if (line) { lines.set(field.coordinate, line); return; }
    if (sources.tags.get(field.coordinate)?.public === false) permitted.add(field.coordinate);
    field.selections.forEach(visit);
    field.byType?.forEach((each) => each.forEach(visit));
  };
  const open = roots.filter((field) => {
    if (field.name.startsWith('__') || sources.mayEnter(access, field.coordinate)) return true;
    lines.set(field.coordinate, { coordinate: field.coordinate, reason: 'MINIMUM_NECESSARY', clause: clauseOfPurpose(access) });
    return false;
  });
  open.forEach(visit);
  return { permitted: [...permitted], lines: [...lines.values()], open };
}

/**
 * Runs an operation as another caller: plans and decides it, and counts in the database what would be seen and what is hidden, by
 * reason. Nothing of a member is read but numbers, nothing is disclosed, no glass is broken. Counts are of everything that the
 * operation selects, whatever its pages.
 */
export async function simulate(sources: SimulationSources, input: SimulationRequest, view: View, now: string): Promise<Simulation> {
  const { plan, arguments: given } = simulatedOperation(sources.schema, input.operation, input.variables);
  const args = view === 'AUDITOR' ? auditorsArguments(given, sources) : given;
  const caller = statedCaller(input, view, sources.pseudonyms, now);
  const { clauses } = sources.notices.at(caller.at);
  const facts = await sources.callerFacts(caller);
  const access = createAccess(clauses, caller, facts);
  if (!facts.grant && !purposePermitted(clauses, caller.role, caller.purpose)) {
    const withheld = coordinatesOf(plan.roots).filter((each) => sources.tags.get(each)?.public === false).map((coordinate) => ({ coordinate, reason: 'PURPOSE_NOT_PERMITTED' as const, clause: null }));
    return { permitted: [], withheld, records: [] };
  }
  const { permitted, lines, open } = decided(sources, access, plan.roots);
  const counting = new Counting(sources, access, facts, args, view);
  for (const field of open) await counting.root(field);
  return { permitted, withheld: [...lines, ...counting.lines.values()], records: counting.told() };
}
