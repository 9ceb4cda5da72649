/** Section 3: which NOTE a role's TREAT cell holds. */
import { isAuthor } from './special-categories';
import type { Asking } from './asking';
import type { WorldRecord } from './world';

/** Section 2: MedicationReview's texts, and a Document whose type says so. */
const isMedicationReviewNote = (record: WorldRecord): boolean =>
  record.type === 'MedicationReview' || (record.type === 'Document' && record.medicationReview);

export function mayReadNote(who: Asking, record: WorldRecord): boolean {
  if (who.caller.role === 'PHARMACIST') return isMedicationReviewNote(record);
  // NURSE, HEALTHCARE_PROFESSIONAL, EXTERNAL_PROVIDER: "every NOTE except psychotherapy notes by another author".
  return !record.labels.includes('PSYTHPN') || isAuthor(who, record);
}
