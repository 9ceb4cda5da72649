/** Section 4: which members a role reaches under its column of section 3, and which of their records a plan does. */
import { READINGS } from './readings';
import { allowsSale, naming } from './authorizations';
import { cellOf } from './minimum-necessary';
import { begun, inPeriod, instant, over, yearsLater } from './instants';
import { permitsAny } from './purposes';
import type { Agreement, Asking } from './asking';
import type { WorldRecord } from './world';

export function onCareTeam(who: Asking, memberId: string): boolean {
  const { practitionerId } = who.caller;
  return practitionerId !== null
    && (who.index.careTeamOf.get(memberId) ?? []).some((one) => one.practitionerId === practitionerId && inPeriod(one, who.index.now));
}

/** "`member(id:)` opens that member to that subject for 1 hour". */
const isOpened = (who: Asking, memberId: string): boolean =>
  (who.index.openingsOf.get(memberId) ?? []).some(
    (one) => one.subject === who.caller.subject && inPeriod({ start: one.openedAt, end: one.expiresAt }, who.index.now));

const isNamedBy = (who: Asking, memberId: string, ...via: string[]): boolean =>
  (who.index.namedByOf.get(memberId) ?? []).some((one) => one.organizationId === who.caller.organizationId && via.includes(one.via));

/** Each agreement by itself: it lists the purpose and, where remunerated, the member authorized the sale to this recipient. */
export function agreementsFor(who: Asking, memberId: string): Agreement[] {
  const cell = who.column === null ? [] : cellOf(who.caller.role, who.column);
  return who.agreements.filter((one) => permitsAny(one.purposes, who.purpose) && (!one.remunerated || allowsSale(naming(who, memberId)))
    && (READINGS.emptyAgreementReaches || cell.some((category) => one.categories.includes(category))));
}

/** "members covered by that plan now, for HPAYMT also those whose coverage ended within 24 months". */
function isCovered(who: Asking, memberId: string): boolean {
  const { now } = who.index;
  return (who.index.coveragesOf.get(memberId) ?? []).some((one) => {
    if (one.planId !== who.caller.organizationId) return false;
    if (inPeriod(one, now)) return true;
    const known = one.start !== null ? begun(one.start, now) : READINGS.missingStartIsOpen;
    return who.column === 'HPAYMT' && known && over(one.end, now) && now < yearsLater(instant(one.end ?? ''), 2);
  });
}

function exchangeReaches(who: Asking, memberId: string): boolean {
  if (who.column === 'TREAT') return true;
  return isNamedBy(who, memberId, 'CLAIM', 'ENCOUNTER', 'COVERAGE')
    || (who.index.coveragesOf.get(memberId) ?? []).some((one) => one.planId === who.caller.organizationId);
}

/** For a caller with a cell in section 3; the opt-out is asked elsewhere, for every rule. */
export function reachesByRole(who: Asking, memberId: string): boolean {
  if (who.column === null || !who.fits) return false;
  switch (who.caller.role) {
    case 'PHARMACIST': case 'NURSE': case 'HEALTHCARE_PROFESSIONAL':
      return onCareTeam(who, memberId) || (who.emergency && isOpened(who, memberId));
    case 'EXTERNAL_PROVIDER':
      return onCareTeam(who, memberId) || (who.emergency && isOpened(who, memberId))
        || (who.column === 'HPAYMT' && isNamedBy(who, memberId, 'CLAIM', 'ENCOUNTER'));
    case 'WORKFORCE': return true;
    case 'BUSINESS_ASSOCIATE': return agreementsFor(who, memberId).length > 0;
    case 'HEALTH_PLAN': return isCovered(who, memberId);
    case 'HIE_PARTICIPANT': return exchangeReaches(who, memberId);
    default: return false;
  }
}

/** "of them, claims and records dated inside a coverage period of that plan, and no claim billed to another payer". */
export function planReachesRecord(who: Asking, record: WorldRecord): boolean {
  const plan = who.caller.organizationId;
  if (record.date === null) return false;
  const date = instant(record.date);
  if (record.type === 'Claim') {
    if (record.payerId === null ? !READINGS.planSeesClaimOfUnknownPayer : record.payerId !== plan) return false;
  }
  return (who.index.coveragesOf.get(record.memberId) ?? []).some((one) => one.planId === plan && inPeriod(one, date));
}

/** Section 6: "no organization of kind HIE in any role and no HIE_PARTICIPANT reaches the member, for any purpose". */
export function isOptedOut(who: Asking, memberId: string): boolean {
  if (who.caller.role !== 'HIE_PARTICIPANT' && who.organizationKind !== 'HIE') return false;
  return (who.index.optOutsOf.get(memberId) ?? []).some((one) => inPeriod({ start: one.since, end: one.endedAt }, who.index.now));
}
