/** Section 3: who sees which category for which purpose. */
import { READINGS } from './readings';
import { isPurpose, oneName, permits } from './purposes';
import type { Category } from './fields';

export type Column = 'TREAT' | 'HPAYMT' | 'HOPERAT';
export const INSIDE: ReadonlySet<string> = new Set(['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'WORKFORCE']);
export const ROLES: readonly string[] = [
  ...INSIDE, 'EXTERNAL_PROVIDER', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN', 'HIE_PARTICIPANT', 'MEMBER', 'PERSONAL_REPRESENTATIVE',
  'DISCLOSURE_RECIPIENT', 'PRIVACY_OFFICER', 'AUDITOR',
];

const CARE: Category[] = ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE'];
const PAYER: Category[] = ['IDENTITY', 'COVERAGE', 'FINANCIAL'];
const PAYMENT: Category[] = ['IDENTITY', 'CONTACT', 'COVERAGE', 'FINANCIAL'];
const OPERATIONS: Category[] = ['IDENTITY', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'];

/** A missing column is a dash. NOTE stands in the cell where some NOTE does: which, `mayReadNote` of notes.ts says. */
const CELLS: Record<string, Partial<Record<Column, Category[]>>> = {
  PHARMACIST: { TREAT: CARE },
  NURSE: { TREAT: CARE },
  HEALTHCARE_PROFESSIONAL: { TREAT: CARE },
  WORKFORCE: { HPAYMT: PAYMENT, HOPERAT: OPERATIONS },
  EXTERNAL_PROVIDER: { TREAT: CARE, HPAYMT: PAYER },
  BUSINESS_ASSOCIATE: { HPAYMT: PAYMENT, HOPERAT: OPERATIONS },
  HEALTH_PLAN: { HPAYMT: PAYER, HOPERAT: ['IDENTITY', 'CONTACT', 'COVERAGE', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'] },
  HIE_PARTICIPANT: {
    TREAT: ['IDENTITY', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'CARE_TEAM'],
    HPAYMT: PAYER,
    HOPERAT: ['IDENTITY', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT'],
  },
};

/** "For HEALTH_PLAN and HIE_PARTICIPANT, HOPERAT is itself and ..." (164.506(c)(4)). */
const OPERATIONS_OF_OTHERS = new Set(['HOPERAT', 'CAREMGT', 'HQUALIMP', 'HOUTCOMS', 'PERFMSR', 'PATSFTY', 'HACCRED', 'TRAIN', 'FRAUD']);
/** "ETREAT and BTG open the TREAT cell to ..." */
const EMERGENCY = new Set(['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER', 'HIE_PARTICIPANT']);
const COLUMNS: Column[] = ['TREAT', 'HPAYMT', 'HOPERAT'];

export const isEmergency = (purpose: string): boolean => oneName(purpose) === 'ETREAT';

/** The column that the purpose falls under for anyone, whether or not the role has a cell there. */
const familyOf = (purpose: string): Column | null => COLUMNS.find((column) => permits(column, purpose)) ?? null;

/** The column whose cell the role has for the purpose; null for a dash and for a purpose without a column. */
export function columnOf(role: string, purpose: string): Column | null {
  if (isEmergency(purpose)) return EMERGENCY.has(role) ? 'TREAT' : null;
  const column = familyOf(purpose);
  if (column === null || CELLS[role]?.[column] === undefined) return null;
  const listed = column === 'HOPERAT' && (role === 'HEALTH_PLAN' || role === 'HIE_PARTICIPANT');
  return listed && !OPERATIONS_OF_OTHERS.has(purpose) ? null : column;
}

export const cellOf = (role: string, column: Column): readonly Category[] => CELLS[role]?.[column] ?? [];

/** Purposes that the member's and the representative's own rules, and the privacy officer's, give (section 3). */
export function ownRuleOf(role: string, purpose: string): 'MEMBER' | 'REPRESENTATIVE' | 'OFFICE' | null {
  if (role === 'MEMBER' && purpose === 'PATRQT') return 'MEMBER';
  if (role === 'PERSONAL_REPRESENTATIVE' && (purpose === 'FAMRQT' || purpose === 'PWATRNY')) return 'REPRESENTATIVE';
  return role === 'PRIVACY_OFFICER' && purpose === 'HCOMPL' ? 'OFFICE' : null;
}

/** "The member" whom nothing is kept from in sections 5 and 6: before their own record, for their own request (PATRQT). */
export const isOwnRequest = (caller: { role: string; purpose: string; memberId: string | null }, memberId: string): boolean =>
  ownRuleOf(caller.role, caller.purpose) === 'MEMBER' && caller.memberId === memberId;

/** "By authorization": a purpose without a column, for any role but AUDITOR. */
export function byAuthorization(role: string, purpose: string): boolean {
  if (role === 'AUDITOR' || !ROLES.includes(role) || !isPurpose(purpose)) return false;
  if (role === 'PRIVACY_OFFICER') return READINGS.officerByAuthorization;
  if (isEmergency(purpose)) return READINGS.emergencyByAuthorization;
  if (ownRuleOf(role, purpose) !== null) return READINGS.ownRuleBesidesAuthorization;
  const family = familyOf(purpose);
  if (family === null) return true;
  return READINGS.unlistedOperationsByAuthorization && CELLS[role]?.[family] !== undefined && columnOf(role, purpose) === null;
}

/** A grant under a clause of purpose "any" can open every purpose to its recipient (section 7), but never the emergency. */
export const byGrantAlone = (role: string, purpose: string): boolean =>
  role === 'DISCLOSURE_RECIPIENT' && isPurpose(purpose) && !isEmergency(purpose);
