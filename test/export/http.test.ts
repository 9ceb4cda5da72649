import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf, listAt, serve, type Asker, type Served } from '../e2e/support/gateway';
import { testDatabases, type TestDatabase } from '../support/databases';
import { ExportClient } from './support';

const SAMPLES = join(__dirname, '../../samples');
const nurse: Asker = { role: 'NURSE', purposes: ['TREAT'], practitioner: 'prac-nurse-1', organization: 'org-phi' };
const plan: Asker = { role: 'HEALTH_PLAN', purposes: ['HPAYMT'], organization: 'org-plan-a', subject: 'plan-client' };
const auditor: Asker = { role: 'AUDITOR', purposes: ['HCOMPL'], subject: 'auditor-1' };
const HOUR = 3_600_000;

describe.each(testDatabases())('POST /export, $name', ({ create }) => {
  let served: Served;
  let database: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'exports-'));
  const client = (asker: Asker): ExportClient => new ExportClient(served, asker);
  beforeAll(async () => {
    database = await create();
    served = await serve(database, { paths: [SAMPLES], env: { EXPORT_DIR: folder } });
  });
  afterAll(async () => {
    await served.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has what the caller sees over GraphQL, row by row and cell by cell', async () => {
    const { told, files } = await client(nurse).export();
    const members = files.get('Member') ?? [];
    expect(members.length).toBeGreaterThan(0);
    expect(told.members).toEqual({ exported: members.length, leftOut: 0 });
    const answer = await served.ask(nurse, '{ members(first: 200) { nodes { id name { given family } birthDate conditions(first: 200) { nodes { id memberId code { system code display } status labels onsetAt } } } } }');
    const nodes = listAt(dataOf(answer, 'members'), 'nodes') as { id: string; name: unknown; birthDate: unknown; conditions: { nodes: Record<string, unknown>[] } }[];
    expect(members.map(({ id, name, birthDate }) => ({ id, name: { given: (name as Record<string, unknown>)['given'], family: (name as Record<string, unknown>)['family'] }, birthDate }))).toEqual(nodes.map(({ id, name, birthDate }) => ({ id, name, birthDate })));
    expect((files.get('Condition') ?? []).map(({ id, memberId, code, status, labels, onsetAt }) => ({ id, memberId, code, status, labels, onsetAt }))).toEqual(nodes.flatMap((each) => each.conditions.nodes));
    expect(told.withheld.map((each) => each.coordinate)).toContain('Member.governmentIds');
  });

  it('leaves no byte that the caller may not see', async () => {
    const { bytes, told, files } = await client(plan).export();
    const forbidden = await served.assembled.source.query('SELECT value AS canary FROM government_id') as { canary: string }[];
    const notes = await served.assembled.source.query("SELECT SUBSTR(text, 1, 60) AS canary FROM document WHERE text IS NOT NULL") as { canary: string }[];
    expect(forbidden.length + notes.length).toBeGreaterThan(0);
    for (const { canary } of [...forbidden, ...notes]) expect(bytes.includes(JSON.stringify(canary).slice(1, -1))).toBe(false);
    expect(told.withheldTypes.length).toBeGreaterThan(0);
    for (const { type } of told.withheldTypes) expect(files.has(type)).toBe(false);
  });

  it('puts one disclosure of each member on record, before the end', async () => {
    const { files, told } = await client(plan).export({ types: ['Claim'] });
    const members = [...new Set((files.get('Claim') ?? []).map((each) => each['memberId']))];
    const rows = await served.assembled.source.query("SELECT m.member_id AS id FROM audit_event e JOIN audit_member m ON m.event_id = e.id WHERE e.kind = 'EXPORT' AND e.operation LIKE 'export %' AND e.at >= ?", [told.transactionTime]) as { id: string }[];
    expect(rows.map((each) => each.id).sort()).toEqual(members.sort());
  });

  it('is 404 to anybody else, and to everybody once it has expired', async () => {
    const location = await client(nurse).begin({ types: ['Member'] });
    const told = await client(nurse).done(location);
    const file = told.output[0]?.url ?? '';
    for (const other of [plan, { ...nurse, subject: 'another' }, { ...nurse, practitioner: 'prac-nurse-2' }, { ...nurse, organization: 'org-other' }])
      for (const path of [location, file]) expect((await client(other).send('GET', path)).status).toBe(404);
    expect((await client(nurse).send('GET', `${location}/..%2F.place`)).status).toBe(404);
    expect((await client(nurse).send('GET', `${location}/.members`)).status).toBe(404);
    expect((await client({ ...nurse, purposes: ['HOPERAT'] }).send('GET', location)).status).toBe(403);
    served.clock.ahead += HOUR + 1000;
    for (const path of [location, file]) expect((await client(nurse).send('GET', path)).status).toBe(404);
    await client(nurse).export({ types: ['Allergy'] });
    await new Promise((resolve) => { setTimeout(resolve, 2_500); });
    expect(readdirSync(folder)).not.toContain(location.split('/').at(-1));
  });

  it('hands no file over once what entitled to it is over: a grant that expired, an agreement that ended', async () => {
    const desk: Asker = { role: 'WORKFORCE', purposes: ['HOPERAT'], subject: 'desk-1', organization: 'org-phi' };
    const officer: Asker = { role: 'PRIVACY_OFFICER', purposes: ['HCOMPL'], subject: 'officer-1', organization: 'org-phi' };
    const now = (): number => Date.now() + served.clock.ahead;
    const [someone] = await served.assembled.source.query('SELECT id FROM member ORDER BY id LIMIT 1') as { id: string }[];
    const input = {
      clause: 'health-oversight', recipient: { subject: 'inspector' }, memberIds: [someone?.id], categories: ['IDENTITY'], expires: new Date(now() + 600_000).toISOString(),
      elements: ['agency', 'activity', 'verified-identity', 'verified-authority'].map((name) => ({ name, value: 'as stated' })),
    };
    const grant = String(dataOf(await served.ask(desk, 'mutation ($input: GrantInput!) { requestGrant(input: $input) { id } }', { input }), 'requestGrant.id'));
    dataOf(await served.ask(officer, 'mutation ($id: ID!) { decideGrant(id: $id, approve: true, reason: "looked at") { status } }', { id: grant }), 'decideGrant.status');
    const agreed = { organizationId: 'org-vendor', kind: 'BUSINESS_ASSOCIATE', purposes: ['HOPERAT'], categories: ['IDENTITY', 'CLINICAL'], start: '2020-01-01T00:00:00Z', signedAt: '2020-01-01T00:00:00Z' };
    const agreement = String(dataOf(await served.ask(officer, 'mutation ($input: AgreementInput!) { recordAgreement(input: $input) { id } }', { input: agreed }), 'recordAgreement.id'));
    const inspector = client({ role: 'DISCLOSURE_RECIPIENT', purposes: ['HCOMPL'], subject: 'inspector', grant });
    const vendor = client({ role: 'BUSINESS_ASSOCIATE', purposes: ['HOPERAT'], subject: 'vendor-job', organization: 'org-vendor' });
    const files = await Promise.all([inspector, vendor].map(async (each) => (await each.export({ types: ['Member'] })).told.output[0]?.url ?? ''));
    for (const [place, each] of [inspector, vendor].entries()) expect((await each.send('GET', files[place] ?? '')).status).toBe(200);
    dataOf(await served.ask(officer, 'mutation ($id: ID!) { endAgreement(id: $id) { active } }', { id: agreement }), 'endAgreement.active');
    served.clock.ahead += 601_000;
    expect((await inspector.send('GET', files[0] ?? '')).status).toBe(404);
    expect((await vendor.send('GET', files[1] ?? '')).status).toBe(403);
  });

  it('removes the files of a cancelled export; nobody else reads those that are there', async () => {
    const location = await client(nurse).begin();
    await client(nurse).done(location);
    const path = join(folder, location.split('/').at(-1) ?? '');
    for (const each of readdirSync(path)) expect(statSync(join(path, each)).mode & 0o077).toBe(0);
    expect((await client(nurse).send('DELETE', location)).status).toBe(202);
    expect((await client(nurse).send('GET', location)).status).toBe(404);
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    expect(readdirSync(folder)).not.toContain(location.split('/').at(-1));
  });

  it.each<[string, Asker, unknown, number, RegExp]>([
    ['a type that is none', nurse, { types: ['Member', 'Shoe'] }, 400, /types\[1\]/], ['another element', nurse, { tyeps: [] }, 400, /types, since and format/],
    ['a since that is no instant', nurse, { since: 'yesterday' }, 400, /since/], ['a format', nurse, { format: 'csv' }, 400, /format/],
    ['a type alone that can never be seen', plan, { types: ['Document'] }, 403, /types/], ['an auditor', auditor, {}, 403, /./],
    ['a purpose that is not the role\'s', { ...nurse, purposes: ['HPAYMT'] }, {}, 403, /X-Purpose-Of-Use/],
    ['an emergency', { ...nurse, purposes: ['ETREAT'], reason: 'unconscious in the hall' }, {}, 403, /emergency/],
  ])('refuses %s', async (_name, asker, body, status, message) => {
    const response = await client(asker).send('POST', '/export', body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { errors: { message: string }[] }).errors[0]?.message).toMatch(message);
  });

  it('says how far it is', async () => {
    const response = await client(nurse).send('POST', '/export');
    expect([response.status, response.headers.get('retry-after')]).toEqual([202, '2']);
    const asked = await client(nurse).send('GET', response.headers.get('content-location') ?? '');
    if (asked.status === 202) expect(asked.headers.get('x-progress')).toMatch(/^(waiting|\d+ of \d+ members)$/);
    await client(nurse).done(response.headers.get('content-location') ?? '');
  });

  it('tells in FHIR R4 what it tells in its own shape', async () => {
    const own = await client(nurse).export();
    const { files } = await client(nurse).export({ format: 'fhir' });
    const count = (type: string): number => own.files.get(type)?.length ?? 0;
    expect(files.get('Patient')).toHaveLength(count('Member'));
    for (const [type, resource] of [['Condition', 'Condition'], ['Medication', 'MedicationRequest'], ['Document', 'DocumentReference'], ['CareGap', 'DetectedIssue']] as const) expect(files.get(resource)?.length ?? 0).toBe(count(type));
    for (const [type, resources] of files) for (const each of resources) if (type !== 'Obligation') expect(each['resourceType']).toBe(type);
    const labelled = (own.files.get('Condition') ?? []).find((each) => (each['labels'] as string[]).includes('HIV'));
    if (labelled) expect(JSON.stringify(files.get('Condition')?.find((each) => each['id'] === labelled['id'])?.['meta'])).toContain('"HIV"');
  });

  it('since: what changed, and whole whom something else may be seen of', async () => {
    served.clock.ahead += 5 * HOUR;
    const { told } = await client(nurse).export();
    served.clock.ahead += 5 * HOUR;
    const { files } = await client(nurse).export({ since: told.transactionTime });
    expect([...files.keys()].filter((each) => each !== 'Obligation')).toEqual([]);
    const [row] = await served.assembled.source.query('SELECT r.member_id AS member, r.id AS id FROM condition_record r JOIN care_team t ON t.member_id = r.member_id WHERE t.practitioner_id = ? ORDER BY r.id LIMIT 1', ['prac-nurse-1']) as { member: string; id: string }[];
    await served.assembled.source.query('UPDATE condition_record SET changed_at = ? WHERE id = ?', [new Date(Date.now() + served.clock.ahead).toISOString(), row?.id]);
    expect((await client(nurse).export({ since: told.transactionTime })).files.get('Condition')?.map((each) => each['id'])).toEqual([row?.id]);
    await served.assembled.source.query('UPDATE member SET standing_changed_at = ? WHERE id = ?', [new Date(Date.now() + served.clock.ahead).toISOString(), row?.member]);
    const whole = await client(nurse).export({ since: told.transactionTime });
    expect(whole.files.get('Replaced')).toEqual([{ memberId: row?.member }]);
    expect(whole.files.get('Member')?.map((each) => each['id'])).toEqual([row?.member]);
  });
});
