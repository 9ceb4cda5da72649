/** Law 6 in SQL: what compiled statements return is the in-memory decision, cell by cell; a list is the filtered check; one database is the other. */
import { compileMemberRead, ORDER_FIELDS, type MemberOrder } from '../../src/query/compile/member-read';
import { compileRecordRead, type RecordSource } from '../../src/query/compile/record-read';
import type { Rows } from '../../src/query/run/database';
import { readCallerFacts } from '../../src/privacy-office/caller-facts';
import type { CheckedGrant } from '../../src/privacy-office/check-grant';
import { scopeOfGrant } from '../../src/privacy-office/grant-scope';
import { grantOf } from '../../src/privacy-office/read-grant';
import { purposeCovers, type Purpose } from '../../src/vocabulary/purposes';
import { selectRows } from '../../src/entities/rows';
import { restriction_scope } from '../../src/entities/tables/privacy';
import { readerOf } from '../../src/query/plan/access';
import { RECORD_TYPE_NAMES, type RecordType } from '../../src/vocabulary/records';
import { GRANT_CLAUSES } from '../oracle/grant-clauses';
import { randomCaller, randomGrantCaller } from '../oracle/random-world';
import type { WorldCaller, WorldRecord } from '../oracle/world';
import { testDatabases } from '../support/databases';
import { callerFacts, callerOf, EngineWorld, grantFacts, isVisible, type EngineCaller } from './engine-world';
import { byBytes, expectedMember, expectedRecord, memberValue, visibleValue, type ExpectedRow } from './expected-rows';
import { mergedWorld, withHiddenFields } from './merged-world';
import { memberFields, recordFields } from './planned-fields';
import { WorldDatabase } from './world-database';

const WORLD = withHiddenFields(mergedWorld(100, 5));
const ENGINE = new EngineWorld(WORLD);
const DATABASES: WorldDatabase[] = [];
const MEMBERS = WORLD.members.map((one) => one.id).sort(byBytes);
const MANY = 100_000;

/** Callers who see something, and a few who do not. */
function callers(count: number): { who: WorldCaller; at: EngineCaller }[] {
  const all = Array.from({ length: 400 }, (_, index) => randomCaller(WORLD, index)).map((who) => ({ who, at: ENGINE.caller(who) }));
  const sees = all.filter(({ at }) => WORLD.records.some((one) => at.record(one).there) || MEMBERS.some((id) => at.reaches(id)));
  return [...sees.slice(0, count - 4), ...all.filter((each) => !sees.includes(each)).slice(0, 4)];
}
/** Of each clause the first readers of a grant who see something; forms without identifiers have tests of their own for what they make of a value. */
function grantReaders(): { who: WorldCaller; at: EngineCaller }[] {
  const found = new Map<string, { who: WorldCaller; at: EngineCaller }>();
  for (let seed = 0; seed < 3_000 && found.size < GRANT_CLAUSES.length; seed += 1) {
    const who = randomGrantCaller(WORLD, seed);
    const grant = grantFacts(WORLD, who);
    if (!grant || found.has(grant.terms.clause) || grant.terms.form !== 'FULL') continue;
    const at = ENGINE.caller(who);
    if (WORLD.records.some((one) => at.record(one).there)) found.set(grant.terms.clause, { who, at });
  }
  return [...found.values()];
}
const READERS = grantReaders();
const CALLERS = [...callers(40), ...READERS];

let cells = 0;

beforeAll(async () => { for (const { create } of testDatabases()) DATABASES.push(await WorldDatabase.open(await create(), ENGINE.rows)); }, 120_000);
afterAll(async () => { process.stdout.write(`${cells} cells of ${DATABASES.length} databases\n`); for (const each of DATABASES) await each.close(); });

/** Runs on each database; all must answer alike, row for row. */
async function everywhere(run: (database: WorldDatabase) => Promise<Rows>): Promise<Rows> {
  const answers = await Promise.all(DATABASES.map(run));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  return answers[0] ?? [];
}
function asObjects(columns: readonly string[], rows: Rows): ExpectedRow[] {
  cells += rows.length * columns.length * DATABASES.length;
  return rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place] ?? null])));
}
/** The expected row in the columns of the statement; what is not selected must be NULL for this caller. */
function inColumns(columns: readonly string[], expected: ExpectedRow, others: readonly string[] = []): ExpectedRow {
  for (const [column, value] of Object.entries(expected)) if (!columns.includes(column) && value !== null) throw new Error(`${column} is visible, and the statement leaves it out`);
  return Object.fromEntries(columns.filter((column) => !others.includes(column)).map((column) => [column, expected[column] ?? null]));
}
const without = (row: ExpectedRow, others: readonly string[]): ExpectedRow => Object.fromEntries(Object.entries(row).filter(([name]) => !others.includes(name)));

const recordsOf = (type: RecordType): WorldRecord[] => WORLD.records.filter((one) => one.type === type).sort((one, other) => byBytes(one.memberId, other.memberId) || byBytes(one.id, other.id));
const ACROSS = { kind: 'ACROSS', keys: null, first: MANY, after: false, field: 0 } as const satisfies RecordSource;

async function recordRows(at: EngineCaller, type: RecordType, source: RecordSource, given: { keys?: readonly string[]; filter?: Readonly<Record<string, unknown>>; cursor?: unknown } = {}): Promise<{ columns: readonly string[]; rows: ExpectedRow[] }> {
  const made = compileRecordRead(at.access, type, recordFields(type), source, given.filter);
  if (made === null) return { columns: [], rows: [] };
  const rows = await everywhere((database) => database.read(made.read, at.access, { keys: given.keys ?? [], arguments: { filter: given.filter, cursor: given.cursor } }));
  return { columns: made.read.columns, rows: asObjects(made.read.columns, rows) };
}

test('every clause has a reader, and the office gives the grants that are in force to whom they are for, limited as the world has them', async () => {
  expect(new Set(READERS.map(({ who }) => WORLD.grants.find((one) => one.id === who.grantId)?.clause))).toEqual(new Set(GRANT_CLAUSES));
  const asking = Array.from({ length: 300 }, (_, seed) => randomGrantCaller(WORLD, seed));
  for (const { source } of DATABASES) {
    for (const who of asking) {
      const told = await grantOf(source, { ...callerOf(WORLD, who), grant: who.grantId ?? '' }).catch((error: { code?: string }) => { if (!['NOT_FOUND', 'FORBIDDEN'].includes(error.code ?? '')) throw error; return null; });
      const isForPurpose = told?.clause.purposes.some((each) => purposeCovers(each, who.purpose as Purpose)) ?? false;
      const expected = grantFacts(WORLD, who);
      expect(told && isForPurpose ? { id: told.id, recipient: told.recipient, terms: told.terms, author: told.author } : null).toEqual(expected);
    }
    for (const { id, clause, recordIds, elements, memberIds } of WORLD.grants) {
      const found = await scopeOfGrant(source.manager, { clause: { id: clause }, recordIds, elements, memberIds } as unknown as CheckedGrant);
      const rows = (ENGINE.rows.grant_scope_record ?? []).filter((row) => row['grant_id'] === id);
      const texts = (list: readonly object[]): string[] => list.map((one) => JSON.stringify(Object.entries(one).filter(([name]) => name !== 'grant_id').sort())).sort(byBytes);
      expect({ id, scope: texts(found ?? []) }).toEqual({ id, scope: texts(rows) });
    }
  }
});

test('the privacy office spreads restrictions in the database as the world has them, and tells the same of the caller', async () => {
  const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(Object.entries(row).sort(([one], [other]) => byBytes(one, other)))).sort(byBytes);
  for (const { source } of DATABASES) {
    expect(sorted(await selectRows(source.manager, restriction_scope, {}))).toEqual(sorted(ENGINE.rows.restriction_scope ?? []));
    for (const { who } of CALLERS) {
      const expected = callerFacts(WORLD, who);
      const told = await readCallerFacts(source, readerOf(callerOf(WORLD, who), expected.grant));
      expect(told.organizationKind).toBe(expected.organizationKind);
      expect(sorted(told.agreements)).toEqual(sorted(expected.agreements));
    }
  }
});

const listed = <T>(row: T | null | undefined): T[] => (row ? [row] : []);

test.each(CALLERS.map(({ who, at }, index) => [index, who.role, who.purpose, at] as const))('caller %i, %s %s: records are what the decision shows', async (_, _role, _purpose, at) => {
  const reached = MEMBERS.filter((id) => at.reaches(id));
  for (const type of RECORD_TYPE_NAMES) {
    const expected = recordsOf(type).flatMap((one) => listed(expectedRecord(at, type, one)));
    const { columns, rows } = await recordRows(at, type, ACROSS);
    expect(rows).toEqual(expected.map((row) => inColumns(columns, row)));
    if (reached.length === 0) continue;
    const below = await recordRows(at, type, { kind: 'OF_MEMBERS', keys: reached.length, first: MANY, after: false, field: 0 }, { keys: reached });
    expect(below.rows).toEqual(rows);
    // Among all members, those out of reach too: whom the caller reaches is asked in every statement.
    expect((await recordRows(at, type, { ...ACROSS, keys: MEMBERS.length }, { keys: MEMBERS })).rows).toEqual(rows);
    for (const one of recordsOf(type).slice(0, 3)) {
      if (!reached.includes(one.memberId)) continue;
      const single = await recordRows(at, type, { kind: 'ONE' }, { keys: [one.memberId, one.id] });
      expect(single.rows).toEqual(rows.filter((row) => row['id'] === one.id));
    }
  }
});

test.each(CALLERS.map(({ who, at }, index) => [index, who.role, who.purpose, at] as const))('caller %i, %s %s: members are those that the check reaches', async (_, _role, _purpose, at) => {
  const made = compileMemberRead(at.access, memberFields(), { kind: 'PAGE', first: MANY, after: false, field: 0, order: null }, null);
  const rows = asObjects(made.read.columns, await everywhere((database) => database.read(made.read, at.access)));
  const apart = ['contact_confidential'];
  expect(rows.map((row) => without(row, apart))).toEqual(MEMBERS.flatMap((id) => listed(expectedMember(at, id))).map((row) => inColumns(made.read.columns, row, apart)));
  const byKeys = compileMemberRead(at.access, memberFields(), { kind: 'KEYS', keys: MEMBERS.length }, null);
  const again = asObjects(byKeys.read.columns, (await everywhere(async (database) => [...await database.read(byKeys.read, at.access, { keys: MEMBERS })].sort((one, other) => byBytes(String(one[0]), String(other[0]))))));
  expect(again).toEqual(rows);
});

describe('a filter looks at visible values', () => {
  type Check = (at: EngineCaller, type: RecordType, one: WorldRecord) => boolean;
  const value = (field: string, column: string): ((at: EngineCaller, type: RecordType, one: WorldRecord) => string | null) => (at, type, one) => visibleValue(at, type, one, field, column) as string | null;
  const status = value('status', 'status');
  const isCode: Check = (at, type, one) => {
    const found = value('code', 'code')(at, type, one);
    return found === 'A1' || (found === 'B2' && value('code', 'code_system')(at, type, one) === 'urn:one');
  };
  const between = (of: typeof status, from: string, to: string): Check => (at, type, one) => { const found = of(at, type, one); return found !== null && found >= from && found < to; };
  const YEAR = { from: '2024-07-01T00:00:00.000Z', to: '2025-07-01T00:00:00.000Z' };
  const DAYS = { from: '2024-07-01', to: '2025-07-01' };
  const CASES: [string, readonly RecordType[], Readonly<Record<string, unknown>>, Check][] = [
    ['codes', RECORD_TYPE_NAMES, { codes: ['A1', 'urn:one|B2'] }, isCode],
    ['no codes', RECORD_TYPE_NAMES, { codes: [] }, () => false],
    ['status', RECORD_TYPE_NAMES, { status: 'active' }, (at, type, one) => status(at, type, one) === 'active'],
    ['recorded', RECORD_TYPE_NAMES, { recorded: YEAR }, (at, _type, one) => { const found = at.world.row(one)['recorded_at'] as string | null; return found !== null && found >= YEAR.from && found < YEAR.to; }],
    ['code and status', RECORD_TYPE_NAMES, { codes: ['A1', 'urn:one|B2'], status: 'open' }, (at, type, one) => isCode(at, type, one) && status(at, type, one) === 'open'],
    ['measure', ['CareGap'], { measure: 'HBA1C' }, (at, type, one) => value('measure', 'measure')(at, type, one) === 'HBA1C'],
    ['due', ['CareGap'], { due: DAYS }, between(value('dueAt', 'due_at'), DAYS.from, DAYS.to)],
    ['service', ['Claim'], { service: DAYS }, between(value('serviceStart', 'service_start'), DAYS.from, DAYS.to)],
    ['members', ['Claim', 'CareGap'], { memberIds: MEMBERS.slice(0, 9) }, (_at, _type, one) => MEMBERS.slice(0, 9).includes(one.memberId)],
    ['no members', ['Claim', 'CareGap'], { memberIds: [] }, () => false],
  ];
  test.each(CASES)('%s', async (_, types, filter, check) => {
    for (const { at } of CALLERS) for (const type of types) {
      const { rows } = await recordRows(at, type, ACROSS, { filter });
      expect(rows.map((row) => row['id'])).toEqual(recordsOf(type).filter((one) => at.record(one).there && check(at, type, one)).map((one) => one.id));
    }
  });
});

describe('a filter of members looks at visible values', () => {
  type Check = (at: EngineCaller, id: string) => boolean;
  const shown = (at: EngineCaller, id: string, field: string, column: string): string | null => memberValue(at, at.member(id), id, field, column) as string | null;
  const some = (type: RecordType, holds: (at: EngineCaller, one: WorldRecord) => boolean): Check => (at, id) => recordsOf(type).some((one) => one.memberId === id && at.record(one).there && holds(at, one));
  const hasCode = (type: RecordType, code: string): Check => some(type, (at, one) => visibleValue(at, type, one, 'code', 'code') === code);
  const openGap = some('CareGap', (at, one) => visibleValue(at, 'CareGap', one, 'status', 'status') === 'open');
  const plan = WORLD.coverages[0]?.planId ?? '';
  const named = (text: string): Check => (at, id) => [['name', 'name_key'], ['name', 'family_key'], ['preferredName', 'preferred_key']].some(([field = '', column = '']) => shown(at, id, field, column)?.includes(text) ?? false);
  const CASES: [string, Readonly<Record<string, unknown>>, Check][] = [
    ['ids', { ids: MEMBERS.slice(3, 20) }, (_at, id) => MEMBERS.slice(3, 20).includes(id)],
    ['no ids', { ids: [] }, () => false],
    ['a name, in whatever case', { nameContains: 'MÜLL' }, named('müll')],
    ['a name with a wildcard that is text', { nameContains: '0%' }, named('0%')],
    ['a name with another', { nameContains: 'a_b' }, named('a_b')],
    ['born', { birthDate: { from: '1960-01-01', to: '2010-01-01' } }, (at, id) => { const born = shown(at, id, 'birthDate', 'birth_date'); return born !== null && born >= '1960-01-01' && born < '2010-01-01'; }],
    ['covered by a plan', { planId: plan }, (at, id) => isVisible(at.member(id), 'Member', 'coverages') && WORLD.coverages.some((one) => one.memberId === id && one.planId === plan)],
    ['a condition', { conditionCode: 'A1' }, hasCode('Condition', 'A1')],
    ['a medication', { medicationCode: 'B2' }, hasCode('Medication', 'B2')],
    ['an open care gap', { hasOpenCareGap: true }, openGap],
    ['no open care gap that is seen', { hasOpenCareGap: false }, (at, id) => !openGap(at, id)],
  ];
  test.each(CASES)('%s', async (_, filter, check) => {
    for (const { at } of CALLERS) {
      const made = compileMemberRead(at.access, memberFields(), { kind: 'PAGE', first: MANY, after: false, field: 0, order: null }, filter);
      const rows = await everywhere((database) => database.read(made.read, at.access, { arguments: { filter } }));
      expect(rows.map(([id]) => id)).toEqual(MEMBERS.filter((id) => at.reaches(id) && check(at, id)));
    }
  });
});

const PAGE = 2;
/** Walks all pages: each is cut below the LIMIT, and begins after the last row of the one before. */
async function walk(page: (cursor: Readonly<Record<string, unknown>> | null) => Promise<{ rows: readonly ExpectedRow[]; cursor: (row: ExpectedRow) => Readonly<Record<string, unknown>> }>): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: Readonly<Record<string, unknown>> | null = null; found.length < 10_000;) {
    const { rows, cursor: after } = await page(cursor);
    found.push(...rows.slice(0, PAGE).map((row) => String(row['id'])));
    const end: ExpectedRow | undefined = rows[PAGE - 1];
    if (rows.length <= PAGE || end === undefined) return found;
    cursor = after(end);
  }
  throw new Error('the pages do not end');
}

describe('pages of two, all of them, give each row once and in order', () => {
  const some = CALLERS.filter(({ at }) => MEMBERS.filter((id) => at.reaches(id)).length > 3).slice(0, 8);
  const ORDERS: (MemberOrder | null)[] = [null, ...(Object.keys(ORDER_FIELDS) as MemberOrder['field'][]).flatMap((field) => (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })))];

  test.each(ORDERS.map((order) => [order === null ? 'by id' : `${order.field} ${order.direction}`, order] as const))('members %s: hidden values stand last', async (_, order) => {
    for (const { at } of some) {
      const key = (id: string): string | null => {
        const by = order === null ? null : ORDER_FIELDS[order.field];
        return by === null ? null : memberValue(at, at.member(id), id, by.field, by.column) as string | null;
      };
      const sign = order?.direction === 'DESC' ? -1 : 1;
      const compare = (one: string, other: string): number => {
        const [left, right] = [key(one), key(other)];
        if (left === null || right === null) return Number(left === null) - Number(right === null) || byBytes(one, other);
        return sign * byBytes(left, right) || byBytes(one, other);
      };
      const found = await walk(async (cursor) => {
        const made = compileMemberRead(at.access, memberFields(), { kind: 'PAGE', first: PAGE, after: cursor !== null, field: 0, order }, null);
        const rows = asObjects(made.read.columns, await everywhere((database) => database.read(made.read, at.access, { arguments: { cursor } })));
        return { rows, cursor: (row) => ({ id: row['id'], value: row['order_value'] ?? null }) };
      });
      expect(found).toEqual(MEMBERS.filter((id) => at.reaches(id)).sort(compare));
    }
  });

  test.each(['Claim', 'CareGap', 'Condition', 'Document'] as const)('%s across members', async (type) => {
    for (const { at } of some) {
      const found = await walk(async (cursor) => ({
        rows: (await recordRows(at, type, { kind: 'ACROSS', keys: null, first: PAGE, after: cursor !== null, field: 0 }, { cursor })).rows, cursor: (row) => ({ member: row['member_id'], id: row['id'] }),
      }));
      expect(found).toEqual(recordsOf(type).filter((one) => at.record(one).there).map((one) => one.id));
    }
  });
});
