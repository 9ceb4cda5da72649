import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LABELLING } from './support';
import { Mapping, type PrivacyDraft } from '../../src/fhir/mapping';
import { mapConsent } from '../../src/fhir/consent';
import { list, object, text, type Json } from '../../src/fhir/json';
import { namesOf } from '../../src/fhir/references';
import { Resolver } from '../../src/fhir/resolver';
import { CLASSES } from '../../src/vocabulary/sensitivity';
import { PACKAGE_ROOT } from '../../src/vocabulary/package-root';
import { testDatabases } from '../support/databases';
import { notRun } from '../support/not-run';
import { World, sharedData } from './support';

const FILE = join(PACKAGE_ROOT, 'acceptance', 'ihe-pcf', 'pcf-examples.json');
const TPO = ['TREAT', 'HPAYMT', 'HOPERAT'];
const PRACTITIONER = [{ practitionerId: 'ex-practitioner' }];
const ALL_BUT_NOTES = CLASSES.filter((each) => each !== 'PSYTHPN');

interface Expected { why: string; authorizations?: object[]; restrictions?: object[]; leftOut?: string[] }
/** The permit for treatment, payment and operations that names nobody: to roles, and for nothing special. */
const SINGLE = { purposes: TPO, classes: [], start_at: '2022-06-13T00:00:00.000Z', end_at: null, signed_by_member: 1 };
const DATA = 'a permit of particular data cannot be said by an authorization';
const EXCEPTION = 'it permits but for something that a restriction cannot say';
const NOBODY = 'a permit names no recipient that a caller can be';

/** Every consent of IHE's Privacy Consent on FHIR, what it becomes here, and why; where we disagree with its intent, we say so. */
const CONSENTS: Readonly<Record<string, Expected>> = {
  'ex-consent-basic-treat': { why: 'the single consent; it names no label, so it opens no special category', authorizations: [SINGLE] },
  'ex-consent-basic-treat-infant': {
    why: 'disagreement: the mother signs, but no representation of hers is on record, and a file cannot prove one',
    leftOut: ['the member did not sign it, and a signer who represents them is not on record'],
  },
  'ex-consent-basic-ink': { why: 'how it was signed makes no difference', authorizations: [SINGLE] },
  'ex-consent-expired-treat': { why: 'kept with its end, which is inclusive, so that it is seen to have expired', authorizations: [{ ...SINGLE, end_at: '2023-01-01T00:00:00.000Z' }] },
  'ex-consent-basic-reject': { why: 'a denial is an agreed restriction, of everybody for these purposes', restrictions: [{ purposes: TPO, classes: [], recipients: [], kind: 'AGREED', status: 'ACCEPTED' }] },
  'ex-consent-basic-research': { why: 'disagreement: an authorization names its recipients (164.508(c)(1)(iii)); research at large is nobody', leftOut: [NOBODY] },
  'ex-consent-intermediate-timeframe': { why: 'disagreement: an authorization has no period of the data, and must not open more than was said', leftOut: [DATA] },
  'ex-consent-intermediate-not-timeframe': { why: 'disagreement: its exception cannot be kept, so the permit opens nothing', leftOut: [EXCEPTION] },
  'ex-consent-intermediate-authoredby': { why: 'disagreement: an authorization has no author of the data', leftOut: [DATA] },
  'ex-consent-intermediate-not-authoredby': { why: 'disagreement: its exception cannot be kept, so the permit opens nothing', leftOut: [EXCEPTION] },
  'ex-consent-intermediate-encounter': { why: 'disagreement: an authorization has no encounter', leftOut: [DATA] },
  'ex-consent-intermediate-not-encounter': {
    why: 'the permit, and an agreed restriction of the encounter', authorizations: [SINGLE], restrictions: [{ encounter_id: 'ex-encounter', record_id: null, purposes: TPO, recipients: [] }],
  },
  'ex-consent-intermediate-data': { why: 'disagreement: an authorization has no list of records', leftOut: [DATA] },
  'ex-consent-intermediate-not-data': {
    why: 'the permit, and an agreed restriction of the record', authorizations: [SINGLE], restrictions: [{ record_id: 'ex-alcoholUse', encounter_id: null, purposes: TPO, recipients: [] }],
  },
  'ex-consent-intermediate-purpose': { why: 'a purpose of a vocabulary that no caller can ask with', leftOut: ['a permit names no purpose of the vocabulary'] },
  'ex-dissent-intermediate-break-glass': {
    why: 'everything is restricted; an emergency overrides a restriction by itself, so the exception needs no permission', restrictions: [{ purposes: [], classes: [], recipients: [] }],
    leftOut: ['an exception to a denial opens nothing'],
  },
  'ex-consent-advanced-normal': { why: 'N names no special category', authorizations: [SINGLE] },
  'ex-consent-advanced-normal-restricted': { why: 'R names every special category but psychotherapy notes, which need an authorization of their own', authorizations: [{ ...SINGLE, classes: ALL_BUT_NOTES }] },
  'ex-consent-advanced-normal-not-restricted': {
    why: 'the denial of R is kept as said, though the permit does not open it either', authorizations: [SINGLE], restrictions: [{ purposes: TPO, classes: [...CLASSES], recipients: [] }],
  },
  'ex-consent-advanced-normal-focused-restricted': {
    why: 'the practitioner alone is opened R', authorizations: [SINGLE, { ...SINGLE, classes: ALL_BUT_NOTES, recipients: PRACTITIONER }],
  },
  'ex-consent-advanced-normal-focused-psy': { why: 'the practitioner alone is opened PSY', authorizations: [SINGLE, { ...SINGLE, classes: ['PSY'], recipients: PRACTITIONER }] },
  'ex-consent-advanced-normal-focused-psy-or-sdv': { why: 'the practitioner alone is opened PSY and SDV', authorizations: [SINGLE, { ...SINGLE, classes: ['PSY', 'SDV'], recipients: PRACTITIONER }] },
  'ex-consent-advanced-normal-break-glass-restricted': {
    why: 'the permit stands; who may break the glass is told by the token, not by a group of a file', authorizations: [SINGLE], leftOut: [NOBODY],
  },
};

const RESOURCES = list((JSON.parse(readFileSync(FILE, 'utf8')) as Json).entry).map((each) => object(each.resource) as Json);

function read(id: string): { draft: PrivacyDraft; leftOut: readonly string[] } {
  const resolver = new Resolver();
  for (const each of RESOURCES) resolver.register(namesOf(each, text(each.id) as string, null), { type: text(each.resourceType) as string, id: text(each.id) as string, resource: each });
  const mapping = new Mapping(RESOURCES.find((each) => each.id === id) as Json, id, { resolver, labelling: LABELLING, now: '2026-06-30T12:00:00.000Z' });
  mapConsent(mapping);
  return { draft: mapping.privacy as PrivacyDraft, leftOut: mapping.leftOut };
}
const LISTS = ['purposes', 'classes', 'recipients'] as const;
const plain = (row: object): object => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, (LISTS as readonly string[]).includes(key) ? JSON.parse(value as string) as unknown : value]));

test('the table names every consent of the examples', () => {
  expect(Object.keys(CONSENTS).sort()).toEqual(RESOURCES.filter((each) => each.resourceType === 'Consent').map((each) => each.id).sort());
});

test.each(Object.entries(CONSENTS))('%s', (id, { authorizations = [], restrictions = [], leftOut = [] }) => {
  const { draft, leftOut: left } = read(id);
  expect(draft.authorizations.map(plain)).toMatchObject(authorizations);
  expect(draft.authorizations).toHaveLength(authorizations.length);
  expect(draft.restrictions.map(plain)).toMatchObject(restrictions);
  expect(draft.restrictions).toHaveLength(restrictions.length);
  expect(left).toEqual(leftOut);
  expect(draft.optOut).toBeNull();
});

test('the single consent names the roles that treat, pay and run it, and no exchange', () => {
  const [row] = read('ex-consent-basic-treat').draft.authorizations;
  const roles = (JSON.parse(row?.recipients ?? '[]') as { role: string }[]).map((each) => each.role);
  expect(roles.sort()).toEqual(['BUSINESS_ASSOCIATE', 'EXTERNAL_PROVIDER', 'HEALTHCARE_PROFESSIONAL', 'HEALTH_PLAN', 'NURSE', 'PHARMACIST', 'WORKFORCE']);
});

const given = sharedData('acceptance/ihe-pcf');
if (given === null) notRun("the comparison of IHE's consents with those that were given (acceptance/ihe-pcf does not lie beside the checkout)");
else test('the copy is the one that was given', () => { expect(readFileSync(FILE, 'utf8')).toBe(readFileSync(join(given, 'pcf-examples.json'), 'utf8')); });

describe.each(testDatabases())('consents on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(() => world.clear());
  afterAll(() => world.close());
  const permit = (more: object = {}, provision: object = {}): never => ({
    resourceType: 'Consent', id: 'k', status: 'active', scope: { coding: [{ code: 'patient-privacy' }] }, patient: { reference: 'Patient/m' }, performer: [{ reference: 'Patient/m' }], dateTime: '2026-01-01',
    provision: { type: 'permit', purpose: [{ code: 'HPAYMT' }], actor: [{ reference: { reference: 'Organization/plan' } }], securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }], ...provision },
    ...more,
  }) as never;
  const patient = { resourceType: 'Patient', id: 'm' };
  const exchange = { resourceType: 'Organization', id: 'hie', name: 'X', type: [{ coding: [{ system: 'urn:phi-gateway:organization-kind', code: 'HIE' }] }] };

  test('all of them are written, twice the same', async () => {
    await world.importPaths([FILE]);
    const before = await world.content();
    expect(before.rows).toMatchObject({ authorization: 15, restriction: 5, hie_opt_out: 0 });
    await world.importPaths([FILE]);
    expect(await world.content()).toEqual(before);
  });

  test('an authorization names classes, purposes and recipients; what is no longer active is closed', async () => {
    await world.import([patient, permit()]);
    expect(await world.rows('authorization_scope')).toMatchObject([{ recipient: 'org:plan', purpose: 'HPAYMT', start_at: '2026-01-01T00:00:00.000Z' }]);
    await world.import([permit({ status: 'inactive' })]);
    expect([await world.rows('authorization'), await world.rows('authorization_scope')]).toEqual([[], []]);
  });

  test.each<[string, object, object]>([
    ['unsigned', { performer: [] }, {}], ['signed by another', { performer: [{ reference: 'RelatedPerson/r' }] }, {}], ['without a date', { dateTime: undefined }, {}],
    ['signed in the future', { dateTime: '2031-01-01' }, {}], ['of another scope', { scope: { coding: [{ code: 'research' }] } }, {}], ['without a purpose', {}, { purpose: [] }],
    ['to a group', {}, { actor: [{ reference: { reference: 'Group/g' } }] }], ['of unknown labels', {}, { securityLabel: [{ code: 'WHAT' }] }], ['of a kind of content', {}, { code: [{ text: 'x' }] }],
    ['with an empty period', {}, { period: { start: '2026-05-01', end: '2026-04-01' } }], ['without a type', {}, { type: undefined }],
  ])('a permit %s opens nothing and is counted', async (_, more, provision) => {
    const report = await world.import([patient, permit(more, provision)]);
    expect([await world.rows('authorization'), await world.rows('authorization_scope')]).toEqual([[], []]);
    expect([...report.skipped.keys()].filter((each) => each.startsWith('Consent'))).toHaveLength(1);
  });

  test('a psychotherapy note is opened by a consent that names it alone', async () => {
    const label = (code: string): object => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code });
    await world.import([patient, permit({ id: 'alone' }, { securityLabel: [label('PSYTHPN')] }), permit({ id: 'beside' }, { securityLabel: [label('PSYTHPN'), label('HIV')] })]);
    expect((await world.rows('authorization')).map((each) => [each.id, each.classes]).sort()).toEqual([['alone', '["PSYTHPN"]'], ['beside', '["HIV"]']]);
  });

  test.each([
    ['denies an exchange', [permit({ policyRule: { coding: [{ code: 'OPTIN' }] } }, { type: 'deny', actor: [{ reference: { reference: 'Organization/hie' } }] })]],
    ['names the opt-out policy', [permit({ policyRule: { coding: [{ code: 'OPTOUT' }] }, provision: undefined })]],
  ])('a consent that %s is the opt-out, whenever the exchange is known; from then on nothing comes from an exchange', async (_, consents) => {
    await world.import([patient, ...consents]);
    await world.import([exchange]);
    expect(await world.rows('hie_opt_out')).toMatchObject([{ member_id: 'm', since: '2026-01-01T00:00:00.000Z', ended_at: null }]);
    expect(await world.rows('restriction')).toEqual([]);
    const condition = { resourceType: 'Condition', id: 'c', code: { text: 'Asthma' }, subject: { reference: 'Patient/m' } };
    const report = await world.import([{ ...patient, gender: 'male' }, condition, { resourceType: 'Patient', id: 'n' }], { fromExchange: true });
    expect([await world.rows('condition_record'), (await world.row('member', 'm')).gender, report.imported.get('Patient')]).toEqual([[], null, 1]);
    expect(Object.fromEntries(report.skipped)).toEqual({ 'Patient: the member opted out of exchanges': 1, 'Condition: the member opted out of exchanges': 1 });
    await world.import([condition]);
    expect(await world.rows('condition_record')).toHaveLength(1);
  });
});
