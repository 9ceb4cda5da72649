/** A caller before one member: everything that does not depend on the cell, gathered once. */
import { agreedBinding, hiddenAsPaid } from './restrictions';
import { agreementsFor, isOptedOut, onCareTeam, reachesByRole } from './reach';
import { byAuthorization, ownRuleOf } from './minimum-necessary';
import { contactShown } from './confidential-communications';
import { forPurpose, naming } from './authorizations';
import { isDeceased, representationsInForce } from './representation';
import type { Agreement, Asking } from './asking';
import type { Authorization } from './authorizations';
import type { ContactView } from './confidential-communications';
import type { Representation } from './representation';
import type { Restriction } from './restrictions';

export interface Standing {
  readonly who: Asking;
  readonly memberId: string;
  /** The rules that reach the member; any one of them may open a cell, by itself. */
  readonly asMember: boolean;
  readonly asRepresentative: readonly Representation[];
  readonly asOffice: boolean;
  readonly byRole: boolean;
  readonly byAuthorization: boolean;
  /** Authorizations in force that name the caller and the purpose. */
  readonly granted: readonly Authorization[];
  readonly agreements: readonly Agreement[];
  readonly careTeam: boolean;
  readonly restrictions: readonly Restriction[];
  readonly paid: ReadonlySet<string>;
  readonly contact: ContactView;
}

/** Null where the member does not exist for the caller. */
export function standing(who: Asking, memberId: string): Standing | null {
  const { caller, index } = who;
  if (!index.member.has(memberId) || isOptedOut(who, memberId)) return null;
  // Section 4: "From `deceasedAt` on the MEMBER token ... out of force".
  if (caller.role === 'MEMBER' && caller.memberId !== null && isDeceased(who, caller.memberId)) return null;
  const own = ownRuleOf(caller.role, caller.purpose);
  const granted = forPurpose(who, naming(who, memberId));
  const rules = {
    asMember: own === 'MEMBER' && caller.memberId === memberId,
    asRepresentative: own === 'REPRESENTATIVE' ? representationsInForce(who, memberId) : [],
    asOffice: own === 'OFFICE',
    byRole: reachesByRole(who, memberId),
    byAuthorization: byAuthorization(caller.role, caller.purpose) && granted.length > 0,
  };
  if (!rules.asMember && !rules.asOffice && !rules.byRole && !rules.byAuthorization && rules.asRepresentative.length === 0) return null;
  return {
    who, memberId, ...rules, granted, careTeam: onCareTeam(who, memberId),
    agreements: caller.role === 'BUSINESS_ASSOCIATE' ? agreementsFor(who, memberId) : [],
    restrictions: agreedBinding(who, memberId), paid: hiddenAsPaid(who, memberId), contact: contactShown(who, memberId),
  };
}
