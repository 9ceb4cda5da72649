import type { BoundParameter, Operand, Predicate, Variable } from './predicate';

export type Scalar = string | number | null;
export type FactRow = Readonly<Record<string, Scalar>>;

/** Where a folded predicate is read in memory: the rows in hand, the caller's values, every other fact by relation. */
export interface Facts {
  readonly m: FactRow;
  readonly r?: FactRow;
  readonly x?: FactRow;
  readonly bound: Readonly<Record<BoundParameter, Scalar | readonly string[]>>;
  readonly relation: (name: string) => Iterable<FactRow>;
}

type OperandReader<Kind extends Operand['kind']> = (operand: Extract<Operand, { kind: Kind }>, facts: Facts) => Scalar | readonly string[];
const READ: { readonly [Kind in Operand['kind']]: OperandReader<Kind> } = {
  column: (operand, facts) => columnOf(operand.of, operand.name, facts),
  static: (operand) => { throw new Error(`not folded: ${operand.name}`); },
  bound: (operand, facts) => facts.bound[operand.name],
  value: (operand) => operand.value,
  bits: (operand, facts) => {
    let mask = 0;
    for (const x of facts.relation(operand.relation)) if (interpret(operand.where, { ...facts, x })) mask |= Number(x[operand.column] ?? 0);
    return mask;
  },
  byState: (operand, facts) => operand.masks[String(facts.m['home_state'] ?? '')] ?? operand.otherwise,
  union: (operand, facts) => maskOf(operand.left, facts) | maskOf(operand.right, facts),
};

function columnOf(of: Variable, name: string, facts: Facts): Scalar {
  const row = facts[of];
  if (!row) throw new Error(`no row bound as ${of}`);
  return row[name] ?? null;
}
function read(operand: Operand, facts: Facts): Scalar | readonly string[] {
  return (READ[operand.kind] as OperandReader<Operand['kind']>)(operand as never, facts);
}
const maskOf = (operand: Operand, facts: Facts): number => Number(read(operand, facts) ?? 0);

type Interpreter<Kind extends Predicate['kind']> = (predicate: Extract<Predicate, { kind: Kind }>, facts: Facts) => boolean;
const HOLDS: { readonly [Kind in Predicate['kind']]: Interpreter<Kind> } = {
  always: () => true,
  never: () => false,
  and: (predicate, facts) => predicate.all.every((each) => interpret(each, facts)),
  or: (predicate, facts) => predicate.any.some((each) => interpret(each, facts)),
  not: (predicate, facts) => !interpret(predicate.of, facts),
  eq: (predicate, facts) => {
    const left = read(predicate.left, facts);
    return left !== null && left === read(predicate.right, facts);
  },
  in: (predicate, facts) => {
    const left = read(predicate.left, facts);
    return left !== null && predicate.list.some((each) => {
      const right = read(each, facts);
      return Array.isArray(right) ? right.includes(left as string) : right === left;
    });
  },
  before: (predicate, facts) => {
    const left = read(predicate.left, facts);
    const right = read(predicate.right, facts);
    return left !== null && right !== null && left < right;
  },
  notAfter: (predicate, facts) => {
    const left = read(predicate.left, facts);
    const right = read(predicate.right, facts);
    return left !== null && right !== null && left <= right;
  },
  missing: (predicate, facts) => read(predicate.of, facts) === null,
  exists: (predicate, facts) => {
    for (const x of facts.relation(predicate.relation)) if (interpret(predicate.where, { ...facts, x })) return true;
    return false;
  },
  covered: (predicate, facts) => (maskOf(predicate.bits, facts) & maskOf(predicate.need, facts) & ~maskOf(predicate.cover, facts)) === 0,
  overlaps: (predicate, facts) => (maskOf(predicate.left, facts) & maskOf(predicate.right, facts)) !== 0,
};

/** Whether a folded predicate holds for the rows in hand. Two-valued: a missing fact makes a comparison false. */
export function interpret(predicate: Predicate, facts: Facts): boolean {
  return (HOLDS[predicate.kind] as Interpreter<Predicate['kind']>)(predicate as never, facts);
}
/** The mask that an operand stands for, for the rows in hand. */
export const interpretMask = maskOf;
