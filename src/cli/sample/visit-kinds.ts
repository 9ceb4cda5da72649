import type { SensitivityClass } from '../../vocabulary/sensitivity';
import { concept, SYSTEM, type Concept } from './fhir';
import type { OrganizationId } from './infrastructure';

export interface Finding { code: Concept; value?: number; unit?: string; text?: string; parts?: Finding[]; category?: string }
export interface Prescription { code: Concept; dosage: string; ended?: boolean }

/** One kind of visit: what brought the member, what was found, given, done and written; everything else of the visit cites these. */
export interface VisitKind {
  key: string;
  /** The most specific classes that the visit reveals; none for an ordinary one. */
  classes: readonly SensitivityClass[];
  reason: Concept;
  note: string;
  medications?: readonly Prescription[];
  findings?: readonly Finding[];
  procedure?: Concept;
  activity?: Concept;
  price: number;
  performedAt?: OrganizationId;
  performer?: string;
  /** v3-ActCode labels that the file itself gives to the condition. */
  security?: readonly string[];
}

export const icd = (code: string, display: string): Concept => concept(SYSTEM.icd10, code, display);
export const drug = (code: string | null, display: string): Concept => concept(code ? SYSTEM.rxnorm : null, code ?? '', display);
export const lab = (code: string, display: string): Concept => concept(SYSTEM.loinc, code, display);
export const service = (code: string, display: string): Concept => concept(SYSTEM.hcpcs, code, display);
