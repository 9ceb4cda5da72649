import type { Caller } from '../../src/identity/caller';
import { endCareTeamAssignment } from '../../src/privacy-office/care-team';
import { closeCareGap } from '../../src/privacy-office/clinical-work';
import type { Office } from '../../src/privacy-office/office';
import { callerOf } from '../privacy-office/office';
import { testDatabases } from '../support/databases';
import { NOW, World, make, urn, type Resource } from './support';

/** An import that is run again does not undo what the company decided in between (policy section 4). */
const NEXT_DAY = '2026-07-01T12:00:00.000Z';
const team = (participants: readonly (readonly [practitioner: string, start: string])[]): Resource => ({
  resourceType: 'CareTeam', id: 'team', status: 'active', subject: urn('m'),
  participant: participants.map(([practitioner, start]) => ({ member: { reference: `Practitioner/${practitioner}` }, period: { start } })),
});
const gap = (more: object = {}): Resource => ({
  resourceType: 'DetectedIssue', id: 'gap', status: 'final', code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'CAREGAP' }] }, patient: urn('m'), detail: 'A1C', ...more,
});

describe.each(testDatabases())('an import again, $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());
  const office = (): Office => ({ source: world.source, relabelMember: () => Promise.resolve(), ownLabels: () => ({ mask: 0, bases: [] }) });
  const desk: Caller = { ...callerOf('WORKFORCE'), at: NOW };
  const ends = async (): Promise<unknown[]> => (await world.rows('care_team')).map((each) => [each['practitioner_id'], each['end_at']]).sort();

  test('an assignment that was ended stays ended, wherever the file names it; a later one, and the others, stand', async () => {
    const patient = make.patient('m');
    await world.import([patient, team([['nurse', '2024-01-01'], ['doctor', '2024-01-01']])]);
    await endCareTeamAssignment(office(), desk, { id: 'team' });
    await world.import([patient, team([['nurse', '2024-01-01'], ['doctor', '2024-01-01']])], { now: NEXT_DAY });
    expect(await ends()).toEqual([['doctor', null], ['nurse', NOW]]);
    await world.import([patient, team([['doctor', '2024-01-01'], ['nurse', '2024-01-01']])], { now: NEXT_DAY });
    expect(await ends()).toEqual([['doctor', null], ['nurse', NOW]]);
    await world.import([patient, team([['doctor', '2024-01-01'], ['nurse', '2026-07-01']])], { now: NEXT_DAY });
    expect(await ends()).toEqual([['doctor', null], ['nurse', null]]);
  });

  test('a Consent replaces its own rows alone, whatever another one is called', async () => {
    const denial = (id: string, labels: readonly string[]): Resource => ({
      resourceType: 'Consent', id, status: 'active', scope: { coding: [{ code: 'patient-privacy' }] }, patient: urn('m'), dateTime: '2026-01-01', performer: [urn('m')],
      provision: { type: 'deny', provision: labels.map((code) => ({ type: 'deny', securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] })) },
    });
    const classes = async (): Promise<unknown[]> => (await world.rows('restriction')).map((each) => each['classes']).sort();
    await world.import([make.patient('m'), denial('c', ['PSY']), denial('c.1', ['HIV'])]);
    const all = await classes();
    expect(all).toContain('["HIV"]');
    expect(all).toContain('["PSY"]');
    await world.import([make.patient('m'), denial('c', ['PSY'])], { now: NEXT_DAY });
    expect(await classes()).toEqual(all);
    await world.import([make.patient('m'), denial('c', [])], { now: NEXT_DAY });
    expect(await classes()).toEqual(all.filter((each) => each !== '["PSY"]'));
  });

  test('a gap that was closed stays closed, until a file says later that it is open', async () => {
    const status = async (): Promise<unknown> => { const { status: is, closed_at: at } = await world.row('care_gap', 'gap'); return [is, at]; };
    for (const said of [{}, { identifiedDateTime: '2026-01-01T00:00:00Z' }]) {
      await world.clear();
      await world.import([make.patient('m'), gap(said)]);
      await closeCareGap(office(), desk, { id: 'gap' });
      await world.import([make.patient('m'), gap(said)], { now: NEXT_DAY });
      expect(await status()).toEqual(['closed', NOW]);
      await world.import([make.patient('m'), gap({ identifiedDateTime: '2026-07-01T00:00:00Z' })], { now: NEXT_DAY });
      expect(await status()).toEqual(['open', null]);
    }
  });
});
