/**
 * How many reads an operation costs: one for each level, two for each connection (what facts can tell, and what is asked row by row), and a
 * constant; how many members there are, and how many are restricted, does not count.
 */
import { parse } from 'graphql';
import type { WorldCaller } from '../oracle/world';
import { callerOf } from './engine-world';
import { cohort } from './support/cohort';
import { ENGINE } from './support/engine';
import { Laboratory, type Station } from './support/laboratory';
import { richRows } from './support/rich-rows';

/** Facts of the caller's organization: one statement. Obligations: at most two. Denials that a member is told of: at most one. */
const CALLER_FACTS = 1;
const OBLIGATIONS = 2;
const OWN_DENIALS = 1;
/** What is asked of the members of a level for the sake of their records. */
const STANDING = 1;
/** A page whose members are known by the index of a relation is read by their ids. */
const IDS_OF_THE_PAGE = 1;

const NURSE: WorldCaller = { subject: 'ann', role: 'NURSE', organizationId: 'company', practitionerId: 'nurse', memberId: null, purpose: 'TREAT' };
const MEMBER: WorldCaller = { subject: 'me', role: 'MEMBER', organizationId: null, practitionerId: null, memberId: 'm000', purpose: 'PATRQT' };

/** Each operation with its levels, the page and what stands below its members; and how many of these are connections of records. */
const OPERATIONS: readonly (readonly [string, string, number, number])[] = [
  ['a page of members', '{ members(first: 200) { nodes { id name { family } } } }', 1, 0],
  ['three connections below it', '{ members(first: 200) { nodes { id conditions { nodes { id code { code } } } medications { nodes { id } } careGaps { nodes { id } } } } }', 4, 3],
  ['a connection asked for twice', '{ members(first: 200) { nodes { a: conditions(first: 1) { nodes { id } } b: conditions(filter: { status: "open" }) { nodes { id } } } } }', 3, 2],
  ['collections and amendments', '{ members(first: 200) { nodes { coverages { id } careTeam { id } conditions { nodes { id amendments { id } } } } } }', 5, 1],
  ['records across members, with their members', '{ careGaps(first: 200) { nodes { id member { id conditions { nodes { id } } } } } }', 3, 1],
];

let laboratory: Laboratory;
let station: Station;
beforeAll(async () => { laboratory = await Laboratory.open('sqlite::memory:'); station = laboratory.station(ENGINE); });
afterAll(() => laboratory.close());

async function statements(members: number, who: WorldCaller, text: string): Promise<number> {
  const world = cohort(members);
  await laboratory.load(richRows(world));
  const { statements: ran, data } = await station.ask({ document: parse(text), variables: {}, caller: callerOf(world, who) });
  expect(data).toBeTruthy();
  return ran.length;
}

test.each(OPERATIONS)('%s: one statement a level, as many for 200 members as for two', async (_name, text, levels, connections) => {
  const forOne = await statements(1, NURSE, text);
  // What restrictions say beyond facts is sent with the level, whoever there is: one read more for each connection, in the same message on MariaDB.
  expect(forOne).toBeLessThanOrEqual(CALLER_FACTS + IDS_OF_THE_PAGE + levels + connections + STANDING + OBLIGATIONS);
  expect(forOne).toBeGreaterThanOrEqual(levels);
  const forTwo = await statements(2, NURSE, text);
  expect(forTwo).toBe(forOne);
  expect(await statements(200, NURSE, text)).toBe(forTwo);
});

test('a member pays one more, for the denials that they are told of; a caller without an organization none for its facts', async () => {
  const [, text, levels] = OPERATIONS[1] as (typeof OPERATIONS)[number];
  expect(await statements(5, MEMBER, text)).toBeLessThanOrEqual(2 * levels + STANDING + OWN_DENIALS);
});

test('the second run of an operation compiles nothing anew, for another caller of the same profile either', async () => {
  const world = cohort(50);
  await laboratory.load(richRows(world));
  const document = parse((OPERATIONS[1] as (typeof OPERATIONS)[number])[1]);
  const first = await station.ask({ document, variables: {}, caller: callerOf(world, NURSE) });
  const again = await station.ask({ document, variables: {}, caller: callerOf(world, { ...NURSE, subject: 'ben' }) });
  // The very same compiled reads: the list of columns that each was sealed with is the same object.
  expect(again.reads.map((each) => each.text)).toEqual(first.reads.map((each) => each.text));
  expect(again.reads.every((each, place) => each.columns === first.reads[place]?.columns)).toBe(true);
});
