import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '../support/databases';
import { at, codeOf, dataOf, listAt, serve, type Answer, type Asker, type Served } from './support/gateway';

/** What members and the privacy office decide acts on the next answer: the glass, denials of access, contact, restrictions, agreements. */
const SAMPLES = join(__dirname, '../../samples');
const HOUR = 60 * 60 * 1000;
const inside = { organization: 'org-phi' };
const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', ...inside };
const nurse: Asker = { role: 'NURSE', purposes: ['TREAT'], practitioner: 'prac-nurse-1', ...inside };
const desk: Asker = { role: 'WORKFORCE', purposes: ['HPAYMT', 'HOPERAT'], subject: 'desk-1', ...inside };
const outside: Asker = { role: 'EXTERNAL_PROVIDER', purposes: ['TREAT'], practitioner: 'prac-gp-1', organization: 'org-clinic' };
const plan: Asker = { role: 'HEALTH_PLAN', purposes: ['HPAYMT', 'CAREMGT'], organization: 'org-plan-a' };
const exchange: Asker = { role: 'HIE_PARTICIPANT', purposes: ['TREAT'], organization: 'org-hie' };
const memberOf = (member: string): Asker => ({ role: 'MEMBER', purposes: ['PATRQT'], member, subject: member });
const seen = async (asking: Promise<Answer>, path: string): Promise<unknown> => dataOf(await asking, path);

describe.each(testDatabases())('the state of privacy, $name', ({ create }) => {
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

  describe('breaking the glass', () => {
    const stranger: Asker = { role: 'NURSE', purposes: ['ETREAT'], practitioner: 'prac-elsewhere', subject: 'stranger', ...inside };
    const opening: Asker = { ...stranger, reason: 'Found unconscious, no one with them' };
    const open = (id: string, alias = 'member'): string => `${alias}: member(id: "${id}") { id }`;
    it.each([['missing', undefined], ['short', 'too short'], ['long', 'x'.repeat(501)], ['blank', '            ']])('a reason that is %s is BAD_USER_INPUT', async (_name, reason) => {
      const answer = await served.ask({ ...stranger, ...(reason === undefined ? {} : { reason }) }, `{ ${open('m-0003')} }`);
      expect([answer.status, codeOf(answer), answer.data ?? null]).toEqual([400, 'BAD_USER_INPUT', null]);
    });
    it('opens one member, the first in document order; a second is absent; every use is flagged with its reason', async () => {
      const answer = await served.ask(opening, `{ ${open('m-0003', 'one')} ${open('m-0004', 'two')} members { nodes { id } } }`);
      expect(answer.data).toEqual({ one: { id: 'm-0003' }, two: null, members: { nodes: [{ id: 'm-0003' }] } });
      const [row] = await served.assembled.source.query('SELECT kind, flagged, reason FROM audit_event WHERE id = ?', [answer.privacy.auditId]) as unknown[];
      expect(row).toMatchObject({ kind: 'BREAK_GLASS', flagged: 1, reason: 'Found unconscious, no one with them' });
    });
    it('opens it to that subject, for an hour, and again with a new reason', async () => {
      const members = '{ members { nodes { id } } }';
      expect(await seen(served.ask({ ...opening, subject: 'another' }, members), 'members.nodes')).toEqual([]);
      served.clock.ahead = HOUR - 60_000;
      expect(await seen(served.ask(opening, members), 'members.nodes')).toEqual([{ id: 'm-0003' }]);
      served.clock.ahead = HOUR + 60_000;
      expect(await seen(served.ask(opening, members), 'members.nodes')).toEqual([]);
      expect(await seen(served.ask(opening, `{ ${open('m-0003')} }`), 'member.id')).toBe('m-0003');
    });
    it('shows Part 2 records, with the statement, and no psychotherapy note of another', async () => {
      const answer = await served.ask(opening, '{ member(id: "m-0002") { conditions { nodes { labels } } } }');
      expect(JSON.stringify(answer.data)).toContain('PART2');
      expect(answer.privacy.obligations.map((each) => each.code)).toContain('NORDSCLCD');
      const notes = await served.ask(opening, '{ member(id: "m-0004") { documents { nodes { text } } } }');
      expect(listAt(notes.data, 'member.documents.nodes').length).toBeGreaterThan(0);
      expect(notes.text).not.toMatch(/flooded house/);
    });
    it('an exchange participant states a reason each time and opens nobody', async () => {
      const asking: Asker = { ...exchange, purposes: ['ETREAT'] };
      expect(codeOf(await served.ask(asking, `{ ${open('m-0001')} }`))).toBe('BAD_USER_INPUT');
      const answer = await served.ask({ ...asking, reason: 'Brought in by ambulance' }, `{ one: ${open('m-0001').replace('member: ', '')} two: ${open('m-0002').replace('member: ', '')} }`);
      expect(answer.data).toEqual({ one: { id: 'm-0001' }, two: { id: 'm-0002' } });
    });
  });

  describe('a member is told what is denied', () => {
    it('psychotherapy notes', async () => {
      const answer = await served.ask(memberOf('m-0004'), '{ member(id: "m-0004") { documents { nodes { title text } } } }');
      expect(answer.privacy.withheld).toEqual([{ coordinate: 'Member.documents', reason: 'PSYCHOTHERAPY_NOTE', clause: 'access' }]);
      expect(answer.text).not.toMatch(/flooded house/);
    });
    it('what was compiled for a legal proceeding', async () => {
      const answer = await served.ask(memberOf('m-0011'), '{ member(id: "m-0011") { documents { nodes { title text } } } }');
      expect(answer.privacy.withheld).toEqual([{ coordinate: 'Member.documents', reason: 'LEGAL_PROCEEDING', clause: 'access' }]);
      expect(answer.text).not.toMatch(/request of counsel/);
    });
    it('nothing where nothing is denied; nobody else is told; another member does not exist', async () => {
      expect((await served.ask(memberOf('m-0001'), '{ member(id: "m-0001") { documents { nodes { id } } governmentIds { value } } }')).privacy.withheld).toEqual([]);
      expect((await served.ask(nurse, '{ member(id: "m-0004") { documents { nodes { id } } } }')).privacy.withheld).toEqual([]);
      expect(await seen(served.ask(memberOf('m-0001'), '{ member(id: "m-0004") { id } }'), 'member')).toBeNull();
    });
  });

  it('confidential communications: the one way inside, nothing outside, and whom the member named', async () => {
    const CONTACT = '{ member(id: "m-0001") { contact { telephones emails addresses { city } confidential } } }';
    const before = await seen(served.ask(nurse, CONTACT), 'member.contact') as { telephones: string[] };
    expect(before.telephones).toHaveLength(1);
    const request = (recipients: string): string => `mutation { requestConfidentialCommunication(memberId: "m-0001", telephone: "212-555-0199", ${recipients} authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { telephone } }`;
    dataOf(await served.ask(memberOf('m-0001'), request('')), 'requestConfidentialCommunication.telephone');
    for (const asker of [nurse, desk]) {
      const contact = await seen(served.ask(asker, CONTACT), 'member.contact') as Record<string, unknown>;
      expect([asker.role, contact.telephones, contact.emails ?? [], contact.addresses ?? [], contact.confidential]).toEqual([asker.role, ['212-555-0199'], [], [], true]);
    }
    for (const asker of [outside, { ...plan, header: 'CAREMGT' } as Asker]) {
      const answer = await served.ask(asker, CONTACT);
      expect([asker.role, answer.text.includes('555-'), answer.text.includes('Merrowfen')]).toEqual([asker.role, false, false]);
    }
    dataOf(await served.ask(memberOf('m-0001'), request('recipients: [{ organizationId: "org-clinic" }],')), 'requestConfidentialCommunication.telephone');
    expect(at(await seen(served.ask(outside, CONTACT), 'member.contact'), 'telephones')).toEqual(['212-555-0199']);
    expect((await served.ask({ ...plan, header: 'CAREMGT' }, CONTACT)).text).not.toContain('555-');
    // Whom an earlier request named is not named by a later one.
    dataOf(await served.ask(memberOf('m-0001'), request('')), 'requestConfidentialCommunication.telephone');
    expect(await seen(served.ask(outside, CONTACT), 'member.contact')).toBeNull();
    expect(await seen(served.ask(memberOf('m-0001'), '{ member(id: "m-0001") { privacy { confidentialCommunications { telephone } } } }'), 'member.privacy.confidentialCommunications')).toContainEqual({ telephone: '212-555-0199' });
  });

  it('paid in full: from the request on the plan sees nothing of that encounter, in any role, and others go on', async () => {
    const EVERYTHING = `{ member(id: "m-0012") { conditions { nodes { encounterId } } medications { nodes { encounterId } } observations { nodes { encounterId } } procedures { nodes { encounterId } } encounters { nodes { id } } diagnosticReports { nodes { encounterId } } carePlans { nodes { encounterId } } careGaps { nodes { encounterId } } } }`;
    const visit = 'm-0012-enc-3';
    const managing: Asker = { ...plan, header: 'CAREMGT' };
    const claims = '{ claims(filter: { memberIds: ["m-0012"] }) { nodes { encounterId } } }';
    expect((await served.ask(managing, EVERYTHING)).text).toContain(visit);
    expect((await served.ask(plan, claims)).text).toContain(visit);
    const asked = await served.ask(memberOf('m-0012'), `mutation { requestRestriction(memberId: "m-0012", input: { kind: PAID_IN_FULL, encounterId: "${visit}" }, authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { id status } }`);
    expect(['ACCEPTED', 'RECEIVED']).toContain(dataOf(asked, 'requestRestriction.status'));
    for (const [asker, query] of [[managing, EVERYTHING], [plan, claims], [{ ...plan, header: 'HPAYMT' }, '{ member(id: "m-0012") { claims { nodes { encounterId } } } }']] as [Asker, string][]) expect((await served.ask(asker, query)).text).not.toContain(visit);
    const inAnotherRole: Asker = { role: 'EXTERNAL_PROVIDER', purposes: ['TREAT'], practitioner: 'prac-gp-1', organization: 'org-plan-a', subject: 'plan-doctor' };
    expect((await served.ask(inAnotherRole, EVERYTHING)).text).not.toContain(visit);
    expect((await served.ask(nurse, EVERYTHING)).text).toContain(visit);
    expect((await served.ask(desk, claims)).text).toContain(visit);
    const ended = await served.ask(officer, `mutation { endRestriction(id: "${String(at(asked.data, 'requestRestriction.id'))}", reason: "as we like", memberAgreed: false) { id } }`);
    expect(codeOf(ended)).toBe('CONFLICT');
    expect((await served.ask(plan, claims)).text).not.toContain(visit);
  });

  describe('agreed restrictions', () => {
    const restrict = async (member: string, input: string): Promise<string> => {
      const asked = await served.ask(memberOf(member), `mutation { requestRestriction(memberId: "${member}", input: { kind: AGREED, ${input} }, authenticity: { channel: IN_APP_MESSAGE, identityConfirmed: true }) { id status } }`);
      expect(dataOf(asked, 'requestRestriction.status')).toBe('RECEIVED');
      return String(dataOf(asked, 'requestRestriction.id'));
    };
    const agree = async (id: string): Promise<void> => { expect(dataOf(await served.ask(officer, `mutation { decideRestriction(id: "${id}", agree: true, response: "Agreed") { status } }`), 'decideRestriction.status')).toBe('ACCEPTED'); };
    const end = async (id: string): Promise<void> => { dataOf(await served.ask(officer, `mutation { endRestriction(id: "${id}", reason: "The member asked") { endedAt } }`), 'endRestriction.endedAt'); };
    it('by coordinate: a scalar is null, to whom it binds, once agreed, until ended', async () => {
      const QUERY = '{ member(id: "m-0003") { gender name { family } } }';
      const id = await restrict('m-0003', 'coordinates: ["Member.gender"], recipients: [{ role: NURSE }]');
      expect(await seen(served.ask(nurse, QUERY), 'member.gender')).toBe('male');
      await agree(id);
      const answer = await served.ask(nurse, QUERY);
      expect(at(answer.data, 'member.gender')).toBeNull();
      expect([at(answer.data, 'member.name.family'), answer.privacy.withheld]).toEqual([expect.any(String), []]);
      expect(await seen(served.ask({ ...desk, header: 'HOPERAT' }, QUERY), 'member.gender')).toBe('male');
      expect(await seen(served.ask(memberOf('m-0003'), QUERY), 'member.gender')).toBe('male');
      expect(codeOf(await served.ask(officer, `mutation { decideRestriction(id: "${id}", agree: false, response: "No") { status } }`))).toBe('CONFLICT');
      await end(id);
      expect(await seen(served.ask(nurse, QUERY), 'member.gender')).toBe('male');
    });
    it('by a part of an object: that part is null, the others stay; a filter and an order look at what is visible', async () => {
      const QUERY = '{ member(id: "m-0003") { name { given family } contact { telephones addresses { city state postalCode } } } }';
      const before = await seen(served.ask(nurse, QUERY), 'member') as { name: { given: string[]; family: string }; contact: { telephones: string[]; addresses: Record<string, string>[] } };
      const names = (text: string): Promise<unknown> => seen(served.ask(nurse, `{ members(filter: { nameContains: "${text}", ids: ["m-0003"] }) { nodes { id } } }`), 'members.nodes');
      expect([await names(before.name.family), await names(String(before.name.given[0]))]).toEqual([[{ id: 'm-0003' }], [{ id: 'm-0003' }]]);
      const id = await restrict('m-0003', 'coordinates: ["HumanName.family", "Address.city", "Contact.telephones"], recipients: [{ role: NURSE }]');
      await agree(id);
      const after = await served.ask(nurse, QUERY);
      expect(at(after.data, 'member')).toEqual({
        name: { given: before.name.given, family: null },
        contact: { telephones: null, addresses: before.contact.addresses.map((each) => ({ ...each, city: null })) },
      });
      for (const hidden of [before.name.family, ...before.contact.telephones, ...before.contact.addresses.map((each) => String(each.city))]) expect(after.text).not.toContain(hidden);
      expect(await names(before.name.family)).toEqual([]);
      const order = await seen(served.ask(nurse, '{ members(first: 200, orderBy: { field: FAMILY_NAME, direction: ASC }) { nodes { id } } }'), 'members.nodes') as { id: string }[];
      expect(order.at(-1)).toEqual({ id: 'm-0003' });
      expect(await seen(served.ask(memberOf('m-0003'), QUERY), 'member')).toEqual(before);
      await end(id);
      expect(await seen(served.ask(nurse, QUERY), 'member')).toEqual(before);
    });
    it('by category: a collection is empty, and a filter finds nobody', async () => {
      const QUERY = '{ member(id: "m-0003") { medications { nodes { id } } conditions { nodes { id } } } }';
      const code = String(at(listAt((await served.ask(nurse, '{ member(id: "m-0003") { medications { nodes { code { code } } } } }')).data, 'member.medications.nodes')[0], 'code.code'));
      const found = (): Promise<unknown> => seen(served.ask(nurse, `{ members(filter: { medicationCode: "${code}", ids: ["m-0003"] }) { nodes { id } } }`), 'members.nodes');
      expect(await found()).toEqual([{ id: 'm-0003' }]);
      const id = await restrict('m-0003', 'categories: [MEDICATION]');
      await agree(id);
      const answer = await served.ask(nurse, QUERY);
      expect([listAt(answer.data, 'member.medications.nodes'), listAt(answer.data, 'member.conditions.nodes').length > 0]).toEqual([[], true]);
      expect(await found()).toEqual([]);
      const emergency = await served.ask({ ...nurse, purposes: ['ETREAT'], reason: 'Collapsed in the waiting room' }, QUERY);
      expect(listAt(emergency.data, 'member.medications.nodes').length).toBeGreaterThan(0);
      expect(emergency.privacy.obligations.map((each) => each.code)).toContain('NODSCLCD');
      await end(id);
      expect(await found()).toEqual([{ id: 'm-0003' }]);
    });
    it('nobody but the privacy office decides', async () => {
      const id = await restrict('m-0003', 'categories: [CLINICAL]');
      for (const asker of [memberOf('m-0003'), nurse]) expect(codeOf(await served.ask(asker, `mutation { decideRestriction(id: "${id}", agree: true, response: "x") { id } }`))).toBe('FORBIDDEN');
      expect(codeOf(await served.ask(memberOf('m-0004'), `mutation { endRestriction(id: "${id}", reason: "mine") { id } }`))).toBe('NOT_FOUND');
    });
  });

  it('an agreement: the associate sees its list within the cell, then nothing', async () => {
    const associate: Asker = { role: 'BUSINESS_ASSOCIATE', purposes: ['HPAYMT', 'HOPERAT'], organization: 'org-billing' };
    const QUERY = '{ member(id: "m-0001") { name { family } coverages { subscriberId } contact { telephones } claims { nodes { id } } } }';
    expect(at((await served.ask(associate, QUERY)).data, 'member') ?? null).toBeNull();
    const excessive = await served.ask(officer, 'mutation { recordAgreement(input: { organizationId: "org-billing", kind: BUSINESS_ASSOCIATE, purposes: [HPAYMT], categories: [NOTE], start: "2025-01-01T00:00:00.000Z", signedAt: "2025-01-01T00:00:00.000Z" }) { id } }');
    expect(codeOf(excessive)).toBe('BAD_USER_INPUT');
    const recorded = await served.ask(officer, 'mutation { recordAgreement(input: { organizationId: "org-billing", kind: BUSINESS_ASSOCIATE, purposes: [HPAYMT], categories: [IDENTITY, FINANCIAL], start: "2025-01-01T00:00:00.000Z", signedAt: "2025-01-01T00:00:00.000Z" }) { id active } }');
    expect(dataOf(recorded, 'recordAgreement.active')).toBe(true);
    const member = await seen(served.ask(associate, QUERY), 'member');
    expect([at(member, 'name.family'), at(member, 'coverages'), at(member, 'contact'), listAt(member, 'claims.nodes').length > 0]).toEqual(['Oxenquill', null, null, true]);
    expect(at((await served.ask({ ...associate, header: 'HOPERAT' }, QUERY)).data, 'member') ?? null).toBeNull();
    dataOf(await served.ask(officer, `mutation { endAgreement(id: "${String(at(recorded.data, 'recordAgreement.id'))}") { active } }`), 'endAgreement');
    expect(at((await served.ask(associate, QUERY)).data, 'member') ?? null).toBeNull();
  });

  it('every one of these left its record, flagged where it should be, and the ledger is whole', async () => {
    const auditor: Asker = { role: 'AUDITOR', purposes: ['HCOMPL'], subject: 'auditor-1' };
    expect(await seen(served.ask(auditor, '{ auditIntegrity { intact } }'), 'auditIntegrity.intact')).toBe(true);
    const flagged = await served.ask(auditor, '{ auditEvents(filter: { flagged: true }, first: 200) { nodes { subject members } } }');
    expect(listAt(flagged.data, 'auditEvents.nodes').map((each) => at(each, 'subject'))).toContain('stranger');
    expect(flagged.text).not.toMatch(/m-00\d\d/);
  });
});
