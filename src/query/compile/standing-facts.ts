import { conjuncts, isOfMember, type Predicate } from '../../permissions/core/predicate';
import type { MemberFact } from './hoist';

/** A fact that the member's rows of one relation tell: which of them, beside what all facts of the relation ask. */
export interface Told { readonly name: string; readonly column: string | null; readonly rest: readonly Predicate[] }
export interface Relation { readonly relation: string; readonly common: readonly Predicate[]; readonly told: readonly Told[] }
export interface StandingFacts { readonly relations: readonly Relation[]; readonly names: readonly string[] }

const text = (predicate: Predicate): string => JSON.stringify(predicate);

interface AskedOfRelation { readonly relation: string; readonly column: string | null; readonly where: Predicate }
function askedOf({ fact }: MemberFact): AskedOfRelation | null {
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
