import type { Dialect } from '../../entities/table';
import { all, join, name, parameter, sql, type Fragment, type RunValues } from './sql';

/** How many members a level's statement is made for, and for which database. */
export interface LevelShape { readonly keys: number; readonly dialect: Dialect }

/** The members of a level as a statement is told of them, with the facts that it asks for. */
export interface ToldLevel {
  /** A fact of the row's member. */
  readonly fact: (name: string) => Fragment;
  /** The table with the level's members before it. To be called last: it lists the facts that were asked for until then. */
  readonly joined: (table: Fragment, key: Fragment) => Fragment;
  /** What ties the table's rows to the level's members where no join does. */
  readonly tied: (key: Fragment) => Fragment;
}

/** No member has this id. */
const NOBODY = '';
const keysOf = (values: RunValues, branch: string): readonly string[] => values.level?.keys(branch) ?? [];
function factOf(values: RunValues, member: string, fact: string): number {
  if (!values.level) throw new Error('the facts of a level are told with its members');
  return values.level.fact(member, fact);
}

/** One member: its facts are parameters, so that its rows are read by the key alone. */
function toldOfOne(branch: string): ToldLevel {
  const member = (values: RunValues): string => keysOf(values, branch)[0] ?? NOBODY;
  return {
    fact: (fact) => parameter((values) => (member(values) === NOBODY ? 0 : factOf(values, member(values), fact))),
    joined: (table) => table,
    tied: (key) => sql`${key} = ${parameter(member)}`,
  };
}

const TEXT: Fragment = { text: 'CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin', parameters: [] };

/** Several members: one parameter holds them all as JSON rows, id first, which the database reads as a table. */
function toldOfMany(branch: string, { dialect }: LevelShape): ToldLevel {
  const facts: string[] = [];
  const rows = (values: RunValues): string => JSON.stringify(keysOf(values, branch).map((member) => [member, ...facts.map((fact) => factOf(values, member, fact))]));
  const place = (at: number): Fragment => ({ text: `'$[${at}]'`, parameters: [] });
  const columns = (): Fragment[] => facts.map((_, at) => {
    const [fact, value] = [name(`f${at}`), place(at + 1)];
    return dialect === 'sqlite' ? sql`value ->> ${value} AS ${fact}` : sql`${fact} BIGINT PATH ${value}`;
  });
  const table = (): Fragment => (dialect === 'sqlite'
    ? sql`(SELECT ${join([sql`value ->> ${place(0)} AS id`, ...columns()], ', ')} FROM json_each(${parameter(rows)})) k CROSS JOIN`
    : sql`JSON_TABLE(${parameter(rows)}, '$[*]' COLUMNS(${join([sql`id VARCHAR(128) ${TEXT} PATH ${place(0)}`, ...columns()], ', ')})) k STRAIGHT_JOIN`);
  return {
    fact: (fact) => { if (!facts.includes(fact)) facts.push(fact); return name(`k.f${facts.indexOf(fact)}`); },
    joined: (of, key) => sql`${table()} ${of} ON ${key} = k.id`,
    tied: () => all([]),
  };
}

export const toldLevel = (branch: string, level: LevelShape): ToldLevel => (level.keys === 1 ? toldOfOne(branch) : toldOfMany(branch, level));
