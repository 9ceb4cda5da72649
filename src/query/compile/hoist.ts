import { eq, value, type Operand, type Predicate } from '../../permissions/core/predicate';
import { operandSql, predicateSql, readsMember, type SqlScope } from './predicate-sql';
import { sql, type Fragment } from './sql';

/**
 * Facts of the member that a record's rules ask for (what authorizations cover, a place on the care team): the same for every
 * record of the member, so they are worked out once a member, in the derived rows that a level's statement begins with.
 */
export interface MemberFact { readonly name: string; readonly fact: { readonly kind: 'mask'; readonly operand: Operand } | { readonly kind: 'flag'; readonly predicate: Predicate } }

/** A fact over the member's row: a whole number, a flag as 1 or 0. */
export const factSql = ({ fact }: MemberFact, scope: SqlScope): Fragment =>
  (fact.kind === 'mask' ? operandSql(fact.operand, scope) : sql`CASE WHEN ${predicateSql(fact.predicate, scope)} THEN 1 ELSE 0 END`);

/** True where a rule reads the record's own row. */
export function readsRecord(subject: unknown): boolean {
  if (Array.isArray(subject)) return subject.some(readsRecord);
  if (subject === null || typeof subject !== 'object') return false;
  const node = subject as { kind?: string; of?: unknown };
  return (node.kind === 'column' && node.of === 'r') || Object.values(subject).some(readsRecord);
}

/** Collects the facts of the member out of rules, and gives the rules back with each fact as a column of the member's row. */
export class Hoisting {
  readonly facts: MemberFact[] = [];
  private readonly names = new Map<string, string>();

  private columnFor(fact: MemberFact['fact']): Operand {
    const key = JSON.stringify(fact);
    const name = this.names.get(key) ?? `fact${this.facts.length}`;
    if (!this.names.has(key)) { this.names.set(key, name); this.facts.push({ name, fact }); }
    return { kind: 'column', of: 'm', name };
  }

  operand(operand: Operand): Operand {
    if (operand.kind === 'byState') return this.columnFor({ kind: 'mask', operand });
    if (operand.kind === 'union') return { ...operand, left: this.operand(operand.left), right: this.operand(operand.right) };
    if (operand.kind !== 'bits' || readsRecord(operand.where)) return operand;
    return this.columnFor({ kind: 'mask', operand });
  }

  predicate(predicate: Predicate): Predicate {
    if (!readsRecord(predicate) && (readsMember(predicate) || predicate.kind === 'exists')) return eq(this.columnFor({ kind: 'flag', predicate }), value(1));
    switch (predicate.kind) {
      case 'and': return { ...predicate, all: predicate.all.map((each) => this.predicate(each)) };
      case 'or': return { ...predicate, any: predicate.any.map((each) => this.predicate(each)) };
      case 'not': return { ...predicate, of: this.predicate(predicate.of) };
      case 'covered': return { ...predicate, bits: this.operand(predicate.bits), need: this.operand(predicate.need), cover: this.operand(predicate.cover) };
      case 'overlaps': return { ...predicate, left: this.operand(predicate.left), right: this.operand(predicate.right) };
      default: return predicate;
    }
  }

  /** Whether the member has any row that could add to these bits: most have none, and their records need not ask. */
  guard(operand: Operand & { kind: 'bits' }): Operand {
    const where = operand.where.kind === 'and' ? { ...operand.where, all: operand.where.all.filter((each) => !readsRecord(each)) } : operand.where;
    return this.columnFor({ kind: 'flag', predicate: { kind: 'exists', relation: operand.relation, where } });
  }
}
