/** Section 1 and vocabularies 3.1: the purposes of use (HL7 v3 ActReason), their tree and what inherits. */

const TREE: Record<string, string[]> = {
  TREAT: ['CLINTRL', 'COC', 'ETREAT', 'POPHLTH'],
  ETREAT: ['BTG', 'ERTREAT'],
  HPAYMT: ['CLMATTCH', 'COVAUTH', 'COVERAGE', 'REMITADV'],
  COVERAGE: ['ELIGDTRM', 'ELIGVER', 'ENROLLM', 'MILDCRG'],
  HOPERAT: [
    'CAREMGT', 'DONAT', 'FRAUD', 'GOV', 'HACCRED', 'HCOMPL', 'HDECD', 'HDIRECT', 'HDM', 'HLEGAL', 'HOUTCOMS', 'HPRGRP', 'HQUALIMP',
    'HSYSADMIN', 'MEMADMIN', 'MILCDM', 'PATADMIN', 'PATSFTY', 'PERFMSR', 'RECORDMGT', 'SYSDEV', 'TRAIN',
  ],
  HSYSADMIN: ['LABELING', 'METAMGT'],
  SYSDEV: ['HTEST'],
  HMARKT: [],
  HRESCH: ['BIORCH', 'CLINTRCH', 'DSRCH', 'POARCH', 'TRANSRCH'],
  CLINTRCH: ['CLINTRCHNPC', 'CLINTRCHPC', 'PRECLINTRCH'],
  PATRQT: ['FAMRQT', 'PWATRNY', 'SUPNWK'],
  PUBHLTH: ['DISASTER', 'THREAT'],
};

const PARENT = new Map(Object.entries(TREE).flatMap(([parent, children]) => children.map((child) => [child, parent] as const)));

/** Section 1: "A child is allowed wherever its parent is, except these, which only rules that name them permit". */
const ONLY_BY_NAME = new Set([
  'ETREAT', 'BTG', 'ERTREAT', 'CLINTRL', 'HCOMPL', 'HLEGAL', 'DONAT', 'GOV', 'HDECD', 'HDIRECT', 'MILCDM', 'MILDCRG', 'FAMRQT', 'PWATRNY',
  'SUPNWK', 'THREAT', 'DISASTER',
]);

export const PURPOSES: readonly string[] = [...new Set([...Object.keys(TREE), ...PARENT.keys()])];
const KNOWN = new Set(PURPOSES);

export const isPurpose = (code: string): boolean => KNOWN.has(code);

/** Section 3: ETREAT and BTG are "one thing by two names". */
export const oneName = (code: string): string => (code === 'BTG' ? 'ETREAT' : code);

/** What a rule permits that names `named`: itself and its children, less those that only their own name permits. */
export function permits(named: string, asked: string): boolean {
  let code: string | undefined = oneName(asked);
  while (code !== undefined) {
    if (code === oneName(named)) return true;
    code = ONLY_BY_NAME.has(code) ? undefined : PARENT.get(code);
  }
  return false;
}

/** The whole subtree, those of their own name included: what a prohibition that names `ancestor` covers. */
export function isWithin(ancestor: string, asked: string): boolean {
  let code: string | undefined = oneName(asked);
  while (code !== undefined) {
    if (code === oneName(ancestor)) return true;
    code = PARENT.get(code);
  }
  return false;
}

export const permitsAny = (named: readonly string[], asked: string): boolean => named.some((code) => permits(code, asked));
