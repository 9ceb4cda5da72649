import type { AuthorizationRow, RestrictionRow } from '../../src/entities/tables/privacy';
import { consentsOf } from '../../src/fhir/consent-out';
import { OWN_TERMS } from '../../src/fhir/own-terms';
import { writeAuthorization } from '../../src/privacy-office/authorizations';
import { writeOptOut } from '../../src/privacy-office/exchange';
import { writeRestriction } from '../../src/privacy-office/restrictions';
import { CLASSES } from '../../src/vocabulary/sensitivity';
import { NOW, World, make, type Resource } from '../fhir/support';
import { testDatabases } from '../support/databases';

const SIGNED = '2025-01-02T10:00:00.000Z';
const authorization = (id: string, given: Partial<AuthorizationRow>): AuthorizationRow => ({
  member_id: 'm', id, classes: '[]', categories: null, sale: 0, purposes: '["TREAT"]', recipients: '[{"organizationId":"clinic"}]', start_at: SIGNED, end_at: null, signed_at: SIGNED, signed_by: 'm',
  signed_by_member: 1, revoked_at: null, recorded_at: NOW, recorded_by: null, source: 'API', ...given,
});
const restriction = (id: string, given: Partial<RestrictionRow>): RestrictionRow => ({
  member_id: 'm', id, kind: 'AGREED', status: 'ACCEPTED', recipients: '[]', purposes: '[]', categories: '[]', classes: '[]', coordinates: '[]', encounter_id: null, record_id: null, text: null, requested_at: SIGNED,
  requested_by: null, decided_at: '2025-02-01T00:00:00.000Z', decided_by: null, response: null, ended_at: null, ends_for_later_records_at: null, channel: 'PAPER', source: 'API', ...given,
});
const WORLD: Resource[] = [
  make.patient('m'), make.organization('clinic', 'Clinic'), make.practitioner('doctor', '1'), make.encounter('visit', 'm'), make.condition('asthma', 'm', 'Asthma'),
  { ...make.organization('exchange', 'Exchange'), type: [{ coding: [{ system: 'urn:phi-gateway:organization-kind', code: 'HIE' }] }] },
];

/** What FHIR says by itself, and what only the modifier extension does. */
const AUTHORIZATIONS: [string, Partial<AuthorizationRow>, 'FHIR' | 'OWN'][] = [
  ['for an organization', {}, 'FHIR'], ['for a practitioner, until a day', { recipients: '[{"practitionerId":"doctor"}]', end_at: '2027-01-01T00:00:00.000Z' }, 'FHIR'],
  ...CLASSES.map((each): [string, Partial<AuthorizationRow>, 'FHIR'] => [`of class ${each}`, { classes: JSON.stringify([each]), purposes: '["HPAYMT","HOPERAT"]' }, 'FHIR']),
  ['of some categories', { categories: '["CLINICAL"]' }, 'OWN'], ['for a sale', { sale: 1, purposes: '["HMARKT"]' }, 'OWN'], ['for a role', { recipients: '[{"role":"NURSE"}]', classes: '["HIV"]' }, 'OWN'],
  ['for a subject', { recipients: '[{"subject":"somebody"}]' }, 'OWN'],
];
const RESTRICTIONS: [string, Partial<RestrictionRow>, 'FHIR' | 'OWN'][] = [
  ['for everyone', { classes: '["PSY"]' }, 'FHIR'], ['for an organization and a purpose, until a day', { recipients: '[{"organizationId":"clinic"}]', purposes: '["HPAYMT"]', ended_at: '2027-01-01T00:00:00.000Z' }, 'FHIR'],
  ['of an encounter', { encounter_id: 'visit' }, 'FHIR'], ['of a record', { record_id: 'asthma' }, 'FHIR'], ['of a category', { categories: '["MEDICATION"]' }, 'OWN'],
  ['of a field', { coordinates: '["Member.gender"]' }, 'OWN'], ['for an exchange, which is no opt-out', { recipients: '[{"organizationId":"exchange"}]' }, 'OWN'],
  ['paid in full', { kind: 'PAID_IN_FULL', encounter_id: 'visit' }, 'OWN'], ['ended for later records', { ends_for_later_records_at: NOW }, 'OWN'],
];

describe.each(testDatabases())('Consents out and in again on $name', ({ create }) => {
  let world: World;
  beforeAll(async () => { world = await World.open(create); });
  beforeEach(async () => { await world.clear(); await world.import(WORLD); });
  afterAll(() => world.close());

  const out = (): Promise<Resource[]> => consentsOf(world.source.manager, 'm', NOW) as Promise<Resource[]>;
  const again = async (consents: Resource[]): Promise<void> => { await world.clear(); await world.import([...WORLD, ...consents]); };
  const without = (row: Record<string, unknown>, ...names: string[]): Record<string, unknown> => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

  test.each(AUTHORIZATIONS)('an authorization %s', async (_, given, how) => {
    const row = authorization('a1', given);
    await writeAuthorization(world.source.manager, row);
    const scopes = await world.rows('authorization_scope');
    const consents = await out();
    expect(consents).toMatchObject([{ resourceType: 'Consent', id: 'a1', status: 'active', provision: { type: 'permit' } }]);
    expect(consents[0]?.modifierExtension !== undefined).toBe(how === 'OWN');
    await again(consents);
    expect(await world.rows('authorization')).toEqual([{ ...row, source: 'IMPORT' }]);
    expect(await world.rows('authorization_scope')).toEqual(scopes);
  });

  test.each(RESTRICTIONS)('a restriction %s', async (_, given, how) => {
    const row = restriction('r1', given);
    await writeRestriction(world.source.manager, row);
    const scopes = await world.rows('restriction_scope');
    const consents = await out();
    expect(consents).toMatchObject([{ resourceType: 'Consent', id: 'r1', status: 'active', provision: { type: 'deny' } }]);
    expect(consents[0]?.modifierExtension !== undefined).toBe(how === 'OWN');
    await again(consents);
    expect((await world.rows('restriction')).map((each) => without(each, 'source'))).toEqual([without(row, 'source')]);
    expect(await world.rows('restriction_scope')).toEqual(scopes);
  });

  test('an opt-out in force comes back; one that is over does not', async () => {
    await writeOptOut(world.source.manager, { memberId: 'm', since: SIGNED, channel: 'PAPER' });
    const consents = await out();
    expect(consents).toMatchObject([{ status: 'active', policyRule: { coding: [{ code: 'OPTOUT' }] } }]);
    await again(consents);
    expect(await world.rows('hie_opt_out')).toEqual([{ member_id: 'm', since: SIGNED, ended_at: null, channel: 'PAPER' }]);
    await world.source.query('UPDATE hie_opt_out SET ended_at = ?', [NOW]);
    expect(await out()).toMatchObject([{ status: 'inactive' }]);
  });

  test('what is revoked is inactive, and what a representative signed opens nothing anywhere else', async () => {
    await writeAuthorization(world.source.manager, authorization('revoked', { revoked_at: NOW }));
    await writeAuthorization(world.source.manager, authorization('theirs', { signed_by: 'daughter', signed_by_member: 0 }));
    const consents = await out();
    expect(consents.map((each) => [each.id, each.status, JSON.stringify(each.performer)])).toEqual([['revoked', 'inactive', '[{"reference":"Patient/m"}]'], ['theirs', 'active', '[{"display":"daughter"}]']]);
    await again(consents);
    expect(await world.rows('authorization')).toEqual([]);
  });

  test.each([
    ['another extension', { url: 'urn:other', valueString: '{}' }], ['no terms', { url: OWN_TERMS, valueString: 'no JSON' }], ['a class that there is not', { url: OWN_TERMS, valueString: '{"kind":"AUTHORIZATION","classes":["X"]}' }],
    ['notes beside another class', { url: OWN_TERMS, valueString: '{"kind":"AUTHORIZATION","classes":["PSYTHPN","HIV"],"categories":null,"sale":false,"purposes":["TREAT"],"recipients":[{"role":"NURSE"}]}' }],
    ['nobody who receives', { url: OWN_TERMS, valueString: '{"kind":"AUTHORIZATION","classes":[],"categories":null,"sale":false,"purposes":["TREAT"],"recipients":[]}' }],
  ])('a modifier that is not understood opens nothing: %s', async (_, extension) => {
    await writeAuthorization(world.source.manager, authorization('a1', {}));
    await again((await out()).map((each) => ({ ...each, modifierExtension: [extension] })));
    expect([await world.rows('authorization'), await world.rows('restriction')]).toEqual([[], []]);
  });
});
