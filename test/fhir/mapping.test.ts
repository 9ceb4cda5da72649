import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { testDatabases } from '../support/databases';
import { World, concept, make, urn, type Resource } from './support';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

describe.each(testDatabases())('what resources become on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());
  const with_ = (...resources: Resource[]): Promise<unknown> => world.import([make.patient('m'), ...resources]);

  test('a patient: official and preferred names, number, government ids, home state, gender identity', async () => {
    await world.import([make.patient('p', {
      name: [{ use: 'maiden', family: 'Old' }, { use: 'official', family: 'Frías', given: ['Carla', 'Elena'], prefix: ['Ms.'], text: 'Carla E. Frías' }, { use: 'nickname', given: ['Carly'] }],
      identifier: [
        { type: { coding: [{ code: 'MR' }] }, value: 'mr-1' }, { type: { coding: [{ code: 'MB' }] }, value: 'mb-1' }, { type: { coding: [{ code: 'SS' }] }, value: '999-00-0000' },
        { type: { coding: [{ code: 'PPN' }] }, value: 'X1' },
      ],
      address: [{ use: 'old', state: 'NY' }, { use: 'billing', state: 'TX' }, { line: ['1 Way'], city: 'Boston', state: 'Massachusetts' }],
      telecom: [{ system: 'phone', value: '555' }, { system: 'email', value: 'a@b' }, { system: 'fax', value: '1' }], deceasedDateTime: '2025-05-05',
      communication: [{ language: { coding: [{ code: 'es' }] } }],
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/individual-genderIdentity', extension: [{ url: 'value', valueCodeableConcept: { text: 'non-binary' } }] },
        { url: 'http://hl7.org/fhir/StructureDefinition/individual-pronouns', extension: [{ url: 'value', valueCodeableConcept: { text: 'they' } }] },
      ],
    })]);
    expect(await world.row('member', 'p')).toMatchObject({
      member_number: 'mb-1', name_family: 'Frías', name_given: '["Carla","Elena"]', name_key: 'carla elena frías carla e. frías', family_key: 'frías', preferred_name: 'Carly', preferred_key: 'carly',
      home_state: 'MA', deceased_at: '2025-05-05T00:00:00.000Z', telephones: '["555"]', emails: '["a@b"]', preferred_language: 'es', gender_identity: 'non-binary', pronouns: 'they',
    });
    expect((await world.rows('government_id')).map((each) => [each.kind, each.value])).toEqual(expect.arrayContaining([['SS', '999-00-0000'], ['PPN', 'X1']]));
  });

  test.each([['2009', '2009-01-01', '2009-12-31'], ['2008-02', '2008-02-01', '2008-02-29'], ['2009-05-17', '2009-05-17', null]])('a birth date %s keeps its first day, and the last that it can mean', async (birthDate, birth_date, birth_date_end) => {
    await world.import([make.patient('p', { birthDate })]);
    expect(await world.row('member', 'p')).toMatchObject({ birth_date, birth_date_end });
  });
  test('ends are inclusive; a missing start is before all; a team that is not active gives none', async () => {
    const team = (id: string, more: object, period?: object): Resource =>
      ({ resourceType: 'CareTeam', id, subject: urn('m'), ...more, participant: [{ member: { reference: `Practitioner/dr-${id}` }, ...(period ? { period } : {}) }] });
    await with_(
      team('a', { status: 'active', period: { start: '2024', end: '2025-02' } }, { start: '2024-06-15', end: '2027' }), team('b', { status: 'active' }, { end: '2025-12-31' }),
      team('c', { status: 'inactive' }), team('d', { status: 'active', period: { end: '2024-01-01' } }, { start: '2025-01-01' }), team('e', { status: 'active' }, { end: '2025-12-31T10:00:00-05:00' }),
    );
    expect((await world.rows('care_team')).map((each) => [each.practitioner_id, each.start_at, each.end_at]).sort()).toEqual([
      ['dr-a', '2024-06-15T00:00:00.000Z', '2025-03-01T00:00:00.000Z'], ['dr-b', '0001-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
      ['dr-e', '0001-01-01T00:00:00.000Z', '2025-12-31T15:00:00.001Z'],
    ]);
  });

  test('the date of a record is its own, else when it was recorded, else the start of its encounter', async () => {
    await with_(
      make.encounter('e', 'm'), make.condition('c1', 'm', 'Asthma', { onsetDateTime: '2020-01-01' }), make.condition('c2', 'm', 'Asthma', { onsetDateTime: undefined, recordedDate: '2021-05' }),
      make.condition('c3', 'm', 'Asthma', { onsetDateTime: undefined, encounter: urn('e') }), make.condition('c4', 'm', 'Asthma', { onsetDateTime: undefined }),
    );
    expect((await world.rows('condition_record')).map((each) => each.record_date).sort()).toEqual(['2020-01-01T00:00:00.000Z', '2021-05-01T00:00:00.000Z', '2025-03-01T10:00:00.000Z', null].sort());
  });

  test('values in words, components joined', async () => {
    await with_(
      make.observation('o1', 'm'), make.observation('o2', 'm', { valueQuantity: undefined, valueCodeableConcept: concept('Never smoker') }),
      make.observation('o3', 'm', { valueQuantity: undefined, component: [
        { code: concept('Systolic blood pressure'), valueQuantity: { value: 132, unit: 'mm[Hg]' } }, { code: concept('Diastolic blood pressure'), valueQuantity: { value: 86, unit: 'mm[Hg]' } },
      ] }),
      make.observation('o4', 'm', { valueQuantity: undefined, valueInteger: 0 }), make.observation('o5', 'm', { valueQuantity: undefined, valueBoolean: false }),
    );
    expect((await world.rows('observation')).map((each) => [each.id, each.value, each.unit]).sort()).toEqual([
      ['o1', '170', 'cm'], ['o2', 'Never smoker', null], ['o3', 'Systolic blood pressure 132 mm[Hg]; Diastolic blood pressure 86 mm[Hg]', null], ['o4', '0', null], ['o5', 'false', null],
    ]);
  });

  test('notes are decoded, whatever their charset; a report presents its text as a document that cites it', async () => {
    await with_(
      { resourceType: 'DocumentReference', id: 'd', status: 'current', type: concept('Medication review', '56445-0', 'http://loinc.org'), subject: urn('m'), date: '2025-01-01T00:00:00Z', author: [{ reference: 'Practitioner/dr' }],
        content: [{ attachment: { contentType: 'text/html', data: base64('<p>One &amp; two</p><script>x</script>') } }, { attachment: { contentType: 'text/plain; charset=iso-8859-1', data: Buffer.from('caf\u00e9', 'latin1').toString('base64') } },
          { attachment: { contentType: 'application/pdf', data: 'AAAA' } }] },
      make.observation('o', 'm'),
      { resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: concept('Panel'), subject: urn('m'), result: [urn('o')], conclusion: 'Fine.', issued: '2025-02-02T00:00:00Z', presentedForm: [{ contentType: 'text/plain', data: base64('All well.') }] },
    );
    expect(await world.row('document', 'd')).toMatchObject({ text: 'One & two\n\ncafé', medication_review: 1, author_id: 'dr' });
    expect(await world.row('document', 'r-text')).toMatchObject({ text: 'All well.', title: 'Panel', medication_review: 0 });
    expect(await world.row('diagnostic_report', 'r')).toMatchObject({ conclusion: 'Fine.', result_ids: '["o"]' });
    expect((await world.rows('citation')).map((each) => `${each.record_type}/${each.record_id} ${each.cited_type}/${each.cited_id}`).sort())
      .toEqual(['DiagnosticReport/r Observation/o', 'Document/r-text DiagnosticReport/r']);
  });

  test('care gaps: detected issues and measure reports', async () => {
    const report = (id: string, populations: Record<string, number>): Resource => ({
      resourceType: 'MeasureReport', id, status: 'complete', type: 'individual', measure: 'http://example.org/Measure/CDC-A1C|1', subject: urn('m'), date: '2026-01-01', period: { start: '2025', end: '2025-12-31' },
      group: [{ population: Object.entries(populations).map(([code, count]) => ({ code: { coding: [{ code }] }, count })) }],
    });
    const issue = (id: string, more: object): Resource => ({ resourceType: 'DetectedIssue', id, status: 'final', code: { coding: [{ code: 'CAREGAP' }] }, patient: urn('m'), identifiedDateTime: '2026-02-01', ...more });
    await with_(
      report('open', { denominator: 1, numerator: 0 }), report('closed', { denominator: 1, numerator: 1 }), report('excluded', { denominator: 1, numerator: 0, 'denominator-exclusion': 1 }),
      report('outside', { denominator: 0 }), issue('i1', { evidence: [{ code: [{ coding: [{ code: 'BCS' }] }] }], detail: 'Breast cancer screening' }), issue('i2', { detail: 'Eye examination' }),
      issue('i3', { detail: 'x', mitigation: [{ date: '2026-03-01' }] }),
    );
    expect((await world.rows('care_gap')).map((each) => [each.id, each.measure, each.status, each.closed_at]).sort()).toEqual([
      ['closed', 'CDC-A1C', 'closed', '2026-01-01T00:00:00.000Z'], ['i1', 'BCS', 'open', null], ['i2', 'Eye examination', 'open', null], ['i3', 'x', 'closed', '2026-03-01T00:00:00.000Z'], ['open', 'CDC-A1C', 'open', null],
    ]);
  });

  test('the kind of an organization', async () => {
    const typed = (code: string, system = 'http://terminology.hl7.org/CodeSystem/organization-type'): object => ({ type: [{ coding: [{ system, code }] }] });
    await world.import([
      make.patient('m'), make.organization('a', 'A', typed('prov')), make.organization('b', 'B', typed('ins')), make.organization('c', 'C', typed('govt')), make.organization('d', 'D', typed('bus')),
      make.organization('e', 'E', typed('HIE', 'urn:phi-gateway:organization-kind')), make.organization('f', 'F'), make.organization('own', 'Own', typed('prov')), make.organization('payer', 'P', typed('govt')),
      make.claim('cl', 'm', { insurance: [], insurer: { reference: 'Organization/payer' } }),
    ], { covered: ['own'] });
    expect(Object.fromEntries((await world.rows('organization')).map((each) => [each.id, each.kind]))).toEqual({
      a: 'PROVIDER', b: 'HEALTH_PLAN', c: 'AUTHORITY', d: 'BUSINESS_ASSOCIATE', e: 'HIE', f: 'OTHER', own: 'COVERED_ENTITY', payer: 'HEALTH_PLAN',
    });
  });

  test('older spellings, single files, NDJSON and gzip', async () => {
    const old: Resource[] = [
      make.patient('m'), { resourceType: 'Condition', id: 'c', clinicalStatus: 'active', code: concept('Asthma'), subject: urn('m'), context: urn('e'), assertedDate: '2020-01-02' },
      make.encounter('e', 'm', { reason: [concept('Cough')] }), { resourceType: 'Immunization', id: 'i', status: 'completed', vaccineCode: concept('Flu'), patient: urn('m'), date: '2020-02-03' },
      { resourceType: 'MedicationRequest', id: 'rx', status: 'active', medicationCodeableConcept: concept('Aspirin'), subject: urn('m'), authoredOn: '2020-01-01', requester: { agent: { reference: 'Practitioner/dr' } } },
    ];
    await world.write('older/deeper/all.ndjson.gz', gzipSync(old.slice(1).map((each) => JSON.stringify(each)).join('\n')));
    await world.write('older/one.json', JSON.stringify(old[0]));
    await world.importPaths([join(world.folder, 'older')]);
    expect(await world.row('condition_record', 'c')).toMatchObject({ status: 'active', encounter_id: 'e', recorded_at: '2020-01-02T00:00:00.000Z' });
    expect(await world.row('encounter', 'e')).toMatchObject({ reason_display: 'Cough' });
    expect(await world.row('immunization', 'i')).toMatchObject({ occurred_at: '2020-02-03T00:00:00.000Z' });
    expect(await world.row('medication', 'rx')).toMatchObject({ prescriber_id: 'dr' });
  });
});
