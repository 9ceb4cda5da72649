import { GraphQLSchema } from 'graphql';
import { assertCompletelyTagged } from '../../src/directives/assert-completely-tagged';
import { DECIDED_AS_A_WHOLE } from '../../src/directives/decided-as-a-whole';
import { leadsTo } from '../../src/directives/resolve-tags';
import { purposesOfCategory } from '../../src/directives/purposes-of-category';
import { fieldsOf, type FieldTags, tagsOf } from '../../src/directives/tags';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { categoryOfField, fieldsOf as restrictableFieldsOf, GENDER_IDENTITY_FIELDS, RESTRICTABLE_TYPES } from '../../src/vocabulary/fields';
import { RECORD_TYPE_NAMES, RECORD_TYPES } from '../../src/vocabulary/records';

const schema = buildGatewaySchema(SERVED_RESOLVERS);
const tags = tagsOf(schema);
const at = (coordinate: string): FieldTags => {
  const own = tags.get(coordinate);
  if (!own) throw new Error(`${coordinate} has no tags`);
  return own;
};
const change = (coordinate: string, changes: Partial<FieldTags>) => new Map(tags).set(coordinate, { ...at(coordinate), ...changes });

describe('total tagging (F2)', () => {
  const coordinates = [...fieldsOf(schema)].map((each) => each.coordinate);

  it('covers every field of every object and interface type', () => {
    expect([...tags.keys()]).toEqual(coordinates);
    expect(coordinates.length).toBeGreaterThan(500);
    expect(coordinates).toEqual(expect.arrayContaining(['Query.member', 'Mutation.assessBreach', 'Record.code', 'PageInfo.endCursor', 'ClaimEdge.node']));
  });
  it('fails to build when any one tag is missing, and names it', () => {
    const unnoticed = coordinates.filter((coordinate) => {
      const less = new Map(tags);
      less.delete(coordinate);
      try { assertCompletelyTagged(schema, less); return true; } catch (thrown) { return !String(thrown).includes(`${coordinate} bears neither @phi nor @public`); }
    });
    expect(unnoticed).toEqual([]);
  });
  it('fails when a field of the schema itself carries none', () => {
    const bare = new GraphQLSchema(buildGatewaySchema(SERVED_RESOLVERS).toConfig());
    for (const { field, coordinate } of fieldsOf(bare)) if (coordinate === 'Member.birthDate') field.extensions = {};
    expect(() => assertCompletelyTagged(bare)).toThrow('Member.birthDate bears neither');
  });
  it('cannot be changed afterwards', () => {
    for (const own of tags.values()) expect([Object.isFrozen(own), Object.isFrozen(own.purposes), Object.isFrozen(own.sensitivity)]).toEqual([true, true, true]);
  });
});

describe('PHI can be hidden', () => {
  it('fails to build where a PHI field cannot be null', () => {
    expect(() => assertCompletelyTagged(schema, change('Member.gender', { nullable: false }))).toThrow('Member.gender is PHI and cannot be null');
    expect(() => assertCompletelyTagged(schema, change('Member.coverages', { nullable: false }))).toThrow('Member.coverages');
  });
  it('a non-null field is a key, public, or inside an object decided as a whole', () => {
    const odd = [...tags.values()].filter((each) => !each.nullable && !each.public && each.category !== 'ADMINISTRATIVE' && !DECIDED_AS_A_WHOLE.has(each.coordinate.split('.')[0] ?? ''));
    expect(odd.map((each) => each.coordinate)).toEqual([]);
  });
  it('everything below MemberPrivacy and Accounting is decided with it', () => {
    const reached = new Set(['MemberPrivacy', 'Accounting']);
    for (const type of reached) for (const each of fieldsOf(schema)) if (each.type.name === type && 'getFields' in (schema.getType(leadsTo(each.field)) ?? {})) reached.add(leadsTo(each.field));
    // An address has a category of its own, wherever it stands.
    expect([...reached].filter((type) => type !== 'Address' && !DECIDED_AS_A_WHOLE.has(type))).toEqual([]);
  });
});

describe('categories are those of the policy, section 2', () => {
  it.each(RECORD_TYPE_NAMES.map((name) => [name]))('%s has one, but for keys and notes', (name) => {
    const odd = [...tags.values()].filter((each) => each.coordinate.startsWith(`${name}.`) && each.category !== RECORD_TYPES[name].category);
    expect(odd.filter((each) => each.category === 'ADMINISTRATIVE').map((each) => each.coordinate.split('.')[1]))
      .toEqual(['id', 'memberId', 'recordedAt', 'encounterId', 'labels', 'governedBy', ...(name === 'CareGap' || name === 'Claim' ? ['member'] : [])]);
    expect(odd.filter((each) => each.category !== 'ADMINISTRATIVE').map((each) => [each.coordinate.split('.')[1], each.category]))
      .toEqual({ DiagnosticReport: [['conclusion', 'NOTE']], MedicationReview: [['findings', 'NOTE'], ['recommendation', 'NOTE']] }[name as string] ?? []);
    expect(at(`Member.${RECORD_TYPES[name].connection}`).category).toBe(RECORD_TYPES[name].category);
  });
  it('agree with the restrictable fields of the vocabulary', () => {
    for (const type of RESTRICTABLE_TYPES) for (const field of restrictableFieldsOf(type)) expect([type, field, at(`${type}.${field}`).category]).toEqual([type, field, categoryOfField(type, field)]);
  });
  it.each([
    ['Member.id', 'ADMINISTRATIVE'], ['Member.memberNumber', 'IDENTITY'], ['Member.deceasedAt', 'IDENTITY'], ['Member.contact', 'CONTACT'], ['Member.governmentIds', 'GOVERNMENT_ID'],
    ['Member.coverages', 'COVERAGE'], ['Member.careTeam', 'CARE_TEAM'], ['Member.privacy', 'PRIVACY'], ['Member.interactionAlerts', 'MEDICATION'], ['HumanName.family', 'IDENTITY'],
    ['Address.use', 'CONTACT'], ['GovernmentId.value', 'GOVERNMENT_ID'], ['Code.code', 'ADMINISTRATIVE'], ['Claim.diagnoses', 'FINANCIAL'], ['Claim.planId', 'FINANCIAL'], ['Amendment.proposed', 'PRIVACY'],
    ['Disclosure.recipient', 'PRIVACY'], ['InteractionAlert.hidden', 'MEDICATION'],
  ])('%s is %s', (coordinate, category) => expect(at(coordinate).category).toBe(category));
  it.each(['Viewer.subject', 'Organization.name', 'Notice.text', 'Clause.id', 'PageInfo.endCursor', 'MemberEdge.node', 'ClaimConnection.nodes', 'Tally.count', 'FieldPolicy.category', 'AuditEvent.members'])(
    '%s is public', (coordinate) => expect(at(coordinate)).toMatchObject({ public: true, category: null }));
});

describe('identifiers and sensitivity', () => {
  it.each([
    ['Member.name', 'NAME'], ['Member.birthDate', 'DATE'], ['Member.memberNumber', 'MEDICAL_RECORD_NUMBER'], ['Contact.telephones', 'TELEPHONE'], ['Contact.emails', 'EMAIL'], ['Address.postalCode', 'GEOGRAPHY'],
    ['Coverage.subscriberId', 'HEALTH_PLAN_NUMBER'], ['GovernmentId.value', 'SSN'], ['Condition.id', 'OTHER'], ['Claim.memberId', 'OTHER'], ['Encounter.start', 'DATE'], ['Record.recordedAt', 'DATE'],
  ])('%s is %s', (coordinate, identifier) => expect(at(coordinate).identifier).toBe(identifier));
  it('every date of a person is one', () => {
    const PUBLIC_DATES = [...tags.values()].filter((each) => each.public);
    const dates = [...fieldsOf(schema)].filter(({ field }) => ['Date', 'DateTime'].includes(leadsTo(field))).map((each) => at(each.coordinate));
    expect(dates.filter((each) => each.identifier !== 'DATE' && !PUBLIC_DATES.includes(each)).map((each) => each.coordinate)).toEqual([]);
  });
  it('gender identity and pronouns reveal their class and are restricted', () => {
    for (const coordinate of GENDER_IDENTITY_FIELDS) expect(at(coordinate)).toMatchObject({ sensitivity: ['GENDER_IDENTITY'], confidentiality: 'R' });
    expect(at('Document.text').confidentiality).toBe('R');
    expect(at('Condition.code').confidentiality).toBe('N');
  });
});

describe('purposes of use', () => {
  it('follow from the category by the table of the policy', () => {
    for (const own of tags.values()) if (own.category && own.category !== 'ADMINISTRATIVE' && !own.onInterface) expect(own.purposes).toEqual(purposesOfCategory(own.category));
  });
  it('administrative fields go wherever their record goes', () => {
    expect(at('Claim.id').purposes).toEqual(at('Claim.billedAmount').purposes);
    expect(at('Member.id').purposes).toEqual(expect.arrayContaining(['TREAT', 'HPAYMT', 'HOPERAT', 'PATRQT', 'HCOMPL']));
  });
  it.each([['Document.text', 'HPAYMT'], ['Condition.code', 'HPAYMT'], ['Claim.billedAmount', 'TREAT'], ['Member.governmentIds', 'TREAT'], ['Condition.code', 'HCOMPL']] as const)(
    '%s is not for %s', (coordinate, purpose) => expect(at(coordinate).purposes).not.toContain(purpose));
});

describe('an interface is no weaker than what implements it (F3)', () => {
  it.each([
    ['public', { public: true, category: null }], ['administrative', { category: 'ADMINISTRATIVE' }], ['less confidential', { confidentiality: 'N' }], ['for more purposes', { purposes: ['HPAYMT'] }],
  ] as const)('fails to build when it is %s', (_how, changes) => {
    expect(() => assertCompletelyTagged(schema, change('Record.code', changes))).toThrow('Record.code is tagged weaker than Document.code');
  });
  it('fails to build when an implementer reveals a class or is an identifier that it is not', () => {
    expect(() => assertCompletelyTagged(schema, change('Claim.status', { sensitivity: ['PSY'] }))).toThrow('Record.status is tagged weaker than Claim.status');
    expect(() => assertCompletelyTagged(schema, change('Claim.status', { identifier: 'NAME' }))).toThrow('Record.status is tagged weaker than Claim.status');
  });
});
