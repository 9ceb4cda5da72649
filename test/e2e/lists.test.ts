import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '../support/databases';
import { at, codeOf, dataOf, listAt, serve, type Answer, type Asker, type Served } from './support/gateway';

/** Pages, cursors and filters as clients meet them (interface.md, "Details that clients meet"). */
const SAMPLES = join(__dirname, '../../samples');
const desk: Asker = { role: 'WORKFORCE', purposes: ['HOPERAT', 'HPAYMT'], subject: 'desk-1', organization: 'org-phi' };
const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', organization: 'org-phi' };
const plan: Asker = { role: 'HEALTH_PLAN', purposes: ['CAREMGT', 'HPAYMT'], organization: 'org-plan-a' };
const HOUR = 60 * 60 * 1000;
const page = (args: string): string => `{ members(${args}) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
const idsOf = (answer: Answer, path = 'members.nodes'): unknown[] => { dataOf(answer, path); return listAt(answer.data, path).map((each) => at(each, 'id')); };

describe.each(testDatabases())('lists, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await create();
    served = await serve(database, { paths: [SAMPLES] });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });
  afterEach(() => { served.clock.ahead = 0; });

  describe('first', () => {
    it.each(['0', '201', '-1'])('%s is refused', async (first) => {
      const answer = await served.ask(desk, page(`first: ${first}`));
      expect([codeOf(answer), answer.errors[0]?.message, at(answer.data, 'members') ?? null]).toEqual(['BAD_USER_INPUT', expect.stringMatching(/^first/), null]);
    });
    it('null is the default, and so is nothing', async () => {
      expect(idsOf(await served.ask(desk, page('first: null')))).toHaveLength(24);
      expect(idsOf(await served.ask(desk, '{ members { nodes { id } } }'))).toHaveLength(24);
    });
    it('inside a member too', async () => {
      const answer = await served.ask(desk, '{ member(id: "m-0001") { conditions(first: 0) { nodes { id } } } }');
      expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    });
  });

  describe('cursors', () => {
    const SECOND = 'first: 5, orderBy: { field: FAMILY_NAME, direction: ASC }, filter: { birthDate: { from: "1900-01-01" } }';
    let cursor = '';
    beforeAll(async () => { cursor = String(dataOf(await served.ask(desk, page(SECOND)), 'members.pageInfo.endCursor')); });
    it('go on where the page ended, to the last row, without a row twice', async () => {
      const all = idsOf(await served.ask(desk, page(SECOND.replace('first: 5', 'first: 200'))));
      const seen: unknown[] = [];
      for (let after = '', more = true; more;) {
        const answer = await served.ask(desk, page(`${SECOND}${after ? `, after: "${after}"` : ''}`));
        seen.push(...idsOf(answer));
        more = dataOf(answer, 'members.pageInfo.hasNextPage') === true;
        after = String(dataOf(answer, 'members.pageInfo.endCursor'));
      }
      expect(seen).toEqual(all);
      expect(new Set(seen).size).toBe(24);
    });
    const PANEL: Asker = { role: 'NURSE', purposes: ['TREAT'], practitioner: 'prac-nurse-1', organization: 'org-phi' };
    it.each<[string, Asker]>([['a panel', PANEL], ['the members of a plan', plan], ['every member', desk]])('%s, page by page in the order of ids, is the whole list', async (_name, asker) => {
      const all = idsOf(await served.ask(asker, page('first: 200')));
      const seen: unknown[] = [];
      for (let after = '', more = true; more && seen.length <= all.length;) {
        const answer = await served.ask(asker, page(`first: 2${after ? `, after: "${after}"` : ''}`));
        seen.push(...idsOf(answer));
        more = dataOf(answer, 'members.pageInfo.hasNextPage') === true;
        after = String(dataOf(answer, 'members.pageInfo.endCursor'));
      }
      expect(all.length).toBeGreaterThan(2);
      expect(seen).toEqual(all);
    });
    const refusals: [string, Asker, (cursor: string) => string][] = [
      ['another subject', { ...desk, subject: 'desk-2' }, (after) => `${SECOND}, after: "${after}"`],
      ['another role', officer, (after) => `${SECOND}, after: "${after}"`],
      ['another organization', { ...desk, organization: 'org-clinic' }, (after) => `${SECOND}, after: "${after}"`],
      ['another purpose', { ...desk, header: 'HPAYMT' }, (after) => `${SECOND}, after: "${after}"`],
      ['another filter', desk, (after) => `${SECOND.replace('1900', '1901')}, after: "${after}"`],
      ['another order', desk, (after) => `${SECOND.replace('ASC', 'DESC')}, after: "${after}"`],
      ['no order', desk, (after) => `first: 5, after: "${after}"`],
      ['one letter changed', desk, (after) => `${SECOND}, after: "${after.slice(0, 20)}${after[20] === 'A' ? 'B' : 'A'}${after.slice(21)}"`],
      ['one letter cut', desk, (after) => `${SECOND}, after: "${after.slice(0, -2)}"`],
      ['words', desk, () => `${SECOND}, after: "m-0005"`],
      ['nothing', desk, () => `${SECOND}, after: ""`],
    ];
    it.each(refusals)('with %s do not open', async (_name, asker, args) => {
      const answer = await served.ask(asker, page(args(cursor)));
      expect([codeOf(answer), answer.errors[0]?.message]).toEqual(['BAD_USER_INPUT', expect.stringMatching(/^after/)]);
      expect(answer.text).not.toContain('m-00');
    });
    it('of another field do not open', async () => {
      expect(codeOf(await served.ask(plan, `{ careGaps(after: "${cursor}") { nodes { id } } }`))).toBe('BAD_USER_INPUT');
    });
    it('live for an hour', async () => {
      served.clock.ahead = HOUR - 60_000;
      expect((await served.ask(desk, page(`${SECOND}, after: "${cursor}"`))).errors).toEqual([]);
      served.clock.ahead = HOUR + 1_000;
      expect(codeOf(await served.ask(desk, page(`${SECOND}, after: "${cursor}"`)))).toBe('BAD_USER_INPUT');
    });
    it('tell nothing of where they stand', () => {
      expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/m-00|Oxen|19\d\d/);
    });
  });

  describe('filters', () => {
    it.each(['filter: { ids: [] }'])('an empty list matches nothing: members(%s)', async (filter) => {
      expect(idsOf(await served.ask(desk, page(filter)))).toEqual([]);
    });
    it('an empty list matches nothing in records, gaps and claims either', async () => {
      expect(listAt((await served.ask(desk, '{ member(id: "m-0001") { conditions(filter: { codes: [] }) { nodes { id } } } }')).data, 'member.conditions.nodes')).toEqual([]);
      expect(idsOf(await served.ask(desk, '{ careGaps(filter: { memberIds: [] }) { nodes { id } } }'), 'careGaps.nodes')).toEqual([]);
      expect(idsOf(await served.ask({ ...desk, header: 'HPAYMT' }, '{ claims(filter: { memberIds: [] }) { nodes { id } } }'), 'claims.nodes')).toEqual([]);
    });
    it('names are found whatever their case; a percent sign is a percent sign', async () => {
      expect(idsOf(await served.ask(desk, page('filter: { nameContains: "oXENq" }')))).toEqual(['m-0001']);
      expect(idsOf(await served.ask(desk, page('filter: { nameContains: "%" }')))).toEqual([]);
    });
    it('codes with and without their system; half-open ranges', async () => {
      const coded = async (code: string): Promise<number> => listAt((await served.ask(desk, `{ member(id: "m-0001") { conditions(filter: { codes: ["${code}"] }) { nodes { id } } } }`)).data, 'member.conditions.nodes').length;
      expect([await coded('I10'), await coded('http://hl7.org/fhir/sid/icd-10-cm|I10'), await coded('http://snomed.info/sct|I10')]).toEqual([1, 1, 0]);
      const born = String(dataOf(await served.ask(desk, '{ member(id: "m-0001") { birthDate } }'), 'member.birthDate'));
      expect(idsOf(await served.ask(desk, page(`filter: { ids: ["m-0001"], birthDate: { from: "${born}" } }`)))).toEqual(['m-0001']);
      expect(idsOf(await served.ask(desk, page(`filter: { ids: ["m-0001"], birthDate: { to: "${born}" } }`)))).toEqual([]);
    });
    it('a condition that the caller may not see finds nobody: the desk for HIV', async () => {
      expect(idsOf(await served.ask(desk, page('filter: { conditionCode: "B20" }')))).toEqual([]);
      expect(idsOf(await served.ask(plan, page('filter: { conditionCode: "B20" }')))).toEqual(['m-0012']);
    });
    it('a filter on a category that the cell lacks behaves as on nothing, with its line', async () => {
      const answer = await served.ask({ ...desk, header: 'HPAYMT' }, page('filter: { conditionCode: "I10" }'));
      expect(idsOf(answer)).toEqual([]);
      expect(answer.privacy.withheld.map((each) => each.coordinate)).toContain('Condition.code');
    });
  });

  describe('a privacy state that changes while pages are read', () => {
    const AUTHENTIC = 'authenticity: { channel: PAPER, identityConfirmed: true }';
    it('an opt-out between two pages: the cursor stays good, the member is absent from the next page on, until they come back', async () => {
      const exchange: Asker = { role: 'HIE_PARTICIPANT', purposes: ['TREAT'], organization: 'org-hie' };
      const all = idsOf(await served.ask(exchange, page('first: 200')));
      const first = await served.ask(exchange, page('first: 3'));
      const leaving = String(all[4]);
      dataOf(await served.ask(officer, `mutation { optOutOfExchange(memberId: "${leaving}", ${AUTHENTIC}) { hieOptOut { since } } }`), 'optOutOfExchange.hieOptOut.since');
      const after = String(dataOf(first, 'members.pageInfo.endCursor'));
      const rest = idsOf(await served.ask(exchange, page(`first: 200, after: "${after}"`)));
      expect(rest).toEqual(all.slice(3).filter((each) => each !== leaving));
      expect(dataOf(await served.ask(exchange, `{ member(id: "${leaving}") { id } }`), 'member')).toBeNull();
      dataOf(await served.ask(officer, `mutation { optInToExchange(memberId: "${leaving}", ${AUTHENTIC}) { hieOptOut { since } } }`), 'optInToExchange');
      expect(idsOf(await served.ask(exchange, page('first: 200')))).toEqual(all);
    });
    it('a revocation between two pages acts on the next one, and on the next request', async () => {
      const given = await served.ask(officer, `mutation { recordAuthorization(memberId: "m-0001", input: { classes: [HIV], purposes: [CAREMGT], recipients: [{ organizationId: "org-plan-a" }], signedAt: "2026-01-02T00:00:00.000Z", signedBy: "The member" }) { id active } }`);
      const id = String(dataOf(given, 'recordAuthorization.id'));
      const conditions = (args: string): string => `{ member(id: "m-0001") { conditions(${args}) { nodes { id labels } pageInfo { endCursor hasNextPage } } } }`;
      const all = await served.ask(plan, conditions('first: 50'));
      const rows = listAt(all.data, 'member.conditions.nodes');
      const place = rows.findIndex((each) => JSON.stringify(each).includes('HIV'));
      expect([rows.length, place]).toEqual([4, expect.any(Number)]);
      expect(place).toBeGreaterThan(0);
      const first = await served.ask(plan, conditions(`first: ${place}`));
      const after = String(dataOf(first, 'member.conditions.pageInfo.endCursor'));
      dataOf(await served.ask(officer, `mutation { revokeAuthorization(id: "${id}", ${AUTHENTIC}) { revokedAt active } }`), 'revokeAuthorization.revokedAt');
      const next = await served.ask(plan, conditions(`first: 50, after: "${after}"`));
      expect(listAt(next.data, 'member.conditions.nodes')).toEqual(rows.slice(place + 1));
      expect(listAt((await served.ask(plan, conditions('first: 50'))).data, 'member.conditions.nodes')).toHaveLength(3);
      expect(codeOf(await served.ask(officer, `mutation { revokeAuthorization(id: "${id}", ${AUTHENTIC}) { active } }`))).toBe('CONFLICT');
    });
  });
});
