import { testDatabases } from '../support/databases';
import { World, bundle, make, urn, type Resource } from './support';

const NPI = 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1';

/** One member, told by four files that refer to one another in every form. */
function files(): Record<string, Resource[]> {
  return {
    practitioners: [make.practitioner('dr-a', '1'), make.practitioner('dr-b', '2')],
    roles: [{
      resourceType: 'PractitionerRole', id: 'role-b', practitioner: { identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '2' } }, organization: { reference: 'Organization?identifier=urn:org|clinic' },
    }],
    organizations: [make.organization('clinic', 'Clinic'), make.organization('plan', 'Plan')],
    member: [
      make.patient('m', { identifier: [{ system: 'urn:mrn', value: '77' }] }),
      make.encounter('e', 'm', { serviceProvider: { reference: 'Organization?identifier=urn:org|clinic' }, participant: [{ individual: { reference: NPI } }] }),
      { resourceType: 'CareTeam', id: 't', status: 'active', subject: urn('m'), participant: [{ member: { reference: NPI } }, { member: { reference: 'PractitionerRole/role-b' } }] },
      make.claim('cl', 'm', { diagnosis: [{ diagnosisReference: urn('c') }], insurance: [{ focal: true, coverage: { reference: 'Coverage/cov' } }], item: [{ encounter: [urn('e')] }] }),
    ],
    clinical: [
      make.condition('c', 'm', 'HIV infection', { encounter: urn('e'), subject: { reference: 'Patient?identifier=urn:mrn|77' }, recorder: { reference: 'PractitionerRole/role-b' } }),
      {
        resourceType: 'MedicationRequest', id: 'rx', status: 'active', contained: [{ resourceType: 'Medication', id: 'drug', code: { text: 'Lisinopril 10 MG' } }], medicationReference: { reference: '#drug' },
        subject: { reference: 'Patient/m' }, authoredOn: '2025-03-01', requester: { reference: 'https://fhir.example/r4/Practitioner/dr-a' },
      },
      { resourceType: 'MedicationRequest', id: 'rx2', status: 'active', medicationReference: { reference: 'Medication/drug-2' }, subject: urn('m'), authoredOn: '2025-03-01' },
      { resourceType: 'Coverage', id: 'cov', status: 'active', beneficiary: urn('m'), payor: [{ reference: 'Organization/plan' }], period: { start: '2025-01-01', end: '2025-12' } },
    ],
    drugs: [{ resourceType: 'Medication', id: 'drug-2', code: { text: 'Metformin 500 MG' } }],
  };
}
const ORDERS = [
  ['organizations', 'practitioners', 'roles', 'drugs', 'member', 'clinical'], ['clinical', 'member', 'drugs', 'roles', 'practitioners', 'organizations'],
  ['member', 'clinical', 'organizations', 'roles', 'drugs', 'practitioners'], ['roles', 'clinical', 'practitioners', 'organizations', 'member', 'drugs'],
];

describe.each(testDatabases())('references on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());

  const imported = async (order: readonly string[]): Promise<void> => {
    for (const name of order) await world.importPaths([await world.write(`${name}.json`, JSON.stringify(bundle(files()[name] as Resource[])))]);
  };

  test('are found in every form', async () => {
    await imported(ORDERS[0] as string[]);
    expect(await world.rows('unresolved_reference')).toEqual([]);
    expect(await world.row('encounter', 'e')).toMatchObject({ organization_id: 'clinic', encounter_id: 'e' });
    expect((await world.rows('care_team')).map((each) => each.practitioner_id).sort()).toEqual(['dr-a', 'dr-b']);
    expect(await world.row('medication', 'rx')).toMatchObject({ code_display: 'Lisinopril 10 MG', prescriber_id: 'dr-a', author_id: 'dr-a' });
    expect(await world.row('medication', 'rx2')).toMatchObject({ code_display: 'Metformin 500 MG' });
    expect(await world.row('condition_record', 'c')).toMatchObject({ member_id: 'm', author_id: 'dr-b', encounter_id: 'e' });
    expect(await world.row('claim', 'cl')).toMatchObject({ plan_id: 'plan', encounter_id: 'e' });
    expect(await world.row('practitioner', 'dr-b')).toMatchObject({ organization_id: 'clinic' });
    expect(await world.row('organization', 'plan')).toMatchObject({ kind: 'HEALTH_PLAN' });
  });

  test('the order of files changes nothing', async () => {
    const contents = [];
    for (const order of ORDERS) {
      await imported(order);
      contents.push(await world.content());
      await world.clear();
    }
    for (const each of contents) expect(each.rows).toEqual(contents[0]?.rows);
    expect(new Set(contents.map((each) => each.hash)).size).toBe(1);
  });

  test('what leads nowhere is kept, told by element, and opens nothing until it arrives', async () => {
    const { member = [], clinical = [], practitioners = [] } = files();
    const report = await world.import([...member, ...clinical]);
    expect(await world.rows('care_team')).toEqual([]);
    expect(report.unresolved.get('CareTeam.participant.member')).toBe(2);
    expect([...report.unresolved.keys()].join()).not.toContain('|');
    const later = await world.import(practitioners);
    expect((await world.rows('care_team')).map((each) => each.practitioner_id)).toEqual(['dr-a']);
    expect(later.unresolved.get('CareTeam.participant.member')).toBe(1);
    expect(later.imported.get('CareTeam')).toBeUndefined();
  });

  test('a record of a patient who is not there yet waits whole', async () => {
    await world.import([make.condition('c', 'm', 'Asthma')]);
    expect(await world.rows('condition_record')).toEqual([]);
    await world.import([make.patient('m')]);
    expect(await world.row('condition_record', 'c')).toMatchObject({ member_id: 'm', labelled: 1 });
    expect(await world.rows('source_resource')).toEqual([]);
  });

  test('an identifier that two practitioners share names neither', async () => {
    await world.import([make.practitioner('dr-a', '1')]);
    await world.import([make.practitioner('dr-c', '1')]);
    await world.import([make.patient('m'), { resourceType: 'CareTeam', id: 't', status: 'active', subject: urn('m'), participant: [{ member: { reference: NPI } }] }]);
    expect(await world.rows('care_team')).toEqual([]);
  });

  test('a fullUrl that is not the id is a name too, also in a later file', async () => {
    const resource = make.patient('m');
    await world.importPaths([await world.write('a.json', JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [
      { fullUrl: 'urn:uuid:0b0b', resource }, { resource: make.condition('c1', '0b0b', 'Asthma') },
    ] }))]);
    await world.import([make.condition('c2', '0b0b', 'Asthma')]);
    expect((await world.rows('condition_record')).map((each) => each.member_id)).toEqual(['m', 'm']);
  });
});
