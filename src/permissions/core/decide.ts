import { ALL_CATEGORIES, categoriesOf, categoryBit, categoryMask, type Category } from '../../vocabulary/categories';
import type { ClauseId } from '../../vocabulary/clauses';
import { canonicalPurpose, purposeCovers, type Purpose } from '../../vocabulary/purposes';
import type { Reason } from '../../vocabulary/reasons';
import { isRecordType } from '../../vocabulary/records';
import { KINDS_OF_ROLE, type OrganizationKind, type Role } from '../../vocabulary/roles';
import { hiddenFields } from '../clauses/restrictions';
import { permitOfGrant, rowsOfGrant } from '../grant-reach';
import { withinGrant, type GrantTerms } from '../grant-terms';
import { isTreatmentPaymentOperations, minimumCell, type MinimumCell } from '../minimum-necessary';
import { classBit } from '../../vocabulary/sensitivity';
import { columnOf } from '../special-categories';
import type { Clause, Permit, Prohibition } from './clause';
import { fold, foldOperand, type FoldScope, type StaticValues } from './fold';
import { and, eq, known, never, not, or, record, value, type BoundParameter, type CellKind, type Operand, type Predicate } from './predicate';

/**
 * What is known of a caller before any row is read; everything else is a residual. Two callers with equal profiles have the same
 * plan, whoever they are.
 */
export interface Profile {
  readonly role: Role;
  readonly purpose: Purpose;
  readonly organizationKind: OrganizationKind;
  /** False where the organization is known to be of a kind that the role does not fit. */
  readonly organizationFits: boolean;
  /** Categories of the agreements in force that list the purpose: without pay, for pay, and of plan services. */
  readonly agreementCategories: number;
  readonly remuneratedCategories: number;
  readonly planAgreementCategories: number;
  readonly remuneratedPlanCategories: number;
  /** An associate under an agreement for plan services (a paid-in-full restriction binds it). */
  readonly planServicesAssociate: boolean;
  /** What the caller reads under a grant, in place of any cell; null without one. */
  readonly grant: GrantTerms | null;
  /** Bound facts that this caller does not have. */
  readonly absent: ReadonlySet<BoundParameter>;
}

/** The answer for one kind of cell: PERMIT or DENY for all rows, or CONDITIONAL on what is left; always with its reasons. */
export interface Decision {
  readonly effect: 'PERMIT' | 'CONDITIONAL' | 'DENY';
  /** The clauses that permit it, in the Notice's order; empty for DENY. */
  readonly clauses: readonly ClauseId[];
  /** Why it is denied for every row; null otherwise. */
  readonly reason: Reason | null;
  /** Whether the cell is visible, but for restrictions by field. */
  readonly visible: Predicate;
  /** The fields of the row that restrictions hide, as bits. */
  readonly hidden: Operand;
}

/** A role that an organization of some kind gives, in a token that names none: a missing fact. */
const lacksOrganization = (profile: Profile): boolean => KINDS_OF_ROLE[profile.role] !== undefined && profile.absent.has('organization');

function statics(profile: Profile, cell: CellKind, bit: number): StaticValues {
  return {
    role: profile.role, organizationKind: profile.organizationKind,
    // An authorization names the caller itself; only what rests on a role asks for the kind of its organization, and for one at all.
    knownOrganizationFits: (profile.organizationFits && !lacksOrganization(profile)) || !minimumCell(profile.role, profile.purpose) ? 1 : 0, purpose: canonicalPurpose(profile.purpose),
    category: cell.category, categoryBit: bit, noteKind: cell.noteKind, recordType: cell.type, sensitivityMask: cell.sensitivityMask,
    agreementCategories: profile.agreementCategories, remuneratedCategories: profile.remuneratedCategories, planAgreementCategories: profile.planAgreementCategories, remuneratedPlanCategories: profile.remuneratedPlanCategories,
    planServicesAssociate: profile.planServicesAssociate ? 1 : 0, grantClasses: profile.grant?.classes ?? 0,
  };
}

/** Notes inside the cell: every one, or those of type medication review. */
function noteRows(cell: MinimumCell, kind: CellKind): Predicate {
  if (kind.category !== 'NOTE' || cell.notes === 'EVERY') return { kind: 'always' };
  if (cell.notes === 'NONE') return never;
  return or(eq(known('noteKind'), value('MEDICATION_REVIEW')), and(eq(known('noteKind'), value('BY_RECORD')), eq(record('medication_review'), value(1))));
}

const applies = (permit: Permit, profile: Profile): boolean =>
  permit.roles.includes(profile.role) && permit.purposes.some((granted) => purposeCovers(granted, profile.purpose));

/** The permits that stand open for this caller: that of the grant; else those of the cell where there is one; else those by authorization. */
function openPermits(clauses: readonly Clause[], profile: Profile): { clause: Clause; permit: Permit }[] {
  const { grant } = profile;
  if (grant) return clauses.filter((each) => each.id === grant.clause).map((each) => ({ clause: each, permit: permitOfGrant(grant, profile.role, profile.purpose) }));
  const cell = minimumCell(profile.role, profile.purpose);
  return clauses.flatMap((each) => each.permits.map((permit) => ({ clause: each, permit })))
    .filter(({ permit }) => applies(permit, profile) && (permit.categories === 'CELL' ? cell !== null : cell === null && !isTreatmentPaymentOperations(profile.purpose)));
}

/** What a grant lifts (policy section 6): some clauses yield to what a law requires; what opens Part 2 records asks for no signature of a minor. */
const YIELDS_TO_LAW: readonly string[] = ['opted-out', 'plan-governed'];
const PART2 = classBit('PART2');
const lifts = (grant: GrantTerms | null | undefined, rule: string): boolean => grant ? ((grant.overridesPrivacyState && YIELDS_TO_LAW.includes(rule)) || (rule === 'part2-of-a-minor' && (grant.classes & PART2) !== 0)) : false;

function prohibitions(clauses: readonly Clause[], profile: Profile, level: Prohibition['level']): Prohibition[] {
  const column = columnOf(profile.role, profile.purpose);
  // A role is exempt within its own cell; what an authorization opens to it, it reads as any other recipient.
  const ownCell = minimumCell(profile.role, profile.purpose) !== null;
  return clauses.flatMap((each) => each.prohibits).filter((each) => each.level === level
    && (!each.roles || each.roles.includes(profile.role)) && !(ownCell && each.exceptRoles?.includes(profile.role))
    && !each.exceptPurposes?.includes(canonicalPurpose(profile.purpose)) && (!each.column || each.column === column) && !lifts(profile.grant, each.rule));
}

/** Whether any rule gives this purpose to this role; otherwise PURPOSE_NOT_PERMITTED. */
export const purposePermitted = (clauses: readonly Clause[], role: Role, purpose: Purpose): boolean =>
  openPermits(clauses, { role, purpose } as Profile).length > 0;

/** The categories that the caller can ever see: those of the cell, or any that an authorization may list. */
export function openCategories(clauses: readonly Clause[], profile: Profile): readonly Category[] | 'AUTHORIZED' {
  if (openPermits(clauses, profile).length === 0) return [];
  if (profile.grant) return categoriesOf(profile.grant.categories);
  return minimumCell(profile.role, profile.purpose)?.categories ?? 'AUTHORIZED';
}

/** Which members the caller reaches, whatever the category: the member exists for the caller where this holds. */
export function reach(clauses: readonly Clause[], profile: Profile): Predicate {
  const cell = minimumCell(profile.role, profile.purpose);
  const kind: CellKind = { type: 'Member', category: 'ADMINISTRATIVE', sensitivityMask: 0, noteKind: 'NONE' };
  const bit = cell ? categoryMask(cell.categories) : ALL_CATEGORIES;
  const scope: FoldScope = { statics: statics(profile, kind, bit), absent: profile.absent, memberCell: true };
  const open = or(...openPermits(clauses, profile).map(({ permit }) => permit.members));
  return fold(and(open, ...prohibitions(clauses, profile, 'MEMBER').map((each) => not(each.hides))), scope);
}

/** Within the granted categories and, where the grant lists them, its coordinates. */
const isGranted = (grant: GrantTerms, cell: CellKind): boolean =>
  (grant.categories & categoryBit(cell.category)) !== 0 && (cell.coordinate === undefined || withinGrant(grant, cell.coordinate));

const denied = (reason: Reason): Decision => ({ effect: 'DENY', clauses: [], reason, visible: never, hidden: value(0) });

/**
 * Decides one kind of cell for one caller: pure and total, no input or output, no clock. A permit must cover both the row and the
 * field, and no prohibition may cover both; the order of rules changes nothing; what is not permitted is denied.
 */
export function decide(clauses: readonly Clause[], profile: Profile, cell: CellKind): Decision {
  const permits = openPermits(clauses, profile);
  if (permits.length === 0) return denied('PURPOSE_NOT_PERMITTED');
  const minimum = profile.grant ? null : minimumCell(profile.role, profile.purpose);
  if (minimum && !minimum.categories.includes(cell.category)) return denied('MINIMUM_NECESSARY');
  if (profile.grant && !isGranted(profile.grant, cell)) return denied('MINIMUM_NECESSARY');
  if (!minimum && (cell.category === 'GOVERNMENT_ID' || cell.category === 'PRIVACY')) return denied('MINIMUM_NECESSARY');
  const scope: FoldScope = { statics: statics(profile, cell, categoryBit(cell.category)), absent: profile.absent, memberCell: !isRecordType(cell.type) };
  const notes = profile.grant ? rowsOfGrant(profile.grant, cell, isRecordType(cell.type)) : minimum ? noteRows(minimum, cell) : { kind: 'always' as const };
  const open = fold(and(or(...permits.map(({ permit }) => and(permit.members, permit.records))), notes), scope);
  if (open.kind === 'never') return denied(minimum && profile.role === 'BUSINESS_ASSOCIATE' ? 'AGREEMENT_REQUIRED' : 'MINIMUM_NECESSARY');
  const forbidden = [...prohibitions(clauses, profile, 'MEMBER'), ...prohibitions(clauses, profile, 'CELL')];
  const visible = fold(and(open, ...forbidden.map((each) => not(each.hides))), scope);
  if (visible.kind === 'never') return denied(forbidden.find((each) => fold(each.hides, scope).kind === 'always')?.reason ?? 'MINIMUM_NECESSARY');
  const hidden = foldOperand(hiddenFields, scope);
  const clear = visible.kind === 'always' && hidden.kind === 'value' && !hidden.value;
  return { effect: clear ? 'PERMIT' : 'CONDITIONAL', clauses: [...new Set(permits.map((each) => each.clause.id))], reason: null, visible, hidden };
}
