import { channel } from 'node:diagnostics_channel';
import type { Scalar } from '../../permissions/core/interpret';
import { COLLECTIONS, compileCollectionRead } from '../compile/collection-read';
import { JSON_PARTS, memberField, readJson } from '../compile/columns';
import { ADDRESS_COLUMNS, compileDrivenIds, compileMemberRead, CONTACT_COLUMNS, ORDER_FIELDS, PRIVACY_OPEN, type MemberOrder } from '../compile/member-read';
import type { PlannedField } from '../plan/selection';
import { connectionType } from '../plan/verdicts';
import { connectionAnswer, nodeSelections } from './connection';
import { factsOf, knownMembers, knownMembersOf, LARGEST_LEVEL, type KnownMembers } from './known-members';
import { readLevel, type Level } from './read-level';
import { readRecordsOf } from './read-records';
import { open, pageSize, placeAfter, rowsFor, runValues, statement, toldId, type Reading } from './reading';
import { shape, type Answer } from './shape';

type Row = readonly Scalar[];

/** Says that a connection was read by rules of its own although its members were known; nobody need listen. */
const fallback = channel('phi-gateway.fallback');

/** What is read beside the members' own rows, by the field that asked for it and the member. */
type Beside = ReadonlyMap<number, ReadonlyMap<string, unknown>>;

/** The members of which the caller may see the privacy state: the category of each, by signature too, and no restriction. */
function withPrivacy(columns: ReadonlyMap<string, number>, rows: readonly Row[]): string[] {
  const place = columns.get(PRIVACY_OPEN);
  return place === undefined ? [] : rows.filter((row) => row[place] === 1).map((row) => String(row[0]));
}

/** Everything below the members of a level: one statement for each connection or collection, all at once. */
async function readBeside(reading: Reading, columns: ReadonlyMap<string, number>, rows: readonly Row[], selections: readonly PlannedField[], level: Level | null): Promise<Beside> {
  const ids = rows.map((row) => String(row[0]));
  if (ids.length === 0) return new Map();
  const found = await Promise.all(open(reading, selections).map(async (field): Promise<readonly [number, ReadonlyMap<string, unknown>] | null> => {
    const type = connectionType(field.name);
    if (type) {
      const read = level?.connections.get(field.id);
      if (level && !read) fallback.publish({ type });
      return [field.id, await readRecordsOf(reading, field, type, ids, read)];
    }
    if (COLLECTIONS[field.name]) return [field.id, await readCollection(reading, field, ids)];
    if (field.name === 'privacy') return [field.id, await reading.extras.privacy(withPrivacy(columns, rows), reading.access)];
    if (field.name === 'interactionAlerts') return [field.id, await reading.extras.interactionAlerts(ids, reading)];
    return null;
  }));
  return new Map(found.filter((each) => each !== null));
}

async function readCollection(reading: Reading, field: PlannedField, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const rows = await rowsFor(reading, `collection:${field.name}`, ids, (size) => compileCollectionRead(reading.access, field.name, size), null);
  const byMember = new Map<string, unknown[]>(ids.map((id) => [id, []]));
  for (const row of rows) byMember.get(String(row[0]))?.push(withToldId(reading, COLLECTIONS[field.name]?.read(row)));
  return byMember;
}

/** Objects of a collection have a key of their own. */
const withToldId = (reading: Reading, value: Record<string, unknown> | undefined): unknown => (value && 'id' in value ? { ...value, id: toldId(reading, 'record', value['id']) } : value);

/** One member under one selection. */
function memberAnswer(reading: Reading, columns: ReadonlyMap<string, number>, row: Row, beside: Beside, selections: readonly PlannedField[]): Answer {
  const at = (column: string): Scalar => { const place = columns.get(column); return place === undefined ? null : (row[place] ?? null); };
  const answer: Answer = {};
  for (const field of selections) {
    if (field.name === '__typename') answer[field.key] = 'Member';
    else if (reading.denied.has(field.id)) answer[field.key] = null;
    else if (connectionType(field.name)) answer[field.key] = beside.get(field.id)?.get(String(row[0])) ?? null;
    else if (beside.has(field.id)) answer[field.key] = shape(beside.get(field.id)?.get(String(row[0])) ?? null, field);
    else if (field.name === 'id') answer[field.key] = toldId(reading, 'member', row[0]);
    else answer[field.key] = field.name === 'contact' ? contactAnswer(field, at) : ownAnswer(field, at);
  }
  return answer;
}

const part = (column: string, at: (column: string) => Scalar): unknown => (JSON_PARTS.has(column) ? readJson(at(column)) : at(column));

function ownAnswer(field: PlannedField, at: (column: string) => Scalar): unknown {
  const source = memberField(field.name);
  if (!source) return null;
  if (source.kind === 'scalar') return shape(source.read(at(source.column)), field);
  const value: Answer = {};
  let there = false;
  for (const [name, column] of Object.entries(source.parts)) { value[name] = part(column, at); there ||= at(column) !== null; }
  return there ? shape(value, field) : null;
}

/** Addresses out of their parts: as many as the longest part read has; null where no part may be seen. */
function addressesOf(at: (column: string) => Scalar): Answer[] | null {
  const parts = Object.entries(ADDRESS_COLUMNS).map(([part, column]) => [part, readJson(at(column)) as unknown[] | null] as const);
  const length = Math.max(-1, ...parts.map(([, values]) => values?.length ?? -1));
  return length < 0 ? null : Array.from({ length }, (_, place) => Object.fromEntries(parts.map(([part, values]) => [part, values?.[place] ?? null])));
}

/** The contact in full, or the way that the member chose; null where neither is for this caller. */
function contactAnswer(field: PlannedField, at: (column: string) => Scalar): unknown {
  if (at('contact_there') !== 1) return null;
  const value: Answer = { confidential: at('contact_confidential') === null ? null : at('contact_confidential') === 1 };
  for (const [name, column] of Object.entries(CONTACT_COLUMNS)) {
    const own = name === 'addresses' ? addressesOf(at) : part(column.own, at);
    const chosen = column.chosen ? at(`chosen_${column.chosen}`) : null;
    value[name] = own ?? (chosen === null ? null : [column.chosen === 'address' ? readJson(chosen) : chosen]);
  }
  return shape(value, field);
}

const places = (columns: readonly string[]): ReadonlyMap<string, number> => new Map(columns.map((column, place) => [column, place]));

/** Members with the columns of their own cells, and what stands below them. */
interface ReadMembers { readonly rows: readonly Row[]; readonly columns: ReadonlyMap<string, number>; readonly beside: Beside }

/** Members of whom the facts are known: their own cells in one statement with their records. In the order of the ids. */
async function readKnown(reading: Reading, field: number, selections: readonly PlannedField[], known: KnownMembers): Promise<ReadMembers> {
  known.ids.forEach((id) => reading.touched.members.add(id));
  const level = await readLevel(reading, field, selections, known, true);
  const byId = new Map((level.members?.rows ?? []).map((row) => [String(row[0]), row]));
  const rows = known.ids.map((id) => byId.get(id)).filter((each) => each !== undefined);
  const columns = places(level.members?.columns ?? []);
  return { rows, columns, beside: await readBeside(reading, columns, rows, selections, level) };
}

/** Members by id under the selection of a field, each once; one that the caller does not reach is absent. */
export async function readMembersByIds(reading: Reading, field: PlannedField, ids: readonly string[], selections: readonly PlannedField[] = field.selections): Promise<ReadonlyMap<string, Answer>> {
  const facts = ids.length > LARGEST_LEVEL ? null : factsOf(reading, field.id, selections);
  const { rows, columns, beside } = facts ? await readKnown(reading, field.id, selections, await knownMembersOf(reading, field.id, facts, [...new Set(ids)], 'REACHED')) : await readByRules(reading, field, ids, selections);
  return new Map(rows.map((row) => [String(row[0]), memberAnswer(reading, columns, row, beside, selections)]));
}

/** Members by the rules of their own cells alone. */
async function readByRules(reading: Reading, field: PlannedField, ids: readonly string[], selections: readonly PlannedField[]): Promise<ReadMembers> {
  const make = (size: number) => compileMemberRead(reading.access, open(reading, selections), { kind: 'KEYS', keys: size }, null);
  const rows = await rowsFor(reading, `members:${field.id}`, ids, (size) => make(size).read, null);
  const columns = places(statement(reading, `member-columns:${field.id}`, () => make(1)).read.columns);
  rows.forEach((row) => reading.touched.members.add(String(row[0])));
  return { rows, columns, beside: await readBeside(reading, columns, rows, selections, null) };
}

/** A page of members: the root field `members`. */
export async function readMemberPage(reading: Reading, connection: PlannedField): Promise<Answer> {
  const selections = nodeSelections(connection);
  const args = reading.arguments.get(connection.id) ?? {};
  const first = pageSize(connection, args['first']);
  const place = placeAfter(reading, connection);
  const order = (args['orderBy'] ?? null) as MemberOrder | null;
  const source = { kind: 'PAGE', first, after: place !== null, field: connection.id, order } as const;
  const facts = factsOf(reading, connection.id, selections);
  const driven = facts && statement(reading, `driven:${connection.id}:${place ? 'after' : ''}`, () => compileDrivenIds(reading.access, source, args['filter'] as Answer | null));
  if (facts && driven) {
    const found = (await reading.database.rows(driven, runValues(reading, [], { field: connection, place }))).map((row) => String(row[0]));
    const known = await knownMembersOf(reading, connection.id, facts, found.slice(0, first), 'KNOWN');
    return pageAnswer(reading, connection, await readKnown(reading, connection.id, selections, known), found.length > first);
  }
  const made = statement(reading, `page:${connection.id}:${place ? 'after' : ''}`, () => compileMemberRead(reading.access, open(reading, selections), source, args['filter'] as Answer | null, facts));
  made.filter.coordinates.forEach((each) => reading.touched.used.add(each));
  if (order) reading.touched.used.add(ORDER_FIELDS[order.field].coordinate);
  const rows = await reading.database.rows(made.read, runValues(reading, [], { field: connection, place }));
  const page = rows.slice(0, first);
  page.forEach((row) => reading.touched.members.add(String(row[0])));
  const columns = places(made.read.columns);
  const known = await knownMembers(reading, connection.id, facts, columns, page);
  const beside = await readBeside(reading, columns, page, selections, known && await readLevel(reading, connection.id, selections, known, false));
  return pageAnswer(reading, connection, { rows: page, columns, beside }, rows.length > first, made.orderColumn);
}

function pageAnswer(reading: Reading, connection: PlannedField, { rows, columns, beside }: ReadMembers, hasNextPage: boolean, orderColumn: string | null = null): Answer {
  const orderPlace = orderColumn === null ? undefined : columns.get(orderColumn);
  const placeOf = (index: number) => ({ id: String(rows[index]?.[0]), ...(orderPlace === undefined ? {} : { value: (rows[index]?.[orderPlace] ?? null) as string | null }) });
  return connectionAnswer(reading, connection, rows.length, hasNextPage, placeOf, (index, field) => memberAnswer(reading, columns, rows[index] as Row, beside, field.selections));
}
