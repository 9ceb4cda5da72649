import { organizationIdOf } from '../../src/fhir/references';
import { testDatabases } from '../support/databases';
import { World, concept, make, urn, type Resource } from './support';

const amount = (value: number): object => ({ value, currency: 'USD' });
const total = (code: string, value: number): object => ({ category: { coding: [{ code }] }, amount: amount(value) });
const explanation = (id: string, claim: string | null, more: object = {}): Resource => ({
  resourceType: 'ExplanationOfBenefit', id, status: 'active', type: { coding: [{ code: 'professional' }] }, patient: urn('m'), outcome: 'complete', insurer: { display: 'Acme Health' },
  ...(claim ? { claim: urn(claim) } : {}), billablePeriod: { start: '2025-03-01', end: '2026-03-01' }, total: [total('submitted', 100), total('benefit', 80), total('paidbypatient', 20)], ...more,
});
const PLAN = organizationIdOf('Acme Health');

describe.each(testDatabases())('claims on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());

  const completed = { billed_amount: 100, paid_by_member: 20, plan_paid: 80, shortfall: 0, paid_in_full: 0, plan_id: PLAN, service_start: '2025-03-01', service_end: '2025-03-02' };
  test.each([
    ['together', [[make.patient('m'), make.claim('cl', 'm'), explanation('eob', 'cl')]]], ['the claim first', [[make.patient('m'), make.claim('cl', 'm')], [explanation('eob', 'cl')]]],
    ['the explanation first', [[make.patient('m'), explanation('eob', 'cl')], [make.claim('cl', 'm')]]],
    ['the claim once more without it', [[make.patient('m'), make.claim('cl', 'm'), explanation('eob', 'cl')], [make.claim('cl', 'm')]]],
  ])('an explanation completes the claim that it names: %s', async (_, files) => {
    for (const each of files) await world.import(each);
    expect(await world.rows('claim')).toHaveLength(1);
    expect(await world.row('claim', 'cl')).toMatchObject(completed);
  });

  test('an explanation that names no claim is one of its own', async () => {
    await world.import([make.patient('m'), explanation('eob', null)]);
    expect(await world.row('claim', 'eob')).toMatchObject({ plan_paid: 80, plan_id: PLAN, source_type: 'ExplanationOfBenefit' });
  });

  test('paid in full by the member follows from the amounts', async () => {
    const paid = (id: string, ...totals: object[]): Resource => explanation(id, null, { total: totals });
    await world.import([
      make.patient('m'), paid('a', total('submitted', 100), total('paidbypatient', 100), total('benefit', 0)), paid('b', total('submitted', 100), total('paidbypatient', 60)),
      paid('c', total('submitted', 100), total('paidbypatient', 100), total('benefit', 1)), paid('d', total('submitted', 100)),
    ]);
    expect((await world.rows('claim')).map((each) => [each.id, each.paid_in_full, each.shortfall]).sort()).toEqual([['a', 1, 0], ['b', 0, 40], ['c', 0, 0], ['d', null, 100]]);
  });

  test('a plan known from claims alone covers from the first service to a year after the last; a Coverage wins', async () => {
    await world.import([
      make.patient('m'), make.claim('c1', 'm'), make.claim('c2', 'm', { billablePeriod: { start: '2024-06-01', end: '2024-06-01' } }),
      make.claim('c3', 'm', { insurance: [{ focal: true, coverage: { display: 'NO_INSURANCE' } }] }), make.claim('c4', 'm', { insurance: [{ focal: true, coverage: { display: 'Self-Pay' } }] }),
      { resourceType: 'Coverage', id: 'cov', status: 'active', beneficiary: urn('m'), payor: [{ display: 'Other Plan' }], period: { end: '2025-12-31' } },
      make.claim('c5', 'm', { insurance: [{ focal: true, coverage: { display: 'other plan' } }], billablePeriod: { start: '2010-01-01' } }),
    ]);
    expect((await world.rows('coverage')).map((each) => [each.plan_id, each.start_at, each.end_at, each.basis]).sort()).toEqual([
      [PLAN, '2024-06-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', 'CLAIM'], [organizationIdOf('Other Plan'), '0001-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'COVERAGE'],
    ].sort());
    expect((await world.rows('claim', 'plan_id IS NULL')).map((each) => each.id).sort()).toEqual(['c3', 'c4']);
    expect((await world.rows('organization')).map((each) => each.kind)).toEqual(['HEALTH_PLAN', 'HEALTH_PLAN']);
  });

  test('diagnoses, citations and the organizations that a member is known to', async () => {
    await world.import([
      make.patient('m'), make.organization('clinic', 'Clinic'), make.encounter('e', 'm', { serviceProvider: urn('clinic') }), make.condition('c', 'm', 'Asthma'), make.observation('o', 'm'),
      make.claim('cl', 'm', {
        provider: urn('clinic'), diagnosis: [{ diagnosisReference: urn('c') }, { diagnosisCodeableConcept: concept('Cough', 'R05') }], supportingInfo: [{ valueReference: urn('o') }],
        item: [{ encounter: [urn('e')], productOrService: concept('Office visit') }],
      }),
    ]);
    const claim = await world.row('claim', 'cl');
    expect(JSON.parse(claim.diagnoses as string)).toEqual([{ system: 'http://example.org/codes', code: 'x', display: 'Asthma' }, { system: 'http://example.org/codes', code: 'R05', display: 'Cough' }]);
    expect(claim).toMatchObject({ encounter_id: 'e', provider_id: 'clinic', code: 'professional', record_date: '2025-03-01T00:00:00.000Z' });
    expect((await world.rows('citation', "record_type = 'Claim'")).map((each) => `${each.cited_type}/${each.cited_id}`).sort()).toEqual(['Condition/c', 'Observation/o']);
    expect((await world.rows('member_organization')).map((each) => `${each.organization_id} ${each.via}`).sort()).toEqual([`${PLAN} CLAIM`, 'clinic CLAIM', 'clinic ENCOUNTER'].sort());
  });
});
