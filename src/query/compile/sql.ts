import type { Scalar } from '../../permissions/core/interpret';
import type { GrantOrder } from '../grant-order';
import type { Access } from '../plan/access';

/** What one run of a compiled read is bound to: the caller's values, the arguments of this request, the keys of the level above. */
export interface RunValues {
  readonly bound: Access['bound'];
  /** A value of this request's arguments; the field's id and the path below it. */
  readonly argument: (field: number, ...path: string[]) => unknown;
  /** Ids of the level above, padded to the size that the statement was compiled for. */
  readonly keys: readonly string[];
  /** The order of rows under a grant that leaves identifiers out. */
  readonly order?: GrantOrder | null;
  /** What is known of the level's members, for the statements that are told it. */
  readonly level?: LevelValues;
}
/** The members that a branch of a level's statement reads, and the facts that are known of each. */
export interface LevelValues { readonly keys: (branch: string) => readonly string[]; readonly fact: (member: string, name: string) => number }
export type Parameter = (values: RunValues) => Scalar;

/** A piece of SQL with its parameters in the order of their marks. Values never stand in the text. */
export interface Fragment { readonly text: string; readonly parameters: readonly Parameter[] }

/** SQL from fragments: `sql\`a = ${fragment}\``. A plain string is not accepted, so no value can slip into the text. */
export function sql(strings: TemplateStringsArray, ...parts: Fragment[]): Fragment {
  let text = strings[0] ?? '';
  const parameters: Parameter[] = [];
  parts.forEach((part, place) => {
    text += part.text + (strings[place + 1] ?? '');
    parameters.push(...part.parameters);
  });
  return { text, parameters };
}

/** A name of ours (table, column, alias): checked, since names cannot be parameters. */
export function name(text: string): Fragment {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i.test(text)) throw new Error('not a name of the schema');
  return { text, parameters: [] };
}
export const number = (value: number): Fragment => ({ text: String(Math.trunc(value)), parameters: [] });
export const parameter = (read: Parameter): Fragment => ({ text: '?', parameters: [read] });
export const constant = (value: Scalar): Fragment => parameter(() => value);

export function join(parts: readonly Fragment[], by: string): Fragment {
  return { text: parts.map((each) => each.text).join(by), parameters: parts.flatMap((each) => each.parameters) };
}
/** The marks of values, for an IN. */
export const constants = (values: readonly Scalar[]): Fragment => join(values.map(constant), ', ');
/** The marks of the ids of the level above, for an IN. `size`: what the statement is compiled for. */
export const levelKeys = (size: number): Fragment => join(Array.from({ length: size }, (_, place) => parameter((values) => values.keys[place] ?? null)), ', ');
/** Parenthesised conjunction; nothing to ask for is TRUE (1 = 1 on both databases). */
export const all = (parts: readonly Fragment[]): Fragment => (parts.length === 0 ? { text: '1 = 1', parameters: [] } : join(parts.map((each) => sql`(${each})`), ' AND '));
/** Disjunction, parenthesised as a whole, so that it can stand beside an AND; an empty one is FALSE. */
export const any = (parts: readonly Fragment[]): Fragment => (parts.length === 0 ? { text: '1 = 0', parameters: [] } : sql`(${join(parts.map((each) => sql`(${each})`), ' OR ')})`);

declare const compiled: unique symbol;
/** The only thing that can be run: made by the compiler alone (branded), with the names of the columns that it returns. */
export interface CompiledRead extends Fragment { readonly columns: readonly string[]; readonly [compiled]: true }
/** For the compiler's own use: seals a statement whose columns were decided. */
export const seal = (fragment: Fragment, columns: readonly string[]): CompiledRead => Object.freeze({ ...fragment, columns: Object.freeze([...columns]) }) as CompiledRead;
