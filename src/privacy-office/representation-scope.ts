import { JURISDICTIONS } from '../permissions/jurisdictions';
import { DEFAULT_MINOR_CONSENT, type Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
import { classesOf, coverMask } from '../vocabulary/sensitivity';
import { isMinor, isYoungerThan, type MemberFacts, type Representation } from './standing';

/** Notes of psychotherapy tell of mental health: they are kept back with it. */
const withNotes = (mask: number): number => (mask & coverMask(['PSY']) ? mask | coverMask(['PSYTHPN']) : mask);

/** The classes kept from a representative at an instant: the professional's decision on record, else the default of policy section 4. */
export function excludedClasses(row: Representation, who: MemberFacts, at: string, jurisdictions: readonly Jurisdiction[] = JURISDICTIONS): number {
  if (row.excluded_mask !== null) return withNotes(coverMask(classesOf(row.excluded_mask)));
  const always = coverMask(['SDV']);
  const alone = jurisdictions.find((each) => each.state === who.home_state)?.minorConsent.classes ?? DEFAULT_MINOR_CONSENT;
  // A missing birth date denies: as for a minor who is old enough to consent alone.
  const isMinorOfTwelve = who.birth_date === null || (isMinor(who, at) && !isYoungerThan(who, 12, at));
  return withNotes(isMinorOfTwelve ? always | coverMask(alone) : always);
}
