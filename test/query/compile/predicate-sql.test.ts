import { interpret, interpretMask, type FactRow, type Facts } from '../../../src/permissions/core/interpret';
import {
  always, and, before, bits, bound, byState, covered, during, eq, exists, isIn, known, member, missing, never, not, notAfter, ofMember, or, overlaps, record, row, union, value, values, type Operand, type Predicate,
} from '../../../src/permissions/core/predicate';
import { operandSql, predicateSql, readsMember, type SqlScope } from '../../../src/query/compile/predicate-sql';
import { name, sql, type RunValues } from '../../../src/query/compile/sql';
import { openMemoryDatabase } from '../memory-database';

const BOUND = { now: '2026-03-15T12:00:00.000Z', subject: 'sub', organization: 'plan', callerKeys: ['role:NURSE', 'sub:sub'], restrictionKeys: [] } as unknown as RunValues['bound'];
const VALUES: RunValues = { bound: BOUND, argument: () => null, keys: [] };
const scope: SqlScope = {
  member: (column) => name(`m.${column}`), record: (column) => name(`r.${column}`),
  listLength: (list) => { const given = BOUND[list]; return Array.isArray(given) ? given.length : 1; },
};
const made = (predicate: Predicate): [string, unknown[]] => { const { text, parameters } = predicateSql(predicate, scope); return [text, parameters.map((each) => each(VALUES))]; };
const operand = (given: Operand): [string, unknown[]] => { const { text, parameters } = operandSql(given, scope); return [text, parameters.map((each) => each(VALUES))]; };

describe('every kind of node has its SQL', () => {
  test.each<[string, Predicate, string, unknown[]]>([
    ['always', always, '1 = 1', []], ['never', never, '1 = 0', []], ['an empty and', and(), '1 = 1', []], ['an empty or', or(), '1 = 0', []],
    ['and', and(eq(record('a'), value('x')), always), '(r.a = ?) AND (1 = 1)', ['x']],
    ['or', or(eq(record('a'), value('x')), eq(member('b'), value('y'))), '((r.a = ?) OR (m.b = ?))', ['x', 'y']],
    ['not', not(eq(record('a'), value('x'))), 'NOT COALESCE(r.a = ?, 0)', ['x']],
    ['not of a conjunction', not(and(always, never)), 'NOT COALESCE((1 = 1) AND (1 = 0), 0)', []],
    ['eq', eq(record('plan_id'), bound('organization')), 'r.plan_id = ?', ['plan']],
    ['in', isIn(record('kind'), ...values('A', 'B')), 'r.kind IN (?, ?)', ['A', 'B']],
    ['in a list of the caller', isIn(record('recipient'), bound('callerKeys')), 'r.recipient IN (?, ?)', ['role:NURSE', 'sub:sub']],
    ['in an empty list of the caller', isIn(record('recipient'), bound('restrictionKeys')), '1 = 0', []],
    ['in an empty list', isIn(record('recipient')), '1 = 0', []],
    ['in both', isIn(record('recipient'), value('*'), bound('callerKeys')), 'r.recipient IN (?, ?, ?)', ['*', 'role:NURSE', 'sub:sub']],
    ['before', before(bound('now'), record('end_at')), '? < r.end_at', ['2026-03-15T12:00:00.000Z']],
    ['not after', notAfter(record('start_at'), bound('now')), 'r.start_at <= ?', ['2026-03-15T12:00:00.000Z']],
    ['missing', missing(record('end_at')), 'r.end_at IS NULL', []],
    ['exists', exists('care_team', and(ofMember, missing(row('end_at')))), 'EXISTS (SELECT 1 FROM care_team x1 WHERE (x1.member_id = m.id) AND (x1.end_at IS NULL))', []],
    ['exists within exists', exists('care_team', exists('coverage', eq(row('member_id'), member('id')))), 'EXISTS (SELECT 1 FROM care_team x1 WHERE EXISTS (SELECT 1 FROM coverage x2 WHERE x2.member_id = m.id))', []],
    ['covered', covered(record('labels'), value(6), value(2)), 'r.labels = 0 OR (r.labels & 6) = 0 OR (r.labels & 6 & ~2) = 0', []],
    ['overlaps', overlaps(record('labels'), value(6)), '(r.labels & 6) <> 0', []],
  ])('%s', (_, predicate, text, parameters) => { expect(made(predicate)).toEqual([text, parameters]); });
  test.each<[string, Operand, string, unknown[]]>([
    ['a column of the member', member('home_state'), 'm.home_state', []], ['a column of the record', record('labels'), 'r.labels', []],
    ['a number is ours and stands in the text', value(6), '6', []], ['a word is a parameter', value('NOTE'), '?', ['NOTE']], ['nothing is a parameter', value(null), '?', [null]],
    ['a bound value', bound('subject'), '?', ['sub']],
    ['bits', bits('authorization_scope', 'class_mask', ofMember), 'COALESCE((SELECT BIT_OR(x1.class_mask) FROM authorization_scope x1 WHERE x1.member_id = m.id), 0)', []],
    ['masks of states', byState(1, { CA: 3, NY: 1 }), 'CASE m.home_state WHEN ? THEN 3 ELSE 1 END', ['CA']],
    ['a union', union(record('labels'), value(4)), '(r.labels | 4)', []],
  ])('operand: %s', (_, given, text, parameters) => { expect(operand(given)).toEqual([text, parameters]); });
  test('what was not folded is refused', () => {
    expect(() => made(eq(known('role'), value('NURSE')))).toThrow('not folded: role');
    expect(made(missing(row('end_at')))[0]).toBe('unbound.end_at IS NULL');
  });
});

describe('values never stand in the text', () => {
  test.each(['x\' OR \'1\'=\'1', '"; DELETE FROM member; --', '?'])('%j', (hostile) => {
    const predicate = and(eq(record('a'), value(hostile)), isIn(record('b'), value(hostile)), exists('care_team', eq(row('name'), value(hostile))));
    expect(made(predicate)).toEqual(['(r.a = ?) AND (r.b IN (?)) AND (EXISTS (SELECT 1 FROM care_team x1 WHERE x1.name = ?))', [hostile, hostile, hostile]]);
  });
  test('a name that is none of ours is refused', () => {
    expect(() => made(eq(record('a; DROP'), value(1)))).toThrow('not a name');
    expect(() => made(exists('care_team x, member', always))).toThrow('not a name');
  });
});

describe('the database says what the interpreter says, over missing facts too', () => {
  const database = openMemoryDatabase();
  afterAll(() => { database.close(); });
  const SCOPES: readonly FactRow[] = [
    { member_id: 'ann', recipient: 'sub:sub', class_mask: 2, start_at: '2026-01-01T00:00:00.000Z', end_at: null },
    { member_id: 'ann', recipient: 'role:NURSE', class_mask: 4, start_at: '2026-01-01T00:00:00.000Z', end_at: '2026-03-15T12:00:00.000Z' },
    { member_id: 'bob', recipient: 'sub:sub', class_mask: 1, start_at: null, end_at: null },
  ];
  beforeAll(() => { database.put('authorization_scope', ...SCOPES); });
  const members: readonly FactRow[] = [{ id: 'ann', home_state: 'CA' }, { id: 'bob', home_state: null }, { id: 'eve', home_state: 'OH' }];
  const records: readonly FactRow[] = [null, 'x', 'y'].flatMap((a) => [null, 'x'].flatMap((b) => [0, 2, 6].map((labels) => ({ a, b, labels }))));
  const inForce = and(ofMember, isIn(row('recipient'), bound('callerKeys')), during(row('start_at'), row('end_at')));
  const lifted = bits('authorization_scope', 'class_mask', inForce);
  const a = eq(record('a'), value('x'));

  /** The predicate asked of the database for one record of one member. */
  function asked(predicate: Predicate | Operand, m: FactRow, r: FactRow): unknown {
    const asOperand = ['bits', 'byState', 'union', 'column', 'value', 'bound', 'static'].includes(predicate.kind);
    const literal = (each: FactRow) => sqlRow(each);
    const piece = asOperand ? operandSql(predicate as Operand, scope) : predicateSql(predicate as Predicate, scope);
    const statement = asOperand ? piece : sql`CASE WHEN ${piece} THEN 1 ELSE 0 END`;
    const text = `SELECT ${statement.text} FROM (${literal(m).text}) m, (${literal(r).text}) r`;
    return database.rows({ text, parameters: [...statement.parameters, ...literal(m).parameters, ...literal(r).parameters] }, VALUES)[0]?.[0];
  }
  const sqlRow = (each: FactRow) => ({ text: `SELECT ${Object.keys(each).map((column) => `? AS ${column}`).join(', ')}`, parameters: Object.values(each).map((one) => () => one) });
  const factsOf = (m: FactRow, r: FactRow): Facts => ({ m, r, bound: BOUND, relation: (relation) => (relation === 'authorization_scope' ? SCOPES : []) });

  test.each<[string, Predicate]>([
    ['eq', a], ['not eq: what is missing is not equal', not(a)], ['not not eq', not(not(a))], ['eq of two columns', eq(record('a'), record('b'))], ['not eq of two columns', not(eq(record('a'), record('b')))],
    ['in', isIn(record('a'), ...values('x', 'z'))], ['not in', not(isIn(record('a'), ...values('x', 'z')))], ['before', before(record('b'), record('a'))], ['not before', not(before(record('b'), record('a')))],
    ['not after', notAfter(record('b'), record('a'))], ['not not after', not(notAfter(record('b'), record('a')))],
    ['missing', missing(record('a'))], ['not missing', not(missing(record('a')))],
    ['not of a conjunction over a missing fact', not(and(a, eq(record('b'), value('x'))))], ['not of a disjunction over a missing fact', not(or(a, eq(record('b'), value('x'))))],
    ['a conjunction of nots', and(not(a), not(eq(record('b'), value('x'))))],
    ['exists', exists('authorization_scope', inForce)], ['not exists', not(exists('authorization_scope', inForce))], ['a period with a start that is not known', exists('authorization_scope', and(ofMember, during(row('start_at'), row('end_at'))))],
    ['covered by what was signed', covered(record('labels'), byState(6, { CA: 2 }), lifted)], ['not covered', not(covered(record('labels'), value(6), lifted))],
    ['overlaps', overlaps(record('labels'), value(4))], ['overlaps with a union', overlaps(union(record('labels'), value(1)), lifted)],
  ])('%s', (_, predicate) => {
    for (const m of members) for (const r of records) expect([m, r, asked(predicate, m, r)]).toEqual([m, r, interpret(predicate, factsOf(m, r)) ? 1 : 0]);
  });
  test.each<[string, Operand]>([['bits', lifted], ['masks of states', byState(1, { CA: 3, OH: 0 })], ['a union', union(record('labels'), lifted)]])('the mask of %s', (_, given) => {
    for (const m of members) for (const r of records) expect([m, r, asked(given, m, r)]).toEqual([m, r, interpretMask(given, factsOf(m, r))]);
  });
});

describe('whether the member\'s own row is needed', () => {
  test.each<[string, Predicate, boolean]>([
    ['the id alone stands in the record', exists('care_team', ofMember), false], ['a birth date', before(member('birth_date'), bound('now')), true], ['a state', overlaps(byState(0, { CA: 1 }), record('labels')), true],
    ['deep inside', not(and(always, or(never, exists('care_team', eq(row('name'), member('deceased_at')))))), true], ['records alone', eq(record('legal'), value(1)), false], ['nothing', always, false],
  ])('%s: %s', (_, predicate, needed) => { expect(readsMember(predicate)).toBe(needed); });
});
