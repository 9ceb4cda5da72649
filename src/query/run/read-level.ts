import type { Scalar } from '../../permissions/core/interpret';
import type { RecordType } from '../../vocabulary/records';
import { together, type Branch, type Together } from '../compile/branches';
import { branchOf } from '../compile/known-rows';
import { compileMemberBranch, MEMBER_BRANCH } from '../compile/member-read';
import { compileRecordBranch, knownLimit, type RecordSource } from '../compile/record-read';
import type { RunValues } from '../compile/sql';
import type { LevelShape } from '../compile/told-level';
import type { Place } from '../cursor';
import type { PlannedField } from '../plan/selection';
import { connectionType } from '../plan/verdicts';
import { nodeSelections } from './connection';
import type { Rows } from './database';
import { LARGEST_LEVEL, type KnownMembers } from './known-members';
import { open, paddedSize, pageSize, placeAfter, runValues, statement, type Reading } from './reading';
import type { Answer } from './shape';

type Row = readonly Scalar[];

/** The rows of one connection of a level, with the columns by place; `coordinates`: what its filter looked at. */
export interface LevelRows { readonly rows: Rows; readonly columns: readonly string[]; readonly coordinates: readonly string[] }
/** What is read of known members: their own cells, where these were asked for, and the connections whose rules facts can tell. */
export interface Level { readonly members: LevelRows | null; readonly connections: ReadonlyMap<number, LevelRows> }

/** A connection that is read in its level's statement. */
interface Joined { readonly field: PlannedField; readonly type: RecordType; readonly first: number; readonly place: Place | null }

function joined(reading: Reading, selections: readonly PlannedField[], known: KnownMembers): Joined[] {
  return open(reading, selections).flatMap((field) => {
    const type = connectionType(field.name);
    if (!type || !known.rules.has(type)) return [];
    return [{ field, type, first: pageSize(field, reading.arguments.get(field.id)?.['first']), place: placeAfter(reading, field) }];
  });
}

/** One branch of a level's statements; `of` null: the members' own cells. */
interface Part { readonly of: Joined | null; readonly branch: Branch; readonly coordinates: readonly string[]; readonly limit: number }
/** The statements of a level with the parts that each reads, in the order of its branches. */
type Statements = readonly { readonly made: Together; readonly parts: readonly Part[] }[];

function partsOf(reading: Reading, connections: readonly Joined[], known: KnownMembers, level: LevelShape, asking: boolean): Part[] {
  return connections.flatMap((of) => {
    const rules = known.rules.get(of.type);
    if (!rules || (asking && !rules.hidden)) return [];
    const source: RecordSource & { kind: 'KNOWN' } = { kind: 'KNOWN', level, first: of.first, after: of.place !== null, field: of.field.id, rules, asking };
    const made = compileRecordBranch(reading.access, open(reading, nodeSelections(of.field)), source, reading.arguments.get(of.field.id)?.['filter'] as Answer | null);
    return made ? [{ of, branch: made.branch, coordinates: made.filter.coordinates, limit: level.keys > 1 ? knownLimit(source) : Infinity }] : [];
  });
}

/**
 * The statements of a level for its size, made once. Of one member MariaDB is asked all at once: the way there and back costs more than the rows do.
 * Of several each branch by itself, since it writes what it unites to a table of its own; and on SQLite, where nothing travels. What is asked row by
 * row is always asked: which statements run, and their text, must not tell whose restrictions say more than facts can.
 */
function compileLevel(reading: Reading, selections: readonly PlannedField[], connections: readonly Joined[], known: KnownMembers, keys: number, withMembers: boolean): Statements {
  const level = { keys, dialect: reading.database.dialect };
  const own: Part[] = withMembers ? [{ of: null, branch: compileMemberBranch(reading.access, open(reading, selections), level), coordinates: [], limit: Infinity }] : [];
  const [told, asking] = [[...own, ...partsOf(reading, connections, known, level, false)], partsOf(reading, connections, known, level, true)];
  const one = told.map((each) => [each]);
  const groups = level.dialect === 'sqlite' ? [...one, ...asking.map((each) => [each])] : keys > 1 ? [...one, asking] : [[...told, ...asking]];
  return groups.filter((each) => each.length > 0).map((parts) => ({ made: together(parts.map((each) => each.branch)), parts }));
}

function valuesOf(reading: Reading, connections: readonly Joined[], known: KnownMembers, keys: (branch: string) => readonly string[]): RunValues {
  const base = runValues(reading, [], null);
  const places = new Map(connections.map((each) => [each.field.id, each.place]));
  return {
    ...base, level: { keys, fact: known.fact },
    argument: (field, ...path) => (path[0] === 'cursor' ? places.get(field)?.[path[1] as keyof Place] ?? null : base.argument(field, ...path)),
  };
}

interface Found { readonly part: Part; readonly rows: Row[]; readonly columns: readonly string[] }

/** The rows of each branch of the statements. */
async function rowsOf(reading: Reading, statements: Statements, values: RunValues): Promise<Found[]> {
  const found = await Promise.all(statements.map(async ({ made: { read, columns }, parts }) => {
    const byBranch = parts.map((part, at): Found => ({ part, rows: [], columns: columns[at] ?? [] }));
    for (const row of await reading.database.rows(read, values)) byBranch[Number(row[row.length - 1])]?.rows.push(row);
    return byBranch;
  }));
  return found.flat();
}

/**
 * Reads known members and their records: what facts can tell as the rows lie, what a member's restrictions say beyond that row by row. A connection
 * with more rows than a page of each member could need is left out: some may be missing.
 */
export async function readLevel(reading: Reading, level: number, selections: readonly PlannedField[], known: KnownMembers, withMembers: boolean): Promise<Level> {
  const { ids } = known;
  if (ids.length === 0 || ids.length > LARGEST_LEVEL) return { members: null, connections: new Map() };
  const connections = joined(reading, selections, known);
  const size = paddedSize(ids.length);
  const made = statement(reading, `level:${level}:${size}:${withMembers}`, () => compileLevel(reading, selections, connections, known, size, withMembers));
  const keys = new Map<string, readonly string[]>([[MEMBER_BRANCH, ids], ...connections.flatMap(({ type }) => [true, false].map((asking) => [branchOf(type, asking), ids.filter((each) => known.asks(each, type) === asking)] as const))]);
  const found = await rowsOf(reading, made, valuesOf(reading, connections, known, (branch) => keys.get(branch) ?? []));
  const read = new Map<number, LevelRows>();
  const cut = new Set<number>();
  for (const { part, rows, columns } of found) {
    if (!part.of) continue;
    const { id } = part.of.field;
    if (rows.length >= part.limit) cut.add(id);
    const before = read.get(id);
    read.set(id, before ? { ...before, rows: rows.length === 0 ? before.rows : [...before.rows, ...aligned(rows, columns, before.columns)] } : { rows, columns, coordinates: part.coordinates });
  }
  cut.forEach((id) => read.delete(id));
  const own = found.find((each) => each.part.of === null);
  return { members: own ? { rows: own.rows, columns: own.columns, coordinates: [] } : null, connections: read };
}

/** Rows with their cells where other columns have them: two statements may have laid them out otherwise. */
function aligned(rows: readonly Row[], columns: readonly string[], as: readonly string[]): readonly Row[] {
  if (columns.join() === as.join()) return rows;
  const from = as.map((column) => (column === '' ? -1 : columns.indexOf(column)));
  return rows.map((row) => from.map((place) => (place < 0 ? null : row[place] ?? null)));
}
