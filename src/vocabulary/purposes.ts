/** Why they ask: HL7 v3 PurposeOfUse (http://terminology.hl7.org/CodeSystem/v3-ActReason), child to parent; null is a root. */
export const PURPOSE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

const PARENT = {
  TREAT: null, CLINTRL: 'TREAT', COC: 'TREAT', ETREAT: 'TREAT', BTG: 'ETREAT', ERTREAT: 'ETREAT', POPHLTH: 'TREAT',
  HPAYMT: null, CLMATTCH: 'HPAYMT', COVAUTH: 'HPAYMT', COVERAGE: 'HPAYMT', ELIGDTRM: 'COVERAGE', ELIGVER: 'COVERAGE',
  ENROLLM: 'COVERAGE', MILDCRG: 'COVERAGE', REMITADV: 'HPAYMT',
  HOPERAT: null, CAREMGT: 'HOPERAT', DONAT: 'HOPERAT', FRAUD: 'HOPERAT', GOV: 'HOPERAT', HACCRED: 'HOPERAT', HCOMPL: 'HOPERAT',
  HDECD: 'HOPERAT', HDIRECT: 'HOPERAT', HDM: 'HOPERAT', HLEGAL: 'HOPERAT', HOUTCOMS: 'HOPERAT', HPRGRP: 'HOPERAT',
  HQUALIMP: 'HOPERAT', HSYSADMIN: 'HOPERAT', LABELING: 'HSYSADMIN', METAMGT: 'HSYSADMIN', MEMADMIN: 'HOPERAT', MILCDM: 'HOPERAT',
  PATADMIN: 'HOPERAT', PATSFTY: 'HOPERAT', PERFMSR: 'HOPERAT', RECORDMGT: 'HOPERAT', SYSDEV: 'HOPERAT', HTEST: 'SYSDEV', TRAIN: 'HOPERAT',
  HMARKT: null,
  HRESCH: null, BIORCH: 'HRESCH', CLINTRCH: 'HRESCH', CLINTRCHNPC: 'CLINTRCH', CLINTRCHPC: 'CLINTRCH', DSRCH: 'HRESCH',
  POARCH: 'HRESCH', PRECLINTRCH: 'CLINTRCH', TRANSRCH: 'HRESCH',
  PATRQT: null, FAMRQT: 'PATRQT', PWATRNY: 'PATRQT', SUPNWK: 'PATRQT',
  PUBHLTH: null, DISASTER: 'PUBHLTH', THREAT: 'PUBHLTH',
} as const;

export type Purpose = keyof typeof PARENT;
export const PURPOSES = Object.freeze(Object.keys(PARENT)) as readonly Purpose[];
export const isPurpose = (code: string): code is Purpose => Object.hasOwn(PARENT, code);
export const parentOfPurpose = (purpose: Purpose): Purpose | null => PARENT[purpose];

/** Codes that no parent carries: only a rule that names one permits it (policy section 1). */
export const NAMED_ONLY: readonly Purpose[] = Object.freeze([
  'ETREAT', 'BTG', 'ERTREAT', 'CLINTRL', 'HCOMPL', 'HLEGAL', 'DONAT', 'GOV', 'HDECD', 'HDIRECT', 'MILCDM', 'MILDCRG',
  'FAMRQT', 'PWATRNY', 'SUPNWK', 'THREAT', 'DISASTER',
]);

/** ETREAT and BTG are one thing by two names (policy section 3); rules know it as ETREAT. */
export const canonicalPurpose = (purpose: Purpose): Purpose => (purpose === 'BTG' ? 'ETREAT' : purpose);

/** The purpose and the ancestors whose permission it inherits, nearest first; a named-only code inherits from none. */
export function inheritedFrom(purpose: Purpose): readonly Purpose[] {
  const line: Purpose[] = [];
  for (let at: Purpose | null = canonicalPurpose(purpose); at; at = PARENT[at]) {
    line.push(at);
    if (NAMED_ONLY.includes(at)) break;
  }
  return line;
}

/** True where a permission for `granted` also permits `asked`. */
export const purposeCovers = (granted: Purpose, asked: Purpose): boolean => inheritedFrom(asked).includes(canonicalPurpose(granted));

/** The purpose and all its ancestors, named-only or not: what a prohibition for an ancestor also forbids. */
export function lineageOf(purpose: Purpose): readonly Purpose[] {
  const line: Purpose[] = [];
  for (let at: Purpose | null = purpose; at; at = PARENT[at]) line.push(canonicalPurpose(at));
  return [...new Set(line)];
}
