import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { selectRows } from '../entities/rows';
import { representation } from '../entities/tables/member';
import type { Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
import { GatewayError } from '../vocabulary/errors';
import { coverMask } from '../vocabulary/sensitivity';
import type { AuthorizationInput } from './authorization-input';
import { excludedClasses } from './representation-scope';
import { authorizedCategories } from './spread';
import { isDead, isInForce, type MemberFacts, type Representation, type Standing } from './standing';
import { badInput } from './validate';

type Signed = Pick<AuthorizationInput, 'classes' | 'categories' | 'purposes' | 'signedAt' | 'signedBy'>;

/**
 * Whose signature an authorization bears: the member's, or that of a representative who was inside their scope when they signed.
 * @throws FORBIDDEN for a representative's own call beyond their scope; BAD_USER_INPUT naming what the office stated
 */
export async function signatureOf(manager: EntityManager, caller: Caller, standing: Standing, input: Signed, jurisdictions?: readonly Jurisdiction[]): Promise<{ byMember: boolean }> {
  const { member } = standing;
  const covers = (each: Representation): boolean => isInForce(each, member, input.signedAt) && isInsideScope(each, member, input, jurisdictions);
  if (standing.relationship === 'SELF') return { byMember: true };
  if (standing.relationship === 'REPRESENTATION') {
    if (!standing.representations.some(covers)) throw new GatewayError('FORBIDDEN', 'recordAuthorization: the representation does not reach that far.');
    return { byMember: false };
  }
  const signers = await selectRows(manager, representation, { subject: input.signedBy, member_id: member.id });
  if (signers.length > 0) {
    if (!signers.some(covers)) throw badInput('input.signedBy', 'the representation was not in force, or does not reach that far');
    return { byMember: false };
  }
  if (isDead(member, input.signedAt)) throw badInput('input.signedBy', 'must be a representative who may act after the death of the member');
  return { byMember: true };
}

/** Nobody can open what is kept from themselves. Categories left out mean all, so they need a representation for all. */
function isInsideScope(row: Representation, who: MemberFacts, input: Signed, jurisdictions?: readonly Jurisdiction[]): boolean {
  const categories = input.purposes.reduce((mask, purpose) => mask | authorizedCategories(input.categories ?? null, purpose), 0);
  const excluded = excludedClasses(row, who, input.signedAt, jurisdictions);
  return (categories & ~row.category_mask) === 0 && (coverMask(input.classes) & excluded) === 0;
}
