import type { Scalar } from '../../permissions/core/interpret';
import { classBit } from '../../vocabulary/sensitivity';
import type { RecordType } from '../../vocabulary/records';
import { AMENDMENT_COLUMNS, compileAmendmentRead } from '../compile/amendment-read';
import { compileRecordRead, type RecordRead } from '../compile/record-read';
import { compileResultRead } from '../compile/result-read';
import { allSelected, type PlannedField } from '../plan/selection';
import type { Place } from '../cursor';
import { connectionAnswer, nodeSelections } from './connection';
import type { Rows } from './database';
import type { LevelRows } from './read-level';
import { keyOf, recordAnswer, type BesideRecords, type RecordAnswer } from './record-answer';
import { membersAcross } from './members-across';
import { open, padded, paddedSize, pageSize, placeAfter, rowsFor, runValues, statement, type Reading } from './reading';
import type { Answer } from './shape';

type Row = readonly Scalar[];
const PART2 = classBit('PART2');

/** Notes what these rows release: whose, and which labels. */
function touch(reading: Reading, rows: readonly Row[]): void {
  for (const [member, , labels] of rows) {
    reading.touched.members.add(String(member));
    reading.touched.labels |= Number(labels);
    if (labels) reading.touched.labelsOf.set(String(member), (reading.touched.labelsOf.get(String(member)) ?? 0) | Number(labels));
    if (Number(labels) & PART2) reading.touched.part2Members.add(String(member));
  }
}

/** Reads what stands beside the rows: one statement for amendments, one level for members. */
async function beside(reading: Reading, type: RecordType, rows: readonly Row[], selections: readonly PlannedField[]): Promise<BesideRecords> {
  const memberIds = [...new Set(rows.map(([member]) => String(member)))];
  const amendments = new Map<string, Answer[]>();
  if (memberIds.length > 0 && open(reading, allSelected(selections, 'amendments')).length > 0) {
    const found = await rowsFor(reading, `amendments:${type}`, memberIds, (size) => compileAmendmentRead(reading.access, type, size), null);
    for (const row of found) {
      const value = (column: (typeof AMENDMENT_COLUMNS)[number]): Scalar => row[AMENDMENT_COLUMNS.indexOf(column)] ?? null;
      const entry = { __typename: 'Amendment', id: value('id'), recordId: value('record_id'), field: value('field'), proposed: value('proposed'), status: value('status'), reason: value('reason'), statementOfDisagreement: value('statement'), rebuttal: value('rebuttal'), decidedAt: value('decided_at'), previous: value('previous') };
      const key = keyOf([value('member_id'), value('record_id')]);
      amendments.set(key, [...(amendments.get(key) ?? []), entry]);
    }
  }
  const results = await readResults(reading, type, memberIds, selections);
  const members = new Map<number, ReadonlyMap<string, Answer>>();
  if (type === 'CareGap' || type === 'Claim') for (const field of open(reading, allSelected(selections, 'member'))) members.set(field.id, await reading.members(reading, field, memberIds));
  return { amendments, results, members };
}

/** The results that each report tells of, where they are asked for. */
async function readResults(reading: Reading, type: RecordType, memberIds: readonly string[], selections: readonly PlannedField[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const results = new Map<string, string[]>();
  if (type !== 'DiagnosticReport' || memberIds.length === 0 || open(reading, allSelected(selections, 'resultIds')).length === 0) return results;
  for (const row of await rowsFor(reading, 'results', memberIds, (size) => compileResultRead(reading.access, size), null)) results.set(keyOf(row), [...(results.get(keyOf(row)) ?? []), String(row[2])]);
  return results;
}

/** How the rows of a connection are answered under each of its node fields, made once a field. */
function answers(reading: Reading, type: RecordType, columns: readonly string[]): (field: PlannedField) => RecordAnswer {
  const made = new Map<PlannedField, RecordAnswer>();
  return (field) => {
    const known = made.get(field) ?? recordAnswer(reading, type, columns, field.selections);
    made.set(field, known);
    return known;
  };
}

/** The records of a level's members of whom nothing is known yet, each member's page cut in the database. */
async function readByRules(reading: Reading, connection: PlannedField, type: RecordType, memberIds: readonly string[], place: Place | null): Promise<LevelRows> {
  const args = reading.arguments.get(connection.id) ?? {};
  const source = (keys: number) => ({ kind: 'OF_MEMBERS', keys, first: pageSize(connection, args['first']), after: place !== null, field: connection.id }) as const;
  const make = (size: number): RecordRead | null => compileRecordRead(reading.access, type, open(reading, nodeSelections(connection)), source(size), args['filter'] as Answer | null);
  const rows = await rowsFor(reading, `records:${connection.id}:${place ? 'after' : ''}`, memberIds, (size) => make(size)?.read ?? null, { field: connection, place });
  const sample = statement(reading, `columns:${connection.id}`, () => make(1));
  return { rows, columns: sample?.read.columns ?? [], coordinates: sample?.filter.coordinates ?? [] };
}

function grouped(rows: Rows): Map<string, Row[]> {
  const byMember = new Map<string, Row[]>();
  for (const row of rows) { const key = String(row[0]); const list = byMember.get(key); if (list) list.push(row); else byMember.set(key, [row]); }
  return byMember;
}

/** Each member's rows in the order of their ids. A level's statement gives them in the order of the key, which is the same, but need not. */
function byMemberInOrder(rows: Rows): Map<string, Row[]> {
  const byMember = new Map<string, Row[]>();
  let [member, list]: [unknown, Row[]] = [null, []];
  const disordered = new Set<Row[]>();
  for (const row of rows) {
    if (row[0] !== member) {
      member = row[0];
      const known = byMember.get(String(member));
      list = known ?? [];
      if (!known) byMember.set(String(member), list);
    }
    const last = list[list.length - 1];
    if (last && !(String(last[1]) < String(row[1]))) disordered.add(list);
    list.push(row);
  }
  // The order of the key is that of the bytes.
  for (const each of disordered) each.sort((one, other) => Buffer.compare(Buffer.from(String(one[1])), Buffer.from(String(other[1]))));
  return byMember;
}

/** A connection of the members of a level: by member id, the connection as it is answered. `read`: its rows, where the level's statement had them. */
export async function readRecordsOf(reading: Reading, connection: PlannedField, type: RecordType, memberIds: readonly string[], read: LevelRows | null = null): Promise<ReadonlyMap<string, Answer>> {
  const selections = nodeSelections(connection);
  const args = reading.arguments.get(connection.id) ?? {};
  const first = pageSize(connection, args['first']);
  const { rows, columns, coordinates } = read ?? await readByRules(reading, connection, type, memberIds, placeAfter(reading, connection));
  coordinates.forEach((each) => reading.touched.used.add(each));
  const answerOf = answers(reading, type, columns);
  const byMember = read ? byMemberInOrder(rows) : grouped(rows);
  const shown = [...byMember.values()].flatMap((each) => each.slice(0, first));
  touch(reading, shown);
  const found = await beside(reading, type, shown, selections);
  return new Map(memberIds.map((id) => {
    const all = byMember.get(id) ?? [];
    const page = all.slice(0, first);
    return [id, connectionAnswer(reading, connection, page.length, all.length > first, (index) => ({ id: String(page[index]?.[1]), member: id }), (index, field) => answerOf(field)(page[index] as Row, found))];
  }));
}

/** The first rows of a list across members, one more than a page, among the members where it is known who these are. */
async function readAcross(reading: Reading, connection: PlannedField, type: RecordType): Promise<LevelRows> {
  const args = reading.arguments.get(connection.id) ?? {};
  const first = pageSize(connection, args['first']);
  const place = placeAfter(reading, connection);
  const cursor = { field: connection, place };
  const made = (keys: number | null): RecordRead | null => statement(reading, `across:${connection.id}:${place ? 'after' : ''}:${keys ?? 'all'}`, () =>
    compileRecordRead(reading.access, type, open(reading, nodeSelections(connection)), { kind: 'ACROSS', keys, first, after: place !== null, field: connection.id }, args['filter'] as Answer | null));
  const whole = made(null);
  if (!whole) return { rows: [], columns: [], coordinates: [] };
  const { read: { columns }, filter: { coordinates } } = whole;
  const all = (): Promise<Rows> => reading.database.rows(whole.read, runValues(reading, [], cursor));
  const among = async (members: readonly string[]): Promise<Rows> => {
    const size = paddedSize(members.length);
    const read = made(size)?.read;
    return read ? reading.database.rows(read, runValues(reading, padded(members, size), cursor)) : [];
  };
  const rows: Row[] = [];
  for await (const members of membersAcross(reading, connection, first, place)) {
    if (members === null) return { rows: await all(), columns, coordinates };
    rows.push(...await among(members));
    if (rows.length > first) break;
  }
  return { rows, columns, coordinates };
}

/** A list of records across members: the root fields `claims` and `careGaps`. */
export async function readRecordsAcross(reading: Reading, connection: PlannedField, type: RecordType): Promise<Answer> {
  const first = pageSize(connection, reading.arguments.get(connection.id)?.['first']);
  const { rows, columns, coordinates } = await readAcross(reading, connection, type);
  coordinates.forEach((each) => reading.touched.used.add(each));
  const page = rows.slice(0, first);
  touch(reading, page);
  const answerOf = answers(reading, type, columns);
  const found = await beside(reading, type, page, nodeSelections(connection));
  return connectionAnswer(reading, connection, page.length, rows.length > first, (index) => ({ member: String(page[index]?.[0]), id: String(page[index]?.[1]) }), (index, field) => answerOf(field)(page[index] as Row, found));
}

/** One record of one member under the selection of `field`; null where the caller may not see it. */
export async function readOneRecord(reading: Reading, field: PlannedField, type: RecordType, memberId: string, id: string, selections: readonly PlannedField[] = field.selections): Promise<Answer | null> {
  const made = statement(reading, `one:${field.id}:${type}`, () => compileRecordRead(reading.access, type, open(reading, selections), { kind: 'ONE' }, null));
  const rows = made ? await reading.database.rows(made.read, runValues(reading, [memberId, id], null)) : [];
  const row = rows[0];
  if (!made || !row) return null;
  touch(reading, [row]);
  return recordAnswer(reading, type, made.read.columns, selections)(row, await beside(reading, type, [row], selections));
}
