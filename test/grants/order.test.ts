import { randomBytes } from 'node:crypto';
import { createPseudonyms } from '../../src/audit/pseudonym';
import { coverage, member } from '../../src/entities/tables/member';
import { claim, diagnostic_report, observation } from '../../src/entities/tables/records';
import { grantOrder, ORDER_PRIME } from '../../src/query/grant-order';
import { testDatabases } from '../support/databases';
import { NOW, agent, openGrantWorld, type GrantWorld } from './grant-world';

const MANY = Array.from({ length: 24 }, (_, place) => String(place).padStart(3, '0'));

test('the order of a grant is the grant\'s and the key\'s, and of no other', () => {
  const pseudonyms = createPseudonyms(randomBytes(32));
  const order = (from: ReturnType<typeof grantOrder>): string[] => [...MANY].sort((left, right) => from.of(left) - from.of(right));
  expect(order(grantOrder(pseudonyms, 'one'))).toEqual(order(grantOrder(pseudonyms, 'one')));
  expect(order(grantOrder(pseudonyms, 'one'))).not.toEqual(order(grantOrder(pseudonyms, 'two')));
  expect(order(grantOrder(pseudonyms, 'one'))).not.toEqual(order(grantOrder(createPseudonyms(randomBytes(32)), 'one')));
  expect(new Set(MANY.map((each) => grantOrder(pseudonyms, 'one').of(each))).size).toBe(MANY.length);
  expect(grantOrder(pseudonyms, 'one').weights.every((each) => each > 0 && each < ORDER_PRIME)).toBe(true);
});

describe.each(testDatabases())('lists of a grant without identifiers on $name', ({ create }) => {
  let world: GrantWorld;
  const record = (id: string, memberId = 'm-000') => ({ member_id: memberId, id, labelled: 1, governed_by: 'NOTICE', record_date: NOW, recorded_at: NOW, updated_at: NOW });
  beforeAll(async () => {
    world = await openGrantWorld(await create());
    await world.put(member, ...MANY.map((each) => ({ id: `m-${each}`, birth_date: `19${each.slice(1)}-03-04`, home_state: 'TX', updated_at: NOW })));
    await world.put(observation, ...MANY.map((each) => ({ ...record(`o-${each}`), code_system: 'http://loinc.org', code: '8480-6', value: each, unit: 'mm[Hg]' })));
    await world.put(claim, ...MANY.map((each) => ({ ...record(`c-${each}`, `m-${each}`), billed_amount: Number(each) })));
    await world.put(coverage, ...MANY.map((each) => ({ member_id: 'm-000', id: `v-${each}`, plan_id: 'acme-plan', start_at: `20${each.slice(1)}-01-01T00:00:00.000Z`, basis: 'COVERAGE' })));
    await world.put(diagnostic_report, { ...record('r-1'), result_ids: JSON.stringify(MANY.map((each) => `o-${each}`)) });
  });
  afterAll(() => world.close());
  const grant = (form: string | null) => world.grant({
    clause: 'research', elements: { basis: 'limited-data-set', ...(form ? { 'de-identification': form } : {}) }, categories: ['IDENTITY', 'CLINICAL', 'FINANCIAL', 'COVERAGE'], memberIds: MANY.map((each) => `m-${each}`), recordIds: undefined,
  });
  type Nodes = Record<string, unknown>[];
  async function pages(id: string, path: (after: string | null) => string, of: (data: unknown) => { nodes: Nodes; pageInfo: { endCursor: string; hasNextPage: boolean } }): Promise<Nodes> {
    const all: Nodes = [];
    for (let after: string | null = null, more = true; more && all.length <= MANY.length;) {
      const page = of((await world.ask(path(after), agent('HRESCH', id))).data);
      all.push(...page.nodes);
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    return all;
  }
  const after = (cursor: string | null): string => (cursor ? `, after: "${cursor}"` : '');
  const info = 'pageInfo { endCursor hasNextPage }';
  type Page = Parameters<typeof pages>[2];
  const LISTS: readonly [string, (after: string | null) => string, Page, string][] = [
    ['members', (at) => `{ members(first: 5${after(at)}) { nodes { birthDate } ${info} } }`, (data) => (data as { members: ReturnType<Page> }).members, 'birthDate'],
    ['claims', (at) => `{ claims(first: 5${after(at)}) { nodes { billedAmount } ${info} } }`, (data) => (data as { claims: ReturnType<Page> }).claims, 'billedAmount'],
  ];
  test.each(LISTS)('%s lie in no order of ids, in none that two grants share, and pages join', async (_, path, of, key) => {
    const [first, second] = [await grant(null), await grant(null)];
    const [one, again, other] = [await pages(first, path, of), await pages(first, path, of), await pages(second, path, of)];
    const values = (nodes: Nodes): unknown[] => nodes.map((each) => each[key]).filter((each) => each !== null);
    const sorted = (nodes: Nodes): unknown[] => [...values(nodes)].sort((left, right) => (left! < right! ? -1 : 1));
    expect(values(one)).toHaveLength(MANY.length);
    expect(values(one)).toEqual(values(again));
    expect(sorted(one)).toEqual(sorted(other));
    for (const each of [one, other]) expect(values(each)).not.toEqual(sorted(each));
    expect(values(one)).not.toEqual(values(other));
  });
  test('so do the records of a member, one member or many, their collections, and what a report cites', async () => {
    const ids = [await grant(null), await grant(null)];
    const filter = 'filter: { birthDate: { from: "1900-01-01", to: "1902-01-01" } }';
    const read = async (id: string) => {
      const { data } = await world.ask(`{ members(${filter}) { nodes { birthDate coverages { start } observations { nodes { id value } } diagnosticReports { nodes { resultIds } } } } }`, agent('HRESCH', id));
      const nodes = (data as unknown as { members: { nodes: { coverages: { start: string }[]; observations: { nodes: { id: string; value: string }[] }; diagnosticReports: { nodes: { resultIds: string[] }[] } }[] } }).members.nodes;
      const own = nodes.find((each) => each.observations.nodes.length > 0);
      const told = new Map(own?.observations.nodes.map((each) => [each.id, each.value]));
      return [own?.coverages.map((each) => each.start), own?.observations.nodes.map((each) => each.value), own?.diagnosticReports.nodes[0]?.resultIds.map((each) => told.get(each))] as string[][];
    };
    const [one, other] = [await read(ids[0] as string), await read(ids[1] as string)];
    one.forEach((list, place) => {
      expect(list).toHaveLength(MANY.length);
      expect([...list].sort()).toEqual([...(other[place] as string[])].sort());
      expect(list).not.toEqual([...list].sort());
      expect(list).not.toEqual(other[place]);
    });
    const nested = await pages(ids[0] as string, (at) => `{ members(filter: { birthDate: { from: "1900-01-01", to: "1901-01-01" } }) { nodes { observations(first: 7${after(at)}) { nodes { value } ${info} } } } }`,
      (data) => (data as { members: { nodes: { observations: ReturnType<Page> }[] } }).members.nodes[0]?.observations as ReturnType<Page>);
    expect(nested.map((each) => each['value'])).toEqual(one[1]);
  });
  test('under an order of what is shown, those that share a value lie in the grant\'s own order, and pages join', async () => {
    const id = await grant('safe-harbor');
    const nodes = await pages(id, (at) => `{ members(orderBy: { field: BIRTH_DATE, direction: ASC }, first: 5${after(at)}) { nodes { id birthDate } ${info} } }`, (data) => (data as { members: ReturnType<Page> }).members);
    expect(new Set(nodes.map((each) => each['id'])).size).toBe(MANY.length);
    expect(nodes.map((each) => each['birthDate'])).toEqual(nodes.map((each) => each['birthDate']).sort());
  });
});
