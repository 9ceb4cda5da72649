import { testDatabases } from '../support/databases';
import type { Caller } from '../../src/identity/caller';
import { agent, ann, LATER, openGrantWorld, otis, staff, wendy, type GrantWorld } from './grant-world';

interface Explained { effect: string; reason: string | null; clause: string | null; steps: { rule: string; clause: string | null; outcome: string }[] }
interface Simulated { permitted: string[]; withheld: { coordinate: string; reason: string }[]; records: { key: string; count: number | null }[] }

/** Section 9 under a grant: the account that the policy gives of a recipient is of what the recipient reads. */
describe.each(testDatabases())('explaining what is read under a grant on $name', ({ create }) => {
  let world: GrantWorld;
  let grantId: string;
  beforeAll(async () => {
    world = await openGrantWorld(await create());
    grantId = await world.grant({ clause: 'coroners', categories: ['IDENTITY', 'CLINICAL'] });
  });
  afterAll(() => world.close());
  const stated = { subject: 'agent', role: 'DISCLOSURE_RECIPIENT', purpose: 'HDECD' };
  const explain = async (coordinate: string, given: object = {}): Promise<Explained> => {
    const input = { ...stated, memberId: 'ann', grantId, coordinate, ...given };
    const answer = await world.ask('query Q($input: ExplainInput!) { policy { explain(input: $input) { effect reason clause steps { rule clause outcome } } } }', otis, { input });
    if (answer.code) throw new Error(answer.code);
    return (answer.data as unknown as { policy: { explain: Explained } }).policy.explain;
  };

  test('the member and the categories of the grant are permitted, under its clause', async () => {
    expect(await explain('Condition.code', { recordId: 'plain' })).toMatchObject({ effect: 'PERMIT', reason: null, clause: 'coroners' });
    expect(await explain('Member.birthDate')).toMatchObject({ effect: 'PERMIT', clause: 'coroners' });
    expect(await world.codesSeen(agent('HDECD', grantId))).toContain('plain');
  });

  test('what the grant leaves out is not, nor another member, nor anything without the grant', async () => {
    expect(await explain('Medication.dosage', { recordId: 'pill' })).toMatchObject({ effect: 'DENY', reason: 'MINIMUM_NECESSARY' });
    expect(await explain('Condition.code', { memberId: 'bob', recordId: 'bobs' })).toMatchObject({ effect: 'DENY' });
    expect(await explain('Condition.code', { recordId: 'plain', grantId: null })).toMatchObject({ effect: 'DENY' });
  });

  test('of notes those that are named, and of other records those that it is limited to', async () => {
    const some = await world.grant({ clause: 'coroners', categories: ['CLINICAL', 'NOTE'], recordIds: ['plain', 'note'] });
    expect(await explain('Document.text', { grantId: some, recordId: 'note' })).toMatchObject({ effect: 'PERMIT', clause: 'coroners' });
    expect(await explain('Document.text', { grantId: some, recordId: 'other-note' })).toMatchObject({ effect: 'DENY', reason: 'GRANT_REQUIRED' });
    expect(await explain('Observation.value', { grantId: some, recordId: 'measured' })).toMatchObject({ effect: 'DENY', reason: 'GRANT_REQUIRED' });
  });

  test('a grant that is not in force for the caller is none', async () => {
    for (const given of [{ asOf: LATER }, { subject: 'another' }, { grantId: 'another' }, { purpose: 'HLEGAL' }]) await expect(explain('Condition.code', given)).rejects.toThrow('NOT_FOUND');
  });

  test('of a grant too, only a privacy officer and an auditor ask', async () => {
    const explained = { ...stated, memberId: 'ann', grantId, coordinate: 'Condition.code' };
    const simulated = { ...stated, grantId, operation: '{ members { nodes { id } } }' };
    const asks = async (by: Caller): Promise<(string | null)[]> => [
      (await world.ask('query Q($input: ExplainInput!) { policy { explain(input: $input) { effect } } }', by, { input: explained })).code,
      (await world.ask('query Q($input: SimulationInput!) { policy { simulate(input: $input) { permitted } } }', by, { input: simulated })).code,
    ];
    for (const by of [wendy, agent('HDECD', grantId), staff('HDECD', grantId)]) expect(await asks(by)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    // An agency may have suspended what a member is told of a grant.
    expect(await asks(ann)).toEqual(['NOT_FOUND', 'FORBIDDEN']);
    expect(await asks(otis)).toEqual([null, null]);
    // An auditor names members by pseudonyms: a real id is unknown, whatever the grant.
    expect(await asks({ ...otis, role: 'AUDITOR', subject: 'audrey' })).toEqual(['NOT_FOUND', null]);
  });

  test('a simulation counts what the recipient would get', async () => {
    const input = { ...stated, grantId, operation: '{ members { nodes { conditions { nodes { code { code } } } medications { nodes { dosage } } } } }' };
    const answer = await world.ask('query Q($input: SimulationInput!) { policy { simulate(input: $input) { permitted withheld { coordinate reason } records { key count } } } }', otis, { input });
    const { simulate } = (answer.data as unknown as { policy: { simulate: Simulated } }).policy;
    expect(simulate.permitted).toContain('Condition.code');
    expect(simulate.withheld).toContainEqual({ coordinate: 'Member.medications', reason: 'MINIMUM_NECESSARY' });
    expect(simulate.records.find((each) => each.key === 'Condition')?.count).toBe((await world.codesSeen(agent('HDECD', grantId)))?.length);
  });
});
