import { connectionOf } from './connection';
import { Allergy, Condition, DiagnosticReport, Document, Encounter, Immunization, Observation, Procedure } from './records/clinical';
import { CareGap, CarePlan, Claim } from './records/management';
import { Medication, MedicationReview } from './records/medication';

export const ConditionConnection = connectionOf('Condition', () => Condition);
export const MedicationConnection = connectionOf('Medication', () => Medication);
export const AllergyConnection = connectionOf('Allergy', () => Allergy);
export const ObservationConnection = connectionOf('Observation', () => Observation);
export const ImmunizationConnection = connectionOf('Immunization', () => Immunization);
export const ProcedureConnection = connectionOf('Procedure', () => Procedure);
export const EncounterConnection = connectionOf('Encounter', () => Encounter);
export const DiagnosticReportConnection = connectionOf('DiagnosticReport', () => DiagnosticReport);
export const DocumentConnection = connectionOf('Document', () => Document);
export const CarePlanConnection = connectionOf('CarePlan', () => CarePlan);
export const MedicationReviewConnection = connectionOf('MedicationReview', () => MedicationReview);
export const CareGapConnection = connectionOf('CareGap', () => CareGap);
export const ClaimConnection = connectionOf('Claim', () => Claim);
