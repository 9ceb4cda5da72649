import { all, any, constant, join, name, number, parameter, seal, sql, type RunValues } from '../../../src/query/compile/sql';

const VALUES: RunValues = { bound: { now: '2026' } as RunValues['bound'], argument: (field, ...path) => `${field}:${path.join('.')}`, keys: ['k0', 'k1'] };
const HOSTILE = ['\' OR 1 = 1 --', '"; DROP TABLE member; --', '?', '${x}', '\\', '\u0000', '%', '`'];

describe('SQL from fragments', () => {
  test('text and marks in order, whatever is nested', () => {
    const made = sql`SELECT ${name('m.id')} FROM member m WHERE ${all([sql`m.a = ${constant(1)}`, sql`m.b = ${constant('x')}`])} LIMIT ${number(3)}`;
    expect(made.text).toBe('SELECT m.id FROM member m WHERE (m.a = ?) AND (m.b = ?) LIMIT 3');
    expect(made.parameters.map((each) => each(VALUES))).toEqual([1, 'x']);
  });
  test('a fragment that is used twice brings its parameters twice', () => {
    const part = sql`a = ${constant('x')}`;
    const made = sql`(${part}) OR (${part})`;
    expect([made.text, made.parameters.map((each) => each(VALUES))]).toEqual(['(a = ?) OR (a = ?)', ['x', 'x']]);
  });
  test('parameters are read when it is run: the bound values, the arguments, the keys', () => {
    const made = join([parameter((values) => values.bound.now as string), parameter((values) => values.argument(4, 'filter', 'eq') as string), parameter((values) => values.keys[1] ?? null)], ', ');
    expect([made.text, made.parameters.map((each) => each(VALUES))]).toEqual(['?, ?, ?', ['2026', '4:filter.eq', 'k1']]);
  });
  test('joining nothing is nothing', () => { expect(join([], ', ')).toEqual({ text: '', parameters: [] }); });
});

describe('a value never stands in the text', () => {
  test.each(HOSTILE)('%j', (value) => {
    const made = sql`SELECT 1 WHERE a = ${constant(value)} AND b = ${parameter(() => value)}`;
    expect(made.text).toBe('SELECT 1 WHERE a = ? AND b = ?');
    expect(made.parameters.map((each) => each(VALUES))).toEqual([value, value]);
  });
  test('null and numbers are parameters too', () => { expect([constant(null), constant(7)].map((each) => [each.text, each.parameters[0]?.(VALUES)])).toEqual([['?', null], ['?', 7]]); });
  test.each([[3.9, '3'], [-1.5, '-1'], [0, '0'], [2 ** 31 - 1, '2147483647']])('a number of ours is an integer: %d', (given, text) => { expect(number(given)).toEqual({ text, parameters: [] }); });
});

describe('a name is one of ours', () => {
  test.each(['member', 'm.id', 'care_team', 'x1.end_at', '_a'])('%s', (given) => { expect(name(given)).toEqual({ text: given, parameters: [] }); });
  test.each([...HOSTILE, '', 'a b', 'a.b.c', '1a', 'a-b', 'a;', 'a.', '.a', 'a\nb', 'id)', 'naïve'])('%j is none', (given) => { expect(() => name(given)).toThrow('not a name of the schema'); });
  test('the refusal does not repeat it', () => { expect(() => name('secret value')).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') })); });
});

describe('junctions', () => {
  test('an empty conjunction is TRUE, an empty disjunction FALSE, on both databases', () => { expect([all([]).text, any([]).text]).toEqual(['1 = 1', '1 = 0']); });
  test('every part stands in parentheses of its own', () => {
    const [a, b] = [sql`a = 1 OR b = 2`, sql`c = 3`];
    expect([all([a, b]).text, any([a, b]).text, all([a]).text]).toEqual(['(a = 1 OR b = 2) AND (c = 3)', '((a = 1 OR b = 2) OR (c = 3))', '(a = 1 OR b = 2)']);
  });
});

test('what can be run is sealed, with the columns that were decided', () => {
  const columns = ['id', 'name'];
  const read = seal(sql`SELECT m.id, m.name FROM member m WHERE m.id = ${constant('ann')}`, columns);
  columns.push('birth_date');
  expect([read.columns, Object.isFrozen(read), Object.isFrozen(read.columns), read.text.includes('ann')]).toEqual([['id', 'name'], true, true, false]);
});
