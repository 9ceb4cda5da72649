import type { Clause, Permit, Prohibition } from '../permissions/core/clause';
import { decide, type Profile } from '../permissions/core/decide';
import type { CellKind } from '../permissions/core/predicate';
import { MINIMUM_NECESSARY, minimumCell } from '../permissions/minimum-necessary';
import { columnOf, tableNeed } from '../permissions/special-categories';
import { cellGroups, memberCell } from '../query/plan/cells';
import { createAccess, type Access } from '../query/plan/access';
import { ALL_CATEGORIES } from '../vocabulary/categories';
import { fieldsOf } from '../vocabulary/fields';
import { purposeCovers, PURPOSES, type Purpose } from '../vocabulary/purposes';
import { RECORD_TYPE_NAMES } from '../vocabulary/records';
import { ROLES, type OrganizationKind, type Role } from '../vocabulary/roles';
import { anyCaller, bestAccess } from './matrix';
import { alikeFor } from './purposes-alike';
import { askedBy, leftBy, permitApplies } from './weigh';

/** UNREACHABLE: it never decides; CONTRADICTORY: it gives what is always forbidden; SHADOWED: another rule says all that it says. */
export type Finding = { readonly kind: 'UNREACHABLE' | 'CONTRADICTORY' | 'SHADOWED'; readonly clause: string; readonly rule: string; readonly because: string };

/** One cell of each kind that the schema has. */
export const CELL_KINDS: readonly CellKind[] = Object.freeze([...new Map(
  [...fieldsOf('Member').map((each) => memberCell(each)), ...RECORD_TYPE_NAMES.flatMap((type) => cellGroups(type).map((each) => each.cell))]
    .map(({ coordinate: _, ...cell }) => [`${cell.type} ${cell.category} ${cell.sensitivityMask} ${cell.noteKind}`, cell] as const)).values()]);

const nameOf = (rule: Permit): string => `permit:${rule.roles.join('+')}:${rule.purposes.join('+')}`;
const pairsOf = (roles: readonly Role[], purposes: readonly Purpose[]): { role: Role; purpose: Purpose }[] =>
  roles.flatMap((role) => PURPOSES.filter((each) => purposes.some((granted) => purposeCovers(granted, each))).map((purpose) => ({ role, purpose })));

/** A permit that opens no cell for anyone that it names, or whose cells are forbidden whatever the rows hold. */
function lintPermit(clauses: readonly Clause[], clause: Clause, rule: Permit): Finding | null {
  const found = { clause: clause.id, rule: nameOf(rule) };
  let opens = false;
  for (const { role, purpose } of pairsOf(rule.roles, rule.purposes)) {
    const access = bestAccess(clauses, role, purpose);
    if (!permitApplies(rule, access)) continue;
    for (const cell of CELL_KINDS) {
      if (askedBy(clause, rule, access, cell).kind === 'never') continue;
      opens = true;
      if (access.decide(cell).effect !== 'DENY') return null;
    }
  }
  return opens ? { ...found, kind: 'CONTRADICTORY', because: 'every cell that it opens is forbidden, whatever the rows hold' } : { ...found, kind: 'UNREACHABLE', because: 'it opens no cell for any role and purpose that it names' };
}

const KINDS: readonly (OrganizationKind | null)[] = [null, 'HIE', 'HEALTH_PLAN', 'OTHER'];
/** One role and purpose of each kind that the core tells apart. */
function* kindsOfCaller(clauses: readonly Clause[]): Generator<{ role: Role; purpose: Purpose }> {
  const met = new Set<string>();
  for (const role of ROLES) for (const purpose of PURPOSES) {
    const alike = alikeFor(clauses, role, purpose);
    if (met.has(alike)) continue;
    met.add(alike);
    yield { role, purpose };
  }
}
const accessesOf = (clauses: readonly Clause[], role: Role, purpose: Purpose): Access[] => KINDS.map((organizationKind) => createAccess(clauses, anyCaller(role, purpose), {
  organizationKind, organizationName: null, agreements: [{ kind: 'BUSINESS_ASSOCIATE', categoryMask: ALL_CATEGORIES, remunerated: false, purposes: [purpose] }],
}));

/** A prohibition that hides no row from anyone. */
function lintProhibition(clauses: readonly Clause[], clause: Clause, rule: Prohibition): Finding | null {
  // A column of the table of special categories that asks for nothing is there for the files of the states, which can ask.
  if (rule.column !== undefined && tableNeed(rule.column) === 0) return null;
  for (const { role, purpose } of kindsOfCaller(clauses)) {
    if ((rule.roles && !rule.roles.includes(role)) || (rule.column && rule.column !== columnOf(role, purpose))) continue;
    for (const access of accessesOf(clauses, role, purpose)) for (const cell of CELL_KINDS) if (isInCell(access.profile, cell) && leftBy(clause, rule, access, cell).kind !== 'always') return null;
  }
  return { kind: 'UNREACHABLE', clause: clause.id, rule: rule.rule, because: 'it hides no row from any caller' };
}
const isInCell = (profile: Profile, cell: CellKind): boolean => minimumCell(profile.role, profile.purpose)?.categories.includes(cell.category) ?? !['GOVERNMENT_ID', 'PRIVACY'].includes(cell.category);

const covers = <Each>(wide: readonly Each[] | undefined, narrow: readonly Each[] | undefined): boolean => wide === undefined || (narrow !== undefined && narrow.every((each) => wide.includes(each)));
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A permit or a prohibition beside one that says the same to everyone that it speaks to. */
function lintShadows(clauses: readonly Clause[]): Finding[] {
  const permits = clauses.flatMap((clause) => clause.permits.map((rule) => ({ clause, rule })));
  const prohibits = clauses.flatMap((clause) => clause.prohibits.map((rule) => ({ clause, rule })));
  const shadowedPermits = permits.filter(({ rule }, place) => permits.some(({ rule: other }, at) => at !== place && other.categories === rule.categories
    && covers(other.roles, rule.roles) && covers(family(other.purposes), family(rule.purposes))
    && (other.members.kind === 'always' || isSame(other.members, rule.members)) && (other.records.kind === 'always' || isSame(other.records, rule.records))
    // Of two that say the same, the later one is shadowed.
    && (at < place || !isSame({ ...other }, { ...rule }))));
  const shadowedProhibits = prohibits.filter(({ rule }, place) => prohibits.some(({ rule: other }, at) => at !== place && other.level === rule.level && isSame(other.hides, rule.hides)
    && covers(other.roles, rule.roles) && covers(rule.exceptRoles ?? [], other.exceptRoles ?? []) && covers(rule.exceptPurposes ?? [], other.exceptPurposes ?? []) && (other.column === undefined || other.column === rule.column)
    && (at < place || !isSame(other, rule))));
  return [
    ...shadowedPermits.map(({ clause, rule }) => ({ kind: 'SHADOWED' as const, clause: clause.id, rule: nameOf(rule), because: 'another permit gives the same rows to the same callers' })),
    ...shadowedProhibits.map(({ clause, rule }) => ({ kind: 'SHADOWED' as const, clause: clause.id, rule: rule.rule, because: 'another prohibition hides the same rows from the same callers' })),
  ];
}
const family = (purposes: readonly Purpose[]): Purpose[] => PURPOSES.filter((each) => purposes.some((granted) => purposeCovers(granted, each)));

/** Cells of the minimum-necessary table that no permit opens. */
const lintCells = (clauses: readonly Clause[]): Finding[] => MINIMUM_NECESSARY.flatMap(({ role, purposes }) => purposes.flatMap((purpose): Finding[] => {
  const open = CELL_KINDS.some((cell) => decide(clauses, bestAccess(clauses, role, purpose).profile, cell).effect !== 'DENY');
  return open ? [] : [{ kind: 'UNREACHABLE', clause: 'minimum-necessary', rule: `${role}:${purpose}`, because: 'no permit opens any category of this cell' }];
}));

/** What is wrong with a policy as a text of rules, whoever asks; an empty list is a policy without such mistakes. */
export function lint(clauses: readonly Clause[]): Finding[] {
  const rules = clauses.flatMap((clause) => [...clause.permits.map((rule) => lintPermit(clauses, clause, rule)), ...clause.prohibits.map((rule) => lintProhibition(clauses, clause, rule))]);
  return [...rules.filter((each) => each !== null), ...lintShadows(clauses), ...lintCells(clauses)];
}
