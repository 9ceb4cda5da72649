import { testDatabases, type TestDatabase } from '../support/databases';
import { at, dataOf, listAt, serve, type Asker, type Served } from './support/gateway';
import { ann, desk, nurse, officer, writeBundle, writeWorld } from './support/rights-world';

/** What stands beside something hidden, and would tell it: words, history, ids in a list, the state of a member among others, lines. */
const PAPER = '{ channel: PAPER, identityConfirmed: true }';
const LOINC = 'http://loinc.org';
const to = (type: string, id: string) => ({ reference: `${type}/${id}` });
const glucose = (id: string) => ({ resourceType: 'Observation', id, status: 'final', subject: to('Patient', 'ann'), code: { coding: [{ system: LOINC, code: '2345-7', display: 'Glucose' }] }, effectiveDateTime: '2026-03-01T10:30:00Z', valueQuantity: { value: 90, unit: 'mg/dL' } });
const note = (id: string, patient: string) => ({
  resourceType: 'DocumentReference', id, status: 'current', subject: to('Patient', patient), type: { coding: [{ system: LOINC, code: '11488-4' }] }, date: '2026-03-01T10:00:00Z',
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSYTHPN' }] }, content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Words.').toString('base64') } }],
});
const RESOURCES = [
  glucose('first'), glucose('second'), glucose('third'),
  { resourceType: 'DiagnosticReport', id: 'panel', status: 'final', subject: to('Patient', 'ann'), code: { coding: [{ system: LOINC, code: '24323-8', display: 'Metabolic panel' }] }, effectiveDateTime: '2026-03-01T10:30:00Z',
    conclusion: 'All as it should be.', result: [to('Observation', 'third'), to('Observation', 'first'), to('Observation', 'second')] },
  { resourceType: 'Patient', id: 'teen', birthDate: '2011-06-01', name: [{ text: 'Tia Teen', given: ['Tia'], family: 'Teen' }] }, { resourceType: 'Patient', id: 'child', birthDate: '2019-06-01', name: [{ given: ['Kim'], family: 'Kid' }] },
  note('teens-note', 'teen'), note('childs-note', 'child'),
];
const parent: Asker = { role: 'PERSONAL_REPRESENTATIVE', purposes: ['FAMRQT'], subject: 'parent' };
const agent: Asker = { role: 'PERSONAL_REPRESENTATIVE', purposes: ['PWATRNY'], subject: 'agent' };

describe.each(testDatabases())('beside what is hidden, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  const done = async (asker: Asker, query: string, path: string): Promise<unknown> => dataOf(await served.ask(asker, query), path);
  const restrict = async (member: string, narrowed: string): Promise<void> => {
    const id = await done({ ...ann, member, subject: member }, `mutation { requestRestriction(memberId: "${member}", input: { kind: AGREED, ${narrowed} }, authenticity: ${PAPER}) { id } }`, 'requestRestriction.id');
    await done(officer, `mutation { decideRestriction(id: "${String(id)}", agree: true, response: "Agreed.") { status } }`, 'decideRestriction.status');
  };
  const reports = async (asker: Asker): Promise<unknown> => done(asker, '{ member(id: "ann") { diagnosticReports { nodes { id status resultIds } } } }', 'member.diagnosticReports.nodes');

  beforeAll(async () => {
    database = await create();
    served = await serve(database, { paths: [writeWorld(), writeBundle('beside.json', RESOURCES)] });
    expect(served.imported.broken).toEqual([]);
    await done(desk, 'mutation { assignCareTeam(memberId: "ann", practitionerId: "nurse-1", role: "care") { id } }', 'assignCareTeam.id');
    for (const each of ['teen', 'child']) await done(officer, `mutation { recordRepresentation(memberId: "${each}", input: { subject: "parent", kind: PARENT, start: "2020-01-01T00:00:00Z" }) { id } }`, 'recordRepresentation.id');
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
  });

  it('a report tells the ids of those results alone that the caller may see', async () => {
    expect(await reports(nurse)).toEqual([{ id: 'panel', status: 'final', resultIds: ['third', 'first', 'second'] }]);
    await restrict('ann', 'recordId: "first", recipients: [{ subject: "nurse-login" }]');
    expect(await reports(nurse)).toEqual([{ id: 'panel', status: 'final', resultIds: ['third', 'second'] }]);
    expect(await reports(ann)).toEqual([{ id: 'panel', status: 'final', resultIds: ['third', 'first', 'second'] }]);
    await restrict('ann', 'coordinates: ["Member.observations"], recipients: [{ role: NURSE }]');
    expect(await reports(nurse)).toEqual([{ id: 'panel', status: 'final', resultIds: [] }]);
    await restrict('ann', 'coordinates: ["DiagnosticReport.resultIds"], recipients: [{ role: NURSE }]');
    expect(await reports(nurse)).toEqual([{ id: 'panel', status: 'final', resultIds: null }]);
  });

  it('a hidden code takes its words along, a hidden name part the name as text', async () => {
    const report = '{ member(id: "ann") { name { given family text } diagnosticReports { nodes { status code { code } conclusion } } } }';
    expect(at(await done(nurse, report, 'member'), 'diagnosticReports.nodes')).toEqual([{ status: 'final', code: { code: '24323-8' }, conclusion: 'All as it should be.' }]);
    await restrict('ann', 'coordinates: ["DiagnosticReport.code", "HumanName.family"], recipients: [{ role: NURSE }]');
    expect(await done(nurse, report, 'member')).toEqual({ name: { given: ['Ann'], family: null, text: null }, diagnosticReports: { nodes: [{ status: 'final', code: null, conclusion: null }] } });
  });

  it('a restricted history is hidden, and the field that it amended stays', async () => {
    const conditions = async (): Promise<unknown> => listAt(await done(nurse, '{ member(id: "ann") { conditions { nodes { id status amendments { previous } } } } }', 'member'), 'conditions.nodes').find((each) => at(each, 'id') === 'asthma');
    const id = await done(ann, `mutation { requestAmendment(memberId: "ann", recordId: "asthma", field: "status", proposed: "resolved", reason: "It is over.", authenticity: ${PAPER}) { id } }`, 'requestAmendment.id');
    await done(officer, `mutation { decideAmendment(id: "${String(id)}", accept: true, reason: "Agreed.") { id } }`, 'decideAmendment.id');
    expect(await conditions()).toEqual({ id: 'asthma', status: 'resolved', amendments: [{ previous: null }] });
    await restrict('ann', 'coordinates: ["Condition.amendments"], recipients: [{ role: NURSE }]');
    expect(await conditions()).toEqual({ id: 'asthma', status: 'resolved', amendments: [] });
  });

  it('the state of privacy is told of those members alone for whom the representative has that category, and not against a restriction', async () => {
    const appoint = (member: string, categories: string): Promise<unknown> => done(officer, `mutation { recordRepresentation(memberId: "${member}", input: { subject: "agent", kind: HEALTH_CARE_POA, start: "2020-01-01T00:00:00Z", categories: ${categories} }) { id } }`, 'recordRepresentation.id');
    await appoint('ann', '[IDENTITY, PRIVACY]');
    await appoint('bob', '[IDENTITY]');
    const seen = async (): Promise<unknown> => listAt(await done(agent, '{ members { nodes { id birthDate privacy { representatives { id } } } } }', 'members'), 'nodes').map((each) => [at(each, 'id'), at(each, 'birthDate') !== null, listAt(each, 'privacy.representatives').length]);
    expect(await seen()).toEqual([['ann', true, 1], ['bob', true, 0]]);
    await restrict('ann', 'coordinates: ["Member.privacy"], recipients: [{ subject: "agent" }]');
    expect(await seen()).toEqual([['ann', true, 0], ['bob', true, 0]]);
    expect(await done(agent, '{ member(id: "ann") { privacy { representatives { id } } } }', 'member.privacy')).toBeNull();
  });

  it('a parent is told of a child\'s psychotherapy notes, and of none that a minor may consent to alone', async () => {
    const lines = async (id: string): Promise<unknown> => (await served.ask(parent, `{ member(id: "${id}") { id documents { nodes { id } } } }`)).privacy.withheld;
    expect(await lines('child')).toEqual([{ coordinate: 'Member.documents', reason: 'PSYCHOTHERAPY_NOTE', clause: 'access' }]);
    expect(await lines('teen')).toEqual([]);
  });
});
