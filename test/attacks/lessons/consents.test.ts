/** Lessons about what members allow and refuse: F8, F11 and F12, for every class and every order; each decided as the gateway does, in memory. */
import { CLASSES, coverMask, classBit, type SensitivityClass } from '../../../src/vocabulary/sensitivity';
import { ROLES } from '../../../src/vocabulary/roles';
import type { Purpose } from '../../../src/vocabulary/purposes';
import type { World, WorldCaller, WorldRecord } from '../../oracle/world';
import { EngineWorld } from '../../laws/engine-world';

const NOW = '2026-03-15T12:00:00.000Z';
const EARLIER = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'] as const;
const record = (id: string, labels: readonly string[], changes: Partial<WorldRecord> = {}): WorldRecord => ({
  id, memberId: 'rosa', type: 'Condition', encounterId: null, date: '2025-12-01T00:00:00.000Z', labels: [...labels], labelled: true, authorId: null, programId: null, governedBy: 'NOTICE', governingPlanId: null, payerId: null, legal: false, withheld: false, medicationReview: false, cites: [], ...changes,
});
const world = (changes: Partial<World>): World => ({
  now: NOW, organizations: [{ id: 'acme', kind: 'HEALTH_PLAN', part2Program: false }], members: [{ id: 'rosa', birthDate: '1980-01-01', deceasedAt: null, state: 'TX' }],
  coverages: [{ id: 'cover', memberId: 'rosa', planId: 'acme', start: '2020-01-01T00:00:00.000Z', end: null }], careTeam: [], namedBy: [{ memberId: 'rosa', organizationId: 'acme', via: 'COVERAGE' }], agreements: [], representations: [], openings: [], optOuts: [],
  authorizations: [], restrictions: [], confidential: [], grants: [], records: [], ...changes,
});
const PLAN: WorldCaller = { subject: 'plan', role: 'HEALTH_PLAN', organizationId: 'acme', practitionerId: null, memberId: null, purpose: 'CAREMGT' };
const allowed = (id: string, classes: readonly string[], signedAt: string = EARLIER[0], changes: Partial<World['authorizations'][number]> = {}): World['authorizations'][number] =>
  ({ id, memberId: 'rosa', classes: [...classes], categories: null, sale: false, purposes: ['HOPERAT'], recipients: [{ organizationId: 'acme' }], start: null, end: null, signedAt, revokedAt: null, signedByMember: true, ...changes });
const refused = (id: string, classes: readonly string[], start: string = EARLIER[0], changes: Partial<World['restrictions'][number]> = {}): World['restrictions'][number] =>
  ({ id, memberId: 'rosa', kind: 'AGREED', status: 'ACCEPTED', recipients: [], purposes: [], categories: [], classes: [...classes], coordinates: [], encounterId: null, recordId: null, start, endedAt: null, ...changes });

const seen = (changes: Partial<World>, who = PLAN): string[] => {
  const engine = new EngineWorld(world(changes));
  const caller = engine.caller(who);
  return engine.world.records.filter((each) => caller.record(each).there).map((each) => each.id);
};

describe('F8 sensitive or not, permitted, refused or nothing said', () => {
  const records = [record('sensitive', ['HIV']), record('plain', [])];
  test.each<[string, Partial<World>, readonly string[]]>([
    ['nothing said', {}, ['plain']], ['permitted', { authorizations: [allowed('one', ['HIV'])] }, ['sensitive', 'plain']], ['refused', { restrictions: [refused('one', [])] }, []],
    ['permitted, revoked', { authorizations: [allowed('one', ['HIV'], EARLIER[0], { revokedAt: EARLIER[1] })] }, ['plain']], ['permitted, not yet in force', { authorizations: [allowed('one', ['HIV'], EARLIER[0], { start: '2026-04-01T00:00:00.000Z' })] }, ['plain']],
    ['permitted, of no class', { authorizations: [allowed('one', [])] }, ['plain']], ['refused, the class alone', { restrictions: [refused('one', ['HIV'])], authorizations: [allowed('one', ['HIV'])] }, ['plain']],
  ])('F8 %s', (_, said, expected) => {
    expect(seen({ ...said, records })).toEqual(expected);
    // Each bundle by itself comes out as it does beside the other.
    for (const each of records) expect(seen({ ...said, records: [each] })).toEqual(expected.filter((one) => one === each.id));
  });
});

describe('F11 every label of a record is covered, or it is not shown', () => {
  /** What a plan sees of one class by authorization at all: psychotherapy notes are opened by themselves alone, and Part 2 names its program. */
  const opened = CLASSES.filter((each) => seen({ authorizations: [allowed('one', [each])], records: [record('one', [each])] }).length === 1);
  const covers = (one: SensitivityClass, other: SensitivityClass): boolean => (coverMask([one]) & classBit(other)) !== 0;
  const PAIRS = opened.flatMap((one) => opened.filter((other) => one < other && !covers(one, other) && !covers(other, one)).map((other) => [one, other] as const));
  test('F11 of one class, each is hidden without and shown with an authorization', () => {
    expect(opened.length).toBeGreaterThan(12);
    expect(opened.filter((each) => seen({ records: [record('one', [each])] }).length > 0 && !['SEX', 'CONTRACEPTION'].includes(each))).toEqual([]);
  });
  test('F11 of two classes, neither alone opens', () => {
    const hidden = new Set(opened.filter((each) => seen({ records: [record('one', [each])] }).length === 0));
    const pairs = PAIRS.filter(([one, other]) => hidden.has(one) && hidden.has(other));
    expect(pairs.length).toBeGreaterThan(50);
    const wrong = pairs.filter(([one, other]) => {
      const records = [record('both', [one, other])];
      return seen({ authorizations: [allowed('a', [one])], records }).length > 0 || seen({ authorizations: [allowed('b', [other])], records }).length > 0
        || seen({ authorizations: [allowed('a', [one]), allowed('b', [other])], records }).length !== 1
        // Psychotherapy notes are opened by an authorization of their own alone.
        || seen({ authorizations: [allowed('a', [one, other])], records }).length !== ([one, other].includes('PSYTHPN') ? 0 : 1);
    });
    expect(wrong).toEqual([]);
  });
  test('F11 the second of them opened to another, for another purpose, or no more: hidden', () => {
    const records = [record('both', ['HIV', 'PSY'])];
    const first = allowed('a', ['HIV']);
    for (const second of [allowed('b', ['PSY'], EARLIER[0], { recipients: [{ organizationId: 'other' }] }), allowed('b', ['PSY'], EARLIER[0], { purposes: ['HPAYMT'] }), allowed('b', ['PSY'], EARLIER[0], { revokedAt: EARLIER[1] }), allowed('b', ['PSY'], EARLIER[0], { end: EARLIER[1] })])
      expect(seen({ authorizations: [first, second], records })).toEqual([]);
    expect(seen({ authorizations: [first, allowed('b', ['PSY'])], records })).toEqual(['both']);
  });
});

describe('F12 a refusal wins, in whatever order the two came', () => {
  const records = [record('hiv', ['HIV'])];
  const orders = EARLIER.flatMap((signed) => EARLIER.flatMap((start) => [false, true].map((first) => [signed, start, first] as const)));
  test.each(orders)('F12 signed %s, refused %s, the refusal first in the file: %s', (signed, start, first) => {
    const names = first ? ['a', 'b'] as const : ['b', 'a'] as const;
    expect(seen({ authorizations: [allowed(names[1], ['HIV'], signed)], records })).toEqual(['hiv']);
    expect(seen({ authorizations: [allowed(names[1], ['HIV'], signed)], restrictions: [refused(names[0], ['HIV'], start)], records })).toEqual([]);
  });
  test('F12 of two refusals each counts, of two permissions and one refusal the refusal', () => {
    const narrow = refused('a', ['HIV'], EARLIER[0], { recipients: [{ organizationId: 'acme' }] });
    const elsewhere = refused('b', ['HIV'], EARLIER[1], { recipients: [{ organizationId: 'other' }] });
    const authorizations = [allowed('c', ['HIV'], EARLIER[0]), allowed('d', ['HIV'], EARLIER[1])];
    expect(seen({ authorizations, restrictions: [elsewhere], records })).toEqual(['hiv']);
    for (const restrictions of [[narrow], [narrow, elsewhere], [elsewhere, narrow]]) for (const order of [authorizations, [...authorizations].reverse()]) expect(seen({ authorizations: order, restrictions, records })).toEqual([]);
  });
  test('F12 whoever asks: what is refused to everyone is seen by none whom a refusal binds', () => {
    const restrictions = [refused('a', [], EARLIER[0])];
    const bound = ROLES.filter((role) => !['MEMBER', 'PRIVACY_OFFICER'].includes(role));
    for (const role of bound) for (const purpose of ['TREAT', 'HPAYMT', 'HOPERAT', 'CAREMGT', 'PUBHLTH'] as Purpose[])
      expect(seen({ restrictions, authorizations: [allowed('b', ['HIV'], EARLIER[1], { purposes: [purpose], recipients: [{ role: role as string }] })], records: [...records, record('plain', [])] }, { ...PLAN, role, purpose })).toEqual([]);
  });
});
