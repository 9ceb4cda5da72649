/** Lessons about writes and the trail: F20, F24 and F25. What is changed is looked for in every table, by every column. */
import { TABLES } from '../../../src/entities/tables';
import { testDatabases } from '../../support/databases';
import { codeOf, type Answer, type Asker } from '../../e2e/support/gateway';
import { serveWorld, type ServedWorld } from './support/served-world';

const WORLD = `
organizations: { acme: HEALTH_PLAN }
people:
  maya: { role: MEMBER, is: rosa, for: PATRQT }
  otto: { role: PRIVACY_OFFICER, of: company, for: HCOMPL }
  nils: { role: NURSE, of: company, for: TREAT, treats: [rosa] }
  acme-care: { role: HEALTH_PLAN, of: acme, for: CAREMGT }
members: { rosa: { age: 41, covered by: acme }, sven: { age: 50 } }
records:
  gap: { type: CareGap, of: rosa, measure: eye test, status: open, dueAt: "2027-03-01", coding: "urn:measures|eye" }
  other-gap: { type: CareGap, of: rosa, measure: foot test, status: open }
  svens-gap: { type: CareGap, of: sven, measure: eye test, status: open }
  pill: { type: Medication, of: rosa, dosage: one a day, prescriberId: nils, coding: "urn:drugs|1" }
  svens-pill: { type: Medication, of: sven }
  hidden-gap: { type: CareGap, of: rosa, measure: eye test, status: open }
  hidden-pill: { type: Medication, of: rosa }
  labelled-gap: { type: CareGap, of: rosa, measure: eye test, status: open, labels: [HIV] }
  hidden-visit: { type: Encounter, of: rosa }
  asthma: { type: Condition, of: rosa, coding: "urn:codes|asthma", status: active, onsetAt: 40 days ago }
`;
type Tables = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

describe.each(testDatabases())('writes, $name', ({ name, create }) => {
  let world: ServedWorld;
  beforeAll(async () => {
    world = await serveWorld(await create(), WORLD);
    const wish = await world.ask('maya', 'mutation { requestRestriction(memberId: <rosa>, input: { kind: AGREED, recipients: [{ role: NURSE }, { role: HEALTH_PLAN }], coordinates: ["CareGap.dueAt", "CareGap.code", "CareGap.measure", "Condition.onsetAt", "Condition.code", "Medication.prescriberId"] }, authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { id } }');
    const wishes = [wish];
    for (const each of ['hidden-gap', 'hidden-pill', 'hidden-visit']) wishes.push(await world.ask('maya', `mutation { requestRestriction(memberId: <rosa>, input: { kind: AGREED, recipients: [{ role: NURSE }], recordId: <${each}> }, authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { id } }`));
    for (const { data } of wishes) {
      const { id } = (data as { requestRestriction: { id: string } }).requestRestriction;
      expect((await world.ask('otto', `mutation { decideRestriction(id: "${id}", agree: true, response: "Agreed.") { status } }`)).data).toEqual({ decideRestriction: { status: 'ACCEPTED' } });
    }
  });
  afterAll(() => world.close());

  /** Every row of every table but the trail, by its key. */
  async function everything(): Promise<Tables> {
    const tables = Object.values(TABLES).filter((each) => !each.name.startsWith('audit'));
    return Object.fromEntries(await Promise.all(tables.map(async (each) => [each.name, Object.fromEntries((await world.rows(each.name)).map((row) => [JSON.stringify(each.primary.map((column) => row[column])), row]))] as const)));
  }
  /** Columns of rows that were there before and are not as they were, as `table.column`; rows that are gone, as `table gone`. */
  function changed(before: Tables, after: Tables): string[] {
    const found = new Set<string>();
    for (const [table, rows] of Object.entries(before)) for (const [key, row] of Object.entries(rows)) {
      const now = after[table]?.[key];
      if (!now) { found.add(`${table} gone`); continue; }
      for (const [column, value] of Object.entries(row)) if (now[column] !== value) found.add(`${table}.${column}`);
    }
    return [...found].sort();
  }
  async function changes(who: string, mutation: string, asker: Partial<Asker> = {}): Promise<{ answer: Answer; columns: string[] }> {
    const before = await everything();
    const answer = await world.ask(who, mutation, asker);
    return { answer, columns: changed(before, await everything()) };
  }
  const notStamps = (columns: readonly string[]): string[] => columns.filter((each) => !/[._](changed|updated)_at$/.test(each));
  const gapRow = async (gap: string) => (await world.rows('care_gap')).find((each) => each['id'] === world.names.id(gap));

  describe('F24 who does not see a cell does not overwrite it', () => {
    test('F24 a nurse closes a gap whose due date and code are hidden from her', async () => {
      expect((await world.ask('nils', '{ member(id: <rosa>) { careGaps { nodes { id dueAt code { code } measure status } } } }')).data)
        .toMatchObject({ member: { careGaps: { nodes: [{ id: world.names.id('gap'), dueAt: null, code: null, measure: null, status: 'open' }, {}, {}] } } });
      const { answer, columns } = await changes('nils', 'mutation { closeCareGap(id: <gap>) { id dueAt status } }');
      expect(answer.data).toEqual({ closeCareGap: { id: world.names.id('gap'), dueAt: null, status: 'closed' } });
      expect(notStamps(columns)).toEqual(['care_gap.closed_at', 'care_gap.status']);
      expect(await gapRow('gap')).toMatchObject({ due_at: '2027-03-01', code: 'eye', code_system: 'urn:measures', measure: 'eye test' });
    });
    test('F24 a review of medications, and a new gap, change nothing that was there', async () => {
      for (const mutation of ['mutation { recordMedicationReview(memberId: <rosa>, findings: "none", recommendation: "go on", medicationIds: [<pill>]) { id } }', 'mutation { openCareGap(memberId: <rosa>, measure: "hearing test") { id dueAt } }']) {
        const { answer, columns } = await changes('nils', mutation);
        expect(answer.errors).toEqual([]);
        expect(notStamps(columns)).toEqual([]);
      }
    });
    test('F24 an amendment of one field, decided by who sees no clinical cell, changes that field alone', async () => {
      const asked = await changes('maya', 'mutation { requestAmendment(memberId: <rosa>, recordId: <pill>, field: "dosage", proposed: "two a day", reason: "changed", authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { id status } }');
      expect([asked.answer.errors, notStamps(asked.columns)]).toEqual([[], []]);
      const { id } = (asked.answer.data as { requestAmendment: { id: string } }).requestAmendment;
      const decided = await changes('otto', `mutation { decideAmendment(id: "${id}", accept: true, reason: "It is so.") { status } }`);
      expect(decided.answer.data).toEqual({ decideAmendment: { status: 'ACCEPTED' } });
      expect(notStamps(decided.columns).filter((each) => !/^(amendment|privacy_request)\./.test(each))).toEqual(['medication.dosage']);
      expect((await world.rows('medication')).find((each) => each['id'] === world.names.id('pill'))).toMatchObject({ dosage: 'two a day', code: '1', code_system: 'urn:drugs', prescriber_id: world.names.id('nils') });
    });
    test('F24 labels given anew change labels alone', async () => {
      const { answer, columns } = await changes('otto', 'mutation { relabelRecord(recordId: <asthma>, classes: [PSY], reason: "as the note says") { id } }');
      expect(answer.errors).toEqual([]);
      expect(notStamps(columns).filter((each) => !/^label_basis\b/.test(each))).toEqual(['condition_record.labels', 'condition_record.own_labels']);
    });
    test('F24 what a caller sends beside the arguments is not written', async () => {
      const answer = await world.ask('nils', 'mutation { closeCareGap(id: <other-gap>, dueAt: null) { id } }');
      expect(codeOf(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(await gapRow('other-gap')).toMatchObject({ status: 'open' });
    });
  });

  describe('F20 a write to what may not be seen, and to what is not there', () => {
    const authenticity = 'authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }';
    const PLACES: readonly (readonly [string, string, string])[] = [
      ['nils', 'svens-gap', 'mutation { closeCareGap(id: ID) { id } }'], ['nils', 'sven', 'mutation { openCareGap(memberId: ID, measure: "x") { id } }'], ['nils', 'sven', 'mutation { recordMedicationReview(memberId: ID, findings: "x", recommendation: "x") { id } }'],
      ['nils', 'svens-pill', 'mutation { recordMedicationReview(memberId: <rosa>, findings: "x", recommendation: "x", medicationIds: [ID]) { id } }'], ['acme-care', 'svens-gap', 'mutation { closeCareGap(id: ID) { id } }'],
      // Of a member who is within reach, a record that is not.
      ['nils', 'hidden-gap', 'mutation { closeCareGap(id: ID) { id } }'], ['acme-care', 'labelled-gap', 'mutation { closeCareGap(id: ID) { id } }'],
      ['nils', 'hidden-pill', 'mutation { recordMedicationReview(memberId: <rosa>, findings: "x", recommendation: "x", medicationIds: [ID]) { id } }'], ['nils', 'hidden-visit', 'mutation { openCareGap(memberId: <rosa>, measure: "x", encounterId: ID) { id } }'],
      ['maya', 'sven', `mutation { optOutOfExchange(memberId: ID, ${authenticity}) { hieOptOut { since } } }`], ['maya', 'sven', `mutation { requestAccess(memberId: ID, ${authenticity}) { id } }`], ['maya', 'sven', 'mutation { requestNoticeCopy(memberId: ID, paper: false) { id } }'],
      ['maya', 'sven', `mutation { requestRestriction(memberId: ID, input: { kind: AGREED }, ${authenticity}) { id } }`], ['maya', 'svens-gap', `mutation { requestRestriction(memberId: <rosa>, input: { kind: AGREED, recordId: ID }, ${authenticity}) { id } }`],
      ['maya', 'svens-pill', `mutation { requestAmendment(memberId: <rosa>, recordId: ID, field: "dosage", proposed: "x", reason: "x", ${authenticity}) { id } }`], ['maya', 'sven', '{ accountingOfDisclosures(memberId: ID) { memberId } }'],
    ];
    test.each(PLACES)('F20 %s, %s: %s', async (who, forbidden, query) => {
      const strip = ({ status, text }: Answer): unknown => [status, text.replace(/"auditId":"[^"]*"/, '')];
      const before = await everything();
      const [hidden, missing] = [await world.ask(who, query.replace('ID', `<${forbidden}>`)), await world.ask(who, query.replace('ID', '"writes-nobody"'))];
      expect(strip(hidden)).toEqual(strip(missing));
      expect(hidden.errors.length).toBe(1);
      expect(changed(before, await everything())).toEqual([]);
    });
  });

  describe('F25 where the trail cannot be written', () => {
    const TRIGGER = name === 'sqlite' ? "CREATE TRIGGER no_trail BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'no trail'); END" : "CREATE TRIGGER no_trail BEFORE INSERT ON audit_event FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no trail'";
    beforeAll(async () => { await world.source.query(TRIGGER); });
    const ASKED: readonly (readonly [string, string])[] = [
      ['nils', '{ member(id: <rosa>) { id conditions { nodes { id } } } }'], ['nils', '{ members { nodes { id } } }'], ['maya', '{ member(id: <rosa>) { privacy { restrictions { id } } } }'], ['otto', '{ privacyWorklist { nodes { id } } }'],
      ['nils', '{ viewer { role } }'], ['otto', '{ auditEvents { nodes { id } } }'], ['otto', '{ __schema { queryType { name } } }'], ['nils', '{ privacyWorklist { nodes { id } } }'],
    ];
    test.each(ASKED)('F25 nothing is answered: %s, %s', async (who, query) => {
      const answer = await world.ask(who, query);
      expect([answer.status, codeOf(answer), answer.data ?? null]).toEqual([503, 'AUDIT_UNAVAILABLE', null]);
      expect(answer.text).not.toContain('no trail');
    });
    test.each([
      ['nils', 'mutation { closeCareGap(id: <other-gap>) { id } }'], ['nils', 'mutation { openCareGap(memberId: <rosa>, measure: "x") { id } }'], ['maya', 'mutation { optOutOfExchange(memberId: <rosa>, authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { hieOptOut { since } } }'],
      ['otto', 'mutation { relabelRecord(recordId: <asthma>, classes: [], reason: "x") { id } }'],
    ])('F25 and nothing is done: %s, %s', async (who, mutation) => {
      const before = await everything();
      const answer = await world.ask(who, mutation);
      expect([answer.status, codeOf(answer), answer.data ?? null]).toEqual([503, 'AUDIT_UNAVAILABLE', null]);
      expect(await everything()).toEqual(before);
    });
    test('F25 in an emergency neither; that the glass was broken waits for its review', async () => {
      const before = await everything();
      const answer = await world.ask('nils', '{ member(id: <sven>) { id } }', { purposes: ['ETREAT'], reason: 'Found unconscious' });
      expect([answer.status, codeOf(answer), answer.data ?? null]).toEqual([503, 'AUDIT_UNAVAILABLE', null]);
      const { break_glass_opening: opened, ...rest } = await everything();
      expect(rest).toEqual(Object.fromEntries(Object.entries(before).filter(([table]) => table !== 'break_glass_opening')));
      expect(Object.values(opened ?? {}).map((each) => [each['member_id'], each['reviewed_at']])).toEqual([[world.names.id('sven'), null]]);
    });
    test('F25 when it can be written again, both are there, and the trail is whole', async () => {
      await world.source.query('DROP TRIGGER no_trail');
      expect((await world.ask('nils', '{ member(id: <rosa>) { id } }')).data).toEqual({ member: { id: world.names.id('rosa') } });
      expect((await world.ask('nils', 'mutation { closeCareGap(id: <other-gap>) { status } }')).data).toEqual({ closeCareGap: { status: 'closed' } });
      expect((await world.ask('otto', '{ auditIntegrity { intact } }')).data).toEqual({ auditIntegrity: { intact: true } });
    });
  });
});
