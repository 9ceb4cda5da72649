import { always, and, conjuncts, type Operand, type Predicate } from '../../permissions/core/predicate';
import type { RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { factSql, Hoisting } from './hoist';
import { readsMember, type SqlScope } from './predicate-sql';
import { join, name, parameter, sql, type Fragment } from './sql';
import { standingFacts, type StandingFacts } from './standing-facts';
import { memberScope, visibleRows, type DecidedGroup } from './visible-rows';

/** The rules of one record type with every question about the member replaced by a fact of it. */
export interface LevelRules {
  readonly type: RecordType;
  readonly groups: readonly DecidedGroup[];
  /** The restricted fields of a row; null where no restriction binds this caller. */
  readonly hidden: Operand | null;
  /** The fact that tells whether any restriction of the type is in force for the member; null where none can be. */
  readonly restricted: string | null;
}
/** What the members of a level are asked, once a member, for the statements of their records. */
export interface LevelFacts {
  /** Facts of the member's own row, over the alias `m`, that the statement of the members tells beside them; each a whole number. */
  readonly select: readonly Fragment[];
  readonly names: readonly string[];
  /** Facts that rows of relations tell; null where none is asked for. */
  readonly standing: StandingFacts | null;
  /** By type; a type whose rules ask more of a member than facts can tell is not there, and its records are read as a level of their own. */
  readonly rules: ReadonlyMap<RecordType, LevelRules>;
}

/** Cheap questions first: what a row says of itself settles most rows before a fact is looked up. */
function ordered(predicate: Predicate): Predicate {
  if (predicate.kind === 'not') return { ...predicate, of: ordered(predicate.of) };
  if (predicate.kind === 'or') return { ...predicate, any: predicate.any.map(ordered) };
  if (predicate.kind !== 'and') return predicate;
  const parts = predicate.all.map(ordered);
  const dear = (part: Predicate): boolean => readsMember(part) || JSON.stringify(part).includes('"relation"');
  return and(...parts.filter((part) => !dear(part)), ...parts.filter(dear));
}

const FACT = /^fact\d+$/;
/** True where a rule still asks for something of the member that is no fact. */
function asksMore(subject: unknown): boolean {
  if (Array.isArray(subject)) return subject.some(asksMore);
  if (subject === null || typeof subject !== 'object') return false;
  const node = subject as { kind?: string; of?: unknown; name?: unknown };
  if (node.kind === 'byState' || (node.kind === 'column' && node.of === 'm' && node.name !== 'id' && !FACT.test(String(node.name)))) return true;
  return Object.values(subject).some(asksMore);
}

/** What reach has established already is true of every member of the level, wherever a rule asks it again. */
function withoutReach(predicate: Predicate, established: ReadonlySet<string>): Predicate {
  if (established.has(JSON.stringify(predicate))) return always;
  if (predicate.kind === 'not') return { ...predicate, of: withoutReach(predicate.of, established) };
  if (predicate.kind === 'or') return { ...predicate, any: predicate.any.map((each) => withoutReach(each, established)) };
  return predicate.kind === 'and' ? and(...predicate.all.map((each) => withoutReach(each, established))) : predicate;
}

function rulesOf(access: Access, type: RecordType, hoisting: Hoisting): LevelRules | null {
  const rows = visibleRows(access, type, true);
  if (!rows) return null;
  const established = new Set(conjuncts(access.reach).map((each) => JSON.stringify(each)));
  const groups = rows.groups.map((each) => ({ ...each, residual: ordered(hoisting.predicate(withoutReach(each.residual, established))) }));
  const operand = rows.groups[0]?.decision.hidden;
  const hidden = operand?.kind === 'bits' ? operand : null;
  if (rows.hidden && !hidden) return null;
  const guard = hidden && hoisting.guard(hidden);
  if (asksMore(groups.map((each) => each.residual)) || (hidden && asksMore(hidden))) return null;
  return { type, groups, hidden, restricted: guard?.kind === 'column' ? guard.name : null };
}

/** The facts that the records of these types ask of the members of a level. */
export function levelFacts(access: Access, types: readonly RecordType[]): LevelFacts {
  const hoisting = new Hoisting();
  const found = [...new Set(types)].map((type) => [type, rulesOf(access, type, hoisting)] as const).filter((each): each is readonly [RecordType, LevelRules] => each[1] !== null);
  const scope = memberScope(access);
  const standing = standingFacts(hoisting.facts);
  const own = hoisting.facts.filter((each) => !standing?.names.includes(each.name));
  const select = own.map((fact) => sql`${factSql(fact, scope)} AS ${name(fact.name)}`);
  return { select, names: own.map((each) => each.name), standing, rules: new Map(found) };
}

/** A record's row whose member's facts are parameters: the one of each key, found by the key. */
export function levelScope(access: Access, keys: number): SqlScope {
  const fact = (place: number, column: string): Fragment => parameter((values) => { if (!values.fact) throw new Error('the facts of a level are told with its keys'); return values.fact(values.keys[place] ?? '', column); });
  const key = (place: number): Fragment => parameter((values) => values.keys[place] ?? null);
  const whens = (column: string): Fragment => join(Array.from({ length: keys }, (_, place) => sql` WHEN ${key(place)} THEN ${fact(place, column)}`), '');
  return {
    member: (column) => (column === 'id' ? name('r.member_id') : keys === 1 ? fact(0, column) : sql`CASE r.member_id${whens(column)} ELSE 0 END`),
    record: (column) => name(`r.${column}`), rowByRow: true,
    listLength: memberScope(access).listLength,
  };
}
