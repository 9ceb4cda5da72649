import type { Scalar } from '../../permissions/core/interpret';
import type { RecordType } from '../../vocabulary/records';
import { recordField } from '../compile/columns';
import type { PlannedField } from '../plan/selection';
import { toldId, type Reading } from './reading';
import { shape, type Answer } from './shape';

type Row = readonly Scalar[];
/** A record's id is its member's own: another member may have one of the same id. */
export const keyOf = ([member, record]: Row): string => `${String(member)} ${String(record)}`;
/** What is read beside the rows of one record type: amendments and ids of results by record, and the member that a record leads to. */
export interface BesideRecords { readonly results: ReadonlyMap<string, readonly string[]>; readonly amendments: ReadonlyMap<string, readonly Answer[]>; readonly members: ReadonlyMap<number, ReadonlyMap<string, Answer>> }

/** One field of a row, by its place in it. */
type Cell = (row: Row, beside: BesideRecords) => unknown;
/** One record under one selection. */
export type RecordAnswer = (row: Row, beside: BesideRecords) => Answer;

/** Keys of rows, as the caller is told them. */
const KEYS: Readonly<Record<string, 'member' | 'record'>> = { id: 'record', memberId: 'member', encounterId: 'record', resultIds: 'record' };
function told(reading: Reading, field: string, cell: Cell): Cell {
  const kind = KEYS[field];
  if (!kind || !reading.pseudonyms) return cell;
  return (row, beside) => {
    const value = cell(row, beside);
    return Array.isArray(value) ? value.map((each) => toldId(reading, kind, each)).sort() : toldId(reading, kind, value);
  };
}

function fieldCell(type: RecordType, field: PlannedField, places: ReadonlyMap<string, number>): Cell {
  const source = recordField(type, field.name);
  if (!source) return () => null;
  if (source.kind === 'scalar') {
    const place = places.get(source.column);
    const { read } = source;
    return (row) => shape(read(place === undefined ? null : (row[place] ?? null)), field);
  }
  const parts = field.selections.map((each): readonly [string, number | null, string | null] =>
    [each.key, each.name === '__typename' ? null : (places.get(source.parts[each.name] ?? '') ?? null), each.name === '__typename' ? (field.type?.name ?? null) : null]);
  const there = Object.values(source.parts).flatMap((column) => { const place = places.get(column); return place === undefined ? [] : [place]; });
  return (row) => {
    if (there.every((place) => row[place] === null || row[place] === undefined)) return null;
    const value: Answer = {};
    for (const [key, place, name] of parts) value[key] = place === null ? name : (row[place] ?? null);
    return value;
  };
}

function cellOf(reading: Reading, type: RecordType, field: PlannedField, places: ReadonlyMap<string, number>): Cell {
  if (field.name === '__typename') return () => type;
  if (reading.denied.has(field.id)) return () => null;
  if (field.name === 'amendments') return (row, beside) => (beside.amendments.get(keyOf(row)) ?? []).map((each) => shape(each, field));
  if (field.name === 'member') return (row, beside) => beside.members.get(field.id)?.get(String(row[0])) ?? null;
  const cell = fieldCell(type, field, places);
  const place = field.name === 'resultIds' ? places.get('result_ids') : undefined;
  // Of a report's results those alone are told that the caller may see.
  return told(reading, field.name, place === undefined ? cell : (row, beside) => (row[place] === null ? null : (beside.results.get(keyOf(row)) ?? [])));
}

/** How rows of these columns are answered under a selection: where each field lies is looked up once for all of them. */
export function recordAnswer(reading: Reading, type: RecordType, columns: readonly string[], selections: readonly PlannedField[]): RecordAnswer {
  const places = new Map(columns.map((column, place) => [column, place]));
  const cells = selections.map((field) => [field.key, cellOf(reading, type, field, places)] as const);
  return (row, beside) => {
    const answer: Answer = {};
    for (const [key, cell] of cells) answer[key] = cell(row, beside);
    return answer;
  };
}
