import { CATEGORIES, type Category } from '../vocabulary/categories';
import { canonicalPurpose, inheritedFrom, purposeCovers, PURPOSES, type Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';

/** How much of NOTE a cell holds: none, notes of type medication review, or every note (psychotherapy notes: the author's own alone). */
export type NoteReach = 'NONE' | 'MEDICATION_REVIEW' | 'EVERY';

/** A cell of the minimum-necessary table (policy section 3; 45 CFR 164.502(b), 164.514(d)). */
export interface MinimumCell {
  readonly role: Role;
  /** The purposes that open the cell; their children follow by inheritance unless `exactly`. */
  readonly purposes: readonly Purpose[];
  readonly exactly?: boolean;
  readonly categories: readonly Category[];
  readonly notes: NoteReach;
}

const CLINICIAN: readonly Category[] = ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE'];
const PAYMENT: readonly Category[] = ['IDENTITY', 'COVERAGE', 'FINANCIAL'];
const PAYMENT_WITH_CONTACT: readonly Category[] = ['IDENTITY', 'CONTACT', 'COVERAGE', 'FINANCIAL'];
const OPERATIONS: readonly Category[] = ['IDENTITY', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'];
const EXCHANGE_TREATMENT: readonly Category[] = ['IDENTITY', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'CARE_TEAM'];
const OWN_RECORD: readonly Category[] = CATEGORIES.filter((each) => each !== 'ADMINISTRATIVE');
/** For a plan or an exchange, operations are these and no other (164.506(c)(4)*). */
const OPERATIONS_OF_RECIPIENTS: readonly Purpose[] = ['HOPERAT', 'CAREMGT', 'HQUALIMP', 'HOUTCOMS', 'PERFMSR', 'PATSFTY', 'HACCRED', 'TRAIN', 'FRAUD'];

const cell = (role: Role, purposes: readonly Purpose[], categories: readonly Category[], notes: NoteReach = 'NONE', exactly = false): MinimumCell =>
  Object.freeze({ role, purposes, categories, notes, exactly });

/** The table, row by row. ETREAT stands beside TREAT: the glass opens the same cell, by name alone. */
export const MINIMUM_NECESSARY: readonly MinimumCell[] = Object.freeze([
  cell('PHARMACIST', ['TREAT', 'ETREAT'], CLINICIAN, 'MEDICATION_REVIEW'),
  cell('NURSE', ['TREAT', 'ETREAT'], CLINICIAN, 'EVERY'),
  cell('HEALTHCARE_PROFESSIONAL', ['TREAT', 'ETREAT'], CLINICIAN, 'EVERY'),
  cell('WORKFORCE', ['HPAYMT'], PAYMENT_WITH_CONTACT),
  cell('WORKFORCE', ['HOPERAT'], OPERATIONS),
  cell('EXTERNAL_PROVIDER', ['TREAT', 'ETREAT'], CLINICIAN, 'EVERY'),
  cell('EXTERNAL_PROVIDER', ['HPAYMT'], PAYMENT),
  cell('BUSINESS_ASSOCIATE', ['HPAYMT'], PAYMENT_WITH_CONTACT),
  cell('BUSINESS_ASSOCIATE', ['HOPERAT'], OPERATIONS),
  cell('HEALTH_PLAN', ['HPAYMT'], PAYMENT),
  cell('HEALTH_PLAN', OPERATIONS_OF_RECIPIENTS, ['IDENTITY', 'CONTACT', 'COVERAGE', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'], 'NONE', true),
  cell('HIE_PARTICIPANT', ['TREAT', 'ETREAT'], EXCHANGE_TREATMENT),
  cell('HIE_PARTICIPANT', ['HPAYMT'], PAYMENT),
  cell('HIE_PARTICIPANT', OPERATIONS_OF_RECIPIENTS, ['IDENTITY', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'], 'NONE', true),
  cell('MEMBER', ['PATRQT'], OWN_RECORD, 'EVERY'),
  cell('PERSONAL_REPRESENTATIVE', ['FAMRQT', 'PWATRNY'], OWN_RECORD, 'EVERY'),
  cell('PRIVACY_OFFICER', ['HCOMPL'], ['IDENTITY', 'CONTACT', 'PRIVACY']),
]);

/** The cell that a role has for a purpose, or null: a dash, PURPOSE_NOT_PERMITTED. */
export function minimumCell(role: Role, purpose: Purpose): MinimumCell | null {
  const asked = canonicalPurpose(purpose);
  return MINIMUM_NECESSARY.find((each) => each.role === role
    && each.purposes.some((granted) => (each.exactly ? granted === asked : purposeCovers(granted, asked)))) ?? null;
}

export const categoriesOfCell = (role: Role, purpose: Purpose): readonly Category[] => minimumCell(role, purpose)?.categories ?? [];

/** Treatment, payment and operations with all that inherits from them: an authorization widens no cell there (policy section 3). */
export const isTreatmentPaymentOperations = (purpose: Purpose): boolean => {
  const line = inheritedFrom(purpose);
  return line.includes('TREAT') || line.includes('HPAYMT') || line.includes('HOPERAT') || line.includes('ETREAT');
};

/** The purposes for which a field of this category may be asked at all, by the table alone: what @purposeOfUse prints. */
export function purposesOfCategory(category: Category): Purpose[] {
  if (category === 'ADMINISTRATIVE') return purposesOfCategory('IDENTITY');
  return PURPOSES.filter((purpose) => MINIMUM_NECESSARY.some((each) => each.categories.includes(category)
    && each.purposes.some((granted) => (each.exactly ? granted === purpose : purposeCovers(granted, purpose)))));
}
