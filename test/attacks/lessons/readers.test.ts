/** Lessons about who asks and by which key: F7, F19, F20, F22, F23, F27 and F30. Each also looks at the statements and at the rows that came of them. */
import type { Caller } from '../../../src/identity/caller';
import { PURPOSES } from '../../../src/vocabulary/purposes';
import { RECORD_TYPES } from '../../../src/vocabulary/records';
import { ROLES } from '../../../src/vocabulary/roles';
import { testDatabases, type TestDatabase } from '../../support/databases';
import { ENGINE, type Engine } from '../../laws/support/engine';
import type { Outcome } from '../../laws/support/laboratory';
import { textsOf, Told } from './support/told';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const WORLD = `
organizations: { acme: HEALTH_PLAN }
people:
  nils: { role: NURSE, of: company, for: [TREAT, ETREAT, COC], treats: [rosa, olga] }
  nora: { role: NURSE, of: company, for: TREAT, treats: [rosa, olga] }
  nobody: { role: NURSE, of: company, for: TREAT }
  petra: { role: PHARMACIST, of: company, for: TREAT, treats: [rosa, olga] }
  wanda: { role: WORKFORCE, of: company, for: [HOPERAT, HPAYMT] }
  acme-care: { role: HEALTH_PLAN, of: acme, for: [CAREMGT, HPAYMT] }
  maya: { role: MEMBER, is: rosa, for: PATRQT }
  otto: { role: PRIVACY_OFFICER, of: company, for: HCOMPL }
  ari: { role: AUDITOR, for: HCOMPL }
members: { rosa: { age: 41, family: Quist, covered by: acme }, olga: { age: 30 }, sven: { age: 50, family: Alder, given: Sven } }
records:
  letter: { type: Document, of: rosa, text: Words. }
  gap: { type: CareGap, of: rosa, measure: eye test, status: open }
  bill: { type: Claim, of: rosa, billed to: acme, billedAmount: 17 }
  hiv: { type: Condition, of: rosa, labels: [HIV] }
  svens-gout: { type: Condition, of: sven, coding: "urn:codes|gout" }
  not-yet: { type: Observation, of: rosa, labelled: false, value: Unlabelled }
${LETTERS.map((each) => `  pill-${each}: { type: Medication, of: rosa, dosage: once }`).join('\n')}
`;
const WIDE = '{ members { nodes { id gender name { family } governmentIds { value } conditions { nodes { id code { display } } } medications { nodes { id dosage } } documents { nodes { id text } } claims { nodes { id billedAmount } } } } }';

describe.each(testDatabases())('readers, $name', ({ create }) => {
  let database: TestDatabase;
  let told: Told;
  beforeAll(async () => {
    database = await create();
    told = await Told.open(database.url, WORLD);
    for (const each of ['b', 'd', 'g']) await told.restrict('rosa', { record: `pill-${each}`, recipients: [{ role: 'NURSE' }] });
    await told.restrict('rosa', { coordinates: ['Medication.dosage'], recipients: [{ subject: told.names.id('nora') }] });
  });
  afterAll(async () => { await told.close(); await database.drop(); });

  describe('F7 a decision goes with the id of a record', () => {
    type Page = { nodes: { id: string; dosage: string | null }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    const expected = ['a', 'c', 'e', 'f'].map((each) => `attack-pill-${each}`);
    test.each([1, 2, 3, 4, 5, 7])('F7 in pages of %i', async (first) => {
      const found: string[] = [];
      for (let after: string | null = null; ;) {
        const { data }: Outcome = await told.ask('nils', 'query Walk($first: Int, $after: String) { member(id: <rosa>) { medications(first: $first, after: $after) { nodes { id dosage } pageInfo { hasNextPage endCursor } } } }', { first, after });
        const page = (data as { member: { medications: Page } }).member.medications;
        found.push(...page.nodes.map((each) => each.id));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(found).toEqual(expected);
    });
    test('F7 by filter, under an alias, and beside other lists of the same request', async () => {
      const all = LETTERS.map((each) => `${each}: medications(filter: { codes: ["pill-${each}", "nothing"] }) { nodes { id } }`).join(' ');
      const { data } = await told.ask('nils', `{ member(id: <rosa>) { z: medications { nodes { id } } ${all} } }`);
      const member = (data as { member: Record<string, { nodes: { id: string }[] }> }).member;
      expect(member['z']?.nodes.map((each) => each.id)).toEqual(expected);
    });
    test('F7 of a reader who may not see one field the field is null on each row, for another on none', async () => {
      const query = '{ member(id: <rosa>) { medications { nodes { id dosage } } } }';
      const dosages = async (who: string) => (((await told.ask(who, query)).data as { member: { medications: Page } }).member.medications.nodes.map((each) => each.dosage));
      expect([await dosages('nora'), await dosages('nils')]).toEqual([[null, null, null, null], ['once', 'once', 'once', 'once']]);
    });
  });

  describe('F19 a cursor', () => {
    const list = (args: string): string => `query Page($after: String) { members(first: 1, after: $after${args}) { nodes { id } pageInfo { endCursor } } }`;
    const cursorOf = async (caller: Caller): Promise<string> => ((await told.ask(caller, list(''))).data as { members: { pageInfo: { endCursor: string } } }).members.pageInfo.endCursor;
    const nextVersion: Engine = { ...ENGINE, assembleGateway: (materials) => { const { notices } = materials; return ENGINE.assembleGateway({ ...materials, notices: Object.assign(Object.create(notices) as typeof notices, { at: (instant: string) => ({ ...notices.at(instant), version: 'next' }) }) }); } };
    test('F19 leads on whom it was made for', async () => { expect((await told.ask('nils', list(''), { after: await cursorOf(told.caller('nils')) })).body).toContain('attack-rosa'); });
    test.each<[string, (told_: Told) => Caller]>([
      ['another nurse', (it) => it.caller('nora')], ['another role of the same subject', (it) => ({ ...it.caller('petra'), subject: it.names.id('nils') })], ['another purpose', (it) => it.caller('nils', { purpose: 'COC' })],
      ['an emergency', (it) => it.caller('nils', { purpose: 'ETREAT', breakGlassReason: 'found unconscious' })], ['another organization', (it) => it.caller('nils', { organization: it.names.id('acme') })],
    ])('F19 is refused to %s', async (_, who) => {
      const after = await cursorOf(told.caller('nils'));
      const outcome = await told.ask(who(told), list(''), { after });
      expect(outcome.body).toMatch(/"data":null.*after: the cursor is not one of this caller.*BAD_USER_INPUT/);
    });
    test('F19 is refused under another filter, another order, for another list, and changed', async () => {
      const after = await cursorOf(told.caller('nils'));
      for (const args of [', filter: { nameContains: "q" }', ', orderBy: { field: BIRTH_DATE, direction: ASC }']) expect((await told.ask('nils', list(args), { after })).body).toContain('BAD_USER_INPUT');
      expect((await told.ask('nils', 'query Page($after: String) { careGaps(first: 1, after: $after) { nodes { id } } }', { after })).body).toContain('BAD_USER_INPUT');
      expect((await told.ask('nils', list(''), { after: `${after.slice(0, -2)}AA` })).body).toContain('BAD_USER_INPUT');
    });
    test('F19 is refused after the policy changed, and by a gateway with another key', async () => {
      const after = await cursorOf(told.caller('nils'));
      expect((await told.ask('nils', list(''), { after }, told.fresh(nextVersion))).body).toContain('BAD_USER_INPUT');
      const otherKey: Engine = { ...ENGINE, assembleGateway: (materials) => ENGINE.assembleGateway({ ...materials, cursorKey: new Uint8Array(32).fill(8) }) };
      expect((await told.ask('nils', list(''), { after }, told.fresh(otherKey))).body).toContain('BAD_USER_INPUT');
      expect((await told.ask('nils', list(''), { after }, told.fresh())).body).toContain('attack-rosa');
    });
  });

  describe('F20 who may not be seen and who is not there', () => {
    test.each(['nobody', 'nils', 'petra', 'maya', 'acme-care'])('F20 are asked for by the same statements, and answered by the same bytes: %s', async (who) => {
      const query = '{ member(id: <sven>) { id gender conditions { nodes { id code { display } } } careTeam { name } } }';
      const [hidden, missing] = [await told.ask(who, query), await told.ask(who, query.replace('<sven>', '"attack-nemo"'))];
      expect(hidden.body).toBe(missing.body);
      expect(hidden.data).toEqual({ member: null });
      // The class of its time is the work that is done: no statement more, no row more.
      expect(textsOf(hidden)).toEqual(textsOf(missing));
      const rows = (outcome: Outcome): number[] => outcome.reads.map((each) => each.rows.length).sort();
      expect(rows(hidden)).toEqual(rows(missing));
      const entry = ({ entries }: Outcome) => entries.map(({ members, labels, outcome }) => ({ members, labels, outcome }));
      expect(entry(hidden)).toEqual(entry(missing));
    });
    test('F20 take alike long, in the middle of many', async () => {
      const took = { '<sven>': [] as number[], '"attack-nemo"': [] as number[] };
      // In turns, each of them first as often as the other.
      const ids = ['<sven>', '"attack-nemo"'] as const;
      for (let round = 0; round < 60; round += 1) for (const id of round % 2 === 0 ? ids : [...ids].reverse()) {
        const started = process.hrtime.bigint();
        await told.ask('nils', `{ member(id: ${id}) { id } }`);
        took[id].push(Number(process.hrtime.bigint() - started));
      }
      const middle = (all: number[]): number => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)] as number;
      const ratio = middle(took['<sven>']) / middle(took['"attack-nemo"']);
      expect(ratio).toBeGreaterThan(1 / 3);
      expect(ratio).toBeLessThan(3);
    });
  });

  test('F22 what is warm for one reader serves no other, in either direction', async () => {
    const readers = [...['nils', 'nora', 'nobody', 'petra', 'wanda', 'acme-care', 'maya', 'otto', 'ari'].map((who) => told.caller(who)), told.caller('wanda', { purpose: 'HPAYMT' }), told.caller('acme-care', { purpose: 'HPAYMT' }), told.caller('nils', { organization: null })];
    const cold: string[] = [];
    for (const reader of readers) cold.push((await told.ask(reader, WIDE, {}, told.fresh())).body);
    expect(new Set(cold).size).toBeGreaterThan(6);
    for (const order of [readers, [...readers].reverse()]) {
      // One gateway and one document for all of them, as Apollo keeps it.
      const warm = told.fresh();
      for (const round of [1, 2]) for (const reader of order) expect([round, reader.subject, (await told.ask(reader, WIDE, {}, warm)).body]).toEqual([round, reader.subject, cold[readers.indexOf(reader)]]);
    }
  });

  describe('F23 a key finds that key or nothing', () => {
    const WAYS = ["attack-rosa' OR '1'='1", 'attack-rosa OR 1=1', 'ATTACK-ROSA', 'Attack-rosa', 'attack-rosa ', ' attack-rosa', 'attack-rosá', 'attack-ro\u0073\u0301a', 'attack-rosa\u0000', 'attack-rosa\n', 'attack-%', 'attack-ros_', '%', '*', '', '0', 'null', '[object Object]', 'attack-rosa,attack-olga'];
    test.each(WAYS)('F23 %j', async (id) => {
      const outcome = await told.ask('nils', 'query Get($id: ID!) { member(id: $id) { id } members(filter: { ids: [$id] }) { nodes { id } } careGaps(filter: { memberIds: [$id] }) { nodes { id } } }', { id });
      expect(outcome.data).toEqual({ member: null, members: { nodes: [] }, careGaps: { nodes: [] } });
      expect(JSON.stringify(outcome.reads.map((each) => each.rows))).not.toMatch(/attack-/);
    });
    test('F23 a number, or no id at all, is no wider', async () => {
      expect((await told.ask('nils', '{ member(id: 0) { id } }')).data).toEqual({ member: null });
      expect((await told.ask('nils', '{ members(filter: { ids: [] }) { nodes { id } } }')).data).toEqual({ members: { nodes: [] } });
      expect((await told.ask('nils', '{ members(filter: { ids: [<sven>, <nobody>] }) { nodes { id } } }')).data).toEqual({ members: { nodes: [] } });
    });
    test('F23 whatever a rule says, the row that comes back is the one that was asked for', async () => {
      for (const who of ['nils', 'petra', 'maya', 'acme-care', 'wanda', 'otto']) for (const asked of ['rosa', 'olga', 'sven']) {
        const { data, reads } = await told.ask(who, `{ member(id: <${asked}>) { id conditions { nodes { memberId } } } }`);
        const member = (data as { member: { id: string; conditions: { nodes: { memberId: string }[] } | null } | null }).member;
        expect([`attack-${asked}`, undefined]).toContain(member?.id);
        for (const each of member?.conditions?.nodes ?? []) expect(each.memberId).toBe(`attack-${asked}`);
        for (const other of ['rosa', 'olga', 'sven']) if (other !== asked) expect(JSON.stringify(reads.map((each) => each.rows))).not.toContain(`attack-${other}"`);
      }
    });
    test('F23 each rule stands in parentheses of its own beside the key', async () => {
      for (const who of ['nils', 'acme-care', 'otto', 'wanda']) {
        const { reads } = await told.ask(who, '{ member(id: <rosa>) { id gender conditions { nodes { id } } } }');
        for (const { text } of reads) expect([text, topLevelOr(text)]).toEqual([text, false]);
      }
    });
  });

  describe('F27 a value is a parameter', () => {
    const HOSTILE = ["%x'\"", "x' OR '1'='1", '\\', '%', '_', '?', ':now', '${now}', '@now', '; DROP TABLE member; --', '/*', '" OR ""="', '\\\' OR 1=1 -- ', '\u0000', '\u{1f600}', "' UNION SELECT value FROM government_id -- "];
    const QUERY = `query Find($ids: [ID!], $plan: ID, $name: String, $code: String, $codes: [String!], $status: String) {
      members(filter: { nameContains: $name }) { nodes { id } } b: members(filter: { conditionCode: $code }) { nodes { id } } c: members(filter: { medicationCode: $code }) { nodes { id } } d: members(filter: { ids: $ids, planId: $plan }) { nodes { id } }
      careGaps(filter: { measure: $name, status: $status, memberIds: $ids }) { nodes { id } } member(id: <rosa>) { conditions(filter: { codes: $codes, status: $status }) { nodes { id } } }
    }`;
    const variables = (value: string) => ({ ids: [value], plan: value, name: value, code: value, codes: [value], status: value });
    test.each(HOSTILE)('F27 of an argument: %j', async (value) => {
      const [plain, hostile] = [await told.ask('nils', QUERY, variables('zzz')), await told.ask('nils', QUERY, variables(value))];
      expect(textsOf(hostile)).toEqual(textsOf(plain));
      expect(hostile.data).toEqual(plain.data);
    });
    test.each(HOSTILE)('F27 of a token: %j', async (value) => {
      for (const who of ['nils', 'acme-care', 'maya', 'wanda']) {
        const caller = (claim: string): Caller => told.caller(who, { subject: claim, practitioner: claim, ...(who === 'maya' ? { member: claim } : {}), ...(who === 'acme-care' ? { organization: claim } : {}) });
        const [plain, hostile] = [await told.ask(caller('zzz'), WIDE), await told.ask(caller(value), WIDE)];
        expect(textsOf(hostile)).toEqual(textsOf(plain));
        expect(hostile.body).toBe(plain.body);
      }
    });
    test('F27 and nothing is lost by it', async () => { expect((await told.ask('maya', '{ member(id: <rosa>) { id documents { nodes { text } } } }')).body).toContain('Words.'); });
  });

  describe('F30 what is not labelled yet', () => {
    const EVERYTHING = `{ members { nodes { id ${Object.entries(RECORD_TYPES).map(([, { connection }]) => `${connection} { nodes { id } }`).join(' ')} } } }`;
    const ONE = EVERYTHING.replace('{ members { nodes {', '{ member(id: <rosa>) {').replace(/\} \}$/, '}');
    test('F30 is shown to nobody but the member, whatever the role and the purpose', async () => {
      const seen: string[] = [];
      for (const role of ROLES) for (const purpose of PURPOSES) {
        const caller: Caller = { ...told.caller('nils'), role, purpose, breakGlassReason: 'found unconscious', organization: role === 'HEALTH_PLAN' ? told.names.id('acme') : told.names.id('company'), member: role === 'MEMBER' ? told.names.id('rosa') : null };
        const outcome = await told.ask(caller, ONE);
        if (outcome.reads.some((each) => JSON.stringify(each.rows).includes('not-yet')) || outcome.body.includes('not-yet')) seen.push(`${role} ${purpose}`);
      }
      expect(seen.filter((each) => !each.startsWith('MEMBER '))).toEqual([]);
      expect(seen).toContain('MEMBER PATRQT');
      // Each role and purpose has statements of its own, for thirteen types at once: they are made here, every one.
    }, 300_000);
    test('F30 is shown when it is', async () => {
      const asked = async () => (await told.ask('nils', '{ member(id: <rosa>) { observations { nodes { id value } } } }')).body;
      expect(await asked()).not.toContain('Unlabelled');
      await told.sql("UPDATE observation SET labelled = 1 WHERE id = 'attack-not-yet'");
      expect(await asked()).toContain('Unlabelled');
    });
  });
});

/** True where an OR stands beside the key, outside of every parenthesis after the outermost WHERE. */
function topLevelOr(text: string): boolean {
  let depth = 0;
  return text.split(/([()]|\bOR\b)/).some((each) => {
    if (each === '(') depth += 1;
    if (each === ')') depth -= 1;
    return each === 'OR' && depth === 0;
  });
}
