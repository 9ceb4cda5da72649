import { selectRows } from '../../src/entities/rows';
import { reliance } from '../../src/entities/tables/privacy';
import { recipientKey } from '../../src/vocabulary/recipients';
import { classMask } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { agent, openGrantWorld, staff, type GrantWorld } from './grant-world';

/** 164.508(b)(5): what was released in reliance on an authorization is that which the authorization opened, not what the grant did. */
describe.each(testDatabases())('reliance under a grant on $name', ({ create }) => {
  let world: GrantWorld;
  beforeAll(async () => {
    world = await openGrantWorld(await create());
    for (const purpose of ['HDECD', 'HLEGAL']) await world.authorizes({ authorization_id: `signed-${purpose}`, recipient: recipientKey({ subject: 'agent' }), purpose, class_mask: classMask(['HIV']) });
  });
  afterAll(() => world.close());
  const relied = async (): Promise<string[]> => (await selectRows(world.source.manager, reliance, {})).map((each) => each.authorization_id);

  test('a grant that opens the class itself relies on nobody\'s signature', async () => {
    const grantId = await world.grant({ clause: 'coroners', classes: ['HIV'] });
    expect(await world.codesSeen(agent('HDECD', grantId))).toContain('bears-HIV');
    expect(await relied()).toEqual([]);
  });
  test('one under which the signature opened it relies on that, read by staff for the recipient too', async () => {
    const grantId = await world.grant({ clause: 'judicial-proceedings', elements: { basis: 'subpoena' } });
    expect(await world.codesSeen(staff('HLEGAL', grantId))).toContain('bears-HIV');
    expect(await relied()).toEqual(['signed-HLEGAL']);
  });
});
