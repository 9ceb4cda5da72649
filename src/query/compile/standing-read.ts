import type { Access } from '../plan/access';
import { factSql, type MemberFact } from './hoist';
import type { LevelFacts } from './level-facts';
import { predicateSql, type SqlScope } from './predicate-sql';
import { all, constant, constants, join, levelKeys, name, number, seal, sql, type CompiledRead, type Fragment } from './sql';
import type { Relation, Told } from './standing-facts';
import { listLengthOf, memberScope } from './visible-rows';

/** What a level's members are asked: facts of their own rows (`reached`: of those whom the caller reaches alone), of relations, and their restrictions. */
export interface Asked { readonly facts: LevelFacts; readonly ownRows: 'NONE' | 'KNOWN' | 'REACHED' }
/** Which part of the standing a row belongs to, in its second column; relations follow by their place. */
export const OWN_ROW = 0;
export const RESTRICTION_ROW = 1;
export const FIRST_RELATION = 2;
/** What a restriction's row tells, in the order of its columns; the last is the place of its type in the list that was asked for. */
const RESTRICTION_COLUMNS = 5;

/**
 * The standing of the members of a level, in one statement: a row of the member's own facts, a row for each row of a relation, with the
 * facts that it adds, and one for each restriction that binds: whole numbers, and nothing of one whom the caller does not reach. Who has no row has
 * none of the facts. Null where nothing is asked.
 */
export function compileStandingRead(access: Access, { facts, ownRows }: Asked, keys: number): CompiledRead | null {
  const relations = facts.standing?.relations ?? [];
  const width = Math.max(facts.restrictions ? RESTRICTION_COLUMNS : 0, ownRows === 'NONE' ? 0 : facts.own.length, ...relations.map((each) => each.told.length));
  const columns = Array.from({ length: width }, (_, at) => `f${at}`);
  const part = (place: number, member: Fragment, numbers: readonly Fragment[], from: Fragment): Fragment =>
    sql`SELECT ${member} AS member_id, ${number(place)} AS part${join(columns.map((column, at) => sql`, ${numbers[at] ?? number(0)} AS ${name(column)}`), '')} ${from}`;
  const members = membersOf(access, ownRows === 'REACHED', keys);
  const parts = [
    ...(facts.restrictions ? [restrictionsPart(access, facts.restrictions, members, part)] : []),
    ...(ownRows === 'NONE' ? [] : [ownPart(access, facts.own, ownRows === 'REACHED', keys, part)]),
    ...relations.map((each, place) => relationPart(access, each, place, members, part)),
  ];
  return parts.length === 0 ? null : seal(join(parts, ' UNION ALL '), ['member_id', 'part', ...columns]);
}
type Part = (place: number, member: Fragment, numbers: readonly Fragment[], from: Fragment) => Fragment;

/** Rows of the members; of those whom the caller reaches alone, one by one: a semi-join could begin with all of these. */
function membersOf(access: Access, reached: boolean, keys: number): Fragment {
  const ofLevel = sql`x.member_id IN (${levelKeys(keys)})`;
  if (!reached) return ofLevel;
  return all([ofLevel, sql`CASE WHEN EXISTS (SELECT 1 FROM member m WHERE m.id = x.member_id AND ${predicateSql(access.reach, memberScope(access))}) THEN 1 ELSE 0 END = 1`]);
}

const never = (): never => { throw new Error('a relation is read by itself here'); };
const relationScope = (access: Access): SqlScope => ({ member: never, record: never, listLength: listLengthOf(access), row: 'x', byMemberAlone: true });

function ownPart(access: Access, own: readonly MemberFact[], reached: boolean, keys: number, part: Part): Fragment {
  const scope = memberScope(access);
  const where = all([sql`m.id IN (${levelKeys(keys)})`, ...(reached ? [predicateSql(access.reach, scope)] : [])]);
  return part(OWN_ROW, name('m.id'), own.map((each) => factSql(each, scope)), sql`FROM member m WHERE ${where}`);
}

function restrictionsPart(access: Access, { types, binding }: NonNullable<LevelFacts['restrictions']>, members: Fragment, part: Part): Fragment {
  const scope = relationScope(access);
  const where = all([members, sql`CONCAT(x.type) IN (${constants(types)})`, ...binding.map((each) => predicateSql(each, scope))]);
  const flag = (condition: Fragment): Fragment => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;
  const type = sql`CASE x.type${join(types.map((each, place) => sql` WHEN ${constant(each)} THEN ${number(place)}`), '')} END`;
  const numbers = [name('x.field_mask'), name('x.class_mask'), flag(sql`(x.encounter_id IS NOT NULL OR x.record_id IS NOT NULL)`), flag(sql`x.recorded_before IS NOT NULL`), type];
  return part(RESTRICTION_ROW, name('x.member_id'), numbers, sql`FROM restriction_scope x WHERE ${where}`);
}

function relationPart(access: Access, { relation, common, told }: Relation, place: number, members: Fragment, part: Part): Fragment {
  const scope = relationScope(access);
  const fact = ({ column, rest }: Told): Fragment => sql`CASE WHEN ${all(rest.map((each) => predicateSql(each, scope)))} THEN ${column === null ? number(1) : name(`x.${column}`)} ELSE 0 END`;
  const where = all([members, ...common.map((each) => predicateSql(each, scope))]);
  return part(FIRST_RELATION + place, name('x.member_id'), told.map(fact), sql`FROM ${name(relation)} x WHERE ${where}`);
}
