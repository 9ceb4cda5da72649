/**
 * What the standing of members tells the process: whole numbers about members in reach. Of one who is out of reach no row leaves the database, and of
 * a restriction not which encounter or record it names: that would be the id of what is hidden.
 */
import { parse } from 'graphql';
import { testDatabases } from '../support/databases';
import type { World, WorldCaller } from '../oracle/world';
import { callerOf } from './engine-world';
import { cohort } from './support/cohort';
import { type Recorded } from './support/laboratory';
import { stationOn } from './support/station-on';

const SECRET = 'm000-Condition';
const ASKED = 'conditions { nodes { id code { code } } } medications { nodes { id } }';
const NURSE: WorldCaller = { subject: 'ann', role: 'NURSE', organizationId: 'company', practitionerId: 'nurse', memberId: null, purpose: 'TREAT' };

/** Both members have a record that is hidden from nurses by its id, and an authorization for them. */
function world(): World {
  const made = cohort(2);
  const ids = made.members.map(({ id }) => id);
  const start = '2020-01-01T00:00:00.000Z';
  return {
    ...made,
    restrictions: ids.map((memberId) => ({ id: `${memberId}-r`, memberId, kind: 'AGREED', status: 'ACCEPTED', recipients: [{ role: 'NURSE' }], purposes: [], categories: [], classes: [], coordinates: [], encounterId: null, recordId: `${memberId}-Condition`, start, endedAt: null })),
    authorizations: ids.map((memberId) => ({ id: `${memberId}-a`, memberId, classes: ['PART2'], categories: null, sale: false, purposes: ['TREAT'], recipients: [{ role: 'NURSE' }], start, end: null, signedAt: start, revokedAt: null, signedByMember: true })),
  };
}
const isStanding = ({ columns }: Recorded): boolean => columns[1] === 'part';

describe.each(testDatabases())('$name', ({ create }) => {
  const station = stationOn(create, world());
  const ask = (who: WorldCaller, text: string) => station().ask({ document: parse(text), variables: {}, caller: callerOf(world(), who) });

  test.each([`{ member(id: "m000") { id ${ASKED} } }`, `{ members(first: 5) { nodes { id ${ASKED} } } }`])('numbers of members in reach, and no id of what is hidden: %s', async (text) => {
    const { reads, body } = await ask(NURSE, text);
    const standing = reads.filter(isStanding);
    expect(standing.length).toBe(1);
    expect(standing[0]?.rows.length).toBeGreaterThan(2);
    for (const row of standing[0]?.rows ?? []) expect(row.slice(1).every(Number.isInteger)).toBe(true);
    expect(JSON.stringify(reads.map((each) => each.rows)) + JSON.stringify(reads.map((each) => each.parameters)) + body).not.toContain(SECRET);
    expect(body).toContain('m000-Medication');
  });

  test('of a member out of reach no row', async () => {
    const { reads, data } = await ask({ ...NURSE, practitionerId: 'another' }, `{ member(id: "m000") { id ${ASKED} } }`);
    expect(data).toEqual({ member: null });
    const standing = reads.filter(isStanding);
    expect(standing.map((each) => each.rows)).toEqual([[]]);
  });
});
