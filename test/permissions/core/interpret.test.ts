import { interpret, interpretMask, type FactRow, type Facts } from '../../../src/permissions/core/interpret';
import {
  always, and, before, bits, bound, byState, covered, during, eq, exists, isIn, known, missing, never, not, notAfter, ofMember, or, overlaps, record, row, union, value, values, type Operand, type Predicate,
} from '../../../src/permissions/core/predicate';

const NOW = '2026-03-15T12:00:00.000Z';
const BOUND: Facts['bound'] = {
  now: NOW, subject: 'sub', organization: null, practitioner: 'p1', member: null, bornAfterForMinor: '2008-03-15', bornByForTwelve: '2014-03-15', coverageEndedAfter: '2024-03-15T12:00:00.000Z',
  callerKeys: ['role:NURSE', 'sub:sub'], restrictionKeys: [], purposes: ['COC', 'TREAT'], restrictionPurposes: ['*'], grant: null, grantAuthor: null,
};
const facts = (r: FactRow = {}, rows: readonly FactRow[] = [], m: FactRow = { id: 'ann', home_state: 'CA' }): Facts => ({ m, r, bound: BOUND, relation: (name) => (name === 'rows' ? rows : []) });
const holds = (predicate: Predicate, r: FactRow = {}, rows: readonly FactRow[] = []): boolean => interpret(predicate, facts(r, rows));

describe('every node is two-valued', () => {
  test.each<[string, Predicate, FactRow, boolean]>([
    ['always', always, {}, true], ['never', never, {}, false],
    ['an empty conjunction', and(), {}, true], ['an empty disjunction', or(), {}, false],
    ['and', and(always, never), {}, false], ['or', or(never, always), {}, true], ['not', not(never), {}, true],
    ['eq', eq(record('a'), value(1)), { a: 1 }, true], ['eq of another value', eq(record('a'), value(1)), { a: 2 }, false], ['eq of another kind', eq(record('a'), value(1)), { a: '1' }, false],
    ['eq with a missing fact', eq(record('a'), value(1)), {}, false], ['eq of two missing facts', eq(record('a'), record('b')), {}, false], ['not eq with a missing fact', not(eq(record('a'), value(1))), {}, true],
    ['in', isIn(record('a'), ...values('x', 'y')), { a: 'y' }, true], ['not in', isIn(record('a'), ...values('x', 'y')), { a: 'z' }, false], ['in nothing', isIn(record('a')), { a: 'x' }, false],
    ['a missing fact is in no list', isIn(record('a'), value(null)), {}, false],
    ['in a bound list', isIn(record('a'), bound('callerKeys')), { a: 'sub:sub' }, true], ['in an empty bound list', isIn(record('a'), bound('restrictionKeys')), { a: '*' }, false],
    ['before', before(record('a'), bound('now')), { a: '2026-03-15T11:59:59.999Z' }, true], ['before the same instant', before(record('a'), bound('now')), { a: NOW }, false],
    ['before with a missing fact', before(record('a'), bound('now')), {}, false], ['after with a missing fact', before(bound('now'), record('a')), {}, false],
    ['not after', notAfter(record('a'), bound('now')), { a: NOW }, true], ['after', notAfter(record('a'), bound('now')), { a: '2026-03-15T12:00:00.001Z' }, false],
    ['not after with a missing fact', notAfter(record('a'), bound('now')), {}, false], ['a missing fact not after', notAfter(bound('now'), record('a')), {}, false],
    ['missing', missing(record('a')), {}, true], ['there', missing(record('a')), { a: 0 }, false],
    ['covered', covered(record('a'), value(6), value(2)), { a: 3 }, true], ['not covered', covered(record('a'), value(6), value(2)), { a: 5 }, false],
    ['nothing needs no cover', covered(record('a'), value(6), value(0)), {}, true],
    ['overlaps', overlaps(record('a'), value(6)), { a: 2 }, true], ['does not overlap', overlaps(record('a'), value(6)), { a: 1 }, false], ['a missing mask overlaps nothing', overlaps(record('a'), value(6)), {}, false],
  ])('%s', (_, predicate, r, expected) => {
    expect(holds(predicate, r)).toBe(expected);
    expect(holds(not(predicate), r)).toBe(!expected);
  });
});

describe('rows of a relation', () => {
  const mine = exists('rows', and(ofMember, eq(row('kind'), value('A'))));
  test.each<[string, readonly FactRow[], boolean]>([
    ['none', [], false], ['one of the member', [{ member_id: 'ann', kind: 'A' }], true], ['one of another member', [{ member_id: 'bob', kind: 'A' }], false],
    ['no row has both', [{ member_id: 'ann', kind: 'B' }, { member_id: 'bob', kind: 'A' }], false], ['the second of two', [{ member_id: 'bob', kind: 'A' }, { member_id: 'ann', kind: 'A' }], true],
    ['a row whose member is not known', [{ member_id: null, kind: 'A' }], false],
  ])('%s', (_, rows, expected) => { expect(holds(mine, {}, rows)).toBe(expected); });
  test('another relation has none', () => { expect(holds(exists('others', always), {}, [{ member_id: 'ann' }])).toBe(false); });
  test('a row sees the record beside it', () => { expect(holds(exists('rows', eq(row('a'), record('a'))), { a: 7 }, [{ a: 6 }, { a: 7 }])).toBe(true); });
});

describe('a period holds its start and not its end', () => {
  const period = during(row('start_at'), row('end_at'));
  test.each<[string, string | null, string | null, boolean]>([
    ['inside', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', true], ['at the start', NOW, null, true], ['at the end', '2026-01-01T00:00:00.000Z', NOW, false],
    ['open', '2026-01-01T00:00:00.000Z', null, true], ['to come', '2026-03-15T12:00:00.001Z', null, false], ['a start that is not known', null, null, false], ['an empty period', NOW, NOW, false],
  ])('%s', (_, start_at, end_at, expected) => { expect(holds(exists('rows', period), {}, [{ start_at, end_at }])).toBe(expected); });
});

describe('masks', () => {
  const mask = (operand: Operand, r: FactRow = {}, rows: readonly FactRow[] = [], m?: FactRow): number => interpretMask(operand, facts(r, rows, m));
  test('bits are those of all matching rows together, and 0 where none matches', () => {
    const scoped = bits('rows', 'mask', ofMember);
    expect(mask(scoped)).toBe(0);
    expect(mask(scoped, {}, [{ member_id: 'ann', mask: 1 }, { member_id: 'ann', mask: 4 }, { member_id: 'bob', mask: 2 }, { member_id: 'ann', mask: null }])).toBe(5);
  });
  test('a state has its own mask; one without a file, or unknown, the other', () => {
    const state = byState(1, { CA: 3, NY: 0 });
    expect([mask(state), mask(state, {}, [], { id: 'ann', home_state: 'NY' }), mask(state, {}, [], { id: 'ann', home_state: 'OH' }), mask(state, {}, [], { id: 'ann', home_state: null })]).toEqual([3, 0, 1, 1]);
  });
  test('a union is the bits of both; a missing mask is none', () => {
    expect([mask(union(record('a'), value(4)), { a: 1 }), mask(union(record('a'), value(4))), mask(record('a'))]).toEqual([5, 4, 0]);
  });
});

describe('what was not prepared is a mistake of ours and is refused', () => {
  test('a static parameter that was not folded', () => { expect(() => holds(eq(known('role'), value('NURSE')))).toThrow('not folded: role'); });
  test('a column of a row that is not bound', () => {
    expect(() => interpret(eq(record('a'), value(1)), { ...facts(), r: undefined })).toThrow('no row bound as r');
    expect(() => holds(eq(row('a'), value(1)))).toThrow('no row bound as x');
  });
});
