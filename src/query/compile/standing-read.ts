import type { Access } from '../plan/access';
import { factSql, type MemberFact } from './hoist';
import type { LevelFacts } from './level-facts';
import { predicateSql, type SqlScope } from './predicate-sql';
import { all, constants, join, levelKeys, name, number, seal, sql, type CompiledRead, type Fragment } from './sql';
import type { Relation, Told } from './standing-facts';
import { listLengthOf, memberScope } from './visible-rows';

/** What a level's members are asked: facts of their own rows (`reached`: of those whom the caller reaches alone), of relations, and their restrictions. */
export interface Asked { readonly facts: LevelFacts; readonly ownRows: 'NONE' | 'KNOWN' | 'REACHED' }
/** Which part of the standing a row belongs to, in its second column; relations follow by their place. */
export const OWN_ROW = 0;
export const RESTRICTION_ROW = 1;
export const FIRST_RELATION = 2;
/** Columns of numbers that every part has room for: a restriction fills three. */
const FEWEST_NUMBERS = 3;
const WORDS = ['type', 'encounter_id', 'record_id'] as const;

/**
 * The standing of the members of a level, in one statement: a row of the member's own facts, a row for each row of a relation, with the
 * facts that it adds, and one for each restriction that binds. Who has no row has none of the facts. Null where nothing is asked.
 */
export function compileStandingRead(access: Access, { facts, ownRows }: Asked, keys: number): CompiledRead | null {
  const relations = facts.standing?.relations ?? [];
  const width = Math.max(FEWEST_NUMBERS, ownRows === 'NONE' ? 0 : facts.own.length, ...relations.map((each) => each.told.length));
  const columns = Array.from({ length: width }, (_, at) => `f${at}`);
  const part = (place: number, member: Fragment, numbers: readonly Fragment[], words: readonly Fragment[], from: Fragment): Fragment => {
    const told = [...columns.map((_, at) => numbers[at] ?? number(0)), ...WORDS.map((_, at) => words[at] ?? sql`NULL`)];
    return sql`SELECT ${member} AS member_id, ${number(place)} AS part, ${join(told.map((each, at) => sql`${each} AS ${name([...columns, ...WORDS][at] ?? '')}`), ', ')} ${from}`;
  };
  const parts = [
    ...(facts.restrictions ? [restrictionsPart(access, facts.restrictions, keys, part)] : []),
    ...(ownRows === 'NONE' ? [] : [ownPart(access, facts.own, ownRows === 'REACHED', keys, part)]),
    ...relations.map((each, place) => relationPart(access, each, place, keys, part)),
  ];
  return parts.length === 0 ? null : seal(join(parts, ' UNION ALL '), ['member_id', 'part', ...columns, ...WORDS]);
}
type Part = (place: number, member: Fragment, numbers: readonly Fragment[], words: readonly Fragment[], from: Fragment) => Fragment;

const never = (): never => { throw new Error('a relation is read by itself here'); };
const relationScope = (access: Access): SqlScope => ({ member: never, record: never, listLength: listLengthOf(access), row: 'x', byMemberAlone: true });

function ownPart(access: Access, own: readonly MemberFact[], reached: boolean, keys: number, part: Part): Fragment {
  const scope = memberScope(access);
  const where = all([sql`m.id IN (${levelKeys(keys)})`, ...(reached ? [predicateSql(access.reach, scope)] : [])]);
  return part(OWN_ROW, name('m.id'), own.map((each) => factSql(each, scope)), [], sql`FROM member m WHERE ${where}`);
}

function restrictionsPart(access: Access, { types, binding }: NonNullable<LevelFacts['restrictions']>, keys: number, part: Part): Fragment {
  const scope = relationScope(access);
  const where = all([sql`x.member_id IN (${levelKeys(keys)})`, sql`CONCAT(x.type) IN (${constants(types)})`, ...binding.map((each) => predicateSql(each, scope))]);
  const numbers = [name('x.field_mask'), name('x.class_mask'), sql`CASE WHEN x.recorded_before IS NULL THEN 0 ELSE 1 END`];
  return part(RESTRICTION_ROW, name('x.member_id'), numbers, [name('x.type'), name('x.encounter_id'), name('x.record_id')], sql`FROM restriction_scope x WHERE ${where}`);
}

function relationPart(access: Access, { relation, common, told }: Relation, place: number, keys: number, part: Part): Fragment {
  const scope = relationScope(access);
  const fact = ({ column, rest }: Told): Fragment => sql`CASE WHEN ${all(rest.map((each) => predicateSql(each, scope)))} THEN ${column === null ? number(1) : name(`x.${column}`)} ELSE 0 END`;
  const where = all([sql`x.member_id IN (${levelKeys(keys)})`, ...common.map((each) => predicateSql(each, scope))]);
  return part(FIRST_RELATION + place, name('x.member_id'), told.map(fact), [], sql`FROM ${name(relation)} x WHERE ${where}`);
}
