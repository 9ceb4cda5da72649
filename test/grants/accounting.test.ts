import { parse } from 'csv-parse/sync';
import { formatAccounting } from '../../src/audit/accounting-formats';
import type { Disclosure } from '../../src/audit/release';
import { audit_event, audit_member } from '../../src/entities/tables/audit';
import { member, representation } from '../../src/entities/tables/member';
import { privacy_request } from '../../src/entities/tables/privacy';
import { classMask, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import { testDatabases } from '../support/databases';
import { agent, ann, NOW, openGrantWorld, otis, staff, wendy, type Asked, type GrantWorld } from './grant-world';

describe.each(testDatabases())('accounting of disclosures on $name', ({ create }) => {
  let world: GrantWorld;
  beforeEach(async () => { world = await openGrantWorld(await create()); });
  afterEach(() => world.close());
  const read = (purpose: Parameters<typeof agent>[0], id: string, query = '{ members { nodes { name { text } conditions { nodes { code { code } } } } } }') => world.ask(query, agent(purpose, id));
  async function told(by = ann, args = ''): Promise<{ from: string; to: string; disclosures: Disclosure[]; fee: { amount: number; estimate: boolean } | null }> {
    const answer = await world.ask(`{ accountingOfDisclosures(memberId: "ann"${args}) { memberId from to disclosures { at recipient recipientAddress description purpose clause } fee { amount estimate } } }`, by);
    if (answer.code) throw new Error(answer.code);
    return (answer.data as unknown as { accountingOfDisclosures: never }).accountingOfDisclosures;
  }
  const clausesTold = async (by = ann): Promise<string[]> => (await told(by)).disclosures.map((each) => each.clause);
  /** An event of the trail as another time left it. */
  const event = async (id: string, given: Partial<Parameters<GrantWorld['put']>[1]> & { at: string; labels?: number; purpose?: string; kind?: string; grant_id?: string | null; role?: string }) => {
    await world.put(audit_event, { chain_id: `test-${id}`, seq: 1, id, prev_hash: '', hash: '', kind: 'READ', subject: 'emergency-doctor', role: 'NURSE', purpose: 'ETREAT', coordinates: '["Condition.code"]', members: '["ann"]', outcome: 'PERMIT', notice_version: '1', request_id: 'r', ...given });
    await world.put(audit_member, { member_id: 'ann', event_id: id });
  };

  test('a release under a grant is listed: when, to whom with the address, what, why; by the member, the office, and whom nobody else', async () => {
    const id = await world.grant({ clause: 'law-enforcement', recipient: { organizationId: 'precinct' }, elements: { circumstance: 'process', process: 'warrant' } });
    await world.ask('{ members { nodes { name { text } conditions { nodes { code { code } } } contact { telephones } } } }', agent('HLEGAL', id, { organization: 'precinct' }));
    const expected = [{ at: NOW, recipient: 'Fifth Precinct', recipientAddress: '1 Main Street, Austin, TX, 73301', description: 'Disclosed: identity, clinical records.', purpose: 'Law enforcement officials: circumstance process, process warrant', clause: 'law-enforcement' }];
    expect((await told()).disclosures).toEqual(expected);
    expect((await told(otis)).disclosures).toEqual(expected);
    expect((await world.ask('{ accountingOfDisclosures(memberId: "bob") { memberId } }', ann)).code).toBe('NOT_FOUND');
    expect((await world.ask('{ accountingOfDisclosures(memberId: "nobody") { memberId } }', otis)).code).toBe('NOT_FOUND');
    for (const by of [wendy, staff('HLEGAL', id), { ...otis, grant: id, purpose: 'HLEGAL' as const }]) expect((await world.ask('{ accountingOfDisclosures(memberId: "ann") { memberId } }', by)).code).toBe('FORBIDDEN');
  });

  test('a grant that nobody read under is no disclosure; reads by staff on behalf are; a member who was not read is not in it', async () => {
    const id = await world.grant({ clause: 'coroners', memberIds: ['ann', 'bob'], elements: { 'recipient-name': 'Dr. Chen', 'recipient-address': '7 Court' } });
    expect(await clausesTold()).toEqual([]);
    await world.ask('{ member(id: "bob") { name { text } } }', staff('HDECD', id));
    expect(await clausesTold()).toEqual([]);
    await world.ask('{ member(id: "ann") { name { text } } }', staff('HDECD', id));
    expect((await told()).disclosures).toMatchObject([{ recipient: 'Dr. Chen', recipientAddress: '7 Court', description: 'Disclosed: identity.' }]);
  });

  test('two grants to one recipient: what the second opened is told, and each is told by the name that it states', async () => {
    const first = await world.grant({ clause: 'health-oversight', categories: ['IDENTITY'] });
    const second = await world.grant({ clause: 'health-oversight', categories: ['CLINICAL'] });
    const other = await world.grant({ clause: 'health-oversight', categories: ['MEDICATION'], elements: { 'recipient-name': 'The board of pharmacy' } });
    for (const id of [first, second, other]) await read('HCOMPL', id, '{ members { nodes { name { text } conditions { nodes { code { code } } } medications { nodes { name } } } } }');
    expect((await told()).disclosures).toMatchObject([
      { recipient: 'agent', description: 'Disclosed: identity, clinical records. Disclosed 2 times, the last on 2026-11-24.' }, { recipient: 'The board of pharmacy', description: 'Disclosed: medications.' },
    ]);
  });

  test('a release that the trail has is told, though its grant was taken out of the database; nothing that may be kept from a representative', async () => {
    await world.put(representation, { id: 'r', member_id: 'ann', subject: 'son', kind: 'HEALTH_CARE_POA', start_at: '2020-01-01T00:00:00.000Z', category_mask: 0xfff });
    const son = { ...ann, role: 'PERSONAL_REPRESENTATIVE' as const, subject: 'son', member: null, purpose: 'FAMRQT' as const, purposes: ['FAMRQT' as const] };
    const listed: Asked = { clause: 'law-enforcement', elements: { circumstance: 'process', process: 'warrant' } };
    for (const [asked, purpose] of [[listed, 'HLEGAL'], [{ clause: 'public-health' }, 'PUBHLTH'], [{ clause: 'family-present' }, 'FAMRQT']] as const) await read(purpose, await world.grant(asked), '{ members { nodes { name { text } } } }');
    await world.source.query('DELETE FROM disclosure_grant');
    expect((await told()).disclosures).toMatchObject([{ recipient: 'agent', clause: 'law-enforcement', description: 'Disclosed: identity.' }, { recipient: 'agent', clause: 'public-health' }]);
    expect(await clausesTold(otis)).toEqual(['law-enforcement', 'public-health']);
    expect(await clausesTold(son)).toEqual(['law-enforcement']);
  });

  test('the exclusions go by clause and what was stated, never by the purpose', async () => {
    const left: [Asked, Parameters<typeof agent>[0]][] = [
      [{ clause: 'family-present' }, 'FAMRQT'], [{ clause: 'correctional-institutions' }, 'HLEGAL'], [{ clause: 'government-functions', elements: { function: 'national-security' } }, 'GOV'],
      [{ clause: 'research', elements: { basis: 'limited-data-set' } }, 'HRESCH'], [{ clause: 'judicial-proceedings', elements: { basis: 'own-dispute' } }, 'HLEGAL'],
    ];
    const listed: [Asked, Parameters<typeof agent>[0]][] = [
      [{ clause: 'judicial-proceedings', elements: { basis: 'order' } }, 'HLEGAL'], [{ clause: 'required-by-law' }, 'TREAT'], [{ clause: 'workers-compensation' }, 'HPAYMT'], [{ clause: 'government-functions' }, 'GOV'],
    ];
    for (const [asked, purpose] of [...left, ...listed]) expect((await read(purpose, await world.grant(asked))).code).toBeNull();
    // Treatment, payment, operations and what the member asked for themselves.
    await world.ask('{ member(id: "ann") { name { text } } }', ann);
    await world.ask('{ member(id: "ann") { name { text } } }', wendy);
    expect((await clausesTold(otis)).sort()).toEqual(listed.map(([asked]) => asked.clause).sort());
  });

  test('repeated disclosures to one recipient are one line: the first, how many, the last', async () => {
    const [one, other] = [await world.grant({ clause: 'coroners' }), await world.grant({ clause: 'coroners', recipient: { subject: 'another' } })];
    await read('HDECD', one);
    await world.ask('{ members { nodes { birthDate } } }', agent('HDECD', one, { at: '2026-12-01T12:00:00.000Z' }));
    await world.ask('{ members { nodes { birthDate } } }', agent('HDECD', other, { subject: 'another' }));
    const { disclosures } = await told({ ...ann, at: '2026-12-02T00:00:00.000Z' });
    expect(disclosures.map((each) => [each.at, each.recipient, each.description])).toEqual([
      [NOW, 'agent', 'Disclosed: identity, clinical records. Disclosed 2 times, the last on 2026-12-01.'], [NOW, 'another', 'Disclosed: identity.'],
    ]);
  });

  test('six years back; a longer period is cut, a shorter one kept', async () => {
    const id = await world.grant({ clause: 'coroners' });
    await event('old', { at: '2020-11-20T00:00:00.000Z', grant_id: id });
    await event('within', { at: '2020-11-25T00:00:00.000Z', grant_id: id });
    const { from, to, disclosures } = await told(ann, ', from: "2000-01-01T00:00:00.000Z"');
    expect([from, to, disclosures.map((each) => each.at)]).toEqual(['2020-11-24T00:00:00.000Z', NOW, ['2020-11-25T00:00:00.000Z']]);
    expect((await told(ann, ', from: "2021-01-01T00:00:00.000Z"')).disclosures).toEqual([]);
    expect((await world.ask('{ accountingOfDisclosures(memberId: "ann", from: "2022-01-01T00:00:00.000Z", to: "2021-01-01T00:00:00.000Z") { memberId } }', ann)).code).toBe('BAD_USER_INPUT');
  });

  test('a Part 2 record released in an emergency is listed, other emergencies are treatment', async () => {
    await event('part2', { at: '2026-11-01T00:00:00.000Z', labels: classMask(['PART2']), kind: 'BREAK_GLASS' });
    await event('hiv', { at: '2026-11-02T00:00:00.000Z', labels: classMask(['HIV']), kind: 'BREAK_GLASS' });
    expect((await told()).disclosures).toMatchObject([{ at: '2026-11-01T00:00:00.000Z', recipient: 'emergency-doctor', clause: 'treatment' }]);
  });

  test('what an agency had suspended is hidden from the member until then, an oral request for thirty days; the office sees it', async () => {
    const suspended = { agency: 'the agency', 'suspension-statement': 'it would impede our inquiry', 'suspend-accounting-until': '2027-06-01' };
    const [written, oral] = [await world.grant({ clause: 'health-oversight', elements: suspended }), await world.grant({ clause: 'health-oversight', elements: { ...suspended, 'suspension-statement': 'oral: by the inspector' }, recipient: { subject: 'inspector' } })];
    await read('HCOMPL', written);
    await world.ask('{ members { nodes { name { text } } } }', agent('HCOMPL', oral, { subject: 'inspector' }));
    expect([(await told()).disclosures.length, (await told(otis)).disclosures.length]).toEqual([0, 2]);
    expect((await told({ ...ann, at: '2026-12-24T12:00:00.000Z' })).disclosures.map((each) => each.recipient)).toEqual(['inspector']);
    expect((await told({ ...ann, at: '2027-06-01T00:00:00.000Z' })).disclosures).toHaveLength(2);
  });

  test('a representative is not told of abuse-victims, of child abuse, nor of what they may not see', async () => {
    await world.put(representation, { member_id: 'ann', id: 'rep', subject: 'rita', kind: 'HEALTH_CARE_POA', start_at: '2026-01-01T00:00:00.000Z', category_mask: 0xfff });
    const asked: [Asked, Parameters<typeof agent>[0]][] = [
      [{ clause: 'abuse-victims' }, 'HLEGAL'], [{ clause: 'public-health', elements: { activity: 'child-abuse' } }, 'PUBHLTH'], [{ clause: 'required-by-law', classes: ['SDV'] as SensitivityClass[] }, 'HLEGAL'], [{ clause: 'coroners' }, 'HDECD'],
    ];
    for (const [each, purpose] of asked) await read(purpose, await world.grant(each));
    const rita = { ...ann, role: 'PERSONAL_REPRESENTATIVE' as const, subject: 'rita', member: null, purpose: 'FAMRQT' as const, purposes: ['FAMRQT' as const] };
    expect((await clausesTold()).sort()).toEqual(['abuse-victims', 'coroners', 'public-health', 'required-by-law']);
    expect(await clausesTold(rita)).toEqual(['coroners']);
    expect((await world.ask('{ accountingOfDisclosures(memberId: "bob") { memberId } }', rita)).code).toBe('NOT_FOUND');
  });

  test('fifty members or more under a waiver are told by the protocol, also who was not read', async () => {
    const memberIds = ['ann', ...Array.from({ length: 49 }, (_, place) => `s${place}`)];
    await world.put(member, ...memberIds.slice(1).map((id) => ({ id, updated_at: NOW })));
    const id = await world.grant({ clause: 'research', elements: { basis: 'waiver', 'waiver-board': 'Board A', 'waiver-number': 'P-7' }, memberIds });
    expect(await clausesTold()).toEqual([]);
    await world.ask('{ member(id: "s1") { gender } }', agent('HRESCH', id));
    expect((await told()).disclosures).toMatchObject([{ clause: 'research', description: expect.stringMatching(/protocol P-7 of Board A.*may or may not/) as string }]);
    await world.ask('{ member(id: "ann") { gender } }', agent('HRESCH', id));
    expect((await told()).disclosures).toHaveLength(1);
  });

  test('the fee of the request that it answers is told', async () => {
    expect((await told()).fee).toBeNull();
    const request = { kind: 'ACCOUNTING', member_id: 'ann', status: 'RECEIVED', received_at: '2026-10-01T00:00:00.000Z', requested_by: 'ann-sub' };
    await world.put(privacy_request, { ...request, id: 'first' }, { ...request, id: 'second', received_at: '2026-11-01T00:00:00.000Z', fee: '{"amount":15,"currency":"USD","reason":"a further one","estimate":true}' });
    expect((await told()).fee).toEqual({ amount: 15, estimate: true });
  });
});

describe('an accounting as a file', () => {
  const accounting = {
    memberId: 'ann', from: '2020-11-24T00:00:00.000Z', to: NOW, fee: { amount: 15, currency: 'USD', reason: 'A further one.', estimate: true },
    disclosures: [{ at: NOW, recipient: '=HYPERLINK("http://evil")', recipientAddress: '1 Main Street, "Austin"', description: 'Disclosed: identity.', purpose: 'Coroners', clause: 'coroners' as const }],
  };
  test('JSON is what the API tells', async () => { expect(JSON.parse((await formatAccounting(accounting, 'json', NOW)).toString())).toEqual(accounting); });
  test('CSV holds no formula', async () => {
    const rows = parse((await formatAccounting(accounting, 'csv', NOW)).toString('utf8'), { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toEqual([{ when: NOW, 'to whom': '\'=HYPERLINK("http://evil")', address: '1 Main Street, "Austin"', what: 'Disclosed: identity.', why: 'Coroners', clause: 'coroners' }]);
  });
  test('PDF is a PDF, also of nothing', async () => {
    for (const each of [accounting, { ...accounting, disclosures: [], fee: null }]) expect((await formatAccounting(each, 'pdf', NOW)).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
