/** Section 5: when an authorization counts, and what it opens or lifts. */
import { READINGS } from './readings';
import { anyCovers } from './classes';
import { begun, hasTurned, over } from './instants';
import { isNamed } from './recipients';
import { permitsAny } from './purposes';
import type { Asking } from './asking';
import type { Category } from './fields';
import type { World } from './world';

export type Authorization = World['authorizations'][number];

/** Signed, begun, not over, not revoked. Without a start it begins with its signature. */
function inForce(one: Authorization, now: string): boolean {
  return begun(one.signedAt, now) && (one.start === null || begun(one.start, now)) && !over(one.end, now) && !over(one.revokedAt, now);
}

/** The member's authorizations in force that name this caller, whatever they are for. */
export const naming = (who: Asking, memberId: string): Authorization[] =>
  (who.index.authorizationsOf.get(memberId) ?? []).filter((one) => inForce(one, who.index.now) && isNamed(one.recipients, who.caller));

/** Of these, those for the purpose asked. */
export const forPurpose = (who: Asking, all: readonly Authorization[]): Authorization[] =>
  all.filter((one) => permitsAny(one.purposes, who.purpose));

/** Section 3: left out means all, but IDENTITY and CONTACT for HMARKT; what it narrows to, it also lifts. */
export function reachesCategory(one: Authorization, purpose: string, category: Category): boolean {
  if (one.categories !== null) return one.categories.includes(category);
  return purpose !== 'HMARKT' || category === 'IDENTITY' || category === 'CONTACT';
}

/** Section 3, "By authorization": the categories that it opens by itself. */
export const opensCategory = (granted: readonly Authorization[], purpose: string, category: Category): boolean =>
  (category !== 'GOVERNMENT_ID' || READINGS.governmentIdByAuthorization) && (category !== 'PRIVACY' || READINGS.privacyByAuthorization)
  && granted.some((one) => reachesCategory(one, purpose, category));

/** Null birth date counts as a minor here: the signature is then asked. */
export const isMinor = (who: Asking, memberId: string): boolean =>
  hasTurned(18, who.index.member.get(memberId)?.birthDate ?? null, who.index.now) !== true;

/** One label of one cell, lifted by one authorization; each label may have another. */
export function liftsLabel(granted: readonly Authorization[], purpose: string, category: Category, label: string, minor: boolean): boolean {
  return granted.some((one) => {
    if (!reachesCategory(one, purpose, category)) return false;
    // Section 5: "authorization naming this class alone".
    if (label === 'PSYTHPN') return one.classes.length === 1 && one.classes[0] === 'PSYTHPN';
    if (label === 'PART2' && minor && READINGS.minorSignsPart2ForEveryCaller && !one.signedByMember) return false;
    return anyCovers(one.classes, label);
  });
}

/** Section 3, "Sale": any authorization in force with `sale` that names the recipient. */
export const allowsSale = (named: readonly Authorization[]): boolean => named.some((one) => one.sale);
