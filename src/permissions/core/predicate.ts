import type { Category } from '../../vocabulary/categories';
import type { ClauseId } from '../../vocabulary/clauses';

/**
 * Predicates as data: small frozen trees that can be printed, enumerated, compared, interpreted in memory (interpret.ts) and
 * compiled to SQL (src/query/compile). Every leaf is two-valued: a comparison with a missing fact (NULL) is false.
 *
 * Row variables: `m` the member (a row of `member`), `r` the record (a row of its type's table), others are bound by exists/bits.
 */
export type Variable = 'm' | 'r' | 'x';

/** What is known of the caller before any row is read. Static ones are folded away when a plan is made; bound ones stay parameters. */
export type StaticParameter =
  | 'role' | 'organizationKind' | 'knownOrganizationFits' | 'purpose' | 'categoryBit' | 'category' | 'noteKind' | 'recordType' | 'sensitivityMask'
  | 'grantClasses' | 'agreementCategories' | 'remuneratedCategories' | 'planAgreementCategories' | 'remuneratedPlanCategories' | 'planServicesAssociate';
export type BoundParameter =
  | 'now' | 'subject' | 'organization' | 'practitioner' | 'member' | 'bornAfterForMinor' | 'bornByForTwelve' | 'coverageEndedAfter'
  | 'callerKeys' | 'restrictionKeys' | 'purposes' | 'restrictionPurposes' | 'grant' | 'grantAuthor';

export type Operand =
  | { readonly kind: 'column'; readonly of: Variable; readonly name: string }
  | { readonly kind: 'static'; readonly name: StaticParameter }
  | { readonly kind: 'bound'; readonly name: BoundParameter }
  | { readonly kind: 'value'; readonly value: string | number | null }
  /** The bits of all matching rows together; 0 where none matches. */
  | { readonly kind: 'bits'; readonly relation: string; readonly column: string; readonly where: Predicate }
  /** A mask that depends on the state of the member's home address; `otherwise` where no file speaks. */
  | { readonly kind: 'byState'; readonly masks: Readonly<Record<string, number>>; readonly otherwise: number }
  /** The bits of both. */
  | { readonly kind: 'union'; readonly left: Operand; readonly right: Operand };

export type Predicate =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'and'; readonly all: readonly Predicate[] }
  | { readonly kind: 'or'; readonly any: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'eq'; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly left: Operand; readonly list: readonly Operand[] }
  /** left < right, in time's order. */
  | { readonly kind: 'before'; readonly left: Operand; readonly right: Operand }
  /** left <= right, in time's order. */
  | { readonly kind: 'notAfter'; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'missing'; readonly of: Operand }
  /** Some row of the relation, bound as `x`, satisfies `where`. */
  | { readonly kind: 'exists'; readonly relation: string; readonly where: Predicate }
  /** Every bit of `bits` that is also in `need` is in `cover`. */
  | { readonly kind: 'covered'; readonly bits: Operand; readonly need: Operand; readonly cover: Operand }
  /** Both masks share a bit. */
  | { readonly kind: 'overlaps'; readonly left: Operand; readonly right: Operand };

const freeze = <T extends object>(node: T): Readonly<T> => Object.freeze(node);

export const always: Predicate = freeze({ kind: 'always' });
export const never: Predicate = freeze({ kind: 'never' });
export const and = (...all: Predicate[]): Predicate => freeze({ kind: 'and', all: freeze(all) });
/** An empty disjunction is false. */
export const or = (...any: Predicate[]): Predicate => freeze({ kind: 'or', any: freeze(any) });
export const not = (of: Predicate): Predicate => freeze({ kind: 'not', of });
export const eq = (left: Operand, right: Operand): Predicate => freeze({ kind: 'eq', left, right });
/** In an empty list is nothing. */
export const isIn = (left: Operand, ...list: Operand[]): Predicate => freeze({ kind: 'in', left, list: freeze(list) });
export const before = (left: Operand, right: Operand): Predicate => freeze({ kind: 'before', left, right });
export const notAfter = (left: Operand, right: Operand): Predicate => freeze({ kind: 'notAfter', left, right });
export const missing = (of: Operand): Predicate => freeze({ kind: 'missing', of });
export const exists = (relation: string, where: Predicate): Predicate => freeze({ kind: 'exists', relation, where });
export const covered = (bits: Operand, need: Operand, cover: Operand): Predicate => freeze({ kind: 'covered', bits, need, cover });
export const overlaps = (left: Operand, right: Operand): Predicate => freeze({ kind: 'overlaps', left, right });

export const member = (name: string): Operand => freeze({ kind: 'column', of: 'm', name });
export const record = (name: string): Operand => freeze({ kind: 'column', of: 'r', name });
export const row = (name: string): Operand => freeze({ kind: 'column', of: 'x', name });
export const known = (name: StaticParameter): Operand => freeze({ kind: 'static', name });
export const bound = (name: BoundParameter): Operand => freeze({ kind: 'bound', name });
export const value = (of: string | number | null): Operand => freeze({ kind: 'value', value: of });
export const values = (...all: (string | number)[]): Operand[] => all.map(value);
export const bits = (relation: string, column: string, where: Predicate): Operand => freeze({ kind: 'bits', relation, column, where });
export const byState = (otherwise: number, masks: Readonly<Record<string, number>>): Operand => freeze({ kind: 'byState', otherwise, masks: freeze({ ...masks }) });
export const union = (left: Operand, right: Operand): Operand => freeze({ kind: 'union', left, right });

export const now = bound('now');
/** start <= now < end: a half-open period that holds the instant; no start is a missing fact, no end is open. */
export const during = (start: Operand, end: Operand, at: Operand = now): Predicate =>
  and(notAfter(start, at), or(missing(end), before(at, end)));
/** The row of a relation belongs to the member in question. */
export const ofMember = eq(row('member_id'), member('id'));

/** What a cell is to the policy: where it stands and what it reveals. */
export interface CellKind {
  /** `Member`, a record type, or `InteractionAlert`: what is derived from the member's medications, for some roles alone. */
  readonly type: string;
  readonly category: Category;
  /** Classes that the field reveals by its mere presence (bits). */
  readonly sensitivityMask: number;
  readonly noteKind: 'NONE' | 'MEDICATION_REVIEW' | 'BY_RECORD' | 'OTHER';
  /** Which field of the member it is, where one is asked by itself: a grant may list coordinates. */
  readonly coordinate?: string;
}
export type { ClauseId };

/** The parts that must all hold; none of what always does. */
export const conjuncts = (predicate: Predicate): readonly Predicate[] =>
  (predicate.kind === 'and' ? predicate.all.flatMap(conjuncts) : predicate.kind === 'always' ? [] : [predicate]);
const OF_MEMBER = JSON.stringify(ofMember);
/** True for the part that ties the row of a relation to the member. */
export const isOfMember = (part: Predicate): boolean => JSON.stringify(part) === OF_MEMBER;
