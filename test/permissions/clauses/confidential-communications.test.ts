import { parse } from 'graphql';
import { compileMemberRead } from '../../../src/query/compile/member-read';
import { planOperation } from '../../../src/query/plan/operation-plan';
import type { Caller } from '../../../src/identity/caller';
import { recipientKey, type Recipient } from '../../../src/vocabulary/recipients';
import { openMemoryDatabase } from '../../query/memory-database';
import { contractSchema } from '../../schema/contract';
import {
  agreement, ann, annIs, asks, BEFORE, billing, billingVendor, caller, covered, exchange, LATER, NOW, nurse, onCareTeam, operatingPlan, operations, organizationIs, outsideDoctor, privacyOfficer, represented,
  restricted, rita, worldOf, type Fact,
} from './facts';

const plan = planOperation(contractSchema(), parse('{ member(id: "ann") { contact { telephones emails addresses { city } preferredLanguage confidential } } }'), null, {});
const selections = plan.roots[0]?.selections ?? [];
const HOME = annIs({ telephones: '["home"]', emails: '["home@example.org"]', address_cities: '["Home"]', preferred_language: 'en' });

/** Ann asked to be called at work, and by no other way; the request names these recipients outside. */
function atWork(names: readonly Recipient[] = [], given: { since?: string; ended_at?: string | null; member_id?: string } = {}): Fact {
  const asked = { member_id: 'ann', id: 'way', telephone: 'work', email: null, address: null, since: BEFORE, ended_at: null, channel: 'PAPER', ...given };
  return { rows: { confidential_communication: [asked], confidential_recipient: names.map((each) => ({ member_id: asked.member_id, communication_id: 'way', recipient: recipientKey(each) })) } };
}

/** What of the contact comes out of the database for this caller: all of it, the chosen way alone, nothing; or no member. */
function contactFor(who: Caller, ...facts: Fact[]): 'ALL' | 'CHOSEN WAY' | 'NOTHING' | 'NO MEMBER' | Record<string, unknown> {
  const world = worldOf(who, [HOME, ...facts]);
  const database = openMemoryDatabase();
  try {
    database.put('member', world.member);
    const tables = ['care_team', 'coverage', 'representation', 'authorization_scope', 'restriction_scope', 'hie_opt_out', 'confidential_communication', 'confidential_recipient'];
    for (const table of tables) database.put(table, ...world.relation(table));
    const { read } = compileMemberRead(world.access, selections, { kind: 'KEYS', keys: 1 }, null);
    const [row] = database.rows(read, { bound: world.access.bound, argument: () => null, keys: ['ann'] });
    if (!row) return 'NO MEMBER';
    const at = Object.fromEntries(read.columns.map((column, place) => [column, row[place] ?? null]));
    const own = [at['telephones'], at['emails'], at['address_cities']].filter((each) => each !== null && each !== undefined);
    const chosen = at['chosen_telephone'] ?? null;
    if (at['contact_there'] !== 1) return own.length === 0 && chosen === null ? 'NOTHING' : at;
    if (own.length === 3 && chosen === null) return 'ALL';
    return own.length === 0 && chosen === 'work' ? 'CHOSEN WAY' : at;
  } finally { database.close(); }
}

/** Notice: "Right to Receive Confidential Communications". */
describe('confidential communications: the one way that the member asked for', () => {
  test.each<[string, Caller, Fact[]]>([
    ['a nurse on the care team', nurse, [onCareTeam()]],
    ['staff who bill', billing, []],
    ['an associate of the company', billingVendor, [agreement({ categories: ['CONTACT'] })]],
    ['a plan that the request names', operatingPlan, [covered()]],
    ['an outside doctor whom the request names', outsideDoctor, [onCareTeam()]],
    ['a representative whom the request names', rita, [represented()]],
  ])('alone is shown to %s', (_, who, facts) => {
    expect(contactFor(who, atWork([{ organizationId: 'plan' }, { organizationId: 'clinic' }, { subject: 'rita' }]), ...facts)).toBe('CHOSEN WAY');
  });
  test.each<[string, Caller, Fact[]]>([
    ['the covering plan', operatingPlan, [covered()]],
    ['an outside doctor on the care team', outsideDoctor, [onCareTeam()]],
    ['who represents the member', rita, [represented()]],
    ['a plan, when the request names another', operatingPlan, [covered(), atWork([{ organizationId: 'other-plan' }], { since: LATER })]],
  ])('and nothing is shown to %s, whom it does not name', (_, who, facts) => { expect(contactFor(who, atWork(), ...facts)).toBe('NOTHING'); });
  test.each<[string, Caller, Fact[]]>([
    ['the member', ann, []],
    ['the privacy office', privacyOfficer, []],
  ])('%s sees everything', (_, who, facts) => { expect(contactFor(who, atWork(), ...facts)).toBe('ALL'); });
});

describe('confidential communications: where nothing was asked', () => {
  test.each<[string, Caller, Fact[]]>([
    ['a nurse', nurse, [onCareTeam()]],
    ['the covering plan', operatingPlan, [covered()]],
    ['a nurse, after the request ended', nurse, [onCareTeam(), atWork([], { ended_at: NOW })]],
    ['a nurse, before it begins', nurse, [onCareTeam(), atWork([], { since: LATER })]],
    ['the plan, when another member asked', operatingPlan, [covered(), atWork([], { member_id: 'bob' })]],
  ])('%s sees all of the contact', (_, who, facts) => { expect(contactFor(who, ...facts)).toBe('ALL'); });
  test('from the very instant of the request it binds', () => { expect(contactFor(nurse, onCareTeam(), atWork([], { since: NOW }))).toBe('CHOSEN WAY'); });
});

describe('confidential communications open nothing that another clause keeps', () => {
  test.each<[string, Caller, Fact[], string]>([
    ['operations have no contact', operations, [], 'NOTHING'],
    ['an exchange neither, though it is named', exchange, [organizationIs('HIE')], 'NOTHING'],
    ['an agreed restriction on the contact', nurse, [onCareTeam(), restricted({ categories: ['CONTACT'] })], 'NOTHING'],
    ['a nurse who is not on the care team', nurse, [], 'NO MEMBER'],
    ['a purpose that nobody gave', asks(caller('MEMBER', 'PATRQT'), 'HOPERAT'), [], 'NO MEMBER'],
  ])('%s', (_, who, facts, expected) => { expect(contactFor(who, atWork([{ organizationId: 'exchange' }]), ...facts)).toBe(expected); });
});
