/** The oracle's own cases; each names the line of policy.md that it comes from. */
import { NOW, BEFORE, LATER, agreed, agreement, authorization, caller, careTeam, cell, coverage, member, paid, record, representation, worldOf } from './story';
import { contactView, reaches, refusal, rowVisible, visible } from './oracle';
import type { World, WorldCaller } from './world';

type Case = [line: string, facts: Partial<World>, who: WorldCaller, coordinate: string, expected: boolean];
const check = (cases: Case[]): void => {
  test.each(cases)('%s', (_line, facts, who, coordinate, expected) => {
    expect(visible(worldOf(facts), who, cell(coordinate))).toBe(expected);
  });
};
const nurse = caller('NURSE', 'TREAT');
const pharmacist = caller('PHARMACIST', 'TREAT');
const plan = caller('HEALTH_PLAN', 'HOPERAT');
const ann = caller('MEMBER', 'PATRQT');
const rita = caller('PERSONAL_REPRESENTATIVE', 'PWATRNY');
const emergency = caller('NURSE', 'ETREAT');
const exchange = caller('HIE_PARTICIPANT', 'TREAT');
const of = (type: string, facts: Parameters<typeof record>[1] = {}): Partial<World> => ({ records: [record(type, facts)] });

describe('section 1: purposes', () => {
  test.each<[string, WorldCaller, string | null]>([
    ['a dash is PURPOSE_NOT_PERMITTED', caller('PHARMACIST', 'HPAYMT'), 'PURPOSE_NOT_PERMITTED'],
    ['a child is allowed wherever its parent is', caller('NURSE', 'COC'), null],
    ['a child of a dash is a dash', caller('WORKFORCE', 'COC'), 'PURPOSE_NOT_PERMITTED'],
    ['a code that the vocabulary does not list is denied', caller('NURSE', 'NEWCODE'), 'PURPOSE_NOT_PERMITTED'],
    ['one that an authorization can open is admitted', caller('NURSE', 'HMARKT'), null],
    ['HLEGAL does not inherit from HOPERAT; an authorization can open it', caller('WORKFORCE', 'HLEGAL'), null],
    ['HOPERAT of a plan is a list: HSYSADMIN is not in it', caller('HEALTH_PLAN', 'HSYSADMIN'), 'PURPOSE_NOT_PERMITTED'],
    ['HOPERAT of a plan is a list: CAREMGT is in it', caller('HEALTH_PLAN', 'CAREMGT'), null],
    ['ETREAT is for five roles', caller('WORKFORCE', 'ETREAT'), 'PURPOSE_NOT_PERMITTED'],
    ['BTG is ETREAT by another name', caller('PHARMACIST', 'BTG'), null],
    ['PRIVACY_OFFICER acts with HCOMPL alone', caller('PRIVACY_OFFICER', 'HOPERAT'), 'PURPOSE_NOT_PERMITTED'],
    ['AUDITOR: no member field (FORBIDDEN)', caller('AUDITOR', 'HCOMPL'), 'FORBIDDEN'],
    ['AUDITOR acts with HCOMPL alone', caller('AUDITOR', 'HOPERAT'), 'PURPOSE_NOT_PERMITTED'],
    ['MEMBER has no TREAT', caller('MEMBER', 'TREAT'), 'PURPOSE_NOT_PERMITTED'],
    ['a grant can open HPAYMT to a DISCLOSURE_RECIPIENT', caller('DISCLOSURE_RECIPIENT', 'HPAYMT'), null],
  ])('%s', (_line, who, expected) => { expect(refusal(worldOf(), who)).toBe(expected); });
});

describe('sections 2 and 3: categories and cells', () => check([
  ['PHARMACIST TREAT: CLINICAL', of('Condition'), pharmacist, 'Condition.code', true],
  ['PHARMACIST: NOTE of type medication review, MedicationReview', of('MedicationReview'), pharmacist, 'MedicationReview.findings', true],
  ['PHARMACIST: a Document of that type', of('Document', { medicationReview: true }), pharmacist, 'Document.text', true],
  ['PHARMACIST: no other Document', of('Document'), pharmacist, 'Document.text', false],
  ['DiagnosticReport.conclusion is a NOTE of no such type', of('DiagnosticReport'), pharmacist, 'DiagnosticReport.conclusion', false],
  ['NURSE: every NOTE', of('DiagnosticReport'), nurse, 'DiagnosticReport.conclusion', true],
  ['TREAT has no FINANCIAL', of('Claim'), nurse, 'Claim.diagnoses', false],
  ['WORKFORCE HPAYMT: FINANCIAL', of('Claim'), caller('WORKFORCE', 'HPAYMT'), 'Claim.diagnoses', true],
  ['WORKFORCE HPAYMT: no CLINICAL', of('Condition'), caller('WORKFORCE', 'HPAYMT'), 'Condition.code', false],
  ['WORKFORCE HOPERAT: MedicationReview is MEDICATION', of('MedicationReview'), caller('WORKFORCE', 'HOPERAT'), 'MedicationReview.status', true],
  ['WORKFORCE HOPERAT: its findings are NOTE', of('MedicationReview'), caller('WORKFORCE', 'HOPERAT'), 'MedicationReview.findings', false],
  ['ADMINISTRATIVE goes wherever its record goes', of('Condition'), nurse, 'Condition.labels', true],
  ['and not where it does not', of('Claim'), nurse, 'Claim.id', false],
  ['GOVERNMENT_ID: nobody else has it', {}, nurse, 'Member.governmentIds', false],
  ['GOVERNMENT_ID: the member has', {}, ann, 'Member.governmentIds', true],
  ['PRIVACY_OFFICER: CONTACT of any member', {}, caller('PRIVACY_OFFICER', 'HCOMPL'), 'Member.contact', true],
  ['PRIVACY_OFFICER: no clinical category', of('Condition'), caller('PRIVACY_OFFICER', 'HCOMPL'), 'Condition.code', false],
  ['interactionAlerts: NURSE under TREAT', {}, nurse, 'Member.interactionAlerts', true],
  ['interactionAlerts: null for all others, the member too', {}, ann, 'Member.interactionAlerts', false],
  ['164.524(a)(1): psychotherapy notes are kept from the member', of('Document', { labels: ['PSYTHPN'] }), ann, 'Document.text', false],
  ['164.524(a)(1): what was compiled for a proceeding', of('Document', { legal: true }), ann, 'Document.text', false],
  ['kept from the member and representative alone', of('Document', { legal: true }), nurse, 'Document.text', true],
  ['a privacy officer may withhold single records', of('Condition', { withheld: true }), ann, 'Condition.code', false],
  ['HMARKT without a list: IDENTITY and CONTACT', { authorizations: [authorization({ purposes: ['HMARKT'] })] }, caller('WORKFORCE', 'HMARKT'), 'Member.contact', true],
  ['HMARKT without a list: no more', { authorizations: [authorization({ purposes: ['HMARKT'] })], ...of('Condition') }, caller('WORKFORCE', 'HMARKT'), 'Condition.code', false],
  ['a purpose without a column, in the categories it lists', { authorizations: [authorization({ purposes: ['HRESCH'], categories: ['CLINICAL'] })], ...of('Condition') }, caller('WORKFORCE', 'BIORCH'), 'Condition.code', true],
  ['for TREAT an authorization makes no relationship', { careTeam: [], authorizations: [authorization()] }, nurse, 'Member.name', false],
  ['for HPAYMT an authorization widens no cell', { authorizations: [authorization({ categories: ['CLINICAL'] })], ...of('Condition') }, caller('WORKFORCE', 'HPAYMT'), 'Condition.code', false],
  ['an associate: what its agreement lists', { agreements: [agreement()], ...of('Claim') }, caller('BUSINESS_ASSOCIATE', 'HPAYMT'), 'Claim.status', true],
  ['an associate: not what it leaves out', { agreements: [agreement()] }, caller('BUSINESS_ASSOCIATE', 'HPAYMT'), 'Member.coverages', false],
  ['each purpose with the part that its cell allows', { agreements: [agreement({ purposes: ['HOPERAT'] })], ...of('Claim') }, caller('BUSINESS_ASSOCIATE', 'HOPERAT'), 'Claim.status', false],
  ['remunerated: needs an authorization with sale', { agreements: [agreement({ remunerated: true })] }, caller('BUSINESS_ASSOCIATE', 'HPAYMT'), 'Member.name', false],
  ['remunerated: with it', { agreements: [agreement({ remunerated: true })], authorizations: [authorization({ sale: true, recipients: [{ organizationId: 'billing' }] })] }, caller('BUSINESS_ASSOCIATE', 'HPAYMT'), 'Member.name', true],
]));

describe('section 4: reach', () => {
  const born = (birthDate: string | null) => [member({ birthDate })];
  test.each<[string, Partial<World>, WorldCaller, boolean]>([
    ['on whose care team they are now', {}, nurse, true],
    ['half open: the end is outside', { careTeam: [careTeam({ end: NOW })] }, nurse, false],
    ['half open: the start is inside', { careTeam: [careTeam({ start: NOW })] }, nurse, true],
    ['a missing fact denies: start not known', { careTeam: [careTeam({ start: null })] }, nurse, false],
    ['breaking the glass needs an opening', { careTeam: [] }, emergency, false],
    ['opened to that subject', { careTeam: [], openings: [{ subject: 'somebody', memberId: 'ann', openedAt: NOW, expiresAt: LATER }] }, emergency, true],
    ['after the hour no more', { careTeam: [], openings: [{ subject: 'somebody', memberId: 'ann', openedAt: BEFORE, expiresAt: NOW }] }, emergency, false],
    ['an opening is for ETREAT alone', { careTeam: [], openings: [{ subject: 'somebody', memberId: 'ann', openedAt: NOW, expiresAt: LATER }] }, nurse, false],
    ['EXTERNAL_PROVIDER for HPAYMT: a claim that names its organization', { careTeam: [], namedBy: [{ memberId: 'ann', organizationId: 'clinic', via: 'CLAIM' }] }, caller('EXTERNAL_PROVIDER', 'HPAYMT'), true],
    ['section 1: EXTERNAL_PROVIDER of a plan has no relationship', {}, caller('EXTERNAL_PROVIDER', 'TREAT', { organizationId: 'plan' }), false],
    ['section 1: an organization not known takes the kind of the role', {}, caller('EXTERNAL_PROVIDER', 'TREAT', { organizationId: 'unheard-of' }), true],
    ['an associate needs an agreement that lists the purpose', { agreements: [agreement()] }, caller('BUSINESS_ASSOCIATE', 'HOPERAT'), false],
    ['HPAYMT covers CLMATTCH in an agreement', { agreements: [agreement()] }, caller('BUSINESS_ASSOCIATE', 'CLMATTCH'), true],
    ['a plan: covered now', {}, plan, true],
    ['a plan: coverage ended, HOPERAT', { coverages: [coverage({ end: '2026-01-01T00:00:00.000Z' })] }, plan, false],
    ['a plan: within 24 months for HPAYMT', { coverages: [coverage({ start: '2020-01-01T00:00:00.000Z', end: '2024-04-01T00:00:00.000Z' })] }, caller('HEALTH_PLAN', 'HPAYMT'), true],
    ['a plan: longer ago', { coverages: [coverage({ start: '2020-01-01T00:00:00.000Z', end: '2024-03-01T00:00:00.000Z' })] }, caller('HEALTH_PLAN', 'HPAYMT'), false],
    ['HIE: any member for TREAT', { careTeam: [] }, exchange, true],
    ['HIE: HOPERAT only where its organization is named', {}, caller('HIE_PARTICIPANT', 'HOPERAT'), false],
    ['HIE: a coverage names a plan', {}, caller('HIE_PARTICIPANT', 'HOPERAT', { organizationId: 'plan' }), true],
    ['section 6: opted out, ETREAT included', { optOuts: [{ memberId: 'ann', since: NOW, endedAt: null }] }, caller('HIE_PARTICIPANT', 'ETREAT'), false],
    ['section 6: kind HIE in any role', { optOuts: [{ memberId: 'ann', since: BEFORE, endedAt: null }] }, caller('NURSE', 'TREAT', { organizationId: 'hie' }), false],
    ['section 6: closes the channel, not the provider', { optOuts: [{ memberId: 'ann', since: BEFORE, endedAt: null }] }, caller('EXTERNAL_PROVIDER', 'TREAT'), true],
    ['section 6: opted in again', { optOuts: [{ memberId: 'ann', since: BEFORE, endedAt: NOW }] }, exchange, true],
    ['MEMBER: themselves', {}, ann, true],
    ['MEMBER: nobody else', {}, caller('MEMBER', 'PATRQT', { memberId: 'bob' }), false],
    ['from deceasedAt on the MEMBER token is out of force', { members: [member({ deceasedAt: NOW })] }, ann, false],
    ['a representation in force', { representations: [representation()] }, rita, true],
    ['after death only EXECUTOR, ADMINISTRATOR, NEXT_OF_KIN', { members: [member({ deceasedAt: BEFORE })], representations: [representation()] }, rita, false],
    ['an executor after death', { members: [member({ deceasedAt: BEFORE })], representations: [representation({ kind: 'EXECUTOR' })] }, rita, true],
    ['PARENT ends on the 18th birthday', { members: born('2008-03-15'), representations: [representation({ kind: 'PARENT' })] }, rita, false],
    ['PARENT on the day before it', { members: born('2008-03-16'), representations: [representation({ kind: 'PARENT' })] }, rita, true],
    ['PARENT of a member of unknown age', { members: born(null), representations: [representation({ kind: 'PARENT' })] }, rita, false],
    ['DISCLOSURE_RECIPIENT without a grant', {}, caller('DISCLOSURE_RECIPIENT', 'TREAT'), false],
    ['section 1: an authorization for HOPERAT does not name HLEGAL', { authorizations: [authorization({ purposes: ['HOPERAT'] })] }, caller('WORKFORCE', 'HLEGAL'), false],
    ['section 1: one that names it does', { authorizations: [authorization({ purposes: ['HLEGAL'] })] }, caller('WORKFORCE', 'HLEGAL'), true],
    ['a member that is not there', { members: [] }, caller('WORKFORCE', 'HOPERAT'), false],
  ])('%s', (_line, facts, who, expected) => { expect(reaches(worldOf(facts), who, 'ann')).toBe(expected); });

  describe('records that a plan reaches, and what representatives do not', () => check([
    ['dated inside a coverage period', of('Condition'), plan, 'Condition.code', true],
    ['dated before it', of('Condition', { date: '2024-12-31T00:00:00.000Z' }), plan, 'Condition.code', false],
    ['without any date, outside every period', of('Condition', { date: null }), plan, 'Condition.code', false],
    ['no claim billed to another payer', of('Claim', { payerId: 'plan2' }), caller('HEALTH_PLAN', 'HPAYMT'), 'Claim.status', false],
    ['excludedClasses left out means SDV', { representations: [representation()], ...of('Condition', { labels: ['SDV'] }) }, rita, 'Condition.code', false],
    ['of an adult, HIV is not excluded', { representations: [representation()], ...of('Condition', { labels: ['HIV'] }) }, rita, 'Condition.code', true],
    ['of a minor of 12, SEX and its children are', { members: born('2014-03-15'), representations: [representation()], ...of('Condition', { labels: ['ABORTION'] }) }, rita, 'Condition.code', false],
    ['of a minor of 12, so is the gender identity', { members: born('2014-03-15'), representations: [representation()] }, rita, 'Member.genderIdentity', false],
    ['of a child under 12 they are not', { members: born('2014-03-16'), representations: [representation()], ...of('Condition', { labels: ['ABORTION'] }) }, rita, 'Condition.code', true],
    ['an explicit list decides', { members: born('2010-01-01'), representations: [representation({ excludedClasses: [] })], ...of('Condition', { labels: ['SDV'] }) }, rita, 'Condition.code', true],
    ['categories narrow', { representations: [representation({ categories: ['COVERAGE'] })] }, rita, 'Member.name', false],
    ['2.14: Part 2 of a minor needs the signature', { members: born('2016-01-01'), representations: [representation()], ...of('Condition', { labels: ['PART2'] }) }, rita, 'Condition.code', false],
    ['2.14: the minor signed', { members: born('2016-01-01'), representations: [representation()], ...of('Condition', { labels: ['PART2'] }), authorizations: [authorization({ classes: ['SUD'], purposes: ['PWATRNY'], recipients: [{ subject: 'rita' }] })] }, rita, 'Condition.code', true],
    ['2.14: a representative signed', { members: born('2016-01-01'), representations: [representation()], ...of('Condition', { labels: ['PART2'] }), authorizations: [authorization({ classes: ['SUD'], purposes: ['PWATRNY'], recipients: [{ subject: 'rita' }], signedByMember: false })] }, rita, 'Condition.code', false],
  ]));
});

describe('section 5: special categories', () => {
  const signed = (classes: string[], facts = {}) => ({ authorizations: [authorization({ classes, ...facts })] });
  const marked = (...labels: string[]) => of('Condition', { labels });
  const workforce = caller('WORKFORCE', 'HOPERAT');
  const external = caller('EXTERNAL_PROVIDER', 'TREAT');
  const ofProgram = of('Condition', { labels: ['PART2'], programId: 'program' });
  check([
    ['HIV inside, TREAT: permitted', marked('HIV'), nurse, 'Condition.code', true],
    ['HIV inside, other: authorization', marked('HIV'), workforce, 'Condition.code', false],
    ['HIV inside, other: with it', { ...marked('HIV'), ...signed(['HIV']) }, workforce, 'Condition.code', true],
    ['HIV outside: authorization, for TREAT too', marked('HIV'), external, 'Condition.code', false],
    ['PSY covers its child', { ...marked('PERSONALITY'), ...signed(['PSY']) }, external, 'Condition.code', true],
    ['a child does not cover PSY', { ...marked('PSY'), ...signed(['PERSONALITY']) }, external, 'Condition.code', false],
    ['several labels need all covered', { ...marked('HIV', 'STD'), ...signed(['HIV']) }, external, 'Condition.code', false],
    ['by several authorizations', { ...marked('HIV', 'STD'), authorizations: [authorization({ classes: ['HIV'] }), authorization({ id: 'b', classes: ['STD'] })] }, external, 'Condition.code', true],
    ['no class opens no special category', { ...marked('HIV'), ...signed([]) }, external, 'Condition.code', false],
    ['revocation acts from its instant', { ...marked('HIV'), ...signed(['HIV'], { revokedAt: NOW }) }, external, 'Condition.code', false],
    ['inside its period', { ...marked('HIV'), ...signed(['HIV'], { end: NOW }) }, external, 'Condition.code', false],
    ['not before it', { ...marked('HIV'), ...signed(['HIV'], { start: LATER }) }, external, 'Condition.code', false],
    ['names the recipient', { ...marked('HIV'), ...signed(['HIV'], { recipients: [{ organizationId: 'plan' }] }) }, external, 'Condition.code', false],
    ['names the purpose or its parent', { ...marked('HIV'), ...signed(['HIV'], { purposes: ['COC'] }) }, external, 'Condition.code', false],
    ['its categories narrow what it lifts', { ...marked('HIV'), ...signed(['HIV'], { categories: ['MEDICATION'] }) }, external, 'Condition.code', false],
    ['PART2 inside, TREAT: authorization', marked('PART2'), nurse, 'Condition.code', false],
    ['PART2: SUD covers it', { ...marked('PART2'), ...signed(['SUD']) }, nurse, 'Condition.code', true],
    ["PART2: the recording program's own callers", ofProgram, caller('EXTERNAL_PROVIDER', 'TREAT', { organizationId: 'program' }), 'Condition.code', true],
    ['PART2: not those of another', ofProgram, external, 'Condition.code', false],
    ['PART2, ETREAT: permitted', marked('PART2'), emergency, 'Condition.code', true],
    ['PART2, BTG: the same', marked('PART2'), caller('NURSE', 'BTG'), 'Condition.code', true],
    ['SUD, other, inside TREAT', marked('OPIOIDUD'), nurse, 'Condition.code', true],
    ['PSYTHPN inside, TREAT: the author', of('Document', { labels: ['PSYTHPN'], authorId: 'p1' }), nurse, 'Document.text', true],
    ['PSYTHPN inside, TREAT: the author alone', { ...of('Document', { labels: ['PSYTHPN'], authorId: 'p2' }), ...signed(['PSYTHPN']) }, nurse, 'Document.text', false],
    ['PSYTHPN, ETREAT: the author alone', of('Condition', { labels: ['PSYTHPN'] }), emergency, 'Condition.code', false],
    ['PSYTHPN outside: authorization naming this class alone', { ...marked('PSYTHPN'), ...signed(['PSYTHPN']) }, external, 'Condition.code', true],
    ['PSYTHPN outside: section 3, no NOTE by another author, authorized or not', { ...of('Document', { labels: ['PSYTHPN'], authorId: 'p2' }), ...signed(['PSYTHPN']) }, external, 'Document.text', false],
    ['PSYTHPN outside: the author, authorized', { ...of('Document', { labels: ['PSYTHPN'], authorId: 'p1' }), ...signed(['PSYTHPN']) }, external, 'Document.text', true],
    ['PSYTHPN outside: not beside another class', { ...marked('PSYTHPN'), ...signed(['PSYTHPN', 'HIV']) }, external, 'Condition.code', false],
    ['PSY does not cover PSYTHPN', { ...marked('PSYTHPN'), ...signed(['PSY']) }, workforce, 'Condition.code', false],
    ['GDIS, a plan: never bare HOPERAT, whatever is signed', { ...marked('GDIS'), ...signed(['GDIS']) }, plan, 'Condition.code', false],
    ['GDIS, a plan: a named child, authorized', { ...marked('GDIS'), ...signed(['GDIS']) }, caller('HEALTH_PLAN', 'CAREMGT'), 'Condition.code', true],
    ['GDIS, a plan: a named child, not authorized', marked('GDIS'), caller('HEALTH_PLAN', 'CAREMGT'), 'Condition.code', false],
    ['GDIS, a plan: COVERAGE is underwriting', { records: [record('Claim', { labels: ['GDIS'] })], ...signed(['GDIS']) }, caller('HEALTH_PLAN', 'COVERAGE'), 'Claim.status', false],
    ['GDIS, a plan in any role: TREAT', { ...marked('GDIS'), ...signed(['GDIS']) }, caller('HIE_PARTICIPANT', 'TREAT', { organizationId: 'plan' }), 'Condition.code', false],
    ['GDIS, HIE: authorized', { ...marked('GDIS'), ...signed(['GDIS']) }, exchange, 'Condition.code', true],
    ['SEX inside, other: permitted', marked('ABORTION'), workforce, 'Condition.code', true],
    ['California: ABORTION inside, other: authorization', { ...marked('ABORTION'), members: [member({ state: 'CA' })] }, workforce, 'Condition.code', false],
    ['California: but for TREAT', { ...marked('ABORTION'), members: [member({ state: 'CA' })] }, nurse, 'Condition.code', true],
    ['California: OBSTETRIC is not named', { ...marked('OBSTETRIC'), members: [member({ state: 'CA' })] }, workforce, 'Condition.code', true],
    ['New York: as the table', { ...marked('ABORTION'), members: [member({ state: 'NY' })] }, workforce, 'Condition.code', true],
    ['genderIdentity reveals its class: outside', {}, plan, 'Member.genderIdentity', false],
    ['genderIdentity: authorized', signed(['GENDER_IDENTITY']), plan, 'Member.genderIdentity', true],
    ['pronouns in California, inside other', { members: [member({ state: 'CA' })] }, workforce, 'Member.pronouns', false],
    ['not labelled yet: nobody', of('Condition', { labelled: false }), nurse, 'Condition.code', false],
    ['not labelled yet: but the member', of('Condition', { labelled: false }), ann, 'Condition.code', true],
  ]);
});

describe('section 6: restrictions, plan data, contact', () => {
  const visit = (facts: Parameters<typeof record>[1] = {}) => of('Condition', { encounterId: 'visit', ...facts });
  const governed = of('Condition', { governedBy: 'PLAN_AGREEMENT', governingPlanId: 'plan' });
  const services = agreement({ organizationId: 'plan', kind: 'PLAN_SERVICES', purposes: ['HOPERAT'], categories: ['CLINICAL'] });
  check([
    ['paid in full: every record of that encounter, a plan', { ...visit(), restrictions: [paid()] }, plan, 'Condition.code', false],
    ['paid in full: RECEIVED binds', { ...visit(), restrictions: [paid({ status: 'RECEIVED' })] }, plan, 'Condition.code', false],
    ['paid in full: DENIED does not', { ...visit(), restrictions: [paid({ status: 'DENIED' })] }, plan, 'Condition.code', true],
    ['paid in full: not inside roles', { ...visit(), restrictions: [paid()] }, nurse, 'Condition.code', true],
    ['paid in full: organization is a plan, in whatever role', { ...visit(), restrictions: [paid()] }, caller('NURSE', 'TREAT', { organizationId: 'plan' }), 'Condition.code', false],
    ['paid in full: HIE for TREAT not bound', { ...visit(), restrictions: [paid()] }, exchange, 'Condition.code', true],
    ['paid in full: HIE for HOPERAT', { ...visit(), restrictions: [paid()], namedBy: [{ memberId: 'ann', organizationId: 'hie', via: 'CLAIM' }] }, caller('HIE_PARTICIPANT', 'HOPERAT'), 'Condition.code', false],
    ['paid in full: associates under PLAN_SERVICES', { records: [record('Claim', { encounterId: 'visit' })], restrictions: [paid()], agreements: [agreement({ kind: 'PLAN_SERVICES' })] }, caller('BUSINESS_ASSOCIATE', 'HPAYMT'), 'Claim.status', false],
    ['paid in full: a claim takes its encounter', { records: [record('Condition', { encounterId: 'visit' }), record('Claim', { id: 'c', encounterId: 'visit' })], restrictions: [paid({ encounterId: null, recordId: 'c' })] }, plan, 'Condition.code', false],
    ['paid in full: a claim without one, and what cites it', { records: [record('Condition', { cites: ['c'] }), record('Claim', { id: 'c' })], restrictions: [paid({ encounterId: null, recordId: 'c' })] }, plan, 'Condition.code', false],
    ["paid in full binds records, not the member's fields", { ...visit(), restrictions: [paid()] }, plan, 'Member.name', true],
    ['agreed: what is left out does not narrow', { restrictions: [agreed()] }, nurse, 'Member.name', false],
    ['agreed: the row of the member stays', { restrictions: [agreed()] }, nurse, 'Member.id', true],
    ['agreed: not the member', { restrictions: [agreed()] }, ann, 'Member.name', true],
    ['agreed: not the privacy office', { restrictions: [agreed()] }, caller('PRIVACY_OFFICER', 'HCOMPL'), 'Member.name', true],
    ['agreed: ETREAT overrides', { restrictions: [agreed()] }, emergency, 'Member.name', true],
    ['agreed: family too', { restrictions: [agreed()], representations: [representation()] }, rita, 'Member.name', false],
    ['agreed: RECEIVED does not bind', { restrictions: [agreed({ status: 'RECEIVED' })] }, nurse, 'Member.name', true],
    ['agreed: by recipient', { restrictions: [agreed({ recipients: [{ role: 'PHARMACIST' }] })] }, nurse, 'Member.name', true],
    ['agreed: by purpose, its children too', { restrictions: [agreed({ purposes: ['TREAT'] })] }, caller('NURSE', 'COC'), 'Member.name', false],
    ['agreed: by category', { restrictions: [agreed({ categories: ['CONTACT'] })] }, nurse, 'Member.contact', false],
    ['agreed: by class, its children too', { ...of('Condition', { labels: ['ABORTION'] }), restrictions: [agreed({ classes: ['SEX'] })] }, nurse, 'Condition.code', false],
    ['agreed: by class, the pronouns', { restrictions: [agreed({ classes: ['SEX'] })] }, nurse, 'Member.pronouns', false],
    ['agreed: by field', { ...of('Condition'), restrictions: [agreed({ coordinates: ['Condition.code'] })] }, nurse, 'Condition.code', false],
    ['agreed: by field, the others stay', { ...of('Condition'), restrictions: [agreed({ coordinates: ['Condition.code'] })] }, nurse, 'Condition.status', true],
    ['agreed: by encounter', { ...visit(), restrictions: [agreed({ encounterId: 'visit' })] }, nurse, 'Condition.code', false],
    ['agreed: the encounter itself', { records: [record('Encounter')], restrictions: [agreed({ encounterId: 'r' })] }, nurse, 'Encounter.start', false],
    ['agreed: by record', { ...of('Condition'), restrictions: [agreed({ recordId: 'r' })] }, nurse, 'Condition.code', false],
    ['agreed: ended', { restrictions: [agreed({ endedAt: NOW })] }, nurse, 'Member.name', true],
    ['plan-governed: not inside roles', governed, nurse, 'Condition.code', false],
    ['plan-governed: the plan under its agreement', { ...governed, agreements: [services] }, plan, 'Condition.code', true],
    ['plan-governed: its categories decide', { ...governed, agreements: [{ ...services, categories: ['MEDICATION'] }] }, plan, 'Condition.code', false],
    ['plan-governed: its purposes decide', { ...governed, agreements: [{ ...services, purposes: ['CAREMGT'] }] }, plan, 'Condition.code', false],
    ['plan-governed: without an agreement', governed, plan, 'Condition.code', false],
    ['plan-governed: ETREAT', governed, emergency, 'Condition.code', true],
    ["plan-governed: the member's own request", governed, ann, 'Condition.code', true],
    ['plan-governed: not by authorization', { ...governed, authorizations: [authorization({ purposes: ['HRESCH'] })] }, caller('WORKFORCE', 'HRESCH'), 'Condition.code', false],
  ]);

  const confidential = (recipients: World['confidential'][number]['recipients'] = []) =>
    ({ confidential: [{ id: 'conf', memberId: 'ann', since: BEFORE, endedAt: null, recipients }] });
  test.each<[string, Partial<World>, WorldCaller, string]>([
    ['no request: all of CONTACT', {}, nurse, 'FULL'],
    ['inside roles: only the way asked for', confidential(), nurse, 'CHOSEN_WAY'],
    ['associates: the same', { ...confidential(), agreements: [agreement({ categories: ['CONTACT'] })] }, caller('BUSINESS_ASSOCIATE', 'HPAYMT'), 'CHOSEN_WAY'],
    ['HEALTH_PLAN: nothing', confidential(), plan, 'NOTHING'],
    ['unless the request names them', confidential([{ organizationId: 'plan' }]), plan, 'CHOSEN_WAY'],
    ['the representative: nothing', { ...confidential(), representations: [representation()] }, rita, 'NOTHING'],
    ['the member: all', confidential(), ann, 'FULL'],
    ['where CONTACT is not in the cell: nothing', {}, caller('WORKFORCE', 'HOPERAT'), 'NOTHING'],
  ])('confidential communications: %s', (_line, facts, who, expected) => { expect(contactView(worldOf(facts), who, 'ann')).toBe(expected); });
});

describe('section 9: rows', () => {
  test('a row is there when one telling cell is, and no administrative cell without it', () => {
    const facts = { ...of('MedicationReview'), restrictions: [agreed({ categories: ['NOTE'] })] };
    expect(rowVisible(worldOf(facts), nurse, 'ann', 'r')).toBe(true);
    expect(visible(worldOf(facts), nurse, cell('MedicationReview.findings'))).toBe(false);
    // Lesson F29: words go with the code that they repeat, and the row with them.
    expect(rowVisible(worldOf({ ...facts, restrictions: [agreed({ categories: ['MEDICATION'] })] }), nurse, 'ann', 'r')).toBe(false);
    const all = { ...facts, restrictions: [agreed({ recordId: 'r' })] };
    expect(rowVisible(worldOf(all), nurse, 'ann', 'r')).toBe(false);
    expect(visible(worldOf(all), nurse, cell('MedicationReview.id'))).toBe(false);
  });
  test('a record of one member is none of another', () => {
    const world = worldOf({ members: [member(), member({ id: 'bob' })], ...of('Condition') });
    expect(rowVisible(world, caller('WORKFORCE', 'HOPERAT'), 'bob', 'r')).toBe(false);
  });
});
