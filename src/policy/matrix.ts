import type { Caller } from '../identity/caller';
import type { FieldTags } from '../directives/tags';
import type { Clause } from '../permissions/core/clause';
import { purposePermitted, type Decision } from '../permissions/core/decide';
import { MINIMUM_NECESSARY } from '../permissions/minimum-necessary';
import { createAccess, type Access, type CallerFacts } from '../query/plan/access';
import { clauseOfPurpose } from '../query/plan/verdicts';
import { ALL_CATEGORIES, type Category } from '../vocabulary/categories';
import type { ClauseId } from '../vocabulary/clauses';
import { canonicalPurpose, NAMED_ONLY, parentOfPurpose, purposeCovers, PURPOSES, type Purpose } from '../vocabulary/purposes';
import type { Reason } from '../vocabulary/reasons';
import { ROLES, type Role } from '../vocabulary/roles';
import { cellsAt, MEMBER_KEY, type CellsAt } from './cells-at';
import { GRANT_ROLES, isGrantClause } from './clause-policy';
import { CONDITIONS, conditionsOf, conditionsOfDecision, type Condition } from './conditions';

export type Effect = Decision['effect'];
/** As `MatrixCell` of the schema. */
export interface MatrixCell {
  readonly role: Role; readonly purpose: Purpose; readonly coordinate: string; readonly effect: Effect; readonly clause: ClauseId | null; readonly reason: Reason | null;
  readonly conditions: readonly Condition[];
}
export interface MatrixFilter { readonly roles?: readonly Role[] | null; readonly purposes?: readonly Purpose[] | null }

const AT = '2000-01-01T00:00:00.000Z';
/** Whoever has this role: their organization, agreement and ids are as good as they can be, so that only rows and members are left to ask. */
export function anyCaller(role: Role, purpose: Purpose): Caller {
  return Object.freeze({
    subject: 'subject', role, purpose, purposes: [purpose], organization: 'organization', practitioner: 'practitioner', member: role === 'MEMBER' ? 'member' : null,
    tokenId: null, breakGlassReason: null, grant: null, requestId: 'policy', at: AT,
  });
}
/** Agreements that list all that there is: what they leave out is a relationship that the caller does not have. */
function bestFacts(role: Role, purpose: Purpose): CallerFacts {
  const agreement = { categoryMask: ALL_CATEGORIES, remunerated: false, purposes: [purpose] };
  if (role === 'BUSINESS_ASSOCIATE') return { organizationKind: null, organizationName: null, agreements: [{ ...agreement, kind: 'BUSINESS_ASSOCIATE' }] };
  return { organizationKind: null, organizationName: null, agreements: role === 'HEALTH_PLAN' ? [{ ...agreement, kind: 'PLAN_SERVICES' }] : [] };
}
export const bestAccess = (clauses: readonly Clause[], role: Role, purpose: Purpose): Access => createAccess(clauses, anyCaller(role, purpose), bestFacts(role, purpose));

/** The purposes that a matrix without a list of them shows: every code but those that only inherit, whose cells are their parent's. */
export const TOLD_PURPOSES: readonly Purpose[] = Object.freeze(PURPOSES.filter((each) => canonicalPurpose(each) === each
  && (parentOfPurpose(each) === null || NAMED_ONLY.includes(each) || MINIMUM_NECESSARY.some((cell) => cell.purposes.includes(each)))));

/** The coordinates that the policy decides, in the schema's order. */
export function decidedCoordinates(tags: ReadonlyMap<string, FieldTags>): ReadonlyMap<string, CellsAt> {
  const found = new Map<string, CellsAt>();
  for (const [coordinate, tag] of tags) {
    const at = tag.public || tag.onInterface || tag.entry ? null : cellsAt(coordinate);
    if (at) found.set(coordinate, at);
  }
  return found;
}

/** The grant clause that can open a category for this role and purpose (policy section 7: never PRIVACY or GOVERNMENT_ID, never marketing). */
function grantClause(clauses: readonly Clause[], { role, purpose }: { readonly role: Role; readonly purpose: Purpose }, category: Category): ClauseId | null {
  if (!GRANT_ROLES.includes(role) || purpose === 'HMARKT' || category === 'PRIVACY' || category === 'GOVERNMENT_ID') return null;
  return clauses.find((each) => isGrantClause(each) && each.purposes.some((granted) => purposeCovers(granted, purpose)))?.id ?? null;
}

type Told = Omit<MatrixCell, 'role' | 'purpose' | 'coordinate'>;
function toldOf(access: Access, decision: Decision, category: Category): Told {
  const { role, purpose } = access.profile;
  const granted = grantClause(access.clauses, { role, purpose }, category);
  if (decision.effect === 'DENY') {
    return granted ? { effect: 'CONDITIONAL', clause: granted, reason: null, conditions: ['GRANT'] } : { effect: 'DENY', clause: clauseOfPurpose(access), reason: decision.reason, conditions: [] };
  }
  const conditions = new Set<Condition>(conditionsOfDecision(decision));
  if (role === 'BUSINESS_ASSOCIATE') conditions.add('RELATIONSHIP');
  if (granted && access.categories === 'AUTHORIZED') conditions.add('GRANT');
  return { effect: conditions.size > 0 ? 'CONDITIONAL' : decision.effect, clause: decision.clauses[0] ?? null, reason: null, conditions: CONDITIONS.filter((each) => conditions.has(each)) };
}

/** The member's key: there where the member is reached. */
function keyTold(access: Access): Told {
  if (access.reach.kind === 'never') return { effect: 'DENY', clause: clauseOfPurpose(access), reason: purposePermitted(access.clauses, access.profile.role, access.profile.purpose) ? 'NO_RELATIONSHIP' : 'PURPOSE_NOT_PERMITTED', conditions: [] };
  const conditions = conditionsOf(access.reach);
  return { effect: conditions.length > 0 ? 'CONDITIONAL' : 'PERMIT', clause: clauseOfPurpose(access), reason: null, conditions };
}

function toldAt(access: Access, coordinate: string, at: CellsAt): Told {
  if (coordinate === MEMBER_KEY) return keyTold(access);
  const told = at.cells.map(({ cell }) => toldOf(access, access.decide(cell), cell.category));
  // What is administrative goes wherever its record goes: it is denied only where the whole record is.
  return told.find((each) => each.effect !== 'DENY') ?? (told[0] as Told);
}

/** Role by purpose by field, for the clauses of one version of the Notice. An empty list of roles or purposes is nothing. */
export function matrix(clauses: readonly Clause[], tags: ReadonlyMap<string, FieldTags>, filter: MatrixFilter = {}): MatrixCell[] {
  const coordinates = decidedCoordinates(tags);
  const purposes = filter.purposes ?? TOLD_PURPOSES;
  return (filter.roles ?? ROLES).flatMap((role) => purposes.flatMap((purpose) => {
    const access = bestAccess(clauses, role, purpose);
    const byCells = new Map<string, Told>();
    return [...coordinates].map(([coordinate, at]): MatrixCell => {
      const key = coordinate === MEMBER_KEY ? coordinate : at.cells.map(({ cell }) => `${cell.type} ${cell.category} ${cell.sensitivityMask}`).join();
      const told = byCells.get(key) ?? toldAt(access, coordinate, at);
      byCells.set(key, told);
      return { role, purpose, coordinate, ...told };
    });
  }));
}
