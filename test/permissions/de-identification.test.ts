import { tagsOf } from '../../src/directives/tags';
import { FREE_TEXT, IDENTIFYING, PSEUDONYMOUS, SPARSE_POSTAL_PREFIXES, coordinatesLeftOut } from '../../src/permissions/de-identification';
import { withinGrant } from '../../src/permissions/grant-terms';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';

const tags = tagsOf(buildGatewaySchema(SERVED_RESOLVERS));
/** What a reader of a grant can come to: the member, its parts and records. */
const READABLE = [...tags.values()].filter((each) => !each.public && !each.onInterface && /^(Member|HumanName|Contact|Address|GovernmentId|Coverage|CareTeamMember|Condition|Medication|Allergy|Observation|Immunization|Procedure|Encounter|DiagnosticReport|Document|CarePlan|MedicationReview|CareGap|Claim)\./.test(each.coordinate));
const terms = (form: 'LIMITED_DATA_SET' | 'SAFE_HARBOR') => ({ coordinates: null, leftOut: coordinatesLeftOut(form) });
const KEYS = /\.(id|memberId|encounterId)$/;

describe('forms without identifiers', () => {
  test('every field that is tagged with an identifier is left out, but for dates, city, state and postal code, and keys told as pseudonyms', () => {
    const left = READABLE.filter((each) => each.identifier && withinGrant(terms('LIMITED_DATA_SET'), each.coordinate) && !KEYS.test(each.coordinate) && !PSEUDONYMOUS.includes(each.coordinate));
    expect(left.filter((each) => each.identifier !== 'DATE').map((each) => each.coordinate).sort()).toEqual(['Address.city', 'Address.postalCode', 'Address.state']);
  });
  test('Safe Harbor has no place smaller than a state, but for the first digits of the postal code', () => {
    const places = READABLE.filter((each) => each.identifier === 'GEOGRAPHY' && withinGrant(terms('SAFE_HARBOR'), each.coordinate)).map((each) => each.coordinate);
    expect(places.sort()).toEqual(['Address.postalCode', 'Address.state']);
  });
  test('every note is left out', () => {
    expect(READABLE.filter((each) => each.category === 'NOTE' && !KEYS.test(each.coordinate) && withinGrant(terms('LIMITED_DATA_SET'), each.coordinate)).map((each) => each.coordinate)).toEqual([]);
  });
  test('what stays is listed here, so that a new field of words is thought about', () => {
    const stays = READABLE.filter((each) => !each.identifier && withinGrant(terms('LIMITED_DATA_SET'), each.coordinate)).map((each) => each.coordinate);
    const words = stays.filter((each) => !/\.(code|status|labels|governedBy)$/.test(each) && !/^Member\.(contact|coverages|careTeam|[a-z]\w+s|gender)$/.test(each));
    expect(words.sort()).toEqual([
      'Address.country', 'Address.use', 'Allergy.criticality', 'CareGap.member', 'CareTeamMember.practitionerId', 'Claim.billedAmount', 'Claim.currency', 'Claim.member', 'Claim.paidByMember', 'Claim.paidInFullByMember',
      'Claim.planId', 'Contact.addresses', 'Contact.confidential', 'Contact.preferredLanguage', 'Coverage.plan', 'DiagnosticReport.category', 'Encounter.class', 'Encounter.reason', 'Medication.prescriberId',
      'MedicationReview.reviewerId', 'Observation.category', 'Observation.unit', 'Observation.value',
    ]);
  });
  test('names coordinates that exist', () => {
    const types = new Set([...tags.keys()].map((each) => each.split('.')[0] ?? ''));
    expect([...IDENTIFYING, ...FREE_TEXT, ...PSEUDONYMOUS].filter((each) => (each.endsWith('.*') ? !types.has(each.slice(0, -2)) : !tags.has(each)))).toEqual([]);
  });
  test('the sparsely populated prefixes are seventeen', () => { expect(new Set(SPARSE_POSTAL_PREFIXES).size).toBe(17); });
});
