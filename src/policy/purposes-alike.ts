import type { Clause } from '../permissions/core/clause';
import { isTreatmentPaymentOperations, minimumCell, MINIMUM_NECESSARY } from '../permissions/minimum-necessary';
import { columnOf } from '../permissions/special-categories';
import { canonicalPurpose, purposeCovers, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import { nodesOf } from './conditions';

/** Every list of codes that some rule compares the purpose with. */
const LISTS = new WeakMap<readonly Clause[], readonly (readonly Purpose[])[]>();
function listsOf(clauses: readonly Clause[]): readonly (readonly Purpose[])[] {
  const known = LISTS.get(clauses);
  if (known) return known;
  const found = new Map<string, readonly Purpose[]>();
  for (const node of nodesOf(clauses)) {
    const compared = node.kind === 'in' ? [node.left, ...node.list] : node.kind === 'eq' ? [node.left, node.right] : [];
    if (!compared.some((each) => each.kind === 'static' && each.name === 'purpose')) continue;
    const codes = compared.flatMap((each) => (each.kind === 'value' ? [String(each.value) as Purpose] : []));
    found.set(codes.join(), codes);
  }
  const lists = [...found.values()];
  LISTS.set(clauses, lists);
  return lists;
}

/**
 * What the decision core knows of a purpose for a role before any row is read, as a text: the cell, the column, the permits that speak
 * to it, the prohibitions that except it, and on which lists of the rules it is. Purposes with equal texts are decided alike, so that a matrix or a
 * proof over every code decides each kind once.
 */
export function alikeFor(clauses: readonly Clause[], role: Role, purpose: Purpose): string {
  const texts = ALIKE.get(clauses) ?? new Map<string, string>();
  ALIKE.set(clauses, texts);
  const known = texts.get(`${role} ${purpose}`) ?? textFor(clauses, role, purpose);
  texts.set(`${role} ${purpose}`, known);
  return known;
}
const ALIKE = new WeakMap<readonly Clause[], Map<string, string>>();

function textFor(clauses: readonly Clause[], role: Role, purpose: Purpose): string {
  const code = canonicalPurpose(purpose);
  const cell = minimumCell(role, purpose);
  const bits = (all: readonly boolean[]): string => all.map((each) => (each ? 1 : 0)).join('');
  return [
    role, cell ? MINIMUM_NECESSARY.indexOf(cell) : '-', columnOf(role, purpose) ?? '-', isTreatmentPaymentOperations(purpose) ? 't' : '-',
    bits(clauses.flatMap((clause) => clause.permits.map((rule) => rule.purposes.some((granted) => purposeCovers(granted, purpose))))),
    bits(clauses.flatMap((clause) => clause.prohibits.map((rule) => rule.exceptPurposes?.includes(code) ?? false))),
    bits(listsOf(clauses).map((list) => list.includes(code))),
  ].join(' ');
}
