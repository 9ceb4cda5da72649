import type { Mapping } from '../mapping';
import { mapCarePlan, mapCareTeam, mapDetectedIssue, mapMeasureReport } from './care';
import { mapClaim, mapExplanation } from './claim';
import { mapAllergy, mapCondition, mapEncounter, mapImmunization, mapProcedure } from './clinical';
import { mapCoverage } from './coverage';
import { mapDrug, mapOrganization, mapPractitioner, mapPractitionerRole, mapRelatedPerson } from './directory';
import { mapMedication } from './medication';
import { mapObservation } from './observation';
import { mapPatient } from './patient';
import { mapDocument, mapReport } from './report';
import { mapConsent } from '../consent';

/** How a resource of each type is read: the types that have a place in the contract, and no other. */
export const MAPPERS: Readonly<Record<string, (mapping: Mapping) => void>> = Object.freeze({
  Patient: mapPatient, Organization: mapOrganization, Practitioner: mapPractitioner, PractitionerRole: mapPractitionerRole, RelatedPerson: mapRelatedPerson, Coverage: mapCoverage,
  CareTeam: mapCareTeam, Encounter: mapEncounter, Condition: mapCondition, AllergyIntolerance: mapAllergy, Medication: mapDrug, MedicationRequest: mapMedication,
  MedicationStatement: mapMedication, Observation: mapObservation, Immunization: mapImmunization, Procedure: mapProcedure, DiagnosticReport: mapReport, DocumentReference: mapDocument,
  CarePlan: mapCarePlan, Claim: mapClaim, ExplanationOfBenefit: mapExplanation, DetectedIssue: mapDetectedIssue, MeasureReport: mapMeasureReport, Consent: mapConsent,
});
