/** The code systems that the rules know, by short name, and how a code of each looks. */
export type CodeSystem = 'ICD10' | 'ICD10PCS' | 'ICD9' | 'ICD9PCS' | 'LOINC' | 'SNOMED' | 'RXNORM' | 'HCPCS' | 'CPT' | 'DRG' | 'CVX' | 'NDC' | 'DOCUMENT_TYPE';

/** `UNKNOWN`: no system, or one that nobody told us of. `OTHER`: a known system of another field, whose codes mean nothing here. */
export type SystemKey = CodeSystem | 'UNKNOWN' | 'OTHER';

const BY_NAME: readonly (readonly [RegExp, SystemKey])[] = [
  [/icd-?10-?pcs|\/icd10$|6\.4$|3\.6\.4/, 'ICD10PCS'],
  [/icd-?10|6\.90$|6\.3$/, 'ICD10'],
  [/coding\/icd9$|icd-?9-?(pcs|proc)|6\.104$/, 'ICD9PCS'],
  [/icd-?9|6\.103$/, 'ICD9'],
  [/loinc|113883\.6\.1$/, 'LOINC'],
  [/snomed|\bsct\b|113883\.6\.96$/, 'SNOMED'],
  [/rxnorm|113883\.6\.88$/, 'RXNORM'],
  [/hcpcs|113883\.6\.285$|113883\.6\.14$/, 'HCPCS'],
  [/\bcpt\b|113883\.6\.12$/, 'CPT'],
  [/ms-?drg/, 'DRG'],
  [/\bcvx\b|12\.292$/, 'CVX'],
  [/\bndc\b|113883\.6\.69$/, 'NDC'],
  [/^urn:phi-gateway:document-type$/, 'DOCUMENT_TYPE'],
  // HL7's own small vocabularies, census codes, languages, DICOM, Medicare's claim columns.
  [/terminology\.hl7\.org|hl7\.org\/fhir\/|113883\.6\.238|113883\.5\.|bcp:47|rfc:3986|bluebutton|dicom|nucc\.org|unitsofmeasure|nubc/, 'OTHER'],
];

const known = new Map<string, SystemKey>();
const KEPT = 1000;

/** The system by its URL, OID or name; spelling and case do not matter. */
export function systemOf(system: string | null): SystemKey {
  if (!system) return 'UNKNOWN';
  const found = known.get(system);
  if (found) return found;
  const name = system.trim().toLowerCase();
  const key = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'UNKNOWN';
  if (known.size < KEPT) known.set(system, key);
  return key;
}

/** Under what a code is looked up: the known system, or the URL of one that only a deployer's code set knows. */
export function lookupKey(system: string | null): string {
  const key = systemOf(system);
  return key === 'UNKNOWN' || key === 'OTHER' ? (system ?? '') : key;
}

const SHAPE: Readonly<Partial<Record<SystemKey, RegExp>>> = Object.freeze({
  ICD10: /^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/, ICD10PCS: /^[0-9A-HJ-NP-Z]{2,7}$/,
  ICD9: /^(\d{3}|V\d\d|E\d{3})(\.?\d{1,2})?$/, ICD9PCS: /^\d\d(\.?\d{1,2})?$/,
  LOINC: /^((LA|LP|LL)?\d{1,8}-\d|MTHU\d+)$/, SNOMED: /^\d{6,18}$/, RXNORM: /^\d{1,7}$/, HCPCS: /^[A-V]\d{4}$/, CPT: /^\d{4}[0-9A-Z]$/,
  DRG: /^\d{1,3}$/, CVX: /^\d{1,3}$/,
});

/** True where a code cannot be of the system it is filed under: a CIEL number under LOINC, an ICD code under SNOMED CT. */
export const isMisfiled = (system: SystemKey, code: string): boolean => system === 'UNKNOWN' || !(SHAPE[system]?.test(code.toUpperCase()) ?? true);

/**
 * The systems that a misfiled code can be of, by a shape that only that system has. A bare number has no such shape (42 is
 * HIV in one system and an oesophagus in another), but for numbers as long as SNOMED CT's.
 */
export function systemsByShape(code: string): CodeSystem[] {
  const upper = code.toUpperCase(), systems: CodeSystem[] = [];
  if (/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/.test(upper) || /^[A-Z]\d[0-9A-Z]{2,5}$/.test(upper)) systems.push('ICD10');
  if (/^[A-V]\d{4}$/.test(upper)) systems.push('HCPCS');
  if (/^(\d{3}\.\d{1,2}|V\d\d\.\d{1,2})$/.test(upper)) systems.push('ICD9');
  if (/^\d{3,7}-\d$/.test(upper)) systems.push('LOINC');
  if (/^\d{7,18}$/.test(upper)) systems.push('SNOMED');
  return systems;
}

const HIERARCHICAL: readonly string[] = ['ICD10', 'ICD10PCS', 'ICD9', 'ICD9PCS'];
export const isHierarchical = (system: string): boolean => HIERARCHICAL.includes(system);
/** As codes are compared: upper case, ICD without the dot. */
export const comparable = (system: string, code: string): string => (isHierarchical(system) ? code.replace('.', '') : code).trim().toUpperCase();
