import { permit, type Clause, type Permit, type Prohibition } from '../permissions/core/clause';
import { decide } from '../permissions/core/decide';
import { interpretMask, type Facts, type FactRow } from '../permissions/core/interpret';
import { always, and, not, or, overlaps, row, value, type CellKind, type Operand, type Predicate } from '../permissions/core/predicate';
import type { Access } from '../query/plan/access';
import { readsRecord } from '../query/compile/hoist';
import { purposeCovers } from '../vocabulary/purposes';
import { classesOf, type SensitivityClass } from '../vocabulary/sensitivity';
import { nodesOf } from './conditions';
import { ID_COLUMN } from './facts';
import { maybe, type Maybe } from './maybe';

/** One rule of the policy by itself, for this caller and this kind of cell: what is left of it, once what is known is worked out. */
const inCell = (access: Access): Permit['categories'] => (access.categories === 'AUTHORIZED' ? 'AUTHORIZED' : 'CELL');
export const permitApplies = (rule: Permit, access: Access): boolean => access.profile.grant === null && rule.categories === inCell(access)
  && rule.roles.includes(access.profile.role) && rule.purposes.some((each) => purposeCovers(each, access.profile.purpose));

/** What the permit asks for; a rule is decided by the same core as the whole policy, alone. */
export function askedBy(clause: Clause, rule: Permit, access: Access, cell: CellKind): Predicate {
  return decide([{ ...clause, permits: [rule], prohibits: [] }], access.profile, cell).visible;
}
/** What the grant that the caller reads under asks for; null for any other clause. */
export function askedByGrant(clause: Clause, access: Access, cell: CellKind): Predicate | null {
  return access.profile.grant?.clause === clause.id ? decide([{ ...clause, permits: [], prohibits: [] }], access.profile, cell).visible : null;
}
/** A clause that opens every row to this caller, or what the grant opens, with these prohibitions and no other. */
function opening(clause: Clause, access: Access, prohibits: readonly Prohibition[]): readonly Clause[] {
  const { role, purpose, grant } = access.profile;
  if (grant) return access.clauses.filter((each) => each.id === grant.clause).map((each) => ({ ...each, permits: [], prohibits }));
  return [{ ...clause, permits: [permit({ roles: [role], purposes: [purpose], members: always, categories: inCell(access) })], prohibits }];
}

/** Where the prohibition leaves the cell open: `always` where it does not bind this caller. Rows that are open to nobody here are none of its. */
export function leftBy(clause: Clause, rule: Prohibition, access: Access, cell: CellKind): Predicate {
  const open = decide(opening(clause, access, []), access.profile, cell).visible;
  const left = decide(opening(clause, access, [rule]), access.profile, cell).visible;
  if (JSON.stringify(open) === JSON.stringify(left)) return always;
  return open.kind === 'always' ? left : or(not(open), left);
}

/** Whether restrictions hide these bits of the row: of a whole record, all of them. */
export function isHidden(hidden: Operand, bits: number, whole: boolean, facts: Facts): Maybe {
  if (hidden.kind === 'value') return false;
  if (facts.r || !readsRecord(hidden)) { const mask = interpretMask(hidden, facts) & bits; return whole ? mask === bits && bits !== 0 : mask !== 0; }
  if (hidden.kind !== 'bits') return 'DEPENDS';
  return maybe({ kind: 'exists', relation: hidden.relation, where: and(hidden.where, overlaps(row(hidden.column), value(bits))) }, facts);
}

/** The classes that a rule found uncovered, or met, in this record. */
export function classesMet(rule: Predicate, facts: Facts): SensitivityClass[] {
  if (!facts.r && readsRecord(rule)) return [];
  let mask = 0;
  for (const node of nodesOf(rule)) {
    if (node.kind === 'covered') mask |= interpretMask(node.bits, facts) & interpretMask(node.need, facts) & ~interpretMask(node.cover, facts);
    if (node.kind === 'overlaps' && readsRecord(node.left)) mask |= interpretMask(node.left, facts) & interpretMask(node.right, facts);
  }
  return classesOf(mask);
}

/** The ids of the rows that a rule rests on: what answers it, told to those who may see ids. */
export function idsBehind(rule: Predicate | Operand, facts: Facts): string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) { node.forEach(visit); return; }
    if (node === null || typeof node !== 'object') return;
    const { kind, relation, where } = node as { kind?: string; relation?: string; where?: Predicate };
    const column = relation ? ID_COLUMN[relation] : undefined;
    if ((kind === 'exists' || kind === 'bits') && relation && where && column) {
      for (const x of facts.relation(relation)) if (maybe(where, { ...facts, x }) === true) found.add(`${told(relation)} ${String((x as FactRow)[column])}`);
    }
    Object.values(node).forEach(visit);
  };
  visit(rule);
  return [...found].sort();
}
const told = (relation: string): string => relation.replace('_scope', '').replace('member_organization', 'organization').replace('_', ' ');
