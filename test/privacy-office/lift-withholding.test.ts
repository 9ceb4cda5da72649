import { practitioner } from '../../src/entities/tables/directory';
import { testDatabases } from '../support/databases';
import { NOW, ann, openGrantWorld, otis, wendy, type GrantWorld } from '../grants/grant-world';

/** 164.524(a)(4): a denial that can be reviewed is reviewed by a licensed professional who took no part in it, and what they find binds. */
describe.each(testDatabases())('a withholding that the review overturns on $name', ({ create }) => {
  let world: GrantWorld;
  beforeAll(async () => {
    world = await openGrantWorld(await create());
    await world.put(practitioner, { id: 'dr-one', name: 'One', updated_at: NOW }, { id: 'dr-two', name: 'Two', updated_at: NOW });
  });
  afterAll(() => world.close());
  const seen = async (): Promise<boolean> => (await world.codesSeen(ann))?.includes('plain') ?? false;
  const lift = (given: object = {}, by = otis) => world.ask('mutation M($recordId: ID!, $finding: String!, $professionalId: ID!) { liftWithholding(recordId: $recordId, finding: $finding, professionalId: $professionalId) { kind status summary } }', by,
    { recordId: 'plain', finding: 'She can bear it.', professionalId: 'dr-two', ...given });

  test('nothing to lift, then withheld, then lifted by another\'s finding: it binds the next request, once', async () => {
    expect((await lift()).code).toBe('CONFLICT');
    expect((await lift({ recordId: 'nothing' })).code).toBe('NOT_FOUND');
    expect(await seen()).toBe(true);
    await world.ask('mutation { withholdFromAccess(recordId: "plain", finding: "It would endanger her.", professionalId: "dr-one") { id } }', otis);
    expect(await seen()).toBe(false);
    for (const [given, code] of [[{ professionalId: 'dr-one' }, 'BAD_USER_INPUT'], [{ finding: ' ' }, 'BAD_USER_INPUT'], [{ professionalId: '' }, 'BAD_USER_INPUT']] as const) expect((await lift(given)).code).toBe(code);
    for (const by of [ann, wendy]) expect((await lift({}, by)).code).toBe('FORBIDDEN');
    expect(await seen()).toBe(false);
    const { data } = await lift();
    expect(data).toEqual({ liftWithholding: { kind: 'ACCESS', status: 'COMPLETED', summary: expect.stringContaining('164.524(a)(4)') as string } });
    expect(await seen()).toBe(true);
    expect((await lift()).code).toBe('CONFLICT');
  });
  test('it is on the trail under the clause, and the member reads of it without the finding', async () => {
    const rows = await world.source.query("SELECT clause, members, outcome, flagged FROM audit_event WHERE operation = 'liftWithholding' AND outcome = 'DONE'") as object[];
    expect(rows).toEqual([{ clause: 'access', members: '["ann"]', outcome: 'DONE', flagged: 0 }]);
    const { text } = await world.ask('{ member(id: "ann") { privacy { requests { kind status summary } } } }', ann);
    expect(text).toContain('another licensed professional reviewed the denial');
    expect(text).not.toMatch(/bear it|endanger/);
  });
});
