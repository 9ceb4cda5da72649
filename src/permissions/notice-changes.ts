import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { CATEGORIES, type Category } from '../vocabulary/categories';
import { CLAUSE_IDS, type ClauseId } from '../vocabulary/clauses';
import { canonicalPurpose, purposeCovers, PURPOSES, type Purpose } from '../vocabulary/purposes';
import { ROLES, type Role } from '../vocabulary/roles';
import { prohibition, type Clause, type Permit } from './core/clause';
import { and, isIn, known, values } from './core/predicate';

/**
 * What a version of the Notice says otherwise than the rules that ship: `policy.json` beside its `notice.json`. A file narrows and
 * never widens (docs/adr/notice-versions-narrow.md): it closes permits of a clause, or withholds categories of a cell, so that a version
 * before or after it opens them again. Each version is told in full, against the rules that ship, and not against its neighbour.
 */
export interface NoticeChanges {
  /** Permits that a version does not give: of a clause, for all or some of its roles and purposes. */
  readonly closes: readonly { readonly clause: ClauseId; readonly roles?: readonly Role[]; readonly purposes?: readonly Purpose[] }[];
  /** Categories that a version keeps from a role for a purpose and what inherits from it, under the clause named. */
  readonly withholds: readonly { readonly clause: ClauseId; readonly roles: readonly Role[]; readonly purposes: readonly Purpose[]; readonly categories: readonly Category[] }[];
}
export const NO_CHANGES: NoticeChanges = Object.freeze({ closes: Object.freeze([]), withholds: Object.freeze([]) });

const oneOf = <Code extends string>(codes: readonly Code[]) => z.enum(codes);
const some = <Code extends string>(codes: readonly Code[]) => z.array(oneOf(codes)).min(1);
// Strict: a misspelt key would leave a cell open without a word.
const file = z.strictObject({
  closes: z.array(z.strictObject({ clause: oneOf(CLAUSE_IDS), roles: some(ROLES).optional(), purposes: some(PURPOSES).optional() })).default([]),
  withholds: z.array(z.strictObject({ clause: oneOf(CLAUSE_IDS), roles: some(ROLES), purposes: some(PURPOSES), categories: some(CATEGORIES) })).default([]),
});

/** Reads `policy.json`; no file changes nothing. Throws, naming NOTICES_DIR, the file as `name` and the element. */
export function readNoticeChanges(path: string, name: string): NoticeChanges {
  if (!existsSync(path)) return NO_CHANGES;
  const parsed = file.safeParse(parse(path, name));
  if (parsed.success) return Object.freeze(parsed.data) as NoticeChanges;
  throw new Error(`NOTICES_DIR: ${name}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
}

function parse(path: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Error(`NOTICES_DIR: ${name}: is not JSON, or cannot be read`);
  }
}

/** The codes for which a rule of `granted` would speak. */
const family = (granted: readonly Purpose[]): Purpose[] => PURPOSES.filter((each) => granted.some((one) => purposeCovers(one, each)));

/** The permit without some roles and purposes. Throws where a closed purpose would open again by the parent that it inherits from. */
function narrowed(permit: Permit, roles: readonly Role[] | undefined, purposes: readonly Purpose[] | undefined): Permit[] {
  const spoken = permit.roles.filter((each) => !roles || roles.includes(each));
  const others = permit.roles.filter((each) => !spoken.includes(each));
  const closed = purposes ? family(purposes) : PURPOSES;
  const left = family(permit.purposes).filter((each) => !closed.includes(each));
  const reopened = closed.find((each) => left.some((parent) => purposeCovers(parent, each)));
  if (spoken.length > 0 && reopened) throw new Error(`NOTICES_DIR: policy.json: closes: ${reopened} inherits from a purpose that stays open; withhold its categories`);
  return [
    ...(others.length > 0 ? [Object.freeze({ ...permit, roles: others })] : []),
    ...(spoken.length > 0 && left.length > 0 ? [Object.freeze({ ...permit, roles: spoken, purposes: left })] : []),
  ];
}

function changed(clause: Clause, changes: NoticeChanges): Clause {
  const closes = changes.closes.filter((each) => each.clause === clause.id);
  const withholds = changes.withholds.filter((each) => each.clause === clause.id);
  if (closes.length === 0 && withholds.length === 0) return clause;
  const permits = closes.reduce<readonly Permit[]>((open, { roles, purposes }) => open.flatMap((each) => narrowed(each, roles, purposes)), clause.permits);
  const prohibits = withholds.map(({ roles, purposes, categories }) => prohibition({
    level: 'CELL', reason: 'MINIMUM_NECESSARY', rule: 'withheld-by-version', roles,
    hides: and(isIn(known('purpose'), ...values(...new Set(family(purposes).map(canonicalPurpose)))), isIn(known('category'), ...values(...categories))),
  }));
  return Object.freeze({ ...clause, permits: Object.freeze(permits), prohibits: Object.freeze([...clause.prohibits, ...prohibits]) });
}

/** The clauses as a version has them; what ships where nothing differs, so that plans are shared. */
export const changedClauses = (clauses: readonly Clause[], changes: NoticeChanges): readonly Clause[] =>
  (changes.closes.length === 0 && changes.withholds.length === 0 ? clauses : Object.freeze(clauses.map((each) => changed(each, changes))));
