import type { Category } from './categories';

/** The record types (`implements Record`), with the category of their fields and the table that holds them (policy section 2). */
export const RECORD_TYPES = {
  Condition: { table: 'condition_record', category: 'CLINICAL', connection: 'conditions' },
  Medication: { table: 'medication', category: 'MEDICATION', connection: 'medications' },
  Allergy: { table: 'allergy', category: 'CLINICAL', connection: 'allergies' },
  Observation: { table: 'observation', category: 'CLINICAL', connection: 'observations' },
  Immunization: { table: 'immunization', category: 'CLINICAL', connection: 'immunizations' },
  Procedure: { table: 'procedure_record', category: 'CLINICAL', connection: 'procedures' },
  Encounter: { table: 'encounter', category: 'CLINICAL', connection: 'encounters' },
  DiagnosticReport: { table: 'diagnostic_report', category: 'CLINICAL', connection: 'diagnosticReports' },
  Document: { table: 'document', category: 'NOTE', connection: 'documents' },
  CarePlan: { table: 'care_plan', category: 'CARE_MANAGEMENT', connection: 'carePlans' },
  MedicationReview: { table: 'medication_review', category: 'MEDICATION', connection: 'medicationReviews' },
  CareGap: { table: 'care_gap', category: 'CARE_MANAGEMENT', connection: 'careGaps' },
  Claim: { table: 'claim', category: 'FINANCIAL', connection: 'claims' },
} as const satisfies Record<string, { table: string; category: Category; connection: string }>;

export type RecordType = keyof typeof RECORD_TYPES;
export const RECORD_TYPE_NAMES = Object.freeze(Object.keys(RECORD_TYPES)) as readonly RecordType[];
export const isRecordType = (name: string): name is RecordType => Object.hasOwn(RECORD_TYPES, name);
