/**
 * Records across members are looked for among some members at a time: page by page they are the same records, in the same order, as the
 * world has them of the members on the caller's panel.
 */
import { parse } from 'graphql';
import { testDatabases } from '../../support/databases';
import type { WorldCaller } from '../../oracle/world';
import { callerOf } from '../../laws/engine-world';
import { cohort } from '../../laws/support/cohort';
import { stationOn } from '../../laws/support/station-on';

const MEMBERS = 700;
const NURSE: WorldCaller = { subject: 'ann', role: 'NURSE', organizationId: 'company', practitionerId: 'nurse', memberId: null, purpose: 'TREAT' };
/** Of every seventh member there are three gaps, of the next none, of the others one; the last hundred members are on nobody's panel. */
const world = (() => {
  const made = cohort(MEMBERS);
  const place = (id: string): number => Number(id.slice(1));
  const records = made.records.flatMap((each) => {
    if (each.type !== 'CareGap' || place(each.memberId) % 7 > 1) return [each];
    return place(each.memberId) % 7 === 1 ? [] : ['a', 'b', 'c'].map((mark) => ({ ...each, id: `${each.id}-${mark}` }));
  });
  return { ...made, records, careTeam: made.careTeam.filter((each) => place(each.memberId) < MEMBERS - 100) };
})();
const ALL = world.records.filter((each) => each.type === 'CareGap' && Number(each.memberId.slice(1)) < MEMBERS - 100).map((each) => each.id);

interface Page { nodes: { id: string; memberId: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

describe.each(testDatabases())('$name', ({ create }) => {
  const station = stationOn(create, world);

  async function page(variables: Record<string, unknown>): Promise<{ page: Page; statements: number }> {
    const document = parse('query Gaps($first: Int, $after: String, $filter: CareGapFilter) { careGaps(first: $first, after: $after, filter: $filter) { nodes { id memberId } pageInfo { hasNextPage endCursor } } }');
    const { data, statements } = await station().ask({ document, variables, caller: callerOf(world, NURSE) });
    return { page: (data as { careGaps: Page }).careGaps, statements: statements.length };
  }
  async function everyPage(variables: Record<string, unknown>): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null, pages = 0; pages < 1000; pages++) {
      const { page: { nodes, pageInfo } } = await page({ ...variables, after });
      ids.push(...nodes.map((each) => each.id));
      if (!pageInfo.hasNextPage) return ids;
      after = pageInfo.endCursor;
    }
    throw new Error('the pages have no end');
  }

  // 1: the end of a page within a member's records; 7: at the end of these; 200: more members than a page asks for first.
  test.each([1, 7, 200])('pages of %i, one after another, are every record once, in order', async (first) => {
    expect(ALL.length).toBeGreaterThan(600);
    const given = first === 1 ? { filter: { memberIds: ['m014', 'm003', 'm015', 'm000', 'm650'] } } : {};
    const expected = first === 1 ? ALL.filter((id) => /^m(000|003|014)-/.test(id)) : ALL;
    expect(await everyPage({ first, ...given })).toEqual(expected);
  }, 60_000);

  test('a filter that names more members than a statement takes finds them all, and nobody out of reach', async () => {
    const memberIds = Array.from({ length: MEMBERS }, (_, place) => `m${String(MEMBERS - 1 - place).padStart(3, '0')}`).concat('nobody', 'm001', 'm001');
    expect(await everyPage({ first: 200, filter: { memberIds } })).toEqual(ALL);
    expect(await everyPage({ first: 5, filter: { memberIds: [] } })).toEqual([]);
  }, 60_000);

  test('a filter that matches nothing ends in few statements', async () => {
    const { page: { nodes, pageInfo }, statements } = await page({ first: 1, filter: { measure: 'no such measure' } });
    expect([nodes, pageInfo.hasNextPage]).toEqual([[], false]);
    expect(statements).toBeLessThan(12);
  });
});
