/**
 * A small world in memory: Ann, an adult of no state's file, and one record of hers. Nobody has a relationship with her and she has
 * signed nothing; each case adds, in the privacy officer's words, the facts that it is about.
 */
import type { Row } from '../../../src/entities/table';
import type * as ofMembers from '../../../src/entities/tables/member';
import type * as ofPrivacy from '../../../src/entities/tables/privacy';
import type { claim, document } from '../../../src/entities/tables/records';
import type { Caller } from '../../../src/identity/caller';
import { clausesOf } from '../../../src/permissions/clauses';
import type { Clause } from '../../../src/permissions/core/clause';
import { restrictedFieldsOf } from '../../../src/permissions/clauses/restrictions';
import type { Decision } from '../../../src/permissions/core/decide';
import { interpret, interpretMask, type FactRow, type Facts } from '../../../src/permissions/core/interpret';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import type { Jurisdiction } from '../../../src/permissions/jurisdictions/jurisdiction';
import { authorizationScopes, restrictionScopes } from '../../../src/privacy-office/spread';
import { cellGroups, memberCell } from '../../../src/query/plan/cells';
import { createAccess, NO_FACTS, type Access, type CallerFacts } from '../../../src/query/plan/access';
import { ALL_CATEGORIES, categoryMask, type Category } from '../../../src/vocabulary/categories';
import { fieldBit } from '../../../src/vocabulary/fields';
import type { Purpose } from '../../../src/vocabulary/purposes';
import type { Recipient } from '../../../src/vocabulary/recipients';
import { isRecordType } from '../../../src/vocabulary/records';
import type { OrganizationKind, Role } from '../../../src/vocabulary/roles';
import { classMask, type SensitivityClass } from '../../../src/vocabulary/sensitivity';

export const NOW = '2026-03-15T12:00:00.000Z';
export const BEFORE = '2026-01-01T00:00:00.000Z';
export const LATER = '2027-01-01T00:00:00.000Z';

/** One fact, or a few that belong together. Later facts of a case win over earlier ones. */
export interface Fact {
  readonly member?: FactRow;
  readonly record?: FactRow;
  readonly rows?: Readonly<Record<string, readonly FactRow[]>>;
  readonly organization?: Partial<CallerFacts>;
}

// --- who asks ---------------------------------------------------------------------------------------------------------------

const HOME: Partial<Record<Role, string>> = { EXTERNAL_PROVIDER: 'clinic', BUSINESS_ASSOCIATE: 'vendor', HEALTH_PLAN: 'plan', HIE_PARTICIPANT: 'exchange' };
const ALONE: readonly Role[] = ['MEMBER', 'PERSONAL_REPRESENTATIVE', 'DISCLOSURE_RECIPIENT', 'PRIVACY_OFFICER', 'AUDITOR'];

/** Anyone but the member and those who come alone belongs to an organization and is the practitioner `p1`. */
export function caller(role: Role, purpose: Purpose, given: Partial<Caller> = {}): Caller {
  return Object.freeze({
    subject: role === 'PERSONAL_REPRESENTATIVE' ? 'rita' : 'somebody', role, purpose, purposes: [purpose], organization: ALONE.includes(role) ? null : HOME[role] ?? 'company',
    practitioner: ALONE.includes(role) ? null : 'p1', member: role === 'MEMBER' ? 'ann' : null, tokenId: null, breakGlassReason: null, grant: null, requestId: 'request', at: NOW, ...given,
  });
}
export const pharmacist = caller('PHARMACIST', 'TREAT');
export const nurse = caller('NURSE', 'TREAT');
export const professional = caller('HEALTHCARE_PROFESSIONAL', 'TREAT');
export const outsideDoctor = caller('EXTERNAL_PROVIDER', 'TREAT');
export const exchange = caller('HIE_PARTICIPANT', 'TREAT');
export const emergencyNurse = caller('NURSE', 'ETREAT');
export const billing = caller('WORKFORCE', 'HPAYMT');
export const operations = caller('WORKFORCE', 'HOPERAT');
export const payingPlan = caller('HEALTH_PLAN', 'HPAYMT');
export const operatingPlan = caller('HEALTH_PLAN', 'HOPERAT');
export const caseManager = caller('HEALTH_PLAN', 'CAREMGT');
export const billingVendor = caller('BUSINESS_ASSOCIATE', 'HPAYMT');
export const qualityVendor = caller('BUSINESS_ASSOCIATE', 'HOPERAT');
export const ann = caller('MEMBER', 'PATRQT');
export const rita = caller('PERSONAL_REPRESENTATIVE', 'PWATRNY');
export const privacyOfficer = caller('PRIVACY_OFFICER', 'HCOMPL');
export const auditor = caller('AUDITOR', 'HCOMPL');
/** The same person for another purpose, or from elsewhere. */
export const asks = (who: Caller, purpose: Purpose): Caller => ({ ...who, purpose, purposes: [purpose] });
export const from = (who: Caller, organization: string | null): Caller => ({ ...who, organization });

// --- relationships ----------------------------------------------------------------------------------------------------------

const row = <Table extends string>(relation: Table, facts: FactRow): Fact => ({ rows: { [relation]: [facts] } });
export const onCareTeam = (given: Partial<Row<typeof ofMembers.care_team>> = {}): Fact =>
  row('care_team', { member_id: 'ann', practitioner_id: 'p1', start_at: BEFORE, end_at: null, ...given });
export const glassBroken = (given: Partial<Row<typeof ofMembers.break_glass_opening>> = {}): Fact =>
  row('break_glass_opening', { member_id: 'ann', subject: 'somebody', opened_at: '2026-03-15T11:30:00.000Z', expires_at: '2026-03-15T12:30:00.000Z', ...given });
export const covered = (given: Partial<Row<typeof ofMembers.coverage>> = {}): Fact =>
  row('coverage', { member_id: 'ann', plan_id: 'plan', start_at: '2025-01-01T00:00:00.000Z', end_at: null, ...given });
export const namedBy = (via: 'CLAIM' | 'ENCOUNTER' | 'COVERAGE', organization_id: string): Fact => row('member_organization', { member_id: 'ann', organization_id, via });
export const optedOut = (given: Partial<Row<typeof ofPrivacy.hie_opt_out>> = {}): Fact => row('hie_opt_out', { member_id: 'ann', since: BEFORE, ended_at: null, ...given });
type Representation = Omit<Row<typeof ofMembers.representation>, 'category_mask' | 'excluded_mask'> & { categories: readonly Category[]; excludes: readonly SensitivityClass[] };
/** `excludes` left out is the default of the policy, section 4; an empty list is the professional's decision. */
export const represented = ({ categories, excludes, ...given }: Partial<Representation> = {}): Fact => row('representation', {
  member_id: 'ann', id: 'representation', subject: 'rita', kind: 'HEALTH_CARE_POA', start_at: BEFORE, end_at: null, ended_at: null,
  category_mask: categories ? categoryMask(categories) : ALL_CATEGORIES, excluded_mask: excludes ? classMask(excludes) : null, ...given,
});
export const organizationIs = (organizationKind: OrganizationKind): Fact => ({ organization: { organizationKind } });
type Agreement = { kind: 'BUSINESS_ASSOCIATE' | 'PLAN_SERVICES'; categories: readonly Category[]; remunerated: boolean; purposes: readonly Purpose[] };
export const agreement = (given: Partial<Agreement> = {}): Fact => {
  const { categories, ...rest } = { kind: 'BUSINESS_ASSOCIATE' as const, categories: ['IDENTITY', 'FINANCIAL'] as const, remunerated: false, purposes: ['HPAYMT'] as const, ...given };
  return { organization: { agreements: [{ ...rest, categoryMask: categoryMask(categories) }] } };
};

// --- what the member signed or asked ----------------------------------------------------------------------------------------

interface Signed {
  classes: readonly SensitivityClass[]; /** Null: left out. */ categories: readonly Category[] | null; purposes: readonly Purpose[]; recipients: readonly Recipient[];
  sale: boolean; byMember: boolean; signedAt: string; start: string; end: string | null; revokedAt: string | null;
}
const ANYONE_AT_WORK: readonly Recipient[] = [{ role: 'NURSE' }, { role: 'PHARMACIST' }, { role: 'WORKFORCE' }, { role: 'EXTERNAL_PROVIDER' }, { role: 'HEALTH_PLAN' }, { role: 'HIE_PARTICIPANT' }];
/** An authorization as the member signs it; left alone it is the single consent for treatment, payment and operations, without a class. */
export function signed(given: Partial<Signed> = {}): Fact {
  const all: Signed = {
    classes: [], categories: null, purposes: ['TREAT', 'HPAYMT', 'HOPERAT'], recipients: ANYONE_AT_WORK, sale: false, byMember: true, signedAt: BEFORE, start: BEFORE, end: null, revokedAt: null, ...given,
  };
  const rows = authorizationScopes({
    member_id: 'ann', id: 'authorization', classes: JSON.stringify(all.classes), categories: all.categories && JSON.stringify(all.categories), sale: all.sale ? 1 : 0,
    purposes: JSON.stringify(all.purposes), recipients: JSON.stringify(all.recipients), start_at: all.start, end_at: all.end, signed_at: all.signedAt, signed_by: 'Ann',
    signed_by_member: all.byMember ? 1 : 0, revoked_at: all.revokedAt, recorded_at: all.signedAt, recorded_by: null, source: 'API',
  });
  return { rows: { authorization_scope: rows } };
}

interface Restricted {
  kind: 'AGREED' | 'PAID_IN_FULL'; status: string; recipients: readonly Recipient[]; purposes: readonly Purpose[]; categories: readonly Category[]; classes: readonly SensitivityClass[];
  coordinates: readonly string[]; encounter: string | null; record: string | null; citedBy: readonly string[]; since: string; endedAt: string | null; endsForLaterRecordsAt: string | null;
}
/** A restriction; what is left out does not narrow. `citedBy`: the records that cite the one it names. */
export function restricted(given: Partial<Restricted> = {}): Fact {
  const all: Restricted = {
    kind: 'AGREED', status: 'ACCEPTED', recipients: [], purposes: [], categories: [], classes: [], coordinates: [], encounter: null, record: null, citedBy: [], since: BEFORE, endedAt: null,
    endsForLaterRecordsAt: null, ...given,
  };
  const rows = restrictionScopes({
    member_id: 'ann', id: 'restriction', kind: all.kind, status: all.status, recipients: JSON.stringify(all.recipients), purposes: JSON.stringify(all.purposes),
    categories: JSON.stringify(all.categories), classes: JSON.stringify(all.classes), coordinates: JSON.stringify(all.coordinates), encounter_id: all.encounter, record_id: all.record,
    text: null, requested_at: all.since, requested_by: null, decided_at: all.since, decided_by: null, response: null, ended_at: all.endedAt,
    ends_for_later_records_at: all.endsForLaterRecordsAt, channel: 'PAPER', source: 'API',
  }, all.citedBy);
  return { rows: { restriction_scope: rows } };
}
/** Paid in full: the visit by default. */
export const paidInFull = (given: Partial<Restricted> = {}): Fact => restricted({ kind: 'PAID_IN_FULL', encounter: 'visit', ...given });

// --- the member and the record ----------------------------------------------------------------------------------------------

export const annIs = (given: Partial<Row<typeof ofMembers.member>>): Fact => ({ member: given });
export const livesIn = (state: string): Fact => annIs({ home_state: state });
export const recordIs = (given: Partial<Row<typeof document> & Pick<Row<typeof claim>, 'plan_id'>>): Fact => ({ record: given });
export const labelled = (...classes: SensitivityClass[]): Fact => recordIs({ labels: classMask(classes) });
export const writtenBy = (practitioner: string): Fact => recordIs({ author_id: practitioner });
export const planGoverned: Fact = recordIs({ governed_by: 'PLAN_AGREEMENT', governing_plan_id: 'plan' });

const ANN: FactRow = { id: 'ann', birth_date: '1980-05-05', deceased_at: null, home_state: null };
const RECORD: FactRow = {
  id: 'r', member_id: 'ann', encounter_id: null, record_date: '2026-02-01T00:00:00.000Z', recorded_at: '2026-02-01T00:00:00.000Z', labels: 0, labelled: 1, governed_by: 'NOTICE',
  governing_plan_id: null, program_id: null, author_id: null, plan_id: null, legal: 0, withheld: 0, medication_review: 0,
};
interface World { readonly member: FactRow; readonly record: FactRow; readonly relation: Facts['relation']; readonly organization: CallerFacts }

function together(facts: readonly Fact[]): World {
  const rows = new Map<string, FactRow[]>();
  for (const fact of facts) for (const [relation, more] of Object.entries(fact.rows ?? {})) rows.set(relation, [...(rows.get(relation) ?? []), ...more]);
  return {
    member: Object.assign({}, ANN, ...facts.map((each) => each.member)) as FactRow, record: Object.assign({}, RECORD, ...facts.map((each) => each.record)) as FactRow,
    relation: (name) => rows.get(name) ?? [],
    organization: { ...NO_FACTS, ...Object.assign({}, ...facts.map((each) => each.organization)) as Partial<CallerFacts>, agreements: facts.flatMap((each) => each.organization?.agreements ?? []) },
  };
}

// --- what is seen -----------------------------------------------------------------------------------------------------------

/** Objects of the member whose parts are restricted one by one, with the field that leads to them. */
const LED_BY: Readonly<Record<string, string>> = { HumanName: 'name', Contact: 'contact', Address: 'contact' };
const CLAUSES = new Map<readonly Jurisdiction[], readonly Clause[]>();
function accessOf(who: Caller, world: World, law: readonly Jurisdiction[]): Access {
  const clauses = CLAUSES.get(law) ?? clausesOf(law);
  CLAUSES.set(law, clauses);
  return createAccess(clauses, who, world.organization);
}

/** The decisions on a coordinate with the field bits that they answer for; a field that is administrative goes with its record. */
function decisionsOn(access: Access, coordinate: string): { decision: Decision; bits: number }[] {
  const [type = '', field = ''] = coordinate.split('.');
  if (!isRecordType(type)) return [{ decision: access.decide(memberCell(LED_BY[type] ?? field)), bits: fieldBit(type, field) }];
  const own = cellGroups(type).filter((each) => each.fields.includes(field));
  return (own.length ? own : cellGroups(type)).map((group) => ({ decision: access.decide(group.cell), bits: own.length ? fieldBit(type, field) : group.bits }));
}

/** Whether this caller sees this cell: `Member.birthDate`, `Contact.emails`, `Condition.code`. */
export function see(who: Caller, coordinate: string, facts: readonly Fact[], law: readonly Jurisdiction[] = JURISDICTIONS): boolean {
  const world = together(facts);
  const access = accessOf(who, world, law);
  const type = coordinate.split('.')[0] ?? '';
  const at: Facts = { m: world.member, r: isRecordType(type) ? world.record : undefined, bound: access.bound, relation: world.relation };
  return decisionsOn(access, coordinate).some(({ decision, bits }) => {
    if (decision.effect === 'DENY' || !interpret(decision.visible, at)) return false;
    const hidden = LED_BY[type] ? restrictedFieldsOf(type, access.profile.absent) : decision.hidden;
    return bits === 0 || (interpretMask(hidden, at) & bits) !== bits;
  });
}

/** Whether the member is there for this caller at all. */
export function reaches(who: Caller, facts: readonly Fact[], law: readonly Jurisdiction[] = JURISDICTIONS): boolean {
  const world = together(facts);
  const access = accessOf(who, world, law);
  return interpret(access.reach, { m: world.member, bound: access.bound, relation: world.relation });
}

/** The decision before any row is read: its effect, its clauses, its reason. */
export const decisionOn = (who: Caller, coordinate: string, ...facts: Fact[]): Decision => {
  const found = decisionsOn(accessOf(who, together(facts), JURISDICTIONS), coordinate)[0];
  if (!found) throw new Error(`no cell ${coordinate}`);
  return found.decision;
};
/** The access of a caller in this world, and every row of it: for what is answered by SQL alone. */
export const worldOf = (who: Caller, facts: readonly Fact[]): World & { readonly access: Access } => {
  const world = together(facts);
  return { ...world, access: accessOf(who, world, JURISDICTIONS) };
};

// --- how a clause is told ---------------------------------------------------------------------------------------------------

export type Case = readonly [words: string, who: Caller, coordinate: string, ...facts: Fact[]];
const tell = (title: string, expected: boolean, cases: readonly Case[]): void => describe(title, () => {
  test.each(cases.map(([words, who, coordinate, ...facts]) => ({ words, who, coordinate, facts })))('$words', ({ who, coordinate, facts }) => {
    expect(see(who, coordinate, facts)).toBe(expected);
  });
});
/** The cells that are shown. */
export const shows = (cases: readonly Case[]): void => tell('shows', true, cases);
/** The cells that are not. */
export const keepsBack = (cases: readonly Case[]): void => tell('keeps back', false, cases);
