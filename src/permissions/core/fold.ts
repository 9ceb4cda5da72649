import { always, and, never, not, or, value, type BoundParameter, type Operand, type Predicate, type StaticParameter } from './predicate';

export type StaticValues = Readonly<Record<StaticParameter, string | number | null>>;
/** Record columns where there is no record: a cell of the member itself bears no labels and is under the Notice. */
const NO_RECORD: Readonly<Record<string, string | number | null>> = { labels: 0, labelled: 1, governed_by: 'NOTICE', legal: 0, withheld: 0, medication_review: 0 };

/** What folding knows: the static facts, and which bound facts or lists are absent or empty (an empty list is nothing). */
export interface FoldScope {
  readonly statics: StaticValues;
  readonly absent: ReadonlySet<BoundParameter>;
  /** True where the cell is the member's own: record columns become constants. */
  readonly memberCell: boolean;
}

function foldOperand(operand: Operand, scope: FoldScope): Operand {
  switch (operand.kind) {
    case 'static': return value(scope.statics[operand.name]);
    case 'bound': return scope.absent.has(operand.name) ? value(null) : operand;
    case 'column': return operand.of === 'r' && scope.memberCell ? value(NO_RECORD[operand.name] ?? null) : operand;
    case 'bits': {
      const where = fold(operand.where, scope);
      return where.kind === 'never' ? value(0) : { ...operand, where };
    }
    case 'byState': return Object.values(operand.masks).every((mask) => mask === operand.otherwise) ? value(operand.otherwise) : operand;
    case 'union': {
      const left = foldOperand(operand.left, scope);
      const right = foldOperand(operand.right, scope);
      if (left.kind === 'value' && right.kind === 'value') return value(Number(left.value ?? 0) | Number(right.value ?? 0));
      if (left.kind === 'value' && !left.value) return right;
      if (right.kind === 'value' && !right.value) return left;
      return { kind: 'union', left, right };
    }
    default: return operand;
  }
}

const isNull = (operand: Operand): boolean => operand.kind === 'value' && operand.value === null;
const isZero = (operand: Operand): boolean => operand.kind === 'value' && !operand.value;
const truth = (holds: boolean): Predicate => (holds ? always : never);

function foldComparison(predicate: Predicate & { kind: 'eq' | 'before' | 'notAfter' }, scope: FoldScope): Predicate {
  const left = foldOperand(predicate.left, scope);
  const right = foldOperand(predicate.right, scope);
  if (isNull(left) || isNull(right)) return never;
  if (left.kind === 'value' && right.kind === 'value' && left.value !== null && right.value !== null)
    return truth(predicate.kind === 'eq' ? left.value === right.value : predicate.kind === 'before' ? left.value < right.value : left.value <= right.value);
  return { ...predicate, left, right };
}

function foldList(predicate: Predicate & { kind: 'in' }, scope: FoldScope): Predicate {
  const left = foldOperand(predicate.left, scope);
  const list = predicate.list.map((each) => foldOperand(each, scope)).filter((each) => !isNull(each));
  if (isNull(left) || list.length === 0) return never;
  if (left.kind === 'value' && list.every((each) => each.kind === 'value')) return truth(list.some((each) => each.kind === 'value' && each.value === left.value));
  return { kind: 'in', left, list };
}

function foldMasks(predicate: Predicate & { kind: 'covered' | 'overlaps' }, scope: FoldScope): Predicate {
  if (predicate.kind === 'overlaps') {
    const left = foldOperand(predicate.left, scope);
    const right = foldOperand(predicate.right, scope);
    if (isZero(left) || isZero(right)) return never;
    if (left.kind === 'value' && right.kind === 'value') return truth((Number(left.value) & Number(right.value)) !== 0);
    return { kind: 'overlaps', left, right };
  }
  const bits = foldOperand(predicate.bits, scope);
  const need = foldOperand(predicate.need, scope);
  const cover = foldOperand(predicate.cover, scope);
  if (isZero(bits) || isZero(need)) return always;
  if (bits.kind === 'value' && need.kind === 'value' && (Number(bits.value) & Number(need.value)) === 0) return always;
  return { kind: 'covered', bits, need, cover };
}

function foldJunction(parts: readonly Predicate[], scope: FoldScope, kind: 'and' | 'or'): Predicate {
  const [neutral, decisive] = kind === 'and' ? (['always', 'never'] as const) : (['never', 'always'] as const);
  const folded = parts.map((each) => fold(each, scope)).filter((each) => each.kind !== neutral)
    .flatMap((each) => (each.kind === 'and' && kind === 'and' ? each.all : each.kind === 'or' && kind === 'or' ? each.any : [each]));
  if (folded.some((each) => each.kind === decisive)) return kind === 'and' ? never : always;
  if (folded.length === 0) return kind === 'and' ? always : never;
  if (folded.length === 1) return folded[0] as Predicate;
  return kind === 'and' ? and(...folded) : or(...folded);
}

/** The predicate with everything that is known of the caller worked out; what is left depends on rows and bound values. */
export function fold(predicate: Predicate, scope: FoldScope): Predicate {
  switch (predicate.kind) {
    case 'always': case 'never': return predicate;
    case 'and': return foldJunction(predicate.all, scope, 'and');
    case 'or': return foldJunction(predicate.any, scope, 'or');
    case 'not': {
      const of = fold(predicate.of, scope);
      return of.kind === 'always' ? never : of.kind === 'never' ? always : of.kind === 'not' ? of.of : not(of);
    }
    case 'eq': case 'before': case 'notAfter': return foldComparison(predicate, scope);
    case 'in': return foldList(predicate, scope);
    case 'missing': {
      const of = foldOperand(predicate.of, scope);
      return of.kind === 'value' ? truth(of.value === null) : { kind: 'missing', of };
    }
    case 'exists': {
      const where = fold(predicate.where, scope);
      return where.kind === 'never' ? never : { ...predicate, where };
    }
    case 'covered': case 'overlaps': return foldMasks(predicate, scope);
  }
}
export { foldOperand };
