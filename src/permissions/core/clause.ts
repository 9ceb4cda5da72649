import type { ClauseId } from '../../vocabulary/clauses';
import type { Purpose } from '../../vocabulary/purposes';
import type { Reason } from '../../vocabulary/reasons';
import type { Role } from '../../vocabulary/roles';
import type { GrantRule } from './grant';
import { always, type Predicate } from './predicate';

/** A column of the table of special categories (policy section 5). */
export type SensitivityColumn = 'INSIDE_TREAT' | 'ETREAT' | 'INSIDE_OTHER' | 'OUTSIDE';

/**
 * What a clause opens: for these roles and purposes, which members and which of their records. The categories are those of the
 * minimum-necessary cell (`CELL`), or those that the member's authorization lists where there is no cell (`AUTHORIZED`).
 */
export interface Permit {
  readonly roles: readonly Role[];
  readonly purposes: readonly Purpose[];
  readonly categories: 'CELL' | 'AUTHORIZED';
  readonly members: Predicate;
  readonly records: Predicate;
}

/** What a clause forbids, whatever permits it: the rows for which `hides` holds. It wins over every permit. */
export interface Prohibition {
  /** MEMBER: the member is out of reach; CELL: a cell of the member or of a record is hidden. */
  readonly level: 'MEMBER' | 'CELL';
  readonly reason: Reason;
  readonly rule: string;
  readonly roles?: readonly Role[];
  /** Roles that it does not bind within their own cell (a member before their own record). */
  readonly exceptRoles?: readonly Role[];
  readonly exceptPurposes?: readonly Purpose[];
  readonly column?: SensitivityColumn;
  readonly hides: Predicate;
}

/** One clause of the Notice, as data: nothing here is a function, so it can be printed, enumerated, compared and compiled. */
export interface Clause {
  readonly id: ClauseId;
  readonly title: string;
  /** CFR section, or the law; `*` marks a citation that was not read again for this text. */
  readonly citation: string;
  readonly summary: string;
  readonly purposes: readonly Purpose[];
  readonly permits: readonly Permit[];
  readonly prohibits: readonly Prohibition[];
  readonly needsAuthorization: boolean;
  /** What a disclosure case by case demands and can open (policy section 7); null where the clause allows none. */
  readonly grant: GrantRule | null;
  /** Whether a release under it is listed in the accounting of disclosures (164.528). */
  readonly accounted: boolean;
  /** How the Notice was read where it could be read otherwise. */
  readonly reading: string;
}

type ClauseDraft = Omit<Clause, 'permits' | 'prohibits' | 'needsAuthorization' | 'grant' | 'accounted'> & Partial<Clause>;
export const clause = (draft: ClauseDraft): Clause =>
  Object.freeze({ permits: [], prohibits: [], needsAuthorization: false, grant: null, accounted: false, ...draft });
export const permit = (draft: Omit<Permit, 'records' | 'categories'> & Partial<Permit>): Permit =>
  Object.freeze({ records: always, categories: 'CELL' as const, ...draft });
export const prohibition = (draft: Prohibition): Prohibition => Object.freeze(draft);
