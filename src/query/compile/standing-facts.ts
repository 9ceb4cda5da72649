import { conjuncts, isOfMember, type Predicate } from '../../permissions/core/predicate';
import type { Access } from '../plan/access';
import type { MemberFact } from './hoist';
import { predicateSql, type SqlScope } from './predicate-sql';
import { all, join, levelKeys, name, number, seal, sql, type CompiledRead, type Fragment } from './sql';
import { listLengthOf } from './visible-rows';

/** A fact that the member's rows of one relation tell: which of them, beside what all facts of the relation ask. */
interface Told { readonly name: string; readonly column: string | null; readonly rest: readonly Predicate[] }
interface Relation { readonly relation: string; readonly common: readonly Predicate[]; readonly told: readonly Told[] }
export interface StandingFacts { readonly relations: readonly Relation[]; readonly names: readonly string[] }

const text = (predicate: Predicate): string => JSON.stringify(predicate);

interface Asked { readonly relation: string; readonly column: string | null; readonly where: Predicate }
function askedOf({ fact }: MemberFact): Asked | null {
  if (fact.kind === 'mask') return fact.operand.kind === 'bits' ? { relation: fact.operand.relation, column: fact.operand.column, where: fact.operand.where } : null;
  return fact.predicate.kind === 'exists' ? { relation: fact.predicate.relation, column: null, where: fact.predicate.where } : null;
}

/** The facts that can be told by the member's rows alone, by relation; null where there are none. */
export function standingFacts(facts: readonly MemberFact[]): StandingFacts | null {
  const byRelation = new Map<string, { name: string; column: string | null; conditions: readonly Predicate[] }[]>();
  for (const each of facts) {
    const asked = askedOf(each);
    const parts = asked ? conjuncts(asked.where) : [];
    const conditions = parts.filter((part) => !isOfMember(part));
    if (!asked || conditions.length === parts.length || conditions.some((part) => text(part).includes('"of":"m"') || text(part).includes('"byState"'))) continue;
    byRelation.set(asked.relation, [...(byRelation.get(asked.relation) ?? []), { name: each.name, column: asked.column, conditions }]);
  }
  if (byRelation.size === 0) return null;
  const relations = [...byRelation].map(([relation, asked]): Relation => {
    const common = (asked[0]?.conditions ?? []).filter((part) => asked.every((each) => each.conditions.some((one) => text(one) === text(part))));
    const shared = new Set(common.map(text));
    return { relation, common, told: asked.map(({ name: fact, column, conditions }) => ({ name: fact, column, rest: conditions.filter((part) => !shared.has(text(part))) })) };
  });
  return { relations, names: relations.flatMap((each) => each.told.map((one) => one.name)) };
}

/**
 * The standing of the members of a level, in one statement: for each relation one row a member that has any, with the place of the relation and
 * its facts. Who has no row has none of the facts.
 */
export function compileStandingRead(access: Access, { relations }: StandingFacts, keys: number): CompiledRead {
  const never = (): never => { throw new Error('a relation is read by itself here'); };
  const scope: SqlScope = { member: never, record: never, listLength: listLengthOf(access), row: 'x' };
  const width = Math.max(...relations.map((each) => each.told.length));
  const fact = ({ column, rest }: Told): Fragment => {
    const when = all(rest.map((each) => predicateSql(each, scope)));
    return column === null ? sql`MAX(CASE WHEN ${when} THEN 1 ELSE 0 END)` : sql`COALESCE(BIT_OR(CASE WHEN ${when} THEN ${name(`x.${column}`)} ELSE 0 END), 0)`;
  };
  const parts = relations.map(({ relation, common, told }, place) => {
    const facts = Array.from({ length: width }, (_, at) => { const each = told[at]; return each ? fact(each) : number(0); });
    const where = all([sql`x.member_id IN (${levelKeys(keys)})`, ...common.map((each) => predicateSql(each, scope))]);
    return sql`SELECT x.member_id, ${number(place)} AS relation, ${join(facts.map((each, at) => sql`${each} AS ${name(`f${at}`)}`), ', ')} FROM ${name(relation)} x WHERE ${where} GROUP BY x.member_id`;
  });
  return seal(join(parts, ' UNION ALL '), ['member_id', 'relation', ...Array.from({ length: width }, (_, at) => `f${at}`)]);
}
