import type { Operand, Predicate } from '../../permissions/core/predicate';
import type { Access } from '../../query/plan/access';

/** Columns that hold bits; every other column is a value with an order and a missing flag. */
const MASKS = ['labels', 'class_mask', 'category_mask', 'excluded_mask', 'field_mask', 'scope_mask'];
const bv = (value: number): string => `#x${(value >>> 0).toString(16).padStart(8, '0')}`;

/** Facts that a state of the world may differ in, by the relation that holds them: named apart where a formula compares two states. */
export interface StateOf { readonly relation: string; readonly mark: string }

/**
 * Folded rules as SMT-LIB formulas over any labels, instants, ids and facts: a set of labels is 32 bits, an instant or an id is an
 * integer with a missing flag, and what some row of a relation satisfies is a free truth (of bits, free bits). The reading is an
 * over-approximation: every world of the database is one of these, so what is refuted here holds in each.
 */
export class Smt {
  private readonly declared = new Map<string, string>();
  private readonly named = new Map<string, string>();
  private readonly interned = new Map<string, number>();
  /** Facts met while translating: their atom, with the rule that rows are asked. */
  readonly facts: { readonly atom: string; readonly relation: string; readonly where: Predicate; readonly kind: 'exists' | 'bits'; readonly column: string | null; readonly mark: string }[] = [];
  constructor(private readonly bound: Access['bound']) {}

  declarations(): string[] { return [...this.declared].map(([name, sort]) => `(declare-const ${name} ${sort})`); }
  private declare(name: string, sort: string): string { this.declared.set(name, sort); return name; }
  text(value: string): string {
    if (!this.interned.has(value)) this.interned.set(value, 1000 + this.interned.size);
    return String(this.interned.get(value));
  }
  bool(name: string): string { return this.declare(name, 'Bool'); }
  mask(name: string): string { return this.declare(name, '(_ BitVec 32)'); }

  /** The value and the missing flag of a column, `row` naming which row an `x` is. */
  column(of: string, name: string, row: string): { value: string; missing: string } {
    const base = `${of === 'x' ? row : of}.${name}`;
    return { value: this.declare(base, 'Int'), missing: this.declare(`${base}?`, 'Bool') };
  }
  private scalar(operand: Operand, row: string): { value: string; missing: string } {
    switch (operand.kind) {
      case 'column': return this.column(operand.of, operand.name, row);
      case 'bound': return { value: this.declare(`b.${operand.name}`, 'Int'), missing: 'false' };
      case 'value': return operand.value === null ? { value: '0', missing: 'true' } : { value: typeof operand.value === 'number' ? String(operand.value) : this.text(operand.value), missing: 'false' };
      default: throw new Error(`no value: ${operand.kind}`);
    }
  }
  private fact(kind: 'exists' | 'bits', node: { relation: string; where: Predicate; column?: string }, state: StateOf | null): string {
    const mark = state?.relation === node.relation ? state.mark : '';
    const key = JSON.stringify([kind, node.relation, node.column ?? null, node.where]);
    const name = this.named.get(key) ?? `${kind}.${node.relation}.${this.named.size}`;
    this.named.set(key, name);
    const atom = kind === 'exists' ? this.bool(`${name}${mark}`) : this.mask(`${name}${mark}`);
    if (!this.facts.some((each) => each.atom === atom)) this.facts.push({ atom, relation: node.relation, where: node.where, kind, column: node.column ?? null, mark });
    return atom;
  }

  bits(operand: Operand, row: string, state: StateOf | null): string {
    switch (operand.kind) {
      case 'value': return bv(Number(operand.value ?? 0));
      case 'column': return this.mask(`${operand.of === 'x' ? row : operand.of}.${operand.name}`);
      case 'bits': return this.fact('bits', operand, state);
      case 'union': return `(bvor ${this.bits(operand.left, row, state)} ${this.bits(operand.right, row, state)})`;
      case 'byState': {
        const { value, missing } = this.column('m', 'home_state', row);
        return Object.entries(operand.masks).reduce((rest, [name, mask]) => `(ite (and (not ${missing}) (= ${value} ${this.text(name)})) ${bv(mask)} ${rest})`, bv(operand.otherwise));
      }
      default: throw new Error(`no bits: ${operand.kind}`);
    }
  }

  private equal(left: Operand, right: Operand, row: string): string {
    const isMask = (each: Operand): boolean => each.kind === 'column' && MASKS.includes(each.name);
    if (isMask(left) || isMask(right)) return `(= ${this.bits(left, row, null)} ${this.bits(right, row, null)})`;
    const [one, other] = [this.scalar(left, row), this.scalar(right, row)];
    return `(and (not ${one.missing}) (not ${other.missing}) (= ${one.value} ${other.value}))`;
  }
  /** A list of the caller's own (keys, purposes) stands for the texts that it holds. */
  private listed(list: readonly Operand[]): Operand[] {
    return list.flatMap((each): Operand[] => {
      const held = each.kind === 'bound' ? this.bound[each.name] : null;
      return Array.isArray(held) ? (held as readonly string[]).map((value) => ({ kind: 'value', value })) : [each];
    });
  }
  private ordered(sign: '<' | '<=', left: Operand, right: Operand, row: string): string {
    const [one, other] = [this.scalar(left, row), this.scalar(right, row)];
    return `(and (not ${one.missing}) (not ${other.missing}) (${sign} ${one.value} ${other.value}))`;
  }

  /** The formula of a folded rule. `row`: what an `x` that no fact binds stands for; `state`: which facts are those of another state. */
  formula(rule: Predicate, row = 'w', state: StateOf | null = null): string {
    switch (rule.kind) {
      case 'always': return 'true';
      case 'never': return 'false';
      case 'and': return `(and true ${rule.all.map((each) => this.formula(each, row, state)).join(' ')})`;
      case 'or': return `(or false ${rule.any.map((each) => this.formula(each, row, state)).join(' ')})`;
      case 'not': return `(not ${this.formula(rule.of, row, state)})`;
      case 'eq': return this.equal(rule.left, rule.right, row);
      case 'in': return `(or false ${this.listed(rule.list).map((each) => this.equal(rule.left, each, row)).join(' ')})`;
      case 'before': return this.ordered('<', rule.left, rule.right, row);
      case 'notAfter': return this.ordered('<=', rule.left, rule.right, row);
      case 'missing': return rule.of.kind === 'column' && MASKS.includes(rule.of.name) ? this.bool(`${row}.${rule.of.name}?`) : this.scalar(rule.of, row).missing;
      case 'exists': return this.fact('exists', rule, state);
      case 'covered': return `(= (bvand ${this.bits(rule.bits, row, state)} (bvand ${this.bits(rule.need, row, state)} (bvnot ${this.bits(rule.cover, row, state)}))) ${bv(0)})`;
      case 'overlaps': return `(not (= (bvand ${this.bits(rule.left, row, state)} ${this.bits(rule.right, row, state)}) ${bv(0)}))`;
    }
  }
  static readonly bits = bv;
}
