import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { exportEvents } from '../../src/audit/fhir/export-events';
import type { AuditEvent } from '../../src/audit/fhir/types';
import { createLedger } from '../../src/audit/ledger';
import { createPseudonyms } from '../../src/audit/pseudonym';
import { testDatabases, type TestDatabase } from '../support/databases';
import { entry, openMigrated } from './entries';

const pseudonyms = createPseudonyms(randomBytes(32));
const at = (hour: number): string => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;
const codes = (event: AuditEvent | undefined) => [event?.type.code, ...(event?.subtype ?? []).map((each) => each.code)];
const profile = (event: AuditEvent | undefined) => event?.meta?.profile[0]?.split('.BasicAudit.')[1] ?? null;
const agents = (event: AuditEvent | undefined) => (event?.agent ?? []).map((each) => each.type.coding[0]?.code);

describe.each(testDatabases())('the trail as FHIR AuditEvents on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let ids: string[];
  beforeAll(async () => {
    database = await create();
    source = await openMigrated(database);
    const ledger = createLedger(source);
    ids = [
      await ledger.record(entry({ at: at(1), tokenId: 'jti-1' })),
      await ledger.record(entry({ at: at(2), role: 'HEALTH_PLAN', purpose: 'HPAYMT', clause: 'payment', members: ['anna', 'bert'], labels: ['PART2'], grant: null })),
      await ledger.record(entry({ at: at(3), members: [], labels: [], clause: null, outcome: 'DENY' })),
      await ledger.record(entry({ at: at(4), kind: 'BREAK_GLASS', purpose: 'ETREAT', flagged: true, reason: 'anna fainted' })),
      await ledger.record(entry({ at: at(5), kind: 'WRITE', role: 'MEMBER', subject: 'anna', purpose: 'PATRQT', outcome: 'REJECTED_INAUTHENTIC' })),
      await ledger.record(entry({ at: at(6), kind: 'INTROSPECTION', role: 'AUDITOR', purpose: 'HCOMPL', members: [], coordinates: [] })),
      await ledger.record(entry({ at: at(7), role: 'WORKFORCE', grant: 'grant-1', purpose: 'HOPERAT' })),
      await ledger.record(entry({ at: at(8), members: [] })),
    ];
    await ledger.close();
  });
  afterAll(async () => { await source.destroy(); await database.drop(); });
  async function exported(isReal: boolean, from = at(0), to = at(23)): Promise<AuditEvent[]> {
    const events: AuditEvent[] = [];
    for await (const line of exportEvents(source, { from, to }, { pseudonyms: isReal ? null : pseudonyms, site: 'gateway.example' })) { expect(line.endsWith('\n')).toBe(true); events.push(JSON.parse(line) as AuditEvent); }
    return events;
  }

  test('each kind of record has its pattern; one event a member; half open, oldest first', async () => {
    const events = await exported(true);
    expect(events.map((each) => each.id)).toEqual([ids[0], `${ids[1]}-1`, `${ids[1]}-2`, ...ids.slice(2)]);
    expect(events.map((each) => [profile(each), each.action, each.outcome, ...codes(each)])).toEqual([
      ['PatientQuery', 'E', '0', 'rest', 'search-type'], ['PrivacyDisclosure.Source', 'R', '0', '110106', 'disclose'], ['PrivacyDisclosure.Source', 'R', '0', '110106', 'disclose'],
      [null, 'E', '8', '110113', 'AuthZ-Role'], [null, 'E', '0', '110113', '110127', 'AuthZ-Role'], [null, 'U', '8', 'rest', 'update'], [null, 'E', '0', 'rest', 'capabilities'],
      ['PrivacyDisclosure.Source', 'R', '0', '110106', 'disclose'], ['Query', 'E', '0', 'rest', 'search-type'],
    ]);
    expect((await exported(true, at(2), at(4))).map((each) => each.id)).toEqual([`${ids[1]}-1`, `${ids[1]}-2`, ids[2]]);
  });
  test('what the profiles demand of agents and entities is there', async () => {
    const [query, disclosure, , denial] = await exported(true);
    expect(agents(query)).toEqual(['110153', '110152', 'IRCP', 'PROV']);
    expect(agents(disclosure)).toEqual(['110153', '110152', '159541003', 'IRCP']);
    expect(agents(denial)).toEqual(['110150', 'IRCP', 'PROV', 'authserver']);
    // The audit source is the agent that released, or that decided.
    expect(disclosure?.agent[0]?.who).toEqual(disclosure?.source.observer);
    expect(denial?.agent[3]?.who).toEqual(denial?.source.observer);
    for (const each of [query, disclosure]) for (const agent of each?.agent.slice(0, 2) ?? []) expect(agent.network).toBeDefined();
    for (const each of [query, disclosure, denial]) expect(each?.agent.filter((agent) => agent.requestor)).toHaveLength(1);
    expect(query?.agent[2]?.policy).toEqual(['urn:ietf:params:oauth:jti:jti-1']);
    expect(disclosure?.entity[0]).toMatchObject({ type: { code: '1' }, role: { code: '1' }, what: { type: 'Patient', identifier: { value: 'anna' } } });
    expect(disclosure?.entity[0]?.securityLabel?.map((each) => each.coding[0]?.code)).toEqual(['SUD', '42CFRPart2']);
    expect(Buffer.from(query?.entity[1]?.query ?? '', 'base64').toString()).toBe('Member.name');
    expect(query?.purposeOfEvent[0]?.coding[0]).toMatchObject({ code: 'TREAT' });
  });
  test('no id of a member and no stated reason leaves with pseudonyms, which are those of an auditor', async () => {
    const events = await exported(false);
    expect(JSON.stringify(events)).not.toMatch(/anna|bert|fainted/);
    expect(events[0]?.entity[0]?.what?.identifier?.value).toBe(pseudonyms.of('member', 'anna'));
    expect(events[5]?.agent[2]?.who.identifier?.value).toBe(pseudonyms.of('member', 'anna'));
    expect(JSON.stringify(await exported(true))).toContain('fainted');
  });
});
