import { TABLES } from '../../entities/tables';
import { join, name, number, seal, sql, type CompiledRead, type Fragment } from './sql';

/** Columns of equal kind may share a place in rows that come from several tables: both databases would turn a number beside a text into one. */
type Kind = 'TEXT' | 'NUMBER' | 'DOUBLE';
/** One SELECT of a level's statement: three keys, then cells. `rest`: from FROM on. */
export interface Branch { readonly keys: readonly Fragment[]; readonly columns: readonly string[]; readonly kinds: readonly Kind[]; readonly expressions: readonly Fragment[]; readonly rest: Fragment }
/** One statement for several branches. `columns`: of each branch, by place in the row; the last place says which branch a row is of. */
export interface Together { readonly read: CompiledRead; readonly columns: readonly (readonly string[])[] }

const KIND: Readonly<Record<string, Kind>> = { int: 'NUMBER', flag: 'NUMBER', mask: 'NUMBER', double: 'DOUBLE' };
/** The kinds of a table's columns. */
export const inTable = (table: string, columns: readonly string[]): Kind[] =>
  columns.map((column) => KIND[((TABLES as Readonly<Record<string, { readonly columns: Readonly<Record<string, string>> }>>)[table]?.columns[column] ?? '').replace('?', '')] ?? 'TEXT');

const KEYS = ['member_id', 'id', 'labels'] as const;
/** The last column: which branch a row is of. */
const BRANCH = 'branch';

/** Which place of the row each column of a branch has: the first one of its kind that the branch has not used. */
function places(branch: Branch, slots: Kind[]): number[] {
  const used = new Set<number>();
  return branch.kinds.map((kind) => {
    const free = slots.findIndex((each, place) => each === kind && !used.has(place));
    const place = free < 0 ? slots.push(kind) - 1 : free;
    used.add(place);
    return place;
  });
}

export function together(branches: readonly Branch[]): Together {
  const slots: Kind[] = [];
  const placed = branches.map((each) => places(each, slots));
  const columns = branches.map((each, at) => {
    const found = [...KEYS, ...Array<string>(slots.length).fill(''), BRANCH];
    placed[at]?.forEach((slot, column) => { found[KEYS.length + slot] = each.columns[column] ?? ''; });
    return found;
  });
  const selects = branches.map((each, at) => {
    const cells = slots.map((_, slot) => each.expressions[placed[at]?.indexOf(slot) ?? -1] ?? sql`NULL`);
    const select = [...each.keys, ...cells, number(at)].map((one, place) => sql`${one} AS ${name(`c${place}`)}`);
    return sql`SELECT ${join(select, ', ')} ${each.rest}`;
  });
  const text = selects.length === 1 ? join(selects, '') : join(selects.map((each) => sql`(${each})`), ' UNION ALL ');
  // A place that several branches share bears the names of all columns that it has.
  const names = slots.map((_, slot) => [...new Set(columns.map((each) => each[KEYS.length + slot] ?? '').filter((each) => each !== ''))].join('/'));
  return { read: seal(text, [...KEYS, ...names, BRANCH]), columns };
}
