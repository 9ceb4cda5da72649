/** A caller before one member: everything that does not depend on the cell, gathered once. */
import { agreedBinding, hiddenAsPaid } from './restrictions';
import { agreementsFor, isOptedOut, onCareTeam, reachesByRole } from './reach';
import { FAMILY, overridesPrivacyState } from './grant-clauses';
import { byAuthorization, ownRuleOf } from './minimum-necessary';
import { contactShown } from './confidential-communications';
import { forPurpose, naming } from './authorizations';
import { reachesByGrant } from './grants';
import { isDeceased, representationsInForce } from './representation';
import type { Agreement, Asking } from './asking';
import type { Authorization } from './authorizations';
import type { ContactView } from './confidential-communications';
import type { Representation } from './representation';
import type { Restriction } from './restrictions';
import type { WorldGrant } from './world';

export interface Standing {
  readonly who: Asking;
  readonly memberId: string;
  /** The rules that reach the member; any one of them may open a cell, by itself. */
  readonly asMember: boolean;
  readonly asRepresentative: readonly Representation[];
  readonly asOffice: boolean;
  readonly byRole: boolean;
  readonly byAuthorization: boolean;
  /** What is read under a grant, in place of every other rule. */
  readonly grant: WorldGrant | null;
  /** Authorizations in force that name the caller and the purpose. */
  readonly granted: readonly Authorization[];
  readonly agreements: readonly Agreement[];
  readonly careTeam: boolean;
  readonly restrictions: readonly Restriction[];
  readonly paid: ReadonlySet<string>;
  readonly contact: ContactView;
}

/** Under a grant nothing but the grant opens the member, and little binds it. */
function grantStanding(who: Asking, grant: WorldGrant, memberId: string): Standing | null {
  if (!reachesByGrant(who, grant, memberId, isDeceased(who, memberId))) return null;
  return {
    who, memberId, asMember: false, asRepresentative: [], asOffice: false, byRole: false, byAuthorization: false, grant,
    granted: forPurpose(who, naming(who, memberId)), careTeam: false, agreements: [],
    restrictions: FAMILY.has(grant.clause) ? agreedBinding(who, memberId) : [], paid: overridesPrivacyState(grant) ? NOTHING : hiddenAsPaid(who, memberId),
    contact: contactShown(who, memberId),
  };
}
const NOTHING: ReadonlySet<string> = new Set();

/** Null where the member does not exist for the caller. */
export function standing(who: Asking, memberId: string): Standing | null {
  const { caller, index } = who;
  if (!index.member.has(memberId)) return null;
  if (who.grant !== null) return grantStanding(who, who.grant, memberId);
  if (isOptedOut(who, memberId)) return null;
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
    who, memberId, ...rules, grant: null, granted, careTeam: onCareTeam(who, memberId),
    agreements: caller.role === 'BUSINESS_ASSOCIATE' ? agreementsFor(who, memberId) : [],
    restrictions: agreedBinding(who, memberId), paid: hiddenAsPaid(who, memberId), contact: contactShown(who, memberId),
  };
}
