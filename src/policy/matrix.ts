import type { Caller } from '../identity/caller';
import type { FieldTags } from '../directives/tags';
import type { Clause } from '../permissions/core/clause';
import { purposePermitted, type Decision } from '../permissions/core/decide';
import { minimumCell, MINIMUM_NECESSARY } from '../permissions/minimum-necessary';
import { createAccess, type Access, type CallerFacts } from '../query/plan/access';
import { clauseOfPurpose } from '../query/plan/verdicts';
import { ALL_CATEGORIES, type Category } from '../vocabulary/categories';
import type { ClauseId } from '../vocabulary/clauses';
import { canonicalPurpose, NAMED_ONLY, parentOfPurpose, purposeCovers, PURPOSES, type Purpose } from '../vocabulary/purposes';
import type { Reason } from '../vocabulary/reasons';
import { ROLES, type Role } from '../vocabulary/roles';
import { cellsAt, MEMBER_KEY, type CellsAt } from './cells-at';
import { GRANT_ROLES, isGrantClause } from './clause-policy';
import { alikeFor } from './purposes-alike';
import { CONDITIONS, conditionsOf, conditionsOfDecision, type Condition } from './conditions';

export type Effect = Decision['effect'];
/** As `MatrixCell` of the schema. */
export interface MatrixCell {
  readonly role: Role; readonly purpose: Purpose; readonly coordinate: string; readonly effect: Effect; readonly clause: ClauseId | null; readonly reason: Reason | null;
  readonly conditions: readonly Condition[];
}
export interface MatrixFilter { readonly roles?: readonly Role[] | null; readonly purposes?: readonly Purpose[] | null; /** False: without what a grant could open case by case. */ readonly withGrants?: boolean }

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

/** The first grant clause that this role can use for this purpose; null where there is none. No grant opens marketing. */
function grantClause(clauses: readonly Clause[], role: Role, purpose: Purpose): ClauseId | null {
  if (!GRANT_ROLES.includes(role) || purpose === 'HMARKT') return null;
  return clauses.find((each) => isGrantClause(each) && each.purposes.some((granted) => purposeCovers(granted, purpose)))?.id ?? null;
}
/** What no grant opens (policy section 7). */
const UNGRANTABLE: readonly Category[] = ['PRIVACY', 'GOVERNMENT_ID'];

type Told = Omit<MatrixCell, 'role' | 'purpose' | 'coordinate'>;
function toldOf(access: Access, decision: Decision): Told {
  if (decision.effect === 'DENY') return { effect: 'DENY', clause: decision.reason === 'PURPOSE_NOT_PERMITTED' ? null : clauseOfPurpose(access), reason: decision.reason, conditions: [] };
  const conditions = new Set<Condition>(conditionsOfDecision(decision));
  if (access.profile.role === 'BUSINESS_ASSOCIATE') conditions.add('RELATIONSHIP');
  return { effect: conditions.size > 0 ? 'CONDITIONAL' : decision.effect, clause: decision.clauses[0] ?? null, reason: null, conditions: CONDITIONS.filter((each) => conditions.has(each)) };
}

/** The member's key: there where the member is reached. */
function keyTold(access: Access): Told {
  const { role, purpose } = access.profile;
  if (!purposePermitted(access.clauses, role, purpose)) return { effect: 'DENY', clause: null, reason: 'PURPOSE_NOT_PERMITTED', conditions: [] };
  if (access.reach.kind === 'never') return { effect: 'DENY', clause: clauseOfPurpose(access), reason: 'NO_RELATIONSHIP', conditions: [] };
  const conditions = conditionsOf(access.reach);
  return { effect: conditions.length > 0 ? 'CONDITIONAL' : 'PERMIT', clause: clauseOfPurpose(access), reason: null, conditions };
}

function toldAt(access: Access, coordinate: string, at: CellsAt): Told {
  if (coordinate === MEMBER_KEY) return keyTold(access);
  const told = at.cells.map(({ cell }) => toldOf(access, access.decide(cell)));
  // What is administrative goes wherever its record goes: it is denied only where the whole record is.
  return told.find((each) => each.effect !== 'DENY') ?? (told[0] as Told);
}

/** … and with what a grant can open beside it (policy section 9: such a cell is CONDITIONAL). */
function withGrant(told: Told, granted: ClauseId | null, hasCell: boolean, categories: readonly Category[]): Told {
  if (!granted || categories.every((each) => UNGRANTABLE.includes(each)) || (told.effect !== 'DENY' && hasCell)) return told;
  return told.effect === 'DENY' ? { effect: 'CONDITIONAL', clause: granted, reason: null, conditions: ['GRANT'] } : { ...told, conditions: ['GRANT', ...told.conditions] };
}

/** Cells that are decided alike, by what the core knows of role and purpose and by the kind of cell: worked out once a version of the Notice. */
const TOLD = new WeakMap<readonly Clause[], Map<string, Told>>();
const KEYS = new Map<string, string>();
/** Which kinds of cell a coordinate is: equal for coordinates that are decided alike. */
export function cellKey(coordinate: string, at: CellsAt): string {
  const known = KEYS.get(coordinate) ?? (coordinate === MEMBER_KEY ? coordinate : at.cells.map(({ cell }) => `${cell.type} ${cell.category} ${cell.sensitivityMask} ${cell.noteKind}`).join());
  KEYS.set(coordinate, known);
  return known;
}

function cellsOf(clauses: readonly Clause[], coordinates: ReadonlyMap<string, CellsAt>, role: Role, purpose: Purpose, granted: ClauseId | null): MatrixCell[] {
  const known = TOLD.get(clauses) ?? new Map<string, Told>();
  TOLD.set(clauses, known);
  const alike = alikeFor(clauses, role, purpose);
  const hasCell = minimumCell(role, purpose) !== null;
  let access: Access | null = null;
  return [...coordinates].map(([coordinate, at]): MatrixCell => {
    const key = `${alike} ${cellKey(coordinate, at)}`;
    const told = known.get(key) ?? toldAt(access ??= bestAccess(clauses, role, purpose), coordinate, at);
    known.set(key, told);
    return { role, purpose, coordinate, ...withGrant(told, granted, hasCell, at.cells.map(({ cell }) => cell.category)) };
  });
}

/** Role by purpose by field, for the clauses of one version of the Notice. An empty list of roles or purposes is nothing. Gives way to other work between purposes. */
export async function matrix(clauses: readonly Clause[], tags: ReadonlyMap<string, FieldTags>, filter: MatrixFilter = {}): Promise<MatrixCell[]> {
  const { withGrants = true } = filter;
  const coordinates = decidedCoordinates(tags);
  const cells: MatrixCell[] = [];
  for (const role of filter.roles ?? ROLES) for (const purpose of filter.purposes ?? TOLD_PURPOSES) {
    cells.push(...cellsOf(clauses, coordinates, role, purpose, withGrants ? grantClause(clauses, role, purpose) : null));
    await new Promise(setImmediate);
  }
  return cells;
}
