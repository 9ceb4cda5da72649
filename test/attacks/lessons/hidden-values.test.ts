/** Lessons F15 to F18: filters, orders, counts and relations, asked twice; between the two a hidden value has changed, and nothing else may. */
import { testDatabases, type TestDatabase } from '../../support/databases';
import type { Outcome } from '../../laws/support/laboratory';
import { Told } from './support/told';

const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
// Two crowds that a filter tells apart: counts of fewer than eleven, or of all but fewer than eleven, would be suppressed.
const crowd = (name: string): string[] => Array.from({ length: 11 }, (_, place) => `${name}-${place}`);
const [LIKE_SVEN, OTHERS] = [crowd('like'), crowd('other')] as const;
const WORLD = `
organizations: { acme: HEALTH_PLAN, other: HEALTH_PLAN }
people:
  nils: { role: NURSE, of: company, for: TREAT, treats: [rosa, sven] }
  wanda: { role: WORKFORCE, of: company, for: HOPERAT }
members:
  rosa: { age: 41, given: Rosa, family: Quist, covered by: other }
  sven: { age: 50, given: Sven, family: Alder, covered by: acme }
${LIKE_SVEN.map((each) => `  ${each}: { age: 60, family: Alder, covered by: acme }`).join('\n')}
${OTHERS.map((each) => `  ${each}: { age: 20, family: Crowd, covered by: other }`).join('\n')}
records:
  rosas-illness: { type: Condition, of: rosa, coding: "${ICD}|J45.909", status: inactive }
  rosas-drug: { type: Medication, of: rosa, coding: "urn:drugs|222" }
  rosas-gap: { type: CareGap, of: rosa, measure: eye test, status: closed, dueAt: "2027-01-01" }
  svens-illness: { type: Condition, of: sven, coding: "${ICD}|B20" }
  svens-drug: { type: Medication, of: sven, coding: "urn:drugs|111" }
  svens-gap: { type: CareGap, of: sven, measure: foot test, status: open, dueAt: "2026-06-01" }
${LIKE_SVEN.map((each) => `  ${each}-illness: { type: Condition, of: ${each}, coding: "${ICD}|B20" }\n  ${each}-drug: { type: Medication, of: ${each}, coding: "urn:drugs|111" }\n  ${each}-gap: { type: CareGap, of: ${each}, measure: foot test, status: open }`).join('\n')}
`;
const HIDDEN = ['Condition.code', 'Condition.status', 'Medication.code', 'CareGap.measure', 'CareGap.status', 'CareGap.dueAt', 'Member.name', 'Member.birthDate', 'Member.memberNumber', 'Member.coverages'];
/** What Rosa's hidden cells become: each as one of Sven's, which a filter finds. */
const CHANGES: readonly string[] = [
  "UPDATE condition_record SET code = 'B20', code_display = 'B20', status = 'active' WHERE id = 'attack-rosas-illness'", "UPDATE medication SET code = '111' WHERE id = 'attack-rosas-drug'",
  "UPDATE care_gap SET measure = 'foot test', status = 'open', due_at = '2026-06-02' WHERE id = 'attack-rosas-gap'",
  `UPDATE member SET name_family = 'Alder', name_text = 'Rosa Alder', name_key = 'rosa alder', family_key = 'alder', birth_date = '1976-05-05', member_number = 'aaa' WHERE id = 'attack-rosa'`,
  "UPDATE coverage SET plan_id = 'attack-acme' WHERE member_id = 'attack-rosa'",
];

const members = (filter: string): string => `{ members(filter: { ${filter} }) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
const FILTERS: readonly string[] = [
  members('conditionCode: "B20"'), members(`conditionCode: "${ICD}|B20"`), members('medicationCode: "111"'), members('nameContains: "alder"'), members('nameContains: "a"'), members('birthDate: { from: "1950-01-01", to: "1980-01-01" }'),
  members('planId: <acme>'), members('hasOpenCareGap: true'), members('ids: [<rosa>, <sven>], conditionCode: "B20", hasOpenCareGap: true, nameContains: "alder"'),
  ...['measure: "foot test"', 'status: "open"', 'due: { from: "2026-01-01", to: "2026-12-31" }', 'memberIds: [<rosa>, <sven>], status: "open"'].map((each) => `{ careGaps(filter: { ${each} }) { nodes { memberId } pageInfo { hasNextPage } } }`),
  ...['codes: ["B20"]', 'status: "active"', `codes: ["${ICD}|B20"], status: "active"`].map((each) => `{ members { nodes { id conditions(filter: { ${each} }) { nodes { id memberId } } } } }`),
  '{ members { nodes { id careGaps(filter: { status: "open" }) { nodes { id } } medications(filter: { codes: ["111"] }) { nodes { id } } } } }',
];
const DIRECTIONS = ['ASC', 'DESC'] as const;
const ORDERS = (['FAMILY_NAME', 'BIRTH_DATE', 'MEMBER_NUMBER'] as const).flatMap((field) => DIRECTIONS.map((direction) => `orderBy: { field: ${field}, direction: ${direction} }`));
const COUNTS: readonly string[] = [
  '{ operations { members { count suppressed } membersByCondition { key count suppressed } membersByMedication { key count suppressed } openCareGapsByMeasure { key count suppressed } } }',
  ...['conditionCode: "B20"', 'nameContains: "alder"', 'hasOpenCareGap: true', 'birthDate: { from: "1950-01-01", to: "1980-01-01" }', 'medicationCode: "111"'].map((each) => `{ operations(filter: { ${each} }) { members { count suppressed } membersByCondition { key count suppressed } } }`),
];
const PAGES: readonly string[] = [
  ...['conditionCode: "B20"', 'hasOpenCareGap: true', 'nameContains: "alder"'].map((each) => `{ members(first: 1, filter: { ${each} }) { nodes { id } pageInfo { hasNextPage startCursor endCursor } } }`),
  '{ careGaps(first: 1, filter: { status: "open" }) { nodes { id } edges { cursor } pageInfo { hasNextPage } } }', '{ member(id: <rosa>) { conditions(first: 1, filter: { codes: ["B20"] }) { nodes { id } pageInfo { hasNextPage endCursor } } } }',
];
const NESTED: readonly string[] = [
  '{ careGaps(filter: { measure: "foot test" }) { nodes { member { id name { family } conditions(filter: { codes: ["B20"] }) { nodes { id } } } } } }', '{ careGaps(filter: { status: "open", memberIds: [<rosa>, <sven>] }) { nodes { member { id careGaps(filter: { status: "open" }) { nodes { id member { id } } } } } } }',
  members('hasOpenCareGap: false'), members('hasOpenCareGap: true, medicationCode: "111"'),
];

describe.each(testDatabases())('before a hidden value and before another, $name', ({ create }) => {
  let database: TestDatabase;
  let told: Told;
  const before = new Map<string, Outcome>();
  const asked = (): (readonly [string, string])[] => [
    ...[...FILTERS, ...PAGES, ...NESTED].map((query) => ['nils', query] as const), ...COUNTS.map((query) => ['wanda', query] as const), ...ORDERS.map((order) => ['nils', `{ members(${order}) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`] as const),
  ];
  /** Every page of two members, as the cursors lead to it. */
  async function walk(order: string): Promise<string[]> {
    const found: string[] = [];
    for (let after: string | null = null, place = 0; place < 5; place += 1) {
      const { data }: Outcome = await told.ask('nils', `query Walk($after: String) { members(first: 1, after: $after, ${order}) { nodes { id } pageInfo { hasNextPage endCursor } } }`, { after });
      const page = (data as { members: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }).members;
      found.push(...page.nodes.map((each) => each.id), String(page.pageInfo.hasNextPage));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    return found;
  }
  const walked = new Map<string, string[]>();
  beforeAll(async () => {
    database = await create();
    told = await Told.open(database.url, WORLD);
    await told.restrict('rosa', { coordinates: HIDDEN });
    for (const [who, query] of asked()) before.set(query, await told.ask(who, query));
    for (const order of ORDERS) walked.set(order, await walk(order));
    for (const each of CHANGES) await told.sql(each);
  });
  afterAll(async () => { await told.close(); await database.drop(); });

  const alike = async (who: string, query: string, finds: string): Promise<void> => {
    const first = before.get(query);
    const second = await told.ask(who, query);
    expect(second.body).toBe(first?.body);
    // The question is one that finds what may be seen: an answer that is always empty would prove nothing.
    expect(second.body).toContain(finds);
    expect(second.body).not.toContain('"errors"');
  };
  test.each(FILTERS)('F15 %s', (query) => alike('nils', query, 'attack-sven'));
  test.each(ORDERS)('F16 %s, as a list and page by page', async (order) => {
    await alike('nils', `{ members(${order}) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`, 'attack-sven');
    expect(await walk(order)).toEqual(walked.get(order));
    expect(walked.get(order)?.filter((each) => each.startsWith('attack')).sort()).toEqual(['attack-rosa', 'attack-sven']);
  });
  test.each(COUNTS)('F17 %s', (query) => alike('wanda', query, '"count":1'));
  test.each(PAGES)('F17 %s', (query) => alike('nils', query, '"hasNextPage":false'));
  test.each(NESTED)('F18 %s', (query) => alike('nils', query, query.includes(': false') ? 'attack-rosa' : 'attack-sven'));

  test('F15 to F18 to who may see them the values are others: the change was one', async () => {
    await told.sql('DELETE FROM restriction_scope');
    const changed = await Promise.all(asked().map(async ([who, query]) => (await told.ask(who, query)).body !== before.get(query)?.body));
    expect(changed.filter(Boolean).length).toBeGreaterThan(asked().length * 0.8);
  });
});
