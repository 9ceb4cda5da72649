import { interpret, type Facts, type FactRow } from '../permissions/core/interpret';
import type { Predicate } from '../permissions/core/predicate';
import { readsRecord } from '../query/compile/hoist';

/** Whether a rule holds where the member is known and the record is not: true or false for every record, or it depends. */
export type Maybe = boolean | 'DEPENDS';

function junction(parts: readonly Predicate[], facts: Facts, decisive: boolean): Maybe {
  const all = parts.map((each) => maybe(each, facts));
  if (all.includes(decisive)) return decisive;
  return all.includes('DEPENDS') ? 'DEPENDS' : !decisive;
}

/** Some row could satisfy it, as far as its parts that read no record say. */
function someRow(relation: Iterable<FactRow>, where: Predicate, facts: Facts): boolean {
  const known = (where.kind === 'and' ? where.all : [where]).filter((each) => !readsRecord(each));
  for (const x of relation) if (known.every((each) => interpret(each, { ...facts, x }))) return true;
  return false;
}

/** Three-valued reading of a folded predicate: with a record in `facts` it is what the interpreter says. */
export function maybe(predicate: Predicate, facts: Facts): Maybe {
  if (facts.r || !readsRecord(predicate)) return interpret(predicate, facts);
  switch (predicate.kind) {
    case 'and': return junction(predicate.all, facts, false);
    case 'or': return junction(predicate.any, facts, true);
    case 'not': { const of = maybe(predicate.of, facts); return of === 'DEPENDS' ? of : !of; }
    case 'exists': return someRow(facts.relation(predicate.relation), predicate.where, facts) ? 'DEPENDS' : false;
    default: return 'DEPENDS';
  }
}
