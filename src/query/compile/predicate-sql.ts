import type { BoundParameter, Operand, Predicate } from '../../permissions/core/predicate';
import { all, any, constant, join, name, number, parameter, sql, type Fragment } from './sql';

/** How the row variables of a predicate are called in the statement around it. */
export interface SqlScope {
  /** The column of the member row; a record's statement knows the member's id without joining the member. */
  readonly member: (column: string) => Fragment;
  readonly record: (column: string) => Fragment;
  /** How many values a bound list has for this caller. */
  readonly listLength: (name: BoundParameter) => number;
  /** The alias of the row bound by the nearest exists or bits, and how deep they are nested. */
  readonly row?: string;
  readonly depth?: number;
  /** Ask each row by itself: the rows of a page are few, and a semi-join over all of the relation would cost more than they do. */
  readonly rowByRow?: boolean;
  /** The member's key alone is to find rows: with lists of further key columns MariaDB would look up each combination of members and list. */
  readonly byMemberAlone?: boolean;
}

type OperandWriter<Kind extends Operand['kind']> = (operand: Extract<Operand, { kind: Kind }>, scope: SqlScope) => Fragment;
const OPERAND: { readonly [Kind in Operand['kind']]: OperandWriter<Kind> } = {
  column: (operand, scope) => {
    if (operand.of === 'm') return scope.member(operand.name);
    if (operand.of === 'r') return scope.record(operand.name);
    return name(`${scope.row ?? 'unbound'}.${operand.name}`);
  },
  static: (operand) => { throw new Error(`not folded: ${operand.name}`); },
  bound: (operand) => parameter((values) => values.bound[operand.name] as string | number | null),
  value: (operand) => (typeof operand.value === 'number' ? number(operand.value) : constant(operand.value)),
  bits: (operand, scope) => {
    const [alias, inner] = nested(scope);
    return sql`COALESCE((SELECT BIT_OR(${name(`${alias}.${operand.column}`)}) FROM ${name(operand.relation)} ${name(alias)} WHERE ${predicateSql(operand.where, inner)}), 0)`;
  },
  byState: (operand, scope) => {
    const cases = Object.entries(operand.masks).filter(([, mask]) => mask !== operand.otherwise)
      .map(([state, mask]) => sql` WHEN ${constant(state)} THEN ${number(mask)}`);
    return sql`CASE ${scope.member('home_state')}${join(cases, '')} ELSE ${number(operand.otherwise)} END`;
  },
  union: (operand, scope) => sql`(${operandSql(operand.left, scope)} | ${operandSql(operand.right, scope)})`,
};

function nested(scope: SqlScope): [string, SqlScope] {
  const depth = (scope.depth ?? 0) + 1;
  const alias = `x${depth}`;
  return [alias, { ...scope, row: alias, depth }];
}

export function operandSql(operand: Operand, scope: SqlScope): Fragment {
  return (OPERAND[operand.kind] as OperandWriter<Operand['kind']>)(operand as never, scope);
}

/** The marks of a list: a bound list has one for each of the caller's values; an empty list is nothing. */
function listSql(list: readonly Operand[], scope: SqlScope): Fragment[] {
  return list.flatMap((each) => {
    if (each.kind !== 'bound') return [operandSql(each, scope)];
    return Array.from({ length: scope.listLength(each.name) }, (_, place) => parameter((values) => {
      const bound = values.bound[each.name];
      return Array.isArray(bound) ? (bound[place] as string) : (bound as string);
    }));
  });
}

type Writer<Kind extends Predicate['kind']> = (predicate: Extract<Predicate, { kind: Kind }>, scope: SqlScope) => Fragment;
const PREDICATE: { readonly [Kind in Predicate['kind']]: Writer<Kind> } = {
  always: () => all([]),
  never: () => any([]),
  and: (predicate, scope) => all(predicate.all.map((each) => predicateSql(each, scope))),
  or: (predicate, scope) => any(predicate.any.map((each) => predicateSql(each, scope))),
  // NULL is a missing fact and false: below a NOT it must be made so, or what is unknown would be hidden from neither.
  not: (predicate, scope) => sql`NOT COALESCE(${predicateSql(predicate.of, scope)}, 0)`,
  eq: (predicate, scope) => sql`${operandSql(predicate.left, scope)} = ${operandSql(predicate.right, scope)}`,
  in: (predicate, scope) => {
    const marks = listSql(predicate.list, scope);
    return marks.length === 0 ? any([]) : sql`${scope.byMemberAlone ? sql`CONCAT(${operandSql(predicate.left, scope)})` : operandSql(predicate.left, scope)} IN (${join(marks, ', ')})`;
  },
  before: (predicate, scope) => sql`${operandSql(predicate.left, scope)} < ${operandSql(predicate.right, scope)}`,
  notAfter: (predicate, scope) => sql`${operandSql(predicate.left, scope)} <= ${operandSql(predicate.right, scope)}`,
  missing: (predicate, scope) => sql`${operandSql(predicate.of, scope)} IS NULL`,
  exists: (predicate, scope) => {
    const [alias, inner] = nested(scope);
    const found = sql`EXISTS (SELECT 1 FROM ${name(predicate.relation)} ${name(alias)} WHERE ${predicateSql(predicate.where, inner)})`;
    return scope.rowByRow ? sql`CASE WHEN ${found} THEN 1 ELSE 0 END = 1` : found;
  },
  // Most rows bear no label: they are settled before the cover, a subquery, is asked.
  covered: (predicate, scope) => {
    const bits = operandSql(predicate.bits, scope);
    const asked = sql`${bits} & ${operandSql(predicate.need, scope)}`;
    return sql`${bits} = 0 OR (${asked}) = 0 OR (${asked} & ~${operandSql(predicate.cover, scope)}) = 0`;
  },
  overlaps: (predicate, scope) => sql`(${operandSql(predicate.left, scope)} & ${operandSql(predicate.right, scope)}) <> 0`,
};

/** The SQL of a folded predicate, the same on both databases. NULL means false wherever it stands. */
export function predicateSql(predicate: Predicate, scope: SqlScope): Fragment {
  return (PREDICATE[predicate.kind] as Writer<Predicate['kind']>)(predicate as never, scope);
}

/** True where it reads a column of the member row other than the id, so that a record's statement must join the member. */
export function readsMember(subject: unknown): boolean {
  if (Array.isArray(subject)) return subject.some(readsMember);
  if (subject === null || typeof subject !== 'object') return false;
  const node = subject as { kind?: string; of?: unknown; name?: string };
  if (node.kind === 'byState' || (node.kind === 'column' && node.of === 'm' && node.name !== 'id')) return true;
  return Object.values(subject).some(readsMember);
}
