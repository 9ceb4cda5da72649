/** Simulations over both databases: the numbers are those of the operation itself, and nothing but numbers leaves the database. */
import 'reflect-metadata';
import { parse } from 'graphql';
import { simulate, type Simulation, type SimulationRequest } from '../../src/policy/simulate';
import { policySources } from '../../src/resolvers/policy';
import { callerOf } from '../laws/engine-world';
import { ENGINE } from '../laws/support/engine';
import { Laboratory, type Station } from '../laws/support/laboratory';
import { richRows } from '../laws/support/rich-rows';
import { richWorld } from '../laws/support/rich-world';
import { randomCaller, randomGrantCaller } from '../oracle/random-world';
import { agent, agreed, authorization, BEFORE, caller, careTeam, grant, member, NOW, record, worldOf } from '../oracle/story';
import type { World, WorldCaller } from '../oracle/world';
import { testDatabases, type TestDatabase } from '../support/databases';

const ALL = '{ members(first: 200) { nodes { id conditions(first: 200) { nodes { id code { code } } } claims(first: 200) { nodes { id status } } documents(first: 200) { nodes { id text } } } } }';
const requestOf = (who: WorldCaller, operation: string, given: Partial<SimulationRequest> = {}): SimulationRequest => ({
  operation, subject: who.subject, role: who.role as SimulationRequest['role'], purpose: who.purpose as SimulationRequest['purpose'], organizationId: who.organizationId,
  practitionerId: who.practitionerId, grantId: who.grantId ?? null, memberIds: who.memberId === null ? null : [who.memberId], ...given,
});
const numbers = ({ records }: Simulation) => Object.fromEntries(records.map(({ key, count, suppressed }) => [key, suppressed ? 'suppressed' : count]));
const lines = ({ withheld }: Simulation): string[] => withheld.map(({ coordinate, reason }) => `${coordinate} ${reason}`).sort();
type Nodes = { nodes: Readonly<Record<string, { nodes: unknown[] } | null>>[] };

describe.each(testDatabases())('on $name', ({ create }) => {
  let database: TestDatabase;
  let laboratory: Laboratory;
  let station: Station;
  const load = (world: World): Promise<void> => laboratory.load(richRows(world));
  const run = (who: WorldCaller, operation: string, given: Partial<SimulationRequest> = {}, view: 'PRIVACY_OFFICER' | 'AUDITOR' = 'PRIVACY_OFFICER', now = NOW) =>
    simulate(policySources(station.gateway), requestOf(who, operation, given), view, now);
  beforeAll(async () => {
    database = await create();
    laboratory = await Laboratory.open(database.url);
    station = laboratory.station(ENGINE);
  });
  afterAll(async () => { await laboratory.close(); await database.drop(); });

  test('random worlds: the numbers are those of the operation asked by the caller itself', async () => {
    let compared = 0;
    let rows = 0;
    for (let seed = 40; seed < 44; seed += 1) {
      const world = richWorld(seed, 2);
      await load(world);
      for (let place = 0; place < 25; place += 1) {
        const who = randomCaller(world, seed * 25 + place);
        if (who.role === 'AUDITOR') continue;
        const asked = await station.ask({ document: parse(ALL), variables: {}, caller: callerOf(world, who) });
        const nodes = (asked.data as { members: Nodes } | undefined)?.members.nodes;
        if (!nodes) continue;
        const count = (field: string): number => nodes.reduce((sum, each) => sum + (each[field]?.nodes.length ?? 0), 0);
        const simulated = numbers(await run(who, ALL, {}, 'PRIVACY_OFFICER', world.now));
        // A type that is withheld as a whole is counted too, as nothing.
        expect({ who, ...simulated }).toEqual({ who, Member: nodes.length, Condition: count('conditions'), Claim: count('claims'), Document: count('documents') });
        compared += 1;
        rows += nodes.length;
      }
    }
    expect(compared).toBeGreaterThan(30);
    expect(rows).toBeGreaterThan(30);
  });

  test('random grants: the numbers are those that the recipient gets, staff in the recipient\'s place too', async () => {
    const clauses = new Set<string>();
    let rows = 0;
    for (let seed = 50; seed < 53; seed += 1) {
      const world = richWorld(seed, 1);
      await load(world);
      for (let place = 0; place < 40; place += 1) {
        const who = randomGrantCaller(world, seed * 40 + place);
        const asked = await station.ask({ document: parse(ALL), variables: {}, caller: callerOf(world, who) });
        const nodes = (asked.data as { members: Nodes } | undefined)?.members.nodes;
        if (!nodes) {
          await expect(run(who, ALL, {}, 'PRIVACY_OFFICER', world.now)).rejects.toMatchObject({ code: expect.stringMatching(/^(NOT_FOUND|FORBIDDEN)$/) });
          continue;
        }
        const count = (field: string): number => nodes.reduce((sum, each) => sum + (each[field]?.nodes.length ?? 0), 0);
        const simulated = numbers(await run(who, ALL, {}, 'PRIVACY_OFFICER', world.now));
        expect({ who, ...simulated }).toEqual({ who, Member: nodes.length, Condition: count('conditions'), Claim: count('claims'), Document: count('documents') });
        rows += count('conditions') + count('claims') + count('documents');
        clauses.add(world.grants.find((each) => each.id === who.grantId)?.clause ?? '');
      }
    }
    expect(clauses.size).toBeGreaterThan(12);
    expect(rows).toBeGreaterThan(50);
  });
  test('a grant that there is not is not found, to an auditor too; a small grant is suppressed for them', async () => {
    const world = { ...crowd(), grants: [grant('coroners', { memberIds: ['ann', 'm1'], categories: ['IDENTITY', 'CLINICAL'] })] };
    await load(world);
    for (const view of ['PRIVACY_OFFICER', 'AUDITOR'] as const) {
      await expect(run(agent('HDECD', { grantId: 'of nobody' }), QUERY, {}, view)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(run(agent('HLEGAL'), QUERY, {}, view)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(numbers(await run(agent('HDECD'), QUERY))).toEqual({ Member: 2, Condition: 1, Medication: 0, Claim: 0 });
    expect(numbers(await run(agent('HDECD'), QUERY, {}, 'AUDITOR'))).toEqual({ Member: 'suppressed', Condition: 'suppressed', Medication: 'suppressed', Claim: 'suppressed' });
  });

  const crowd = (): World => worldOf({
    members: [...Array.from({ length: 30 }, (_, place) => member({ id: `m${place}` })), member({ id: 'ann' })], careTeam: [careTeam()],
    restrictions: [agreed({ id: 'g', coordinates: ['Member.gender'] }), agreed({ id: 'c', coordinates: ['Condition.status'], recordId: 'plain' })],
    authorizations: [authorization({ memberId: 'm1', classes: ['HIV'], recipients: [{ role: 'WORKFORCE' }], purposes: ['HOPERAT'], start: BEFORE })],
    records: [
      record('Condition', { id: 'plain' }), record('Condition', { id: 'hidden', labels: ['HIV'] }),
      ...Array.from({ length: 20 }, (_, place) => record('Condition', { id: `c${place}`, memberId: `m${place}`, labels: ['HIV'] })),
      ...Array.from({ length: 5 }, (_, place) => record('Medication', { id: `d${place}`, memberId: `m${place}` })),
    ],
  });
  const staff = caller('WORKFORCE', 'HOPERAT');
  const QUERY = '{ members(first: 2) { nodes { id gender conditions { nodes { code { code } status } } medications { nodes { code { code } } } claims { nodes { id } } } } }';

  test('what is hidden is told by reason, to the privacy office', async () => {
    await load(crowd());
    const simulated = await run(staff, QUERY);
    expect(numbers(simulated)).toEqual({ Member: 31, Condition: 2, Medication: 5, Claim: 0 });
    expect(lines(simulated)).toEqual(['Condition.status RESTRICTED', 'Member.claims MINIMUM_NECESSARY', 'Member.conditions AUTHORIZATION_REQUIRED', 'Member.gender RESTRICTED']);
    expect(simulated.permitted).toEqual(expect.arrayContaining(['Member.gender', 'Condition.code', 'Medication.code']));
    expect(simulated.permitted).not.toContain('Member.claims');
  });
  test('small numbers are suppressed for an auditor, and so is what few rows would tell', async () => {
    await load(crowd());
    const simulated = await run(staff, QUERY, {}, 'AUDITOR');
    expect(numbers(simulated)).toEqual({ Member: 31, Condition: 'suppressed', Medication: 'suppressed', Claim: 0 });
    expect(lines(simulated)).toEqual(['Member.claims MINIMUM_NECESSARY', 'Member.conditions AUTHORIZATION_REQUIRED']);
    const { pseudonyms } = station.gateway;
    const ids = ['m1', 'm2', 'm3'].map((each) => pseudonyms.of('member', each));
    const few = await run(staff, 'query($ids: [ID!]) { members(filter: { ids: $ids }) { nodes { id conditions { nodes { id } } } } }', { variables: JSON.stringify({ ids }) }, 'AUDITOR');
    expect(numbers(few)).toEqual({ Member: 'suppressed', Condition: 'suppressed' });
    expect(lines(few)).toEqual([]);
  });
  test.each([
    ['a filter on a value', '{ members(filter: { nameContains: "a" }) { nodes { id } } }', 'FORBIDDEN'],
    ['a filter on records', '{ members { nodes { conditions(filter: { codes: ["x"] }) { nodes { id } } } } }', 'FORBIDDEN'],
    ['an order', '{ members(orderBy: { field: BIRTH_DATE, direction: ASC }) { nodes { id } } }', 'FORBIDDEN'],
    ['a real id', '{ member(id: "m1") { id } }', 'NOT_FOUND'],
  ])('to an auditor %s is refused', async (_, operation, code) => {
    await load(crowd());
    await expect(run(staff, operation, {}, 'AUDITOR')).rejects.toMatchObject({ code });
    if (code === 'FORBIDDEN') await run(staff, operation);
  });
  test('why one member is out of reach', async () => {
    const world = { ...crowd(), optOuts: [{ memberId: 'm3', since: BEFORE, endedAt: null }] };
    await load(world);
    expect(lines(await run(caller('NURSE', 'TREAT'), '{ member(id: "m3") { id } }'))).toEqual(['Query.member NO_RELATIONSHIP']);
    expect(lines(await run(caller('HIE_PARTICIPANT', 'TREAT'), '{ member(id: "m3") { id } }'))).toEqual(['Query.member OPTED_OUT']);
    expect(await run(caller('NURSE', 'TREAT'), '{ member(id: "nobody") { id } }')).toMatchObject({ withheld: [], records: [{ key: 'Member', count: 0 }] });
    expect(lines(await run(caller('NURSE', 'HOPERAT'), '{ member(id: "m3") { id gender } }'))).toEqual(['Member.gender PURPOSE_NOT_PERMITTED', 'Member.id PURPOSE_NOT_PERMITTED']);
    expect(lines(await run(caller('NURSE', 'TREAT'), '{ claims { nodes { id } } }'))).toEqual(['Query.claims MINIMUM_NECESSARY']);
  });
  test('nothing but numbers leaves the database, and no glass is broken', async () => {
    await load(crowd());
    laboratory.reads = [];
    await run(staff, QUERY);
    await run(caller('NURSE', 'ETREAT'), '{ member(id: "m2") { id gender } }');
    expect(laboratory.reads.length).toBeGreaterThan(5);
    for (const { rows } of laboratory.reads) for (const row of rows) for (const value of row) expect(value === null || !Number.isNaN(Number(value))).toBe(true);
    expect(await laboratory.source.query('SELECT COUNT(*) AS n FROM break_glass_opening')).toMatchObject([{ n: expect.anything() }]);
    expect(laboratory.statements.some((each) => /INSERT/i.test(each.text) && /break_glass/.test(each.text))).toBe(false);
  });
  test.each<[string, Partial<SimulationRequest> & { operation: string }, string]>([
    ['a mutation', { operation: 'mutation { endAgreement(id: "a") { id } }' }, 'BAD_USER_INPUT'],
    ['two operations', { operation: 'query A { viewer { subject } } query B { viewer { subject } }' }, 'BAD_USER_INPUT'],
    ['no GraphQL', { operation: '{ members' }, 'BAD_USER_INPUT'],
    ['a field that there is not', { operation: '{ members { shoeSize } }' }, 'BAD_USER_INPUT'],
    ['variables that are no object', { operation: '{ viewer { subject } }', variables: '[1]' }, 'BAD_USER_INPUT'],
    ['a document that doubles at each level', { operation: `{ ...f0 } ${Array.from({ length: 20 }, (_, at) => `fragment f${at} on Query { a${at}: viewer { subject } ...f${at + 1} b${at}: viewer { role } ...f${at + 1} }`).join(' ')} fragment f20 on Query { viewer { subject } }` }, 'OPERATION_TOO_COMPLEX'],
  ])('%s is refused', async (_, given, code) => { await expect(run(staff, given.operation, given)).rejects.toMatchObject({ code }); });
});
