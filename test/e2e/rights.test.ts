import { importFiles } from '../../src/fhir/importer';
import { findFiles } from '../../src/fhir/read/find-files';
import { LABELLING } from '../fhir/support';
import { testDatabases, type TestDatabase } from '../support/databases';
import { at, codeOf, dataOf, listAt, serve, type Answer, type Asker, type Served } from './support/gateway';
import { ann, bob, claim, colleague, daughter, desk, doctor, lawyer, nurse, officer, writeBundle, writeWorld } from './support/rights-world';

/** The members' rights as the Notice gives them, over HTTP: what is asked, decided, told and kept (policy sections 6, 8, 9 and 11). */
const DAY = 86_400_000;
const PAPER = '{ channel: PAPER, identityConfirmed: true }';
const REQUEST = '{ id kind status channel receivedAt dueAt decidedAt summary memberId fee { amount currency reason estimate } }';
const AMENDMENT = '{ id recordId field proposed status reason statementOfDisagreement rebuttal previous }';
const days = (request: unknown): number => (Date.parse(String(at(request, 'dueAt'))) - Date.parse(String(at(request, 'receivedAt')))) / DAY;

describe.each(testDatabases())('rights, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  const ask = (asker: Asker, query: string, variables?: Record<string, unknown>): Promise<Answer> => served.ask(asker, query, variables);
  const done = async (asker: Asker, mutation: string, path: string, variables?: Record<string, unknown>): Promise<unknown> => dataOf(await ask(asker, mutation, variables), path);
  const worklist = async (asker: Asker = officer, args = ''): Promise<readonly unknown[]> => {
    const answer = await ask(asker, `{ privacyWorklist(first: 200${args}) { nodes ${REQUEST} } }`);
    dataOf(answer, 'privacyWorklist');
    return listAt(answer.data, 'privacyWorklist.nodes');
  };
  const byId = async (id: unknown, asker?: Asker): Promise<unknown> => (await worklist(asker)).find((each) => at(each, 'id') === id);
  const requestsOf = async (asker: Asker): Promise<readonly unknown[]> => listAt((await ask(asker, `{ member(id: "ann") { privacy { requests ${REQUEST} } } }`)).data, 'member.privacy.requests');
  const amend = async (asker: Asker, record: string, field: string, proposed: string): Promise<Answer> =>
    ask(asker, `mutation { requestAmendment(memberId: "ann", recordId: "${record}", field: "${field}", proposed: "${proposed}", reason: "It is not so.", authenticity: ${PAPER}) ${AMENDMENT} }`);

  beforeAll(async () => {
    database = await create();
    served = await serve(database, { paths: [writeWorld()] });
    expect(served.imported.broken).toEqual([]);
    for (const id of ['nurse-1', 'doctor-2']) await done(desk, `mutation { assignCareTeam(memberId: "ann", practitionerId: "${id}", role: "care") { id } }`, 'assignCareTeam.id');
    await done(officer, 'mutation { recordRepresentation(memberId: "ann", input: { subject: "daughter", kind: HEALTH_CARE_POA, start: "2020-01-01T00:00:00Z", excludedClasses: [HIV] }) { id } }', 'recordRepresentation.id');
    await done(officer, 'mutation { recordRepresentation(memberId: "ann", input: { subject: "lawyer", kind: ATTORNEY, start: "2020-01-01T00:00:00Z" }) { id } }', 'recordRepresentation.id');
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });
  afterEach(() => { served.clock.ahead = 0; });

  describe('access and copies', () => {
    const access = (asker: Asker, copies: boolean) => done(asker, `mutation { requestAccess(memberId: "ann", copies: ${copies}, authenticity: ${PAPER}) ${REQUEST} }`, 'requestAccess');
    it('is due in thirty days, tells what is denied and never what it holds, and costs nothing', async () => {
      const request = await access(ann, false);
      expect(request).toMatchObject({ kind: 'ACCESS', status: 'RECEIVED', channel: 'IN_APP_MESSAGE', fee: null, memberId: 'ann' });
      expect(days(request)).toBe(30);
      expect(at(request, 'summary')).toMatch(/psychotherapy notes and what was compiled for a legal proceeding.*164\.524\(a\)\(1\).*complain/s);
      expect(at(request, 'summary')).not.toMatch(/Words of the note|process-note/);
    });
    it('copies on paper come with an estimate of labour, supplies and postage', async () => {
      expect(at(await access(ann, true), 'fee')).toEqual({ amount: 24.5, currency: 'USD', estimate: true, reason: expect.stringMatching(/labour.*supplies.*postage/) as string });
    });
    it('a record withheld on a finding is kept from the member, with the right to a review; a second time is a conflict', async () => {
      const seen = async (asker: Asker): Promise<unknown[]> => listAt((await ask(asker, '{ member(id: "ann") { medications { nodes { id } } } }')).data, 'member.medications.nodes').map((each) => at(each, 'id'));
      const mutation = 'mutation { withholdFromAccess(recordId: "inhaler", finding: "Would endanger her life.", professionalId: "doctor-2") { kind status summary } }';
      expect(await seen(ann)).toEqual(['inhaler']);
      expect(codeOf(await ask(ann, mutation))).toBe('FORBIDDEN');
      expect(await done(officer, mutation, 'withholdFromAccess')).toEqual({ kind: 'ACCESS', status: 'DENIED', summary: expect.stringMatching(/reviewed by another licensed professional.*complain/s) as string });
      expect([await seen(ann), await seen(daughter), await seen(nurse)]).toEqual([[], [], ['inhaler']]);
      expect(codeOf(await ask(officer, mutation))).toBe('CONFLICT');
      expect(codeOf(await ask(officer, mutation.replace('inhaler', 'nothing')))).toBe('NOT_FOUND');
      expect(at(await access(ann, false), 'summary')).toMatch(/Withheld on a licensed professional/);
      expect(at(await access(daughter, false), 'summary')).not.toMatch(/Withheld|licensed professional/);
    });
  });

  describe('amendment', () => {
    const entries = async (asker: Asker): Promise<unknown> => at(listAt((await ask(asker, `{ member(id: "ann") { observations { nodes { value amendments ${AMENDMENT} } } } }`)).data, 'member.observations.nodes')[0], 'amendments');
    const valueFor = async (asker: Asker): Promise<unknown> => at(listAt((await ask(asker, '{ member(id: "ann") { observations { nodes { value } } } }')).data, 'member.observations.nodes')[0], 'value');
    const refuse = async (proposed: string): Promise<unknown> => {
      const asked = dataOf(await amend(ann, 'pressure', 'value', proposed), 'requestAmendment.id');
      await done(officer, 'mutation ($id: ID!) { decideAmendment(id: $id, accept: false, reason: "The measurement was repeated.", ground: ACCURATE_AND_COMPLETE) { status } }', 'decideAmendment.status', { id: asked });
      return asked;
    };
    const of = async (asker: Asker, id: unknown): Promise<unknown> => (await entries(asker) as readonly unknown[]).find((each) => at(each, 'id') === id);

    it('accepted: the value changes, its history stays, and the office is told who read the old one', async () => {
      expect(await valueFor(nurse)).toBe('one hundred and ninety');
      const asked = dataOf(await amend(ann, 'pressure', 'Observation.value', 'one hundred and twenty'), 'requestAmendment');
      expect(asked).toMatchObject({ status: 'RECEIVED', field: 'value', previous: null });
      expect(await entries(ann)).toEqual([]);
      const accept = 'mutation ($id: ID!) { decideAmendment(id: $id, accept: true, reason: "The device was faulty.") { status reason } }';
      expect(codeOf(await ask(ann, accept, { id: at(asked, 'id') }))).toBe('FORBIDDEN');
      expect(await done(officer, accept, 'decideAmendment', { id: at(asked, 'id') })).toEqual({ status: 'ACCEPTED', reason: 'The device was faulty.' });
      expect([await valueFor(nurse), await valueFor(ann)]).toEqual(['one hundred and twenty', 'one hundred and twenty']);
      expect(await entries(nurse)).toEqual([expect.objectContaining({ status: 'ACCEPTED', previous: 'one hundred and ninety', proposed: 'one hundred and twenty' })]);
      const task = (await worklist(officer, ', kind: AMENDMENT, status: RECEIVED')).find((each) => /nurse-login/.test(String(at(each, 'summary'))));
      expect(task).toMatchObject({ kind: 'AMENDMENT', summary: expect.stringMatching(/Observation\.value was amended.*nurse-login \(company\)/) as string });
      expect((await requestsOf(ann)).some((each) => at(each, 'id') === at(task, 'id'))).toBe(false);
      expect(codeOf(await ask(officer, accept, { id: at(asked, 'id') }))).toBe('CONFLICT');
      expect(await done(officer, 'mutation ($id: ID!) { completeRequest(id: $id, response: "Told them by letter.") { status } }', 'completeRequest.status', { id: at(task, 'id') })).toBe('COMPLETED');
    });

    it('an import of the same file does not undo it', async () => {
      await importFiles(served.assembled.source, await findFiles([writeWorld()]), { labelling: LABELLING });
      expect(await valueFor(nurse)).toBe('one hundred and twenty');
      await importFiles(served.assembled.source, await findFiles([writeWorld()]), { labelling: LABELLING });
      expect(await valueFor(nurse)).toBe('one hundred and twenty');
    });

    it('denied: on a ground alone; the statement, the rebuttal and the summary go with the record', async () => {
      const asked = dataOf(await amend(ann, 'pressure', 'value', 'one hundred'), 'requestAmendment.id');
      const deny = (ground: string) => `mutation { decideAmendment(id: "${String(asked)}", accept: false, reason: "It was measured twice."${ground}) { status } }`;
      const state = (statement: string) => ask(ann, 'mutation ($id: ID!, $text: String!) { fileStatementOfDisagreement(amendmentId: $id, statement: $text) { statementOfDisagreement } }', { id: asked, text: statement });
      expect(codeOf(await ask(officer, deny('')))).toBe('BAD_USER_INPUT');
      expect(codeOf(await state('Too early.'))).toBe('CONFLICT');
      expect(await done(officer, deny(', ground: NOT_CREATED_HERE'), 'decideAmendment.status')).toBe('DENIED');
      expect(await of(nurse, asked)).toBeUndefined();
      expect((await requestsOf(ann)).some((each) => /statement of disagreement/.test(String(at(each, 'summary'))) && at(each, 'status') === 'DENIED')).toBe(true);
      expect(dataOf(await state('My own device says otherwise.'), 'fileStatementOfDisagreement.statementOfDisagreement')).toBe('My own device says otherwise.');
      expect(codeOf(await state('Once more.'))).toBe('CONFLICT');
      const answer = (what: string) => ask(officer, `mutation { answerStatement(amendmentId: "${String(asked)}"${what}) { rebuttal } }`);
      expect(codeOf(await answer(', rebuttal: null'))).toBe('BAD_USER_INPUT');
      expect(dataOf(await answer(', rebuttal: "Our device was calibrated."'), 'answerStatement.rebuttal')).toBe('Our device was calibrated.');
      expect(codeOf(await answer(', rebuttal: "Again."'))).toBe('CONFLICT');
      for (const asker of [nurse, doctor, ann]) expect(await of(asker, asked)).toMatchObject({ status: 'DENIED', statementOfDisagreement: 'My own device says otherwise.', rebuttal: 'Our device was calibrated.' });
    });

    it('a statement that reveals a class is withheld from who may not see the class, until the office gives a summary', async () => {
      const id = await refuse('one hundred and one');
      const statement = 'It was measured while my HIV treatment was changed.';
      await done(ann, 'mutation ($id: ID!, $text: String!) { fileStatementOfDisagreement(amendmentId: $id, statement: $text) { id } }', 'fileStatementOfDisagreement.id', { id, text: statement });
      // Inside, treatment sees the class; outside needs an authorization; a representative from whom it is kept is told nothing of it.
      expect([at(await of(nurse, id), 'statementOfDisagreement'), at(await of(ann, id), 'statementOfDisagreement')]).toEqual([statement, statement]);
      expect([at(await of(doctor, id), 'statementOfDisagreement'), at(await of(daughter, id), 'statementOfDisagreement')]).toEqual([null, null]);
      const answer = (summary: string) => ask(officer, 'mutation ($id: ID!, $summary: String!) { answerStatement(amendmentId: $id, summary: $summary) { id } }', { id, summary });
      expect(codeOf(await answer('She says that her HIV treatment explains it.'))).toBe('BAD_USER_INPUT');
      dataOf(await answer('She says that another treatment explains it.'), 'answerStatement.id');
      for (const asker of [doctor, daughter]) expect(at(await of(asker, id), 'statementOfDisagreement')).toBe('She says that another treatment explains it.');
      expect(at(await of(nurse, id), 'statementOfDisagreement')).toBe(statement);
      expect((await ask(doctor, `{ member(id: "ann") { observations { nodes { amendments ${AMENDMENT} } } } }`)).text).not.toMatch(/HIV/);
    });

    it('a proposed value that reveals a class is told as withheld to who may not see the class', async () => {
      const id = await refuse('too high for somebody with HIV');
      await done(ann, 'mutation ($id: ID!) { fileStatementOfDisagreement(amendmentId: $id, statement: "It was so.") { id } }', 'fileStatementOfDisagreement.id', { id });
      expect(await of(nurse, id)).toMatchObject({ proposed: 'too high for somebody with HIV', reason: 'The measurement was repeated.', statementOfDisagreement: 'It was so.' });
      expect(await of(doctor, id)).toMatchObject({ proposed: 'Withheld.', reason: null, statementOfDisagreement: 'It was so.' });
    });

    it('a record that takes a value which reveals a class bears the class', async () => {
      const id = dataOf(await amend(ann, 'asthma', 'code', 'Asthma, under treatment for HIV infection'), 'requestAmendment.id');
      await done(officer, 'mutation ($id: ID!) { decideAmendment(id: $id, accept: true, reason: "Agreed.") { id } }', 'decideAmendment.id', { id });
      const labels = listAt((await ask(nurse, '{ member(id: "ann") { conditions { nodes { id labels code { code display } } } } }')).data, 'member.conditions.nodes').find((each) => at(each, 'id') === 'asthma');
      expect(labels).toMatchObject({ labels: ['HIV'], code: { code: null, display: 'Asthma, under treatment for HIV infection' } });
      expect((await ask(doctor, '{ member(id: "ann") { conditions { nodes { id } } } }')).text).not.toContain('asthma');
    });

    it.each([['labels', 'HIV'], ['encounterId', 'x'], ['nothing', 'x'], ['effectiveAt', 'yesterday']])('the field %s cannot become %j', async (field, proposed) => {
      expect(codeOf(await amend(ann, 'pressure', field, proposed))).toBe('BAD_USER_INPUT');
    });
  });

  describe('ids out of sight are unknown', () => {
    const same = async (asker: Asker, mutation: (id: string) => string, hidden: string): Promise<void> => {
      const [one, other] = [await ask(asker, mutation(hidden)), await ask(asker, mutation('no-such-id'))];
      expect([codeOf(one), one.errors[0]?.message]).toEqual(['NOT_FOUND', other.errors[0]?.message]);
    };
    it.each([['what was compiled for a proceeding, from the member', ann, 'for-the-court'], ['a class, from a representative', daughter, 'hiv'], ['another member\'s record', bob, 'asthma']] as const)('%s', async (_, asker, id) => {
      const member = asker === bob ? 'bob' : 'ann';
      await same(asker, (each) => `mutation { requestAmendment(memberId: "${member}", recordId: "${each}", field: "status", proposed: "x", reason: "r", authenticity: ${PAPER}) { id } }`, id);
      await same(asker, (each) => `mutation { requestRestriction(memberId: "${member}", input: { kind: AGREED, recordId: "${each}" }, authenticity: ${PAPER}) { id } }`, id);
    });
    it('an encounter that a restriction hides, from who works with the member', async () => {
      const restriction = await done(officer, `mutation { requestRestriction(memberId: "ann", input: { kind: AGREED, recipients: [{ subject: "nurse-login" }], encounterId: "visit" }, authenticity: ${PAPER}) { id } }`, 'requestRestriction.id');
      const open = (id: string) => `mutation { openCareGap(memberId: "ann", measure: "Inhaler technique", encounterId: "${id}") { id } }`;
      expect(dataOf(await ask(nurse, open('visit')), 'openCareGap.id')).toEqual(expect.any(String));
      await done(officer, 'mutation ($id: ID!) { decideRestriction(id: $id, agree: true, response: "Agreed.") { id } }', 'decideRestriction.id', { id: restriction });
      await same(nurse, open, 'visit');
      await done(officer, 'mutation ($id: ID!) { endRestriction(id: $id, reason: "asked") { id } }', 'endRestriction.id', { id: restriction });
    });
  });

  describe('complaints', () => {
    const complain = (asker: Asker, text: string, member = ', memberId: "ann"') => done(asker, `mutation { fileComplaint(text: "${text}"${member}) ${REQUEST} }`, 'fileComplaint');
    it('are told to the office and to their author alone, with the alternative of HHS', async () => {
      const mine = await complain(ann, 'My daughter and nurse-login read too much.');
      expect(mine).toMatchObject({ kind: 'COMPLAINT', status: 'RECEIVED', summary: expect.stringMatching(/Health and Human Services.*read too much/s) as string });
      expect(days(mine)).toBe(30);
      expect((await requestsOf(ann)).some((each) => at(each, 'id') === at(mine, 'id'))).toBe(true);
      expect((await requestsOf(daughter)).some((each) => at(each, 'kind') === 'COMPLAINT')).toBe(false);
      expect(at(await byId(at(mine, 'id')), 'summary')).toMatch(/read too much/);
      const theirs = await complain(daughter, 'My mother is not well served.');
      expect((await requestsOf(ann)).some((each) => at(each, 'id') === at(theirs, 'id'))).toBe(false);
    });
    it('tell nothing to an officer whom they name', async () => {
      const about = await complain(ann, 'Officer-2 told my neighbours.');
      expect(await byId(at(about, 'id'), colleague)).toMatchObject({ kind: 'COMPLAINT', summary: null, memberId: null });
      expect(at(await byId(at(about, 'id')), 'summary')).toMatch(/neighbours/);
    });
    it('can be about the company, and are recorded as inauthentic from an attorney in the application', async () => {
      expect(await complain(daughter, 'The site is slow.', '')).toMatchObject({ status: 'RECEIVED', memberId: null });
      expect(await complain(lawyer, 'The site is slow.')).toMatchObject({ status: 'REJECTED_INAUTHENTIC' });
      expect(codeOf(await ask(nurse, 'mutation { fileComplaint(text: "x") { id } }'))).toBe('FORBIDDEN');
    });
  });

  describe('copies of the Notice, accountings and extensions', () => {
    it('the Notice on paper is due in five days, an electronic one is there', async () => {
      const copy = (paper: boolean) => done(ann, `mutation { requestNoticeCopy(memberId: "ann", paper: ${paper}) ${REQUEST} }`, 'requestNoticeCopy');
      const paper = await copy(true);
      expect([at(paper, 'status'), days(paper)]).toEqual(['RECEIVED', 5]);
      expect(await copy(false)).toMatchObject({ status: 'COMPLETED' });
    });
    it('the first accounting in twelve months is free, the next has an estimate, one later is free again', async () => {
      const account = (more = '') => ask(bob, `mutation { requestAccounting(memberId: "bob", from: "2025-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z"${more}, authenticity: ${PAPER}) ${REQUEST} }`);
      expect(dataOf(await account(), 'requestAccounting')).toMatchObject({ kind: 'ACCOUNTING', status: 'RECEIVED', fee: null });
      expect(dataOf(await account(), 'requestAccounting.fee')).toMatchObject({ estimate: true, currency: 'USD' });
      served.clock.ahead = 366 * DAY;
      expect(dataOf(await account(), 'requestAccounting.fee')).toBeNull();
      expect(codeOf(await ask(bob, `mutation { requestAccounting(memberId: "bob", from: "2026-01-01T00:00:00Z", to: "2025-01-01T00:00:00Z", authenticity: ${PAPER}) { id } }`))).toBe('BAD_USER_INPUT');
    });
    const extend = (id: unknown) => ask(officer, 'mutation ($id: ID!) { extendRequest(id: $id, reason: "The archive is off site.") { dueAt summary receivedAt } }', { id });
    it('access is extended once, by thirty days, with its reason told; in time', async () => {
      const made = async (): Promise<unknown> => done(ann, `mutation { requestAccess(memberId: "ann", authenticity: ${PAPER}) { id } }`, 'requestAccess.id');
      const [id, late] = [await made(), await made()];
      const extended = dataOf(await extend(id), 'extendRequest');
      expect(days(extended)).toBe(60);
      expect(at(extended, 'summary')).toMatch(/The archive is off site/);
      expect((await requestsOf(ann)).find((each) => at(each, 'id') === id)).toMatchObject({ summary: expect.stringContaining('The archive is off site') as string });
      expect(codeOf(await extend(id))).toBe('CONFLICT');
      served.clock.ahead = 31 * DAY;
      expect(codeOf(await extend(late))).toBe('CONFLICT');
    });
    it('nothing else is extended, and an unknown id is not found', async () => {
      const id = await done(ann, 'mutation { requestNoticeCopy(memberId: "ann", paper: true) { id } }', 'requestNoticeCopy.id');
      expect([codeOf(await extend(id)), codeOf(await extend('nothing'))]).toEqual(['BAD_USER_INPUT', 'NOT_FOUND']);
      expect(codeOf(await ask(ann, 'mutation ($id: ID!) { extendRequest(id: $id, reason: "r") { id } }', { id }))).toBe('FORBIDDEN');
    });
  });

  describe('the worklist', () => {
    it('is the privacy office\'s, overdue first, in sealed pages of one filter', async () => {
      for (const asker of [ann, nurse, desk]) expect(codeOf(await ask(asker, '{ privacyWorklist { nodes { id } } }'))).toBe('FORBIDDEN');
      const dues = (await worklist(officer, ', status: RECEIVED')).map((each) => String(at(each, 'dueAt')));
      expect(dues).toEqual([...dues].sort());
      const first = await ask(officer, '{ privacyWorklist(first: 1, status: RECEIVED) { nodes { id } pageInfo { hasNextPage endCursor } } }');
      const cursor = String(dataOf(first, 'privacyWorklist.pageInfo.endCursor'));
      const next = await ask(officer, `{ privacyWorklist(first: 1, status: RECEIVED, after: "${cursor}") { nodes { id } } }`);
      expect(dataOf(next, 'privacyWorklist.nodes')).not.toEqual(at(first.data, 'privacyWorklist.nodes'));
      expect(codeOf(await ask(officer, `{ privacyWorklist(first: 1, status: COMPLETED, after: "${cursor}") { nodes { id } } }`))).toBe('BAD_USER_INPUT');
    });
  });

  describe('authorizations', () => {
    const sign = (to = '{ organizationId: "clinic" }') => `memberId: "ann", input: { classes: [HIV], purposes: [TREAT], recipients: [${to}], signedAt: "2026-01-01T00:00:00Z", signedBy: "Ann Able" }`;
    it('are previewed before they are recorded: who gains what, and nothing is written', async () => {
      const before = (await worklist()).length;
      const lines = dataOf(await ask(ann, `{ previewAuthorization(${sign()}) { change recipient { organizationId } roles purpose category sensitivity } }`), 'previewAuthorization') as readonly unknown[];
      expect(lines).toContainEqual({ change: 'GAINS', recipient: { organizationId: 'clinic' }, roles: expect.arrayContaining(['EXTERNAL_PROVIDER']) as string[], purpose: 'TREAT', category: 'CLINICAL', sensitivity: 'HIV' });
      expect(lines.filter((each) => at(each, 'category') === 'FINANCIAL')).toEqual([]);
      expect((await worklist()).length).toBe(before);
      expect(codeOf(await ask(nurse, `{ previewAuthorization(${sign()}) { category } }`))).toBe('FORBIDDEN');
      expect(codeOf(await ask(bob, `{ previewAuthorization(${sign()}) { category } }`))).toBe('NOT_FOUND');
      const lost = dataOf(await ask(ann, '{ previewRestriction(memberId: "ann", input: { kind: AGREED, categories: [MEDICATION], purposes: [TREAT] }) { change roles purpose category } }'), 'previewRestriction');
      // The notes in a review go with the code beside them (docs/adr/words-beside-a-hidden-code.md).
      expect(lost).toEqual(['MEDICATION', 'NOTE'].map((category) => ({ change: 'LOSES', roles: expect.arrayContaining(['NURSE', 'PHARMACIST', 'EXTERNAL_PROVIDER']) as string[], purpose: 'TREAT', category })));
    });
    it('go out as FHIR Consents, to a representative those alone that they signed or asked for', async () => {
      const id = await done(ann, `mutation { recordAuthorization(${sign('{ role: NURSE }')}) { id } }`, 'recordAuthorization.id');
      const consents = async (asker: Asker) => (dataOf(await ask(asker, '{ fhirConsents(memberId: "ann") }'), 'fhirConsents') as string[]).map((each) => JSON.parse(each) as { resourceType: string; id: string; status: string });
      expect(await consents(ann)).toContainEqual(expect.objectContaining({ resourceType: 'Consent', id, status: 'active' }));
      expect(await consents(daughter)).toEqual([]);
      expect(codeOf(await ask(bob, '{ fhirConsents(memberId: "ann") }'))).toBe('NOT_FOUND');
      expect(codeOf(await ask(desk, '{ fhirConsents(memberId: "ann") }'))).toBe('FORBIDDEN');
    });
    it('what was released in reliance on one is on record, and told when it is revoked', async () => {
      const conditions = '{ member(id: "ann") { conditions { nodes { id } } } }';
      const id = await done(ann, `mutation { recordAuthorization(${sign()}) { id reliances { auditId } } }`, 'recordAuthorization.id');
      const released = await ask(doctor, conditions);
      expect(released.text).toContain('hiv');
      await ask(doctor, '{ member(id: "ann") { observations { nodes { id } } } }');
      const revoked = await done(ann, `mutation ($id: ID!) { revokeAuthorization(id: $id, authenticity: ${PAPER}) { active reliances { auditId purpose role organizationId } } }`, 'revokeAuthorization', { id });
      expect(revoked).toEqual({ active: false, reliances: [{ auditId: released.privacy.auditId, purpose: 'TREAT', role: 'EXTERNAL_PROVIDER', organizationId: 'clinic' }] });
      expect((await ask(doctor, conditions)).text).not.toContain('hiv');
    });
  });

  describe('paid in full', () => {
    it('a reversed payment becomes a question; the restriction binds until it is ended, which settles the question', async () => {
      const id = await done(ann, `mutation { requestRestriction(memberId: "ann", input: { kind: PAID_IN_FULL, encounterId: "visit" }, authenticity: ${PAPER}) { id status } }`, 'requestRestriction');
      expect(at(id, 'status')).toBe('ACCEPTED');
      const questions = async (): Promise<readonly unknown[]> => (await worklist(officer, ', kind: RESTRICTION')).filter((each) => /no longer shows what was paid in full/.test(String(at(each, 'summary'))));
      expect(await questions()).toEqual([]);
      const reversed = writeBundle('reversed.json', [claim({ plan: 80, member: 20 })]);
      for (let again = 0; again < 2; again += 1) await importFiles(served.assembled.source, await findFiles([reversed]), { labelling: LABELLING });
      expect(await questions()).toMatchObject([{ status: 'RECEIVED', memberId: 'ann' }]);
      expect((await requestsOf(ann)).some((each) => /no longer shows/.test(String(at(each, 'summary'))))).toBe(false);
      const end = (agreed: boolean) => ask(officer, 'mutation ($id: ID!, $agreed: Boolean!) { endRestriction(id: $id, reason: "The member was asked.", memberAgreed: $agreed) { endedAt } }', { id: at(id, 'id'), agreed });
      expect(codeOf(await end(false))).toBe('CONFLICT');
      dataOf(await end(true), 'endRestriction.endedAt');
      expect(await questions()).toMatchObject([{ status: 'COMPLETED' }]);
    });
  });

  it('an attorney asks on paper or by confirmed email alone, and every refusal stays on record', async () => {
    const access = (asker: Asker, channel: string, by = '') => done(asker, `mutation { requestAccess(memberId: "ann", authenticity: { channel: ${channel}, identityConfirmed: true${by} }) ${REQUEST} }`, 'requestAccess');
    const byLawyer = ', requestedByRepresentative: "lawyer"';
    expect(await access(lawyer, 'PAPER')).toMatchObject({ status: 'REJECTED_INAUTHENTIC', channel: 'IN_APP_MESSAGE' });
    expect(await access(officer, 'SUPPORT', byLawyer)).toMatchObject({ status: 'REJECTED_INAUTHENTIC' });
    expect(await access(officer, 'CONFIRMED_EMAIL', byLawyer)).toMatchObject({ status: 'RECEIVED' });
    expect(dataOf(await amend(lawyer, 'pressure', 'value', 'x'), 'requestAmendment')).toMatchObject({ status: 'REJECTED_INAUTHENTIC' });
    const trail = await ask(officer, '{ auditEvents(first: 200, filter: { clause: "request-authenticity", memberId: "ann" }) { nodes { outcome flagged operation } } }');
    expect(listAt(trail.data, 'auditEvents.nodes')).toContainEqual({ outcome: 'REJECTED_INAUTHENTIC', flagged: true, operation: 'requestAmendment' });
  });
});
