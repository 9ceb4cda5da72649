import type { Clause } from '../permissions/core/clause';
import type { ClauseElement } from '../permissions/core/grant';
import type { NoticeVersion } from '../permissions/notice';
import { ROLES, type Role } from '../vocabulary/roles';

export interface ClausePolicy { readonly clause: Clause; readonly demands: readonly ClauseElement[]; readonly roles: readonly Role[] }

/** Roles that request a grant or read under one (policy section 7). */
export const GRANT_ROLES: readonly Role[] = Object.freeze(['WORKFORCE', 'DISCLOSURE_RECIPIENT', 'PRIVACY_OFFICER']);

/** What a clause demands of a grant; none for a clause that gives none. */
export const demandsOf = (clause: Clause): readonly ClauseElement[] => clause.grant?.demands ?? [];
export const isGrantClause = (clause: Clause): boolean => clause.grant !== null;

/** The roles that a clause speaks of: those it permits, those it forbids something, all where a rule names none. */
function rolesOf(clause: Clause): readonly Role[] {
  const named = new Set<Role>([...clause.permits.flatMap((each) => each.roles), ...clause.prohibits.flatMap((each) => each.roles ?? ROLES), ...(isGrantClause(clause) ? GRANT_ROLES : [])]);
  return ROLES.filter((each) => named.has(each));
}

/** One clause of a version of the Notice; null for an id that it does not have. */
export function clausePolicy(notice: NoticeVersion, id: string): ClausePolicy | null {
  const clause = notice.clauses.find((each) => each.id === id);
  return clause ? { clause, demands: demandsOf(clause), roles: rolesOf(clause) } : null;
}
