import { permit, type Permit } from './core/clause';
import { always, and, bound, eq, exists, never, not, ofMember, record, row, value, type CellKind, type Predicate } from './core/predicate';
import type { GrantTerms } from './grant-terms';
import { living } from './clauses/relationships';
import { soldWithAuthorization } from './clauses/sale';
import type { Role } from '../vocabulary/roles';
import type { Purpose } from '../vocabulary/purposes';

const ofGrant = eq(row('grant_id'), bound('grant'));
const inGrant: Predicate = exists('grant_member', and(ofGrant, ofMember));
const thisRecord = and(ofGrant, ofMember, eq(row('record_id'), record('id')));
/** The record is one of those that the grant is limited to. */
const inScope: Predicate = exists('grant_scope_record', thisRecord);
/** The request named it: notes are disclosed only so. */
const isNamed: Predicate = exists('grant_scope_record', and(thisRecord, eq(row('named'), value(1))));

/** Every rule of a grant that asks the database: who explains one reads the facts of these. */
export const GRANT_RULES: readonly Predicate[] = Object.freeze([inGrant, inScope, isNamed]);

/** What a grant opens: its members, as one permit of its clause (policy section 7). */
export function permitOfGrant(terms: GrantTerms, role: Role, purpose: Purpose): Permit {
  const parts = [inGrant, ...(terms.remunerated ? [exists('authorization_scope', soldWithAuthorization)] : []), ...(terms.decedents ? [not(living)] : [])];
  return permit({ roles: [role], purposes: [purpose], members: and(...parts) });
}

/** Which rows of this kind of cell it opens: every one, those it is limited to, and of notes those it names. */
export function rowsOfGrant(terms: GrantTerms, cell: CellKind, isRecord: boolean): Predicate {
  if (!isRecord) return always;
  if (cell.category === 'NOTE') return terms.narrowed ? isNamed : never;
  return terms.narrowed ? inScope : always;
}
