import type { SensitivityClass } from '../vocabulary/sensitivity';
import type { ClassByCode } from './class-by-code';
import { comparable, isHierarchical } from './code-systems';

/** A row of a code set. */
export interface CodeRow {
  /** As `lookupKey` gives it. */
  readonly system: string; readonly code: string; readonly codeSet: string;
  /** A category of the shared sets, or a class. */
  readonly category: string;
  /** First and last day on which the row is valid, YYYY-MM-DD; null is open. */
  readonly from: string | null; readonly to: string | null;
  /** Covers what is under the code; a range always does. */
  readonly prefix: boolean;
}
export interface CodeMatch {
  readonly row: CodeRow;
  /** Of the code that was asked for: F11 of a row F10-F19 is finer than the row. */
  readonly class: SensitivityClass;
  /** The code itself, not only one above it. */
  readonly exact: boolean;
}
interface Range { readonly low: string; readonly high: string; readonly row: CodeRow }

const RANGE = /^([A-Z]?[0-9A-Z.]+)-([A-Z]?[0-9A-Z.]+)$/i;

/** Finds the rows for a code within its system: the code, the codes above it, and the ranges around it. */
export class CodeIndex {
  private readonly exact = new Map<string, CodeRow[]>();
  private readonly under = new Map<string, CodeRow[]>();
  private readonly ranges = new Map<string, Range[]>();

  constructor(private readonly classByCode: ClassByCode) {}

  add(row: CodeRow): void {
    const range = isHierarchical(row.system) ? RANGE.exec(row.code) : null;
    if (range) {
      push(this.ranges, row.system, { low: comparable(row.system, range[1]!), high: comparable(row.system, range[2]!), row });
      return;
    }
    const code = comparable(row.system, row.code), key = `${row.system} ${code}`;
    push(this.exact, key, row);
    if (isHierarchical(row.system) && row.prefix) push(this.under, key, row);
  }

  find(system: string, code: string): CodeMatch[] {
    const plain = comparable(system, code);
    const match = (row: CodeRow, exact: boolean): CodeMatch => ({ row, exact, class: this.classByCode.classOf(row.category, system, plain) });
    const found = (this.exact.get(`${system} ${plain}`) ?? []).map((row) => match(row, true));
    if (!isHierarchical(system)) return found;
    for (let length = plain.length - 1; length >= 2; length -= 1) {
      for (const row of this.under.get(`${system} ${plain.slice(0, length)}`) ?? []) found.push(match(row, false));
    }
    for (const { low, high, row } of this.ranges.get(system) ?? []) {
      const start = plain.slice(0, low.length);
      if (start.length === low.length && start >= low && plain.slice(0, high.length) <= high) found.push(match(row, false));
    }
    return found;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value); else map.set(key, [value]);
}
