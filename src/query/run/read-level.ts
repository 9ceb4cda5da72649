import type { RecordType } from '../../vocabulary/records';
import { branchOf } from '../compile/known-rows';
import { compileKnownMembers, MEMBER_BRANCH } from '../compile/member-read';
import { compileRecordRead, knownLimit, type RecordSource } from '../compile/record-read';
import type { RunValues } from '../compile/sql';
import type { LevelShape } from '../compile/told-level';
import type { Place } from '../cursor';
import type { PlannedField } from '../plan/selection';
import { connectionType } from '../plan/verdicts';
import { nodeSelections } from './connection';
import type { Rows, RunTogether } from './database';
import { LARGEST_LEVEL, type KnownMembers } from './known-members';
import { open, paddedSize, pageSize, placeAfter, runValues, statement, type Reading } from './reading';
import type { Answer } from './shape';

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

/** One read of a level; `of` null: the members' own cells. */
interface Part extends RunTogether { readonly of: Joined | null; readonly coordinates: readonly string[]; readonly limit: number }
function partsOf(reading: Reading, connections: readonly Joined[], known: KnownMembers, level: LevelShape, asking: boolean): Part[] {
  return connections.flatMap((of) => {
    const rules = known.rules.get(of.type);
    if (!rules || (asking && !rules.hidden)) return [];
    const source: RecordSource & { kind: 'KNOWN' } = { kind: 'KNOWN', level, first: of.first, after: of.place !== null, field: of.field.id, rules, asking };
    const made = compileRecordRead(reading.access, of.type, open(reading, nodeSelections(of.field)), source, reading.arguments.get(of.field.id)?.['filter'] as Answer | null);
    const branch = branchOf(of.type, asking);
    return made ? [{ of, read: made.read, isNeeded: asking ? (values: RunValues) => (values.level?.keys(branch).length ?? 0) > 0 : null, coordinates: made.filter.coordinates, limit: level.keys > 1 ? knownLimit(source) : Infinity }] : [];
  });
}

/**
 * The reads of a level for its size, made once, and asked all at once: the way there and back costs more than most of them. What is asked row by row
 * is always sent: which reads are, and their text, must not tell whose restrictions say more than facts can.
 */
function compileLevel(reading: Reading, selections: readonly PlannedField[], connections: readonly Joined[], known: KnownMembers, keys: number, withMembers: boolean): readonly Part[] {
  const level = { keys, dialect: reading.database.dialect };
  const own: Part[] = withMembers ? [{ of: null, read: compileKnownMembers(reading.access, open(reading, selections), level), isNeeded: null, coordinates: [], limit: Infinity }] : [];
  return [...own, ...partsOf(reading, connections, known, level, false), ...partsOf(reading, connections, known, level, true)];
}

function valuesOf(reading: Reading, connections: readonly Joined[], known: KnownMembers, keys: (branch: string) => readonly string[]): RunValues {
  const base = runValues(reading, [], null);
  const places = new Map(connections.map((each) => [each.field.id, each.place]));
  return {
    ...base, level: { keys, fact: known.fact },
    argument: (field, ...path) => (path[0] === 'cursor' ? places.get(field)?.[path[1] as keyof Place] ?? null : base.argument(field, ...path)),
  };
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
  const after = connections.flatMap(({ field, place }) => (place ? [field.id] : [])).join();
  const made = statement(reading, `level:${level}:${size}:${withMembers}:${after}`, () => compileLevel(reading, selections, connections, known, size, withMembers));
  const keys = new Map<string, readonly string[]>([[MEMBER_BRANCH, ids], ...connections.flatMap(({ type }) => [true, false].map((asking) => [branchOf(type, asking), ids.filter((each) => known.asks(each, type) === asking)] as const))]);
  const rowsOf = await reading.database.all(made, valuesOf(reading, connections, known, (branch) => keys.get(branch) ?? []));
  const read = new Map<number, LevelRows>();
  const cut = new Set<number>();
  let members: LevelRows | null = null;
  made.forEach(({ of, read: { columns }, coordinates, limit }, place) => {
    const rows = rowsOf[place] ?? [];
    if (!of) { members = { rows, columns, coordinates }; return; }
    const { id } = of.field;
    if (rows.length >= limit) cut.add(id);
    const before = read.get(id);
    read.set(id, before ? { ...before, rows: [...before.rows, ...aligned(rows, columns, before.columns)] } : { rows, columns, coordinates });
  });
  cut.forEach((id) => read.delete(id));
  return { members, connections: read };
}

/** Rows with their cells where other columns have them: two reads may have laid them out otherwise. */
function aligned(rows: Rows, columns: readonly string[], as: readonly string[]): Rows {
  if (rows.length === 0 || columns.join() === as.join()) return rows;
  const from = as.map((column) => columns.indexOf(column));
  return rows.map((row) => from.map((place) => (place < 0 ? null : row[place] ?? null)));
}
