import {
  ann, annIs, asks, billing, billingVendor, caller, caseManager, covered, agreement, emergencyNurse, exchange, from, glassBroken, keepsBack, labelled, LATER, livesIn, namedBy, NOW, nurse, onCareTeam, operatingPlan,
  operations, organizationIs, outsideDoctor, payingPlan, pharmacist, recordIs, represented, rita, see, shows, signed, writtenBy, type Case, type Fact,
} from './facts';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import type { SensitivityClass } from '../../../src/vocabulary/sensitivity';

/** Those who ask in each column of the table, each with the relationship that brings them to the record. */
const INSIDE_TREAT = (label: SensitivityClass, ...facts: Fact[]): Case => [label, nurse, 'Condition.code', onCareTeam(), labelled(label), ...facts];
const EMERGENCY = (label: SensitivityClass, ...facts: Fact[]): Case => [label, emergencyNurse, 'Condition.code', glassBroken(), labelled(label), ...facts];
const INSIDE_OTHER = (label: SensitivityClass, ...facts: Fact[]): Case => [label, operations, 'Condition.code', labelled(label), ...facts];
const OUTSIDE = (label: SensitivityClass, ...facts: Fact[]): Case => [label, outsideDoctor, 'Condition.code', onCareTeam(), labelled(label), ...facts];

/** Notice: "Uses or Disclosures That Require Your Authorization", Special Categories of Treatment Information. */
describe('special categories: without a word from the member', () => {
  describe('inside, treating', () => {
    shows((['SUD', 'OPIOIDUD', 'HIV', 'STD', 'PSY', 'PERSONALITY', 'GDIS', 'SDV', 'SEX', 'ABORTION', 'GENDER_IDENTITY'] as const).map((each) => INSIDE_TREAT(each)));
    keepsBack((['PART2', 'PSYTHPN'] as const).map((each) => INSIDE_TREAT(each)));
  });
  describe('in an emergency', () => {
    shows((['PART2', 'SUD', 'HIV', 'STD', 'PSY', 'GDIS', 'SDV', 'SEX'] as const).map((each) => EMERGENCY(each)));
    keepsBack([EMERGENCY('PSYTHPN')]);
  });
  describe('inside, other', () => {
    shows((['SEX', 'CONTRACEPTION', 'OBSTETRIC', 'ABORTION', 'REPRODUCTIVE', 'SEXUAL_ORIENTATION', 'GENDER_IDENTITY'] as const).map((each) => INSIDE_OTHER(each)));
    keepsBack((['PART2', 'SUD', 'ETHUD', 'HIV', 'STD', 'PSY', 'PERSONALITY', 'PSYTHPN', 'GDIS', 'SDV'] as const).map((each) => INSIDE_OTHER(each)));
  });
  describe('outside, treating or not', () => {
    keepsBack((['PART2', 'SUD', 'HIV', 'STD', 'PSY', 'PSYTHPN', 'GDIS', 'SDV', 'SEX', 'ABORTION'] as const).map((each) => OUTSIDE(each)));
    keepsBack([
      ['payment is no exception: a plan', payingPlan, 'Claim.status', covered(), recordIs({ plan_id: 'plan' }), labelled('HIV')],
      ['… a billing vendor', billingVendor, 'Claim.status', agreement(), labelled('PSY')],
      ['… and the company\'s own billing', billing, 'Claim.status', labelled('HIV')],
      ['the field itself reveals: gender identity', operatingPlan, 'Member.genderIdentity', covered()],
      ['… and pronouns', exchange, 'Member.pronouns'],
    ]);
    shows([['a record that reveals nothing', outsideDoctor, 'Condition.code', onCareTeam()]]);
  });
});

describe('special categories: the member\'s authorization', () => {
  shows([
    OUTSIDE('HIV', signed({ classes: ['HIV'] })),
    INSIDE_OTHER('SDV', signed({ classes: ['SDV'] })),
    INSIDE_TREAT('PART2', signed({ classes: ['PART2'] })),
    ['what names a class covers its children', outsideDoctor, 'Condition.code', onCareTeam(), labelled('ABORTION'), signed({ classes: ['SEX'] })],
    ['substance use covers the records of a program', nurse, 'Condition.code', onCareTeam(), labelled('PART2'), signed({ classes: ['SUD'] })],
    ['several classes by several signatures', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV', 'PSY'), signed({ classes: ['HIV'] }), signed({ classes: ['PSY'] })],
    ['signed by a representative', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], byMember: false })],
    ['a purpose below the one that was named', asks(outsideDoctor, 'COC'), 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], purposes: ['TREAT'] })],
    ['naming an organization', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], recipients: [{ organizationId: 'clinic' }] })],
    ['naming one person', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], recipients: [{ subject: 'somebody' }] })],
    ['in the category that it lists', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], categories: ['CLINICAL'] })],
    ['psychotherapy notes in a signature of their own, for a purpose that is not treating', operations, 'Condition.code', labelled('PSYTHPN'), signed({ classes: ['PSYTHPN'] })],
    ['gender identity, as the field reveals it', operatingPlan, 'Member.genderIdentity', covered(), signed({ classes: ['GENDER_IDENTITY'] })],
  ]);
  keepsBack([
    ['a signature that names no class', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed()],
    ['a signature for another class', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['STD'] })],
    ['a child does not cover its parent', outsideDoctor, 'Condition.code', onCareTeam(), labelled('PSY'), signed({ classes: ['PERSONALITY'] })],
    ['one of two classes only', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV', 'PSY'), signed({ classes: ['HIV'] })],
    ['for another purpose', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], purposes: ['HPAYMT'] })],
    ['for a child of the purpose', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], purposes: ['COC'] })],
    ['to another recipient', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], recipients: [{ organizationId: 'hospital' }] })],
    ['in another category', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], categories: ['MEDICATION'] })],
    ['revoked at this instant', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], revokedAt: NOW })],
    ['ended', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], end: NOW })],
    ['not begun', outsideDoctor, 'Condition.code', onCareTeam(), labelled('HIV'), signed({ classes: ['HIV'], start: LATER })],
    ['it makes no relationship', outsideDoctor, 'Condition.code', labelled('HIV'), signed({ classes: ['HIV'] })],
    ['it widens no cell', operations, 'Claim.status', labelled('HIV'), signed({ classes: ['HIV'] })],
    ['psychotherapy notes beside another class', operations, 'Condition.code', labelled('PSYTHPN'), signed({ classes: ['PSYTHPN', 'PSY'] })],
    ['mental health does not cover psychotherapy notes', operations, 'Condition.code', labelled('PSYTHPN'), signed({ classes: ['PSY'] })],
  ]);
});

describe('special categories: records of a substance use program', () => {
  const ofProgram: Fact[] = [labelled('PART2'), recordIs({ program_id: 'program' })];
  const atProgram = (who: typeof nurse) => from(who, 'program');
  shows([
    ['the program\'s own nurse, treating', atProgram(nurse), 'Condition.code', onCareTeam(), ...ofProgram],
    ['the program\'s own doctor, in whatever role', atProgram(outsideDoctor), 'Condition.code', onCareTeam(), ...ofProgram],
  ]);
  keepsBack([
    ['those of another program', from(outsideDoctor, 'other-program'), 'Condition.code', onCareTeam(), ...ofProgram],
    ['the program itself, when it does not treat', atProgram(operations), 'Condition.code', ...ofProgram],
    ['when the program is not known', atProgram(nurse), 'Condition.code', onCareTeam(), labelled('PART2')],
    ['what else the record reveals is not the program\'s', atProgram(outsideDoctor), 'Condition.code', onCareTeam(), labelled('PART2', 'HIV'), recordIs({ program_id: 'program' })],
    ['of a minor, when a parent signed', nurse, 'Condition.code', annIs({ birth_date: '2012-01-01' }), onCareTeam(), labelled('PART2'), signed({ classes: ['PART2'], byMember: false })],
    ['of one whose age nobody knows, when another signed', nurse, 'Condition.code', annIs({ birth_date: null }), onCareTeam(), labelled('PART2'), signed({ classes: ['PART2'], byMember: false })],
    ['of a minor from the representative, without the minor\'s signature', rita, 'Condition.code', annIs({ birth_date: '2012-01-01' }), represented({ excludes: [] }), labelled('PART2')],
  ]);
  shows([
    ['of a minor who signed', nurse, 'Condition.code', annIs({ birth_date: '2012-01-01' }), onCareTeam(), labelled('PART2'), signed({ classes: ['PART2'] })],
    ['of a minor in an emergency', emergencyNurse, 'Condition.code', annIs({ birth_date: '2012-01-01' }), glassBroken(), labelled('PART2')],
    ['of a minor, to the minor', ann, 'Condition.code', annIs({ birth_date: '2012-01-01' }), labelled('PART2')],
  ]);
});

describe('special categories: psychotherapy notes', () => {
  const note = (author: string): Fact[] => [labelled('PSYTHPN'), writtenBy(author)];
  shows([
    ['the author, on the care team', nurse, 'Document.text', onCareTeam(), ...note('p1')],
    ['the author, in an emergency', emergencyNurse, 'Document.text', glassBroken(), ...note('p1')],
    ['an outside author with an authorization for these notes alone', outsideDoctor, 'Document.text', onCareTeam(), ...note('p1'), signed({ classes: ['PSYTHPN'] })],
  ]);
  keepsBack([
    ['the author who has left the care team', nurse, 'Document.text', onCareTeam({ end_at: NOW }), ...note('p1')],
    ['a colleague, whatever was signed', nurse, 'Document.text', onCareTeam(), ...note('p2'), signed({ classes: ['PSYTHPN'] })],
    ['a note without a known author', nurse, 'Document.text', onCareTeam(), labelled('PSYTHPN')],
    ['an outside author without an authorization', outsideDoctor, 'Document.text', onCareTeam(), ...note('p1')],
    ['an outside colleague, whatever was signed', outsideDoctor, 'Document.text', onCareTeam(), ...note('p2'), signed({ classes: ['PSYTHPN'] })],
    ['the member', ann, 'Document.text', ...note('p1')],
  ]);
});

describe('special categories: genetic information and plans', () => {
  const genes = [covered(), labelled('GDIS'), signed({ classes: ['GDIS'] })];
  const claim = [...genes, recordIs({ plan_id: 'plan' })];
  shows([
    ['a named operation that is not underwriting', caseManager, 'Condition.code', ...genes],
    ['a named payment that is not underwriting', asks(payingPlan, 'CLMATTCH'), 'Claim.status', ...claim],
    ['an exchange that is no plan', exchange, 'Condition.code', labelled('GDIS'), signed({ classes: ['GDIS'] })],
  ]);
  keepsBack([
    ['a named operation without an authorization', caseManager, 'Condition.code', covered(), labelled('GDIS')],
    ['bare operations, whatever is signed', operatingPlan, 'Condition.code', ...genes],
    ['bare payment', payingPlan, 'Claim.status', ...claim],
    ['deciding coverage', asks(payingPlan, 'COVERAGE'), 'Claim.status', ...claim],
    ['eligibility', asks(payingPlan, 'ELIGDTRM'), 'Claim.status', ...claim],
    ['enrolment', asks(payingPlan, 'ENROLLM'), 'Claim.status', ...claim],
    ['a plan in the role of an exchange participant', from(exchange, 'plan'), 'Condition.code', labelled('GDIS'), signed({ classes: ['GDIS'] }), organizationIs('HEALTH_PLAN')],
    ['… for operations', asks(exchange, 'HOPERAT'), 'Condition.code', namedBy('CLAIM', 'exchange'), labelled('GDIS'), signed({ classes: ['GDIS'] }), organizationIs('HEALTH_PLAN')],
    ['a plan in the role of an associate', caller('BUSINESS_ASSOCIATE', 'HOPERAT'), 'Condition.code', agreement({ purposes: ['HOPERAT'], categories: ['CLINICAL'] }), labelled('GDIS'),
      signed({ classes: ['GDIS'], recipients: [{ organizationId: 'vendor' }] }), organizationIs('HEALTH_PLAN')],
  ]);
});

describe('special categories: what is not labelled yet', () => {
  const fresh = recordIs({ labelled: 0 });
  shows([['to the member alone', ann, 'Condition.code', fresh]]);
  keepsBack([
    ['from the care team', pharmacist, 'Condition.code', onCareTeam(), fresh],
    ['from staff', operations, 'Condition.code', fresh],
    ['in an emergency', emergencyNurse, 'Condition.code', glassBroken(), fresh],
    ['from the representative', rita, 'Condition.code', represented(), fresh],
    ['whatever is signed', outsideDoctor, 'Condition.code', onCareTeam(), fresh, signed({ classes: ['HIV', 'PSY', 'SUD'] })],
  ]);
});

describe('special categories: the member\'s state', () => {
  const inCalifornia = livesIn('CA');
  shows([
    ['California: abortion, for treating', nurse, 'Condition.code', onCareTeam(), labelled('ABORTION'), inCalifornia],
    ['California: abortion, for operations, with an authorization', operations, 'Condition.code', labelled('ABORTION'), inCalifornia, signed({ classes: ['ABORTION'] })],
    ['California: childbirth is not among its classes', operations, 'Condition.code', labelled('OBSTETRIC'), inCalifornia],
    ['New York: as the table', operations, 'Condition.code', labelled('ABORTION'), livesIn('NY')],
    ['Texas: as the table', operations, 'Condition.code', labelled('CONTRACEPTION'), livesIn('TX')],
    ['no file: the table', operations, 'Condition.code', labelled('ABORTION'), livesIn('OH')],
  ]);
  keepsBack([
    ['California: abortion, for operations', operations, 'Condition.code', labelled('ABORTION'), inCalifornia],
    ['California: contraception, for payment', billing, 'Claim.status', labelled('CONTRACEPTION'), inCalifornia],
    ['California: gender identity, as the field reveals it', operations, 'Member.genderIdentity', inCalifornia],
    ['New York: HIV for operations', operations, 'Condition.code', labelled('HIV'), livesIn('NY')],
  ]);
  test('a deployer may permit HIV to outside treatment in a state, with its citation, and nowhere else', () => {
    const ohio = { state: 'OH', name: 'Ohio', demands: [], permits: [{ classes: ['HIV' as const], citation: 'as counsel found it' }], minorConsent: { classes: [], citation: 'none' }, protects: [] };
    const law = [...JURISDICTIONS, ohio];
    const hiv = [onCareTeam(), labelled('HIV')];
    expect(see(outsideDoctor, 'Condition.code', [...hiv, livesIn('OH')], law)).toBe(true);
    expect(see(outsideDoctor, 'Condition.code', [...hiv, livesIn('OH')])).toBe(false);
    expect(see(outsideDoctor, 'Condition.code', [...hiv, livesIn('TX')], law)).toBe(false);
    expect(see(payingPlan, 'Claim.status', [covered(), recordIs({ plan_id: 'plan' }), labelled('HIV'), livesIn('OH')], law)).toBe(false);
  });
  test('a state may ask for an authorization where the table permits treating', () => {
    const strict = { state: 'OH', name: 'Ohio', demands: [{ classes: ['PSY' as const], columns: ['INSIDE_TREAT' as const], citation: 'a law' }], permits: [], minorConsent: { classes: [], citation: 'none' }, protects: [] };
    const psychiatry = [onCareTeam(), labelled('PERSONALITY'), livesIn('OH')];
    expect(see(nurse, 'Condition.code', psychiatry, [strict])).toBe(false);
    expect(see(nurse, 'Condition.code', [...psychiatry, signed({ classes: ['PSY'] })], [strict])).toBe(true);
    expect(see(nurse, 'Condition.code', psychiatry)).toBe(true);
  });
});
