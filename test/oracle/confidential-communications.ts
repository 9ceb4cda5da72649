/** Section 6: confidential communications, what of CONTACT a caller sees who may see CONTACT at all. */
import { inPeriod } from './instants';
import { isNamed } from './recipients';
import { isOwnRequest } from './minimum-necessary';
import type { Asking } from './asking';

export type ContactView = 'FULL' | 'CHOSEN_WAY' | 'NOTHING';

export function contactShown(who: Asking, memberId: string): ContactView {
  const { caller, index } = who;
  if (caller.role === 'PRIVACY_OFFICER' || isOwnRequest(caller, memberId)) return 'FULL';
  const asked = (index.confidentialOf.get(memberId) ?? []).filter((one) => inPeriod({ start: one.since, end: one.endedAt }, index.now));
  if (asked.length === 0) return 'FULL';
  // "only the way that the member asked for to inside roles and associates, and nothing to" the others "unless the request names them".
  const served = who.inside || caller.role === 'BUSINESS_ASSOCIATE' || asked.some((one) => isNamed(one.recipients, caller));
  return served ? 'CHOSEN_WAY' : 'NOTHING';
}
