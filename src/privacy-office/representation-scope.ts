import { classMask, coverMask, type SensitivityClass } from '../vocabulary/sensitivity';
import type { Jurisdiction } from './office';
import { isYoungerThan, type MemberFacts, type Representation } from './standing';

/** What a minor may consent to alone where no state file speaks (policy section 4). */
const MINOR_CONSENT: readonly SensitivityClass[] = ['STD', 'HIV', 'SUD', 'SEX', 'PSY'];

/** The classes kept from a representative at an instant: the professional's decision on record, else the default of policy section 4. */
export function excludedClasses(row: Representation, who: MemberFacts, at: string, jurisdiction?: Jurisdiction): number {
  if (row.excluded_mask !== null) return row.excluded_mask;
  const mask = classMask(['SDV']);
  // A missing birth date denies: as for a minor who is old enough to consent alone.
  const isMinorOfTwelve = who.birth_date === null || (isYoungerThan(who, 18, at) && !isYoungerThan(who, 12, at));
  return isMinorOfTwelve ? mask | coverMask(jurisdiction?.minorConsentClasses(who.home_state) ?? MINOR_CONSENT) : mask;
}
