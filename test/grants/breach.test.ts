import { audit_event, audit_member } from '../../src/entities/tables/audit';
import { member } from '../../src/entities/tables/member';
import { testDatabases } from '../support/databases';
import { ann, NOW, openGrantWorld, otis, wendy, type GrantWorld } from './grant-world';

interface Assessed { members: number; memberIds: string[]; notifyBy: string; states: string[]; mediaNoticeNeeded: boolean; hhsAtOnce: boolean; planIds: string[]; residents: { state: string; members: number }[] }

describe.each(testDatabases())('breach assessment on $name', ({ create }) => {
  let world: GrantWorld;
  let last = 0;
  beforeEach(async () => { world = await openGrantWorld(await create()); });
  afterEach(() => world.close());
  const reads = async (subject: string, organization: string | null, at: string, members: string[], outcome = 'PERMIT'): Promise<void> => {
    const id = `event-${last += 1}`;
    await world.put(audit_event, { chain_id: id, seq: 1, id, at, kind: 'READ', subject, role: 'WORKFORCE', organization, purpose: 'HOPERAT', coordinates: '[]', members: JSON.stringify(members), outcome, notice_version: '1', request_id: 'r' });
    await world.put(audit_member, ...members.map((member_id) => ({ member_id, event_id: id })));
  };
  const assess = (input: object = {}, by = otis) => world.ask('mutation M($input: BreachInput!) { assessBreach(input: $input) { id members memberIds notifyBy states mediaNoticeNeeded hhsAtOnce planIds residents { state members } } }', by,
    { input: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-10T00:00:00.000Z', description: 'a stolen laptop', ...input } });
  const assessed = async (input: object = {}): Promise<Assessed> => {
    const { data, code } = await assess(input);
    if (code) throw new Error(code);
    return (data as unknown as { assessBreach: Assessed }).assessBreach;
  };

  test('the members reached in that time, by state, and by when they are told; the plan whose records were among them', async () => {
    await reads('wendy', null, '2026-11-01T00:00:00.000Z', ['ann']);
    await reads('wendy', null, '2026-11-09T23:59:59.999Z', ['ann', 'otto']);
    await reads('wendy', null, '2026-11-10T00:00:00.000Z', ['bob']);
    await reads('wendy', null, '2026-10-31T23:59:59.999Z', ['bob']);
    expect(await assessed()).toMatchObject({
      members: 2, memberIds: ['ann', 'otto'], notifyBy: '2027-01-09', states: ['CA', 'TX'], residents: [{ state: 'CA', members: 1 }, { state: 'TX', members: 1 }], mediaNoticeNeeded: false, hhsAtOnce: false, planIds: ['acme-plan'],
    });
  });

  test('sixty days from the discovery; without one from the end, never later than now', async () => {
    expect((await assessed({ discoveredAt: '2026-11-20T00:00:00.000Z' })).notifyBy).toBe('2027-01-19');
    expect((await assessed({ to: '2027-05-01T00:00:00.000Z' })).notifyBy).toBe('2027-01-23');
    expect((await assess({ discoveredAt: '2027-01-01T00:00:00.000Z' })).code).toBe('BAD_USER_INPUT');
    expect((await assess({ to: '2026-11-01T00:00:00.000Z' })).code).toBe('BAD_USER_INPUT');
    expect((await assess({ description: ' ' })).code).toBe('BAD_USER_INPUT');
  });

  test('by subject and by organization; an empty list names nobody', async () => {
    await reads('thief', 'vendor', '2026-11-02T00:00:00.000Z', ['ann']);
    await reads('clerk', 'vendor', '2026-11-02T00:00:00.000Z', ['bob']);
    await reads('wendy', null, '2026-11-02T00:00:00.000Z', ['otto']);
    expect((await assessed({ subjects: ['thief'] })).memberIds).toEqual(['ann']);
    expect((await assessed({ organizationIds: ['vendor'] })).memberIds).toEqual(['ann', 'bob']);
    expect((await assessed({ subjects: ['wendy'], organizationIds: ['vendor'] })).memberIds).toEqual(['ann', 'bob', 'otto']);
    expect((await assessed({ subjects: [] })).memberIds).toEqual([]);
  });

  test('who is in the files of an export that were fetched in that time, though these were written before it', async () => {
    const exports = async (operation: string, at: string, members: string[], subject = 'vendor-job'): Promise<void> => {
      const id = `event-${last += 1}`;
      await world.put(audit_event, { chain_id: id, seq: 1, id, at, kind: 'EXPORT', subject, role: 'BUSINESS_ASSOCIATE', purpose: 'HOPERAT', operation, coordinates: '[]', members: JSON.stringify(members), outcome: 'PERMIT', notice_version: '1', request_id: 'r' });
      await world.put(audit_member, ...members.map((member_id) => ({ member_id, event_id: id })));
    };
    await exports('export one', '2026-10-01T00:00:00.000Z', ['ann']);
    await exports('export one', '2026-10-01T00:00:01.000Z', ['bob']);
    await exports('export two', '2026-10-01T00:00:00.000Z', ['otto']);
    await exports('download two', '2026-10-20T00:00:00.000Z', []);
    await exports('download one', '2026-11-02T00:00:00.000Z', []);
    expect((await assessed({ subjects: ['vendor-job'] })).memberIds).toEqual(['ann', 'bob']);
    expect((await assessed({ subjects: ['somebody'] })).memberIds).toEqual([]);
  });

  test('media for more than 500 residents of one state; HHS at once from 500', async () => {
    const ids = Array.from({ length: 501 }, (_, place) => `n${place}`);
    await world.put(member, ...ids.map((id) => ({ id, home_state: 'NY', updated_at: NOW })));
    await reads('thief', null, '2026-11-02T00:00:00.000Z', ids.slice(0, 500));
    expect(await assessed()).toMatchObject({ members: 500, mediaNoticeNeeded: false, hhsAtOnce: true });
    await reads('thief', null, '2026-11-03T00:00:00.000Z', ids.slice(500));
    expect(await assessed()).toMatchObject({ members: 501, mediaNoticeNeeded: true, states: ['NY'] });
  });

  test('is the privacy officer\'s; it is kept, and on the trail', async () => {
    for (const by of [wendy, ann]) expect((await assess({}, by)).code).toBe('FORBIDDEN');
    await reads('wendy', null, '2026-11-02T00:00:00.000Z', ['ann']);
    await assessed();
    expect(await world.source.query('SELECT members, description, assessed_by FROM breach_assessment')).toEqual([{ members: 1, description: 'a stolen laptop', assessed_by: 'otis' }]);
    expect((await world.trail()).at(-1)).toMatchObject({ kind: 'WRITE', clause: 'breach-notification', members: '["ann"]', subject: 'otis' });
  });
});
