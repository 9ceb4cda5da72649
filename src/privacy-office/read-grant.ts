import type { DataSource } from 'typeorm';
import { undisturbed } from '../entities/transaction';
import type { Caller } from '../identity/caller';
import { CASE_BY_CASE } from '../permissions/clauses';
import type { Clause } from '../permissions/core/clause';
import { termsOf, type Elements, type GrantTerms } from '../permissions/grant-terms';
import { GatewayError, invariant } from '../vocabulary/errors';
import type { Recipient } from '../vocabulary/recipients';
import { classesOf } from '../vocabulary/sensitivity';

/** A grant that is in force, as the policy reads it. */
export interface GrantInForce {
  readonly id: string;
  readonly recipient: Recipient;
  readonly terms: GrantTerms;
  /** The author whose notes an oversight reads; null otherwise. */
  readonly author: string | null;
  readonly clause: Clause;
}
interface GrantRow { id: string; clause: string; recipient: string; category_mask: number; class_mask: number; elements: string; remunerated: number; narrowed: number }

const SELECT = `SELECT id, clause, recipient, category_mask, class_mask, elements, remunerated, narrowed FROM disclosure_grant
WHERE id = ? AND status = 'ACCEPTED' AND decided_at <= ? AND ? < expires_at`;

/** The grant of that id where it is approved and has not expired at the instant; null otherwise. */
export async function readGrant(source: DataSource, id: string, at: string): Promise<GrantInForce | null> {
  const [row] = await undisturbed(source, () => source.query(SELECT, [id, at, at]) as Promise<GrantRow[]>);
  if (!row) return null;
  const clause = CASE_BY_CASE.find((each) => each.id === row.clause);
  invariant(clause?.grant, 'a grant that was recorded is of a clause that has grants');
  const granted = { categories: row.category_mask, classes: classesOf(row.class_mask), narrowed: row.narrowed === 1, remunerated: row.remunerated === 1 };
  return Object.freeze({ id: row.id, recipient: JSON.parse(row.recipient) as Recipient, clause, ...termsOf(clause.id, clause.grant, JSON.parse(row.elements) as Elements, granted) });
}

const STAFF = ['WORKFORCE', 'PRIVACY_OFFICER'];
const isRecipient = (caller: Caller, { subject, organizationId }: Recipient): boolean =>
  caller.role === 'DISCLOSURE_RECIPIENT' && ((subject ?? null) !== null ? subject === caller.subject : (organizationId ?? null) !== null && organizationId === caller.organization);

/**
 * The grant that the request names, for its recipient or for staff on the recipient's behalf.
 * @throws NOT_FOUND alike for what does not exist, is not in force, or is another's; FORBIDDEN where nothing may leave
 */
export async function grantOf(source: DataSource, caller: Caller & { readonly grant: string }): Promise<GrantInForce> {
  const found = await readGrant(source, caller.grant, caller.at);
  if (!found || !(STAFF.includes(caller.role) || isRecipient(caller, found.recipient))) throw new GatewayError('NOT_FOUND', 'X-Grant: no such grant is in force');
  if (found.terms.onPremises && !STAFF.includes(caller.role)) throw new GatewayError('FORBIDDEN', 'X-Grant: nothing leaves under this grant; staff read it');
  return found;
}
