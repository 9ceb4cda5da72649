/** Sections 3 and 4: representations in force, their scope and what they exclude. */
import { anyCovers } from './classes';
import { begun, hasTurned, inPeriod } from './instants';
import { isMinor, reachesCategory } from './authorizations';
import type { Asking } from './asking';
import type { Authorization } from './authorizations';
import type { Category } from './fields';
import type { World } from './world';

export type Representation = World['representations'][number];

const AFTER_DEATH = new Set(['EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN']);
/** Section 4: what a minor of 12 or more may consent to alone, without a file that says otherwise. */
const MINORS_OWN = ['STD', 'HIV', 'SUD', 'SEX', 'PSY'];

/** From `deceasedAt` on (section 4). */
export function isDeceased(who: Asking, memberId: string): boolean {
  const at = who.index.member.get(memberId)?.deceasedAt ?? null;
  return at !== null && begun(at, who.index.now);
}

export function representationsInForce(who: Asking, memberId: string): Representation[] {
  const { index, caller } = who;
  const adult = hasTurned(18, index.member.get(memberId)?.birthDate ?? null, index.now);
  return (index.representationsOf.get(memberId) ?? []).filter((one) => {
    if (one.subject !== caller.subject || !inPeriod(one, index.now)) return false;
    // "ends on the member's 18th birthday"; a birth date that is not known gives no minor to represent.
    if ((one.kind === 'PARENT' || one.kind === 'GUARDIAN') && adult !== false) return false;
    return !isDeceased(who, memberId) || AFTER_DEATH.has(one.kind);
  });
}

/** "excludedClasses left out means SDV, and for a minor of 12 or more also what the minor may consent to alone". */
export function excludedBy(one: Representation, who: Asking): readonly string[] {
  if (one.excludedClasses !== null) return one.excludedClasses;
  const birthDate = who.index.member.get(one.memberId)?.birthDate ?? null;
  const consentsAlone = hasTurned(12, birthDate, who.index.now) !== false && hasTurned(18, birthDate, who.index.now) !== true;
  return consentsAlone ? ['SDV', ...MINORS_OWN] : ['SDV'];
}

/** Whether this representation, by itself, covers a cell of that category that bears those labels. */
export function represents(
  one: Representation, who: Asking, granted: readonly Authorization[], category: Category, labels: readonly string[],
): boolean {
  if (one.categories !== null && !one.categories.includes(category)) return false;
  const excluded = excludedBy(one, who);
  return labels.every((label) => {
    if (label === 'PSYTHPN' || anyCovers(excluded, label)) return false;
    // 42 CFR 2.14: "Part 2 records of a minor need the minor's signature".
    return label !== 'PART2' || !isMinor(who, one.memberId)
      || granted.some((given) => given.signedByMember && anyCovers(given.classes, 'PART2') && reachesCategory(given, who.purpose, category));
  });
}
