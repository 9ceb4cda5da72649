/** Section 5: the table of special categories, with the state files; one label at a time, all must be satisfied. */
import { isMinor, liftsLabel } from './authorizations';
import { grantOpens } from './grants';
import { READINGS } from './readings';
import { isWithin, permits } from './purposes';
import { coversClass, rowOf } from './classes';
import type { Asking } from './asking';
import type { Authorization } from './authorizations';
import type { Category } from './fields';
import type { WorldRecord } from './world';

/** What the decision on one label is made from. `record` is null for a field of the member. */
export interface Labelled {
  readonly who: Asking;
  readonly memberId: string;
  readonly record: WorldRecord | null;
  readonly category: Category;
  /** In force, for this purpose and caller. */
  readonly granted: readonly Authorization[];
  readonly careTeam: boolean;
}

/** California (AB 352): these need an authorization inside too, but for treatment. New York and Texas ask no more than the table. */
const STATE_ASKS: Record<string, string[]> = { CA: ['ABORTION', 'CONTRACEPTION', 'GENDER_IDENTITY'], NY: [], TX: [] };

/** Underwriting in the reading of section 5 (164.502(a)(5)(i)). */
const UNDERWRITING = new Set(['COVERAGE', 'ELIGDTRM', 'ENROLLM']);

export function isAuthor(who: Asking, record: WorldRecord | null): boolean {
  return record !== null && record.authorId !== null && record.authorId === who.caller.practitionerId;
}

/** "a plan, in any role, only for a named child that is not underwriting ..., whatever is signed". */
function planMayAskGenetics(purpose: string): boolean {
  const covers = READINGS.namedOnlyIsNamedChild ? isWithin : permits;
  const bare = purpose === 'HPAYMT' || purpose === 'HOPERAT';
  return !bare && !UNDERWRITING.has(purpose) && (covers('HPAYMT', purpose) || covers('HOPERAT', purpose));
}

function stateAsks(about: Labelled, label: string): boolean {
  const state = about.who.index.member.get(about.memberId)?.state ?? null;
  return state !== null && (STATE_ASKS[state] ?? []).some((named) => coversClass(named, label));
}

export function labelAllows(about: Labelled, label: string): boolean {
  const { who, record } = about;
  const row = rowOf(label);
  if (row === null) return false;
  const insideTreating = who.inside && who.treating;
  const lifted = (): boolean => liftsLabel(about.granted, who.purpose, about.category, label, isMinor(who, about.memberId))
    || (who.grant !== null && grantOpens(who.grant, label, record));

  if (row === 'PSYTHPN') {
    if (who.emergency) return isAuthor(who, record);
    return insideTreating ? isAuthor(who, record) && about.careTeam : lifted();
  }
  // The ETREAT column holds for every role under ETREAT, outside roles and plans too.
  if (who.emergency) return true;
  if (row === 'GDIS' && who.plan) return planMayAskGenetics(who.purpose) && lifted();
  if (row === 'PART2') {
    // "the recording program's own callers, whatever their role, none", for treatment.
    const ownProgram = who.treating && record !== null && record.programId !== null && record.programId === who.caller.organizationId;
    return ownProgram || lifted();
  }
  if (insideTreating) return true;
  if (row === 'SEX' && who.inside && !stateAsks(about, label)) return true;
  return lifted();
}
