import { care_team } from '../../src/entities/tables/member';
import { readBreakGlassUses } from '../../src/privacy-office/break-glass-review';
import type { Caller } from '../../src/identity/caller';
import { NOW, openGrantWorld, otis, type GrantWorld } from '../grants/grant-world';
import { testDatabases } from '../support/databases';

/** Every use of an emergency waits for a review, those too that opened nobody (policy section 4). */
describe.each(testDatabases())('emergencies that open nobody wait for a review on $name', ({ create }) => {
  let world: GrantWorld;
  beforeEach(async () => { world = await openGrantWorld(await create()); });
  afterEach(() => world.close());
  const emergency = (role: Caller['role'], given: Partial<Caller> = {}): Caller => ({
    subject: role.toLowerCase(), role, organization: null, practitioner: null, member: null, purposes: ['ETREAT'], tokenId: null, purpose: 'ETREAT', breakGlassReason: 'unconscious in the ER', grant: null, requestId: 'r', at: NOW, ...given,
  });
  const later = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
  const read = (by: Caller, id = 'ann') => world.ask('query Q($id: ID!) { member(id: $id) { birthDate } }', by, { id });
  const waiting = async () => (await readBreakGlassUses(world.source, { reviewed: false, first: 50 })).map((each) => [each.subject, each.memberId, each.openedAt, each.expiresAt, each.reason]);
  const exchange = (given: Partial<Caller> = {}) => emergency('HIE_PARTICIPANT', { organization: 'exchange', ...given });

  test('an exchange\'s, once a reason and hour; a member who is not there leaves nothing; and it opens nobody', async () => {
    await read(exchange());
    await read(exchange({ at: later(10) }));
    await read(exchange({ at: later(10) }), 'nobody');
    expect(await waiting()).toEqual([['hie_participant', 'ann', NOW, NOW, 'unconscious in the ER']]);
    await read(exchange({ at: later(20), breakGlassReason: 'another reason then' }));
    await read(exchange({ at: later(90) }));
    expect((await waiting()).map((each) => each[2])).toEqual([NOW, later(20), later(90)]);
    const { data } = await read(emergency('EXTERNAL_PROVIDER', { subject: 'hie_participant', purposes: ['TREAT'], purpose: 'TREAT', breakGlassReason: null }));
    expect(data).toEqual({ member: null });
  });
  test('an opening is one use, and a provider of the care team who opens nobody leaves one too', async () => {
    await read(emergency('EXTERNAL_PROVIDER'));
    await read(emergency('EXTERNAL_PROVIDER', { at: later(5) }));
    expect(await waiting()).toEqual([['external_provider', 'ann', NOW, later(60), 'unconscious in the ER']]);
    await world.put(care_team, { member_id: 'bob', id: 't', practitioner_id: 'dr', start_at: '2020-01-01T00:00:00.000Z', origin: 'IMPORT' });
    const { text } = await world.ask('{ members { nodes { birthDate } } }', emergency('EXTERNAL_PROVIDER', { subject: 'dr', practitioner: 'dr', organization: 'clinic' }));
    expect(text).toContain('1931-02-03');
    expect((await waiting()).filter((each) => each[0] === 'dr')).toEqual([['dr', 'bob', NOW, NOW, 'unconscious in the ER']]);
  });
  test('it is reviewed through the API like any other, and once', async () => {
    await read(exchange());
    const { data } = await world.ask('{ breakGlassReviews { id subject memberId } }', otis);
    const [use] = (data as unknown as { breakGlassReviews: { id: string }[] }).breakGlassReviews;
    expect(use).toMatchObject({ subject: 'hie_participant', memberId: 'ann' });
    const review = () => world.ask('mutation M($id: ID!) { reviewBreakGlass(id: $id, finding: JUSTIFIED, note: "seen") { finding } }', otis, { id: use?.id });
    expect((await review()).data).toEqual({ reviewBreakGlass: { finding: 'JUSTIFIED' } });
    expect((await review()).code).toBe('CONFLICT');
    expect(await waiting()).toEqual([]);
  });
});
