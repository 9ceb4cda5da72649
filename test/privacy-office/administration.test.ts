import { organization, practitioner } from '../../src/entities/tables/directory';
import { care_team, representation } from '../../src/entities/tables/member';
import { care_gap, encounter, label_basis, medication, observation } from '../../src/entities/tables/records';
import { selectRows } from '../../src/entities/rows';
import { endAgreement, recordAgreement, type AgreementInput } from '../../src/privacy-office/agreements';
import { readCallerFacts } from '../../src/privacy-office/caller-facts';
import { assignCareTeam, endCareTeamAssignment } from '../../src/privacy-office/care-team';
import { closeCareGap, openCareGap, recordMedicationReview } from '../../src/privacy-office/clinical-work';
import { lowers, relabelRecord } from '../../src/privacy-office/relabel-record';
import { endRepresentation, recordRepresentation } from '../../src/privacy-office/representations';
import { classMask, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { NOW, callerOf, codeOf, later, officer, openOffice, type TestOffice } from './office';

const workforce = callerOf('WORKFORCE', { practitioner: 'p-self', organization: 'ours' });
const pharmacist = callerOf('PHARMACIST', { practitioner: 'p-team', organization: 'ours' });
const stranger = callerOf('PHARMACIST', { practitioner: 'p-other', organization: 'ours' });

describe.each(testDatabases())('administration on $name', ({ create }) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice(await create());
    await office.put(organization, { id: 'ours', kind: 'COVERED_ENTITY', name: 'Ours' }, { id: 'clinic', kind: 'PROVIDER' }, { id: 'plan', kind: 'HEALTH_PLAN', name: 'Plan', part2_program: 1 });
    await office.put(practitioner, { id: 'p-ours', name: 'Pat', organization_id: 'ours' }, { id: 'p-clinic', organization_id: 'clinic' });
    await office.put(care_team, { member_id: 'anna', id: 'ct1', practitioner_id: 'p-team', start_at: '2026-01-01T00:00:00.000Z', origin: 'IMPORT' });
    await office.put(encounter, { member_id: 'anna', id: 'e1' });
    await office.put(medication, { member_id: 'anna', id: 'm1' }, { member_id: 'bert', id: 'm2' });
    await office.put(observation, { member_id: 'anna', id: 'o1', own_labels: classMask(['HIV', 'SUD']), labels: classMask(['HIV', 'SUD']) });
    await office.put(label_basis, { member_id: 'anna', record_type: 'Observation', record_id: 'o1', class: 'HIV', rule: 'code', basis: 'CODE', own: 1 },
      { member_id: 'anna', record_type: 'Observation', record_id: 'o1', class: 'PSY', rule: 'linked', basis: 'LINKED', own: 0 });
  });
  afterAll(() => office.close());

  test('a representation begins now, holds what was given, and ends once', async () => {
    const made = await recordRepresentation(office, officer, { memberId: 'anna', input: { subject: 'son', kind: 'HEALTH_CARE_POA', categories: ['CONTACT'], excludedClasses: ['PSY'] } });
    expect(made).toEqual({ id: expect.any(String), subject: 'son', kind: 'HEALTH_CARE_POA', start: NOW, end: null, categories: ['CONTACT'], excludedClasses: ['PSY'] });
    const open = await recordRepresentation(office, officer, { memberId: 'anna', input: { subject: 'son', kind: 'PARENT', excludedClasses: [] } });
    expect([open.categories.length, open.excludedClasses]).toEqual([12, []]);
    expect(await recordRepresentation(office, officer, { memberId: 'anna', input: { subject: 'son', kind: 'PARENT' } })).toMatchObject({ excludedClasses: null });
    expect(await endRepresentation(office, officer, { id: made.id })).toMatchObject({ end: NOW });
    expect(await selectRows(office.source.manager, representation, { id: made.id })).toMatchObject([{ ended_at: NOW, end_at: NOW }]);
    expect(await codeOf(endRepresentation(office, officer, { id: made.id }))).toBe('CONFLICT');
    expect(await codeOf(endRepresentation(office, officer, { id: 'unknown' }))).toBe('NOT_FOUND');
    expect(await codeOf(recordRepresentation(office, officer, { memberId: 'anna', input: { subject: 's', kind: 'PARENT', end: NOW } }))).toBe('BAD_USER_INPUT');
  });

  test.each([['our practitioner', 'p-ours', 'Pat', 0], ['another organization\'s', 'p-clinic', null, 1], ['one who is not known', 'p-unknown', null, 1]])(
    'assigning %s', async (_, practitionerId, name, flagged) => {
      const made = await assignCareTeam(office, workforce, { memberId: 'anna', practitionerId, role: 'pharmacist', start: '2026-11-24', end: '2026-12-24' });
      expect(made).toEqual({ id: expect.any(String), practitionerId, name, role: 'pharmacist', start: '2026-11-24', end: '2026-12-24' });
      expect(await selectRows(office.source.manager, care_team, { id: made.id })).toMatchObject([{ flagged, origin: 'ASSIGNED', end_at: '2026-12-24T00:00:00.000Z' }]);
      expect(office.done.at(-1)).toMatchObject({ mutation: 'assignCareTeam', flagged: flagged === 1 });
    });
  test('nobody assigns themselves; a period has a length; an assignment ends once', async () => {
    const assign = (given: object) => assignCareTeam(office, workforce, { memberId: 'anna', practitionerId: 'p-ours', role: 'nurse', ...given });
    expect(await codeOf(assign({ practitionerId: 'p-self' }))).toBe('FORBIDDEN');
    expect(await codeOf(assign({ start: '2026-11-24', end: '2026-11-24' }))).toBe('BAD_USER_INPUT');
    expect(await codeOf(assign({ memberId: 'nobody' }))).toBe('NOT_FOUND');
    const { id } = await assign({});
    expect(await endCareTeamAssignment(office, workforce, { id })).toMatchObject({ end: '2026-11-24' });
    expect(await codeOf(endCareTeamAssignment(office, officer, { id }))).toBe('CONFLICT');
    expect(await codeOf(endCareTeamAssignment(office, officer, { id: 'unknown' }))).toBe('NOT_FOUND');
  });

  const AGREEMENT: AgreementInput = { organizationId: 'clinic', kind: 'BUSINESS_ASSOCIATE', purposes: ['HPAYMT'], categories: ['FINANCIAL'], start: '2026-01-01T00:00:00.000Z', signedAt: '2026-01-01T00:00:00.000Z' };
  test.each<[string, Partial<AgreementInput>, string]>([
    ['payment', {}, 'DONE'], ['payment and operations together', { purposes: ['HPAYMT', 'CAREMGT'], categories: ['FINANCIAL', 'CLINICAL'] }, 'DONE'],
    ['what payment does not allow', { categories: ['CLINICAL'] }, 'BAD_USER_INPUT'], ['notes', { purposes: ['HOPERAT'], categories: ['NOTE'] }, 'BAD_USER_INPUT'],
    ['treatment', { purposes: ['TREAT'], categories: ['IDENTITY'] }, 'BAD_USER_INPUT'], ['a purpose that only rules name', { purposes: ['HLEGAL'], categories: ['IDENTITY'] }, 'BAD_USER_INPUT'],
    ['research', { purposes: ['HRESCH'], categories: ['IDENTITY'] }, 'BAD_USER_INPUT'], ['no purpose', { purposes: [] }, 'BAD_USER_INPUT'], ['no category', { categories: [] }, 'BAD_USER_INPUT'],
    ['a signature to come', { signedAt: later(1) }, 'BAD_USER_INPUT'], ['no length', { end: '2026-01-01T00:00:00.000Z' }, 'BAD_USER_INPUT'],
    ['a plan\'s services, in the plan\'s cell', { kind: 'PLAN_SERVICES', organizationId: 'plan', purposes: ['HOPERAT'], categories: ['CONTACT'] }, 'DONE'],
    ['a plan as an associate', { organizationId: 'plan', purposes: ['HOPERAT'], categories: ['CONTACT'] }, 'BAD_USER_INPUT'],
    ['an organization that is not known', { organizationId: 'new' }, 'DONE'],
  ])('an agreement for %s', async (_, given, code) => { expect(await codeOf(recordAgreement(office, officer, { input: { ...AGREEMENT, ...given } }))).toBe(code); });
  test('an agreement is what is known of the caller, until it ends', async () => {
    const made = await recordAgreement(office, officer, { input: { ...AGREEMENT, organizationId: 'plan', remunerated: true } });
    expect(made).toMatchObject({ organizationId: 'plan', categories: ['FINANCIAL'], purposes: ['HPAYMT'], active: true, end: null });
    const facts = (given: object) => readCallerFacts(office.source, { ...workforce, organization: 'plan', ...given });
    expect(await facts({})).toMatchObject({ organizationKind: 'HEALTH_PLAN', organizationName: 'Plan', part2Program: true });
    const ours = (all: { remunerated: boolean }[]): number => all.filter((each) => each.remunerated).length;
    expect(ours((await facts({})).agreements as never)).toBe(1);
    expect((await facts({ at: '2025-01-01T00:00:00.000Z' })).agreements).toEqual([]);
    expect(await facts({ organization: null })).toEqual({ organizationKind: null, organizationName: null, part2Program: false, agreements: [] });
    expect(await facts({ organization: 'unknown' })).toEqual({ organizationKind: null, organizationName: null, part2Program: false, agreements: [] });
    expect(await endAgreement(office, officer, { id: made.id })).toMatchObject({ active: false, end: NOW });
    expect(ours((await facts({})).agreements as never)).toBe(0);
    expect(await codeOf(endAgreement(office, officer, { id: made.id }))).toBe('CONFLICT');
    expect(await codeOf(endAgreement(office, officer, { id: 'unknown' }))).toBe('NOT_FOUND');
    expect(await codeOf(endAgreement(office, workforce, { id: made.id }))).toBe('FORBIDDEN');
  });

  test('labels by hand take the place of own ones, and lowering is flagged', async () => {
    const relabel = (classes: SensitivityClass[], recordId = 'o1') => relabelRecord(office, officer, { recordId, classes, reason: 'reviewed' });
    expect(await relabel(['PART2', 'SUD', 'HIV'])).toEqual({ type: 'Observation', id: 'o1', memberId: 'anna' });
    expect(office.done.at(-1)).toMatchObject({ mutation: 'relabelRecord', flagged: false, reason: 'reviewed' });
    expect(await selectRows(office.source.manager, observation, { id: 'o1' })).toMatchObject([{ own_labels: classMask(['PART2', 'HIV']) }]);
    expect(office.relabelled.at(-1)).toBe('anna');
    await relabel(['SUD', 'ETHUD']);
    expect(await selectRows(office.source.manager, observation, { id: 'o1' })).toMatchObject([{ own_labels: classMask(['SUD', 'ETHUD']) }]);
    await relabel([]);
    expect(office.done.at(-1)).toMatchObject({ flagged: true });
    const bases = await selectRows(office.source.manager, label_basis, { record_id: 'o1' }, { orderBy: ['class'] });
    expect(bases.map((each) => [each.class, each.basis, each.own])).toEqual([['NONE', 'MANUAL', 1], ['PSY', 'LINKED', 0]]);
    expect(await codeOf(relabel([], 'unknown'))).toBe('NOT_FOUND');
    expect(await codeOf(relabelRecord(office, officer, { recordId: 'o1', classes: [], reason: ' ' }))).toBe('BAD_USER_INPUT');
  });

  test('a review is of the care team\'s, cites the member\'s medications and is labelled before it commits', async () => {
    const review = (given: object, caller = pharmacist) => recordMedicationReview(office, caller, { memberId: 'anna', findings: 'f', recommendation: 'r', ...given });
    const made = await review({ medicationIds: ['m1', 'm1'], encounterId: 'e1' });
    expect(made).toEqual({ type: 'MedicationReview', id: expect.any(String), memberId: 'anna' });
    expect(await office.source.query('SELECT reviewer_id, author_id, status, encounter_id, recorded_at, medication_ids FROM medication_review WHERE id = ?', [made.id]))
      .toMatchObject([{ reviewer_id: 'p-team', author_id: 'p-team', status: 'completed', encounter_id: 'e1', recorded_at: NOW, medication_ids: '["m1"]' }]);
    expect(await office.source.query('SELECT cited_id FROM citation WHERE record_id = ?', [made.id])).toMatchObject([{ cited_id: 'm1' }]);
    for (const [given, code] of [[{ medicationIds: ['m2'] }, 'NOT_FOUND'], [{ encounterId: 'x' }, 'NOT_FOUND'], [{ findings: '' }, 'BAD_USER_INPUT'], [{ memberId: 'bert' }, 'NOT_FOUND']] as const)
      expect([given, await codeOf(review(given))]).toEqual([given, code]);
    expect(await codeOf(review({}, stranger))).toBe('NOT_FOUND');
    expect(await codeOf(review({}, workforce))).toBe('FORBIDDEN');
    expect(await codeOf(review({}, officer))).toBe('FORBIDDEN');
  });
  test('a care gap is opened and closed once, by those who reach the member', async () => {
    const made = await openCareGap(office, workforce, { memberId: 'bert', measure: 'A1C', dueAt: '2026-12-31' });
    expect(await selectRows(office.source.manager, care_gap, { id: made.id })).toMatchObject([{ measure: 'A1C', status: 'open', due_at: '2026-12-31', closed_at: null }]);
    expect(await codeOf(closeCareGap(office, pharmacist, { id: made.id }))).toBe('NOT_FOUND');
    expect(await closeCareGap(office, workforce, { id: made.id })).toEqual({ ...made });
    expect(await selectRows(office.source.manager, care_gap, { id: made.id })).toMatchObject([{ status: 'closed', closed_at: NOW }]);
    expect(await codeOf(closeCareGap(office, workforce, { id: made.id }))).toBe('CONFLICT');
    expect(await codeOf(openCareGap(office, pharmacist, { memberId: 'anna', measure: 'A1C' }))).toBe('DONE');
    expect(await codeOf(openCareGap(office, officer, { memberId: 'anna', measure: 'A1C' }))).toBe('FORBIDDEN');
  });
});

test.each<[SensitivityClass[], SensitivityClass[], boolean]>([
  [['HIV'], [], true], [['HIV'], ['HIV', 'PSY'], false], [['SUD'], ['PART2'], false], [['PART2'], ['SUD'], true], [[], [], false], [['SEX', 'HIV'], ['ABORTION'], true],
])('from %j to %j lowers: %s', (before, after, expected) => { expect(lowers(classMask(before), classMask(after))).toBe(expected); });
