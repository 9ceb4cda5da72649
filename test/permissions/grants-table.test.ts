/** The two tables of policy section 7, cell by cell, as they are written there: the code is not asked what it thinks. */
import { CASE_BY_CASE } from '../../src/permissions/clauses';
import type { Elements } from '../../src/permissions/grant-terms';
import type { ClauseId } from '../../src/vocabulary/clauses';
import type { Purpose } from '../../src/vocabulary/purposes';
import { CLASSES, type SensitivityClass } from '../../src/vocabulary/sensitivity';
import { covered, labelled, optedOut, organizationIs, planGoverned, paidInFull, recordIs, restricted, see, signed, type Fact } from './clauses/facts';
import { accounted, granted, ITS_OWN, most, opens, recipientOf, clauseWithGrants } from './clauses/grant-facts';

const ANY = 'any';
const PURPOSE: Readonly<Record<string, readonly Purpose[] | 'any'>> = {
  'family-present': ['FAMRQT'], 'family-absent': ['FAMRQT'], 'threat-to-safety': ['THREAT'], 'public-health': ['PUBHLTH'], 'abuse-victims': ANY, 'health-oversight': ['HCOMPL'],
  'judicial-proceedings': ['HLEGAL'], 'law-enforcement': ['HLEGAL'], coroners: ['HDECD'], 'organ-donation': ['DONAT'], research: ['HRESCH'], 'government-functions': ['MILCDM', 'GOV'],
  'correctional-institutions': ANY, 'workers-compensation': ['HPAYMT'], 'required-by-law': ANY,
};
const NOTHING: SensitivityClass[] = [];
const SUD = ['SUD', 'ETHUD', 'OPIOIDUD'] as const;
const SEX = ['SEX', 'CONTRACEPTION', 'OBSTETRIC', 'ABORTION', 'REPRODUCTIVE', 'SEXUAL_ORIENTATION', 'GENDER_IDENTITY'] as const;
const but = (...closed: SensitivityClass[]) => CLASSES.filter((each) => !closed.includes(each));
const ORDER = { basis: 'order' };
const process = (by: string): Elements => ({ circumstance: 'process', process: by });

/** What opens without an authorization, by clause and circumstance. */
const OPENS: [ClauseId, Elements, readonly SensitivityClass[]][] = [
  ['required-by-law', {}, but('PART2')], ['coroners', {}, but('PART2')],
  ['public-health', { activity: 'disease-control' }, ['HIV', 'STD']], ['public-health', { activity: 'exposure' }, ['HIV', 'STD']],
  ['public-health', { activity: 'child-abuse' }, but('PSYTHPN', 'PART2')], ['public-health', { activity: 'child-abuse', 'part2-report': 'the statute' }, but('PSYTHPN')],
  ['public-health', { activity: 'fda' }, but('PSYTHPN', 'PART2')], ['public-health', { activity: 'workplace' }, NOTHING], ['public-health', { activity: 'workplace', 'part2-report': 'the statute' }, NOTHING],
  ['abuse-victims', {}, ['SDV']], ['threat-to-safety', {}, [...SUD, 'PSY', 'PERSONALITY', 'PSYTHPN', 'SDV']],
  ['judicial-proceedings', ORDER, but('PART2')], ['judicial-proceedings', { ...ORDER, 'part2-order': 'given' }, CLASSES],
  ['judicial-proceedings', { basis: 'subpoena', 'part2-order': 'given' }, NOTHING], ['judicial-proceedings', { basis: 'discovery' }, NOTHING], ['judicial-proceedings', { basis: 'own-dispute' }, NOTHING],
  ['law-enforcement', process('order'), but('PART2')], ['law-enforcement', process('warrant'), but('PART2')], ['law-enforcement', { ...process('warrant'), 'part2-order': 'given' }, CLASSES],
  ['law-enforcement', process('administrative-request'), NOTHING], ...(['locating', 'victim', 'death-by-crime', 'crime-on-premises', 'emergency'] as const)
    .map((circumstance): [ClauseId, Elements, SensitivityClass[]] => ['law-enforcement', { circumstance }, NOTHING]),
  ['health-oversight', {}, but('PART2', 'PSYTHPN', ...SEX)], ['health-oversight', { 'notes-author': 'p7' }, but('PART2', ...SEX)],
  ['family-present', {}, NOTHING], ['family-absent', { form: 'involvement' }, NOTHING], ['family-absent', { form: 'notification' }, NOTHING], ['organ-donation', {}, NOTHING], ['research', { basis: 'waiver' }, NOTHING],
  ['research', { basis: 'limited-data-set' }, NOTHING], ['government-functions', { function: 'military' }, NOTHING], ['correctional-institutions', {}, NOTHING], ['workers-compensation', {}, NOTHING],
];

describe('the clauses that allow disclosures case by case', () => {
  test('are these fifteen, for these purposes', () => {
    expect(CASE_BY_CASE.map((each) => each.id).sort()).toEqual(Object.keys(PURPOSE).sort());
    for (const { id, purposes } of CASE_BY_CASE) {
      const expected = PURPOSE[id];
      if (expected === 'any') expect([id, purposes.includes('TREAT') && purposes.includes('HLEGAL') && purposes.includes('PUBHLTH'), purposes.includes('HMARKT'), purposes.includes('ETREAT')]).toEqual([id, true, false, false]);
      else expect([id, purposes]).toEqual([id, expected]);
    }
  });
  test('every one but family-present demands that identity and authority were made sure of', () => {
    for (const { id, grant } of CASE_BY_CASE) {
      const required = (grant?.demands ?? []).filter((each) => each.required).map((each) => each.name);
      expect([id, required.includes('verified-identity'), required.includes('verified-authority')]).toEqual([id, id !== 'family-present', id !== 'family-present']);
    }
  });
  test('a condition names another element of the same clause, with a value that it can have', () => {
    for (const { grant } of CASE_BY_CASE) for (const { requiredWhen, requiredWith } of grant?.demands ?? []) {
      const named = (name: string) => grant?.demands.find((each) => each.name === name);
      if (requiredWith) expect(named(requiredWith)).toBeDefined();
      if (!requiredWhen) continue;
      const [name = '', value = ''] = requiredWhen.split('=');
      expect(named(name)?.format === 'CHOICE' ? named(name)?.choices : ['true', 'false']).toContain(value);
    }
  });
});

describe('what is disclosed at most', () => {
  const listed: [ClauseId, Elements, readonly string[]][] = [
    ['family-absent', { form: 'involvement', involvement: 'care' }, ['IDENTITY', 'MEDICATION', 'CARE_MANAGEMENT']], ['family-absent', { form: 'involvement', involvement: 'payment' }, ['IDENTITY', 'COVERAGE', 'FINANCIAL']],
    ['family-absent', { form: 'notification' }, ['IDENTITY', 'CLINICAL']], ['law-enforcement', { circumstance: 'locating' }, ['IDENTITY', 'CONTACT']],
  ];
  test.each(listed)('%s %j: %j', (id, stated, categories) => { expect(most(id, stated).categories).toEqual(categories); });
  test.each(OPENS.filter(([id, stated]) => !listed.some(([one, other]) => one === id && Object.entries(other).every(([name, value]) => stated[name] === value)) && id !== 'family-absent'))(
    '%s %j: the grant\'s own categories, without PRIVACY and GOVERNMENT_ID', (id, stated) => { expect(most(id, stated)).toEqual({ categories: ITS_OWN, coordinates: null }); });
});

describe.each(OPENS)('special categories: %s %j', (id, stated, expected) => {
  const who = recipientOf(id);
  const categories = most(id, stated).categories;
  test('those can be named and no others', () => { expect(opens(id, stated)).toEqual(CLASSES.filter((each) => expected.includes(each))); });
  test.each(CLASSES)('%s, named, is seen if and only if the table says so', (each) => {
    const visible = categories.includes('CLINICAL') && most(id, stated).coordinates === null && expected.includes(each);
    const facts: Fact[] = [granted(id, { stated, categories, classes: [each] }), labelled(each), recordIs({ author_id: stated['notes-author'] ?? 'p9' })];
    expect(see(who, 'Condition.code', facts)).toBe(visible);
    // Not named, or named of another class, it stays closed.
    expect(see(who, 'Condition.code', [granted(id, { stated, categories, classes: [] }), labelled(each)])).toBe(false);
    expect(see(who, 'Condition.code', [granted(id, { stated, categories, classes: CLASSES.filter((one) => one !== each && one !== 'SUD' && one !== 'PSY' && !SEX.includes(one as never)) }), labelled(each)])).toBe(false);
  });
});

describe('special categories under every clause', () => {
  const clinical = CASE_BY_CASE.filter((each) => most(each.id, { form: 'involvement', involvement: 'care' }).categories.includes('CLINICAL')).map((each) => each.id);
  test.each(clinical)('%s: an authorization that names class, purpose and recipient opens what the clause does not', (id) => {
    const who = recipientOf(id);
    const own = signed({ classes: ['GDIS'], purposes: [who.purpose], recipients: [{ subject: 'agent' }] });
    expect(see(who, 'Condition.code', [granted(id), labelled('GDIS')])).toBe(false);
    expect(see(who, 'Condition.code', [granted(id), labelled('GDIS'), own])).toBe(true);
    expect(see(who, 'Condition.code', [granted(id), labelled('GDIS', 'HIV'), own])).toBe(false);
  });
  test.each(clinical)('%s: what is not labelled yet is shown to nobody', (id) => { expect(see(recipientOf(id), 'Condition.code', [granted(id, { classes: opens(id) }), recordIs({ labelled: 0 })])).toBe(false); });
});

describe('the privacy state (policy section 6)', () => {
  const clinical = CASE_BY_CASE.map((each) => each.id).filter((id) => id !== 'family-absent');
  test.each(clinical)('%s: agreed restrictions bind family alone', (id) => {
    expect(see(recipientOf(id), 'Condition.code', [granted(id), restricted({ categories: ['CLINICAL'] })])).toBe(id !== 'family-present');
  });
  test('… when the member is absent too', () => {
    const facts = [granted('family-absent', { stated: { form: 'involvement', involvement: 'care' } })];
    expect(see(recipientOf('family-absent'), 'Medication.code', facts)).toBe(true);
    expect(see(recipientOf('family-absent'), 'Medication.code', [...facts, restricted({ purposes: ['FAMRQT'], categories: ['MEDICATION'] })])).toBe(false);
  });
  test.each(clinical)('%s: paid in full, an opt-out and a plan\'s agreement yield to what a law requires alone', (id) => {
    const law = id === 'required-by-law';
    const plan = organizationIs('HEALTH_PLAN');
    const exchange = organizationIs('HIE');
    expect(see(recipientOf(id), 'Condition.code', [granted(id), plan, paidInFull(), recordIs({ encounter_id: 'visit' })])).toBe(law);
    expect(see(recipientOf(id), 'Condition.code', [granted(id), paidInFull(), recordIs({ encounter_id: 'visit' })])).toBe(true);
    expect(see(recipientOf(id), 'Condition.code', [granted(id), exchange, optedOut()])).toBe(law);
    expect(see(recipientOf(id), 'Condition.code', [granted(id), optedOut()])).toBe(true);
    expect(see(recipientOf(id), 'Condition.code', [granted(id), planGoverned, covered()])).toBe(law);
  });
  test.each(clinical)('%s: nobody outside the grant, and no note that it does not name', (id) => {
    expect(see(recipientOf(id), 'Condition.code', [granted(id, { members: ['somebody'] })])).toBe(false);
    expect(see(recipientOf(id), 'Document.text', [granted(id)])).toBe(false);
    expect(see(recipientOf(id), 'Document.text', [granted(id, { named: ['another'] })])).toBe(false);
    expect(see(recipientOf(id), 'Document.text', [granted(id, { named: ['r'] })])).toBe(clauseWithGrants(id).grant.ceilings.length === 0 || id === 'law-enforcement');
    expect(see(recipientOf(id), 'Member.governmentIds', [granted(id)])).toBe(false);
    expect(see(recipientOf(id), 'Member.privacy', [granted(id)])).toBe(false);
  });
});

describe('the accounting goes by clause (policy section 8)', () => {
  const LEFT_OUT: [ClauseId, Elements][] = [
    ['family-present', {}], ['family-absent', { form: 'involvement' }], ['family-absent', { form: 'notification' }], ['correctional-institutions', {}], ['government-functions', { function: 'national-security' }],
    ['research', { basis: 'limited-data-set' }], ['judicial-proceedings', { basis: 'own-dispute' }],
  ];
  test.each(LEFT_OUT)('%s %j is left out', (id, stated) => { expect(accounted(id, stated)).toBe(false); });
  test.each(OPENS.filter(([id, stated]) => !LEFT_OUT.some(([one, other]) => one === id && JSON.stringify(other) === JSON.stringify(stated))))('%s %j is listed', (id, stated) => { expect(accounted(id, stated)).toBe(true); });
  test.each(['military', 'veterans', 'protective-services', 'state-department'])('government-functions for %s is listed', (each) => { expect(accounted('government-functions', { function: each })).toBe(true); });
});
