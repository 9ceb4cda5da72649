import type { Clause } from '../../permissions/core/clause';
import { minimumCell } from '../../permissions/minimum-necessary';
import type { CellKind } from '../../permissions/core/predicate';
import { createAccess, type Access, type CallerFacts } from '../../query/plan/access';
import { ALL_CATEGORIES, CATEGORIES, categoryBit } from '../../vocabulary/categories';
import { PURPOSES, type Purpose } from '../../vocabulary/purposes';
import { PAYER_KEY } from '../../vocabulary/recipients';
import { ROLES, type OrganizationKind, type Role } from '../../vocabulary/roles';
import { CASE_BY_CASE } from '../../permissions/clauses';
import { CELL_KINDS } from '../lint';
import { anyCaller } from '../matrix';
import { alikeFor } from '../purposes-alike';
import { grantsOf, type ProvenGrant } from './grant-space';

/** A policy as a proof meets it: whom it gives which access. A broken one differs in this alone. */
export interface ProvenPolicy { readonly clauses: readonly Clause[]; readonly access: (role: Role, purpose: Purpose, facts: CallerFacts) => Access }
export const policyOf = (clauses: readonly Clause[]): ProvenPolicy => ({ clauses, access: (role, purpose, facts) => createAccess(clauses, anyCaller(role, purpose), facts) });

/** Which callers a proof goes through. */
export interface Space { readonly roles: readonly Role[]; readonly purposes: readonly Purpose[]; readonly kinds: readonly (OrganizationKind | null)[]; readonly cells: readonly CellKind[]; /** Clauses under which grants are read, too. */ readonly grants: readonly string[] }
/** One kind of cell for each category, note and field that reveals a class. */
const FEW_CELLS = CELL_KINDS.filter((each, place) => CELL_KINDS.findIndex((other) => other.category === each.category && other.noteKind === each.noteKind && other.sensitivityMask === each.sensitivityMask && (other.type === 'Member') === (each.type === 'Member')) === place);
/** The clauses of policy section 7. */
const GRANTS = CASE_BY_CASE.map((each) => each.id);
export const WHOLE: Space = Object.freeze<Space>({
  grants: GRANTS, roles: ROLES, cells: CELL_KINDS, purposes: PURPOSES, kinds: [null, 'COVERED_ENTITY', 'HEALTH_PLAN', 'BUSINESS_ASSOCIATE', 'PROVIDER', 'HIE', 'AUTHORITY', 'OTHER'] });
/** One purpose of each kind (with and without a cell, named only, inherited, underwriting), and the kinds of organization that rules name. */
export const REDUCED: Space = Object.freeze<Space>({
  grants: GRANTS,
  roles: ROLES, cells: FEW_CELLS, kinds: [null, 'HEALTH_PLAN', 'HIE'],
  purposes: ['TREAT', 'COC', 'ETREAT', 'HPAYMT', 'COVERAGE', 'HOPERAT', 'CAREMGT', 'HCOMPL', 'HMARKT', 'HRESCH', 'PATRQT', 'PWATRNY'],
});

export interface Case { readonly access: Access; readonly cell: CellKind; /** Cases with equal texts are decided alike. */ readonly alike: string; readonly told: string; /** What is read under, in place of every other rule. */ readonly grant: ProvenGrant | null }

/** The agreements that a caller can have: none, or one that lists everything, of each kind. */
function agreementsOf(role: Role, purpose: Purpose, kind: OrganizationKind | null): CallerFacts['agreements'][] {
  const all = { categoryMask: ALL_CATEGORIES, remunerated: false, purposes: [purpose] };
  // What a list of an agreement can leave out is each category: lists of one, and lists of all but one.
  const lists = kind === null && minimumCell(role, purpose) ? CATEGORIES.flatMap((each) => [categoryBit(each), ALL_CATEGORIES & ~categoryBit(each)]) : [];
  const narrow = lists.flatMap((categoryMask) => [false, true].map((remunerated) => [{ ...all, categoryMask, remunerated, kind: 'BUSINESS_ASSOCIATE' as const }]));
  if (role === 'BUSINESS_ASSOCIATE') return [...narrow, [], [{ ...all, kind: 'BUSINESS_ASSOCIATE' }], [{ ...all, kind: 'PLAN_SERVICES' }], [{ ...all, kind: 'BUSINESS_ASSOCIATE', remunerated: true }]];
  return role === 'HEALTH_PLAN' ? [[], [{ ...all, kind: 'PLAN_SERVICES' }]] : [[]];
}

/** Every caller of the space before every kind of cell. */
export function* casesOf(policy: ProvenPolicy, space: Space): Generator<Case> {
  for (const role of space.roles) for (const purpose of space.purposes) {
    const alike = alikeFor(policy.clauses, role, purpose);
    for (const organizationKind of space.kinds) for (const agreements of agreementsOf(role, purpose, organizationKind)) {
      const access = policy.access(role, purpose, { organizationKind, organizationName: null, agreements });
      const { profile, bound } = access;
      const keys = bound.restrictionKeys as readonly string[];
      const caller = JSON.stringify([alike, profile.organizationKind, profile.organizationFits, agreements.map((each) => [each.kind, each.remunerated, each.categoryMask]), keys.includes(PAYER_KEY), keys.length]);
      for (const cell of space.cells) yield { access, cell, alike: `${caller} ${JSON.stringify(cell)}`, told: `${role} for ${purpose}, organization ${profile.organizationKind}, ${cell.type} ${cell.category}`, grant: null };
    }
  }
  yield* casesUnderGrants(policy, space);
}

/** Every reader of a grant before every kind of cell. */
function* casesUnderGrants(policy: ProvenPolicy, space: Space): Generator<Case> {
  for (const { grant, purpose } of grantsOf(policy.clauses, space.grants, space.purposes)) for (const organizationKind of space.kinds) {
    const access = policy.access('DISCLOSURE_RECIPIENT', purpose, { organizationKind, organizationName: null, agreements: [], grant: grant.facts });
    const reader = JSON.stringify([alikeFor(policy.clauses, 'DISCLOSURE_RECIPIENT', purpose), access.profile.organizationKind, grant.told]);
    for (const cell of space.cells) yield { access, cell, grant, alike: `${reader} ${JSON.stringify(cell)}`, told: `DISCLOSURE_RECIPIENT for ${purpose}, organization ${access.profile.organizationKind}, ${cell.type} ${cell.category} ${grant.told}` };
  }
}
