import { restrictedFieldsOf } from '../../permissions/clauses/restrictions';
import { always, and, conjuncts, type Operand, type Predicate } from '../../permissions/core/predicate';
import type { RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { Hoisting, type MemberFact } from './hoist';
import { readsMember } from './predicate-sql';
import { bindingConditions } from './restricted-rows';
import { standingFacts, type StandingFacts } from './standing-facts';
import { visibleRows, type DecidedGroup } from './visible-rows';

type Bits = Extract<Operand, { kind: 'bits' }>;
/** The rules of one record type with every question about the member replaced by a fact of it. */
export interface LevelRules {
  readonly type: RecordType;
  readonly groups: readonly DecidedGroup[];
  /** The restricted fields of a row; null where no restriction binds this caller. */
  readonly hidden: Bits | null;
  /** All fields that restrictions can hide of a row that the caller sees, as bits. */
  readonly whole: number;
}
/** What the members of a level are asked, once a member, for the statements of their records. */
export interface LevelFacts {
  /** Facts that the member's own row tells; each a whole number. */
  readonly own: readonly MemberFact[];
  /** Facts that rows of relations tell; null where none is asked for. */
  readonly standing: StandingFacts | null;
  /** What binds this caller of the restrictions of these types; null where none can. */
  readonly restrictions: { readonly types: readonly string[]; readonly binding: readonly Predicate[] } | null;
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
  if (rows.hidden && (!hidden || !bindingConditions(hidden, type, 'RECORDS'))) return null;
  return asksMore(groups.map((each) => each.residual)) ? null : { type, groups, hidden, whole: groups.reduce((mask, each) => mask | each.group.bits, 0) };
}

/** The member's own objects that restrictions can hide fields of. */
const OWN_TYPES = ['Member', 'HumanName', 'Contact', 'Address'] as const;

/** What binds of the restrictions of these types: one condition for all of them. Undefined where they differ, and cannot be asked together. */
function restrictionsOf(access: Access, rules: readonly LevelRules[]): LevelFacts['restrictions'] | undefined {
  const own = OWN_TYPES.map((type) => [type, restrictedFieldsOf(type, access.profile.absent)] as const);
  const asked = [...own.flatMap(([type, operand]) => (operand.kind === 'value' ? [] : [operand.kind === 'bits' ? bindingConditions(operand, type, 'MEMBERS') : null])),
    ...rules.flatMap(({ type, hidden }) => (hidden ? [bindingConditions(hidden, type, 'RECORDS')] : []))];
  if (asked.length === 0) return null;
  const [first] = asked;
  if (!first || asked.some((each) => JSON.stringify(each) !== JSON.stringify(first))) return undefined;
  return { types: [...own.map(([type]) => type), ...rules.map((each) => each.type)], binding: first };
}

const NOTHING_KNOWN: LevelFacts = Object.freeze({ own: [], standing: null, restrictions: null, rules: new Map() });

/** The facts that the records of these types ask of the members of a level. */
export function levelFacts(access: Access, types: readonly RecordType[]): LevelFacts {
  const hoisting = new Hoisting();
  const found = [...new Set(types)].map((type) => rulesOf(access, type, hoisting)).filter((each) => each !== null);
  const restrictions = restrictionsOf(access, found);
  if (restrictions === undefined) return NOTHING_KNOWN;
  const standing = standingFacts(hoisting.facts);
  const own = hoisting.facts.filter((each) => !standing?.names.includes(each.name));
  return { own, standing, restrictions, rules: new Map(found.map((each) => [each.type, each])) };
}
