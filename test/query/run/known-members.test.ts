import { knownMembers } from '../../../src/query/run/known-members';
import type { LevelFacts } from '../../../src/query/compile/level-facts';
import type { Reading } from '../../../src/query/run/reading';

/** A fact that was not told would pass for one that is not so: a member without a restriction, one who is of age. */
describe('the facts of a level', () => {
  const facts = { own: [{ name: 'fact0' }], standing: null, restrictions: null, rules: new Map([['Condition', {}]]) } as unknown as LevelFacts;
  const reading = { statements: new Map<string, unknown>(), access: { profile: {} } } as unknown as Reading;
  const known = (columns: readonly string[], row: readonly (string | number | null)[]) => knownMembers(reading, 1, facts, new Map(columns.map((each, place) => [each, place])), [row]);

  test('are those that were told', async () => {
    expect((await known(['id', 'fact0'], ['rosa', 6]))?.fact('rosa', 'fact0')).toBe(6);
  });
  test.each<[string, readonly string[], readonly (string | number | null)[], string]>([
    ['a column that is not there', ['id'], ['rosa'], 'rosa'], ['nothing in it', ['id', 'fact0'], ['rosa', null], 'rosa'], ['words in it', ['id', 'fact0'], ['rosa', 'x'], 'rosa'], ['another member', ['id', 'fact0'], ['rosa', 1], 'sven'],
  ])('fail where there is %s', async (_what, columns, row, asked) => {
    const found = await known(columns, row);
    expect(() => found?.fact(asked, 'fact0')).toThrow('invariant');
  });
});
