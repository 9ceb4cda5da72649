/**
 * Sensitivity classes: a tree, child to parent, each with the HL7 ActCode it rolls up to
 * (http://terminology.hl7.org/CodeSystem/v3-ActCode). A deployer's new class is one entry here.
 */
export const ACT_CODE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

const CLASS = {
  SUD: { parent: null, hl7: ['SUD'] },
  PART2: { parent: 'SUD', hl7: ['SUD', '42CFRPart2'] },
  ETHUD: { parent: 'SUD', hl7: ['ETHUD'] },
  OPIOIDUD: { parent: 'SUD', hl7: ['OPIOIDUD'] },
  HIV: { parent: null, hl7: ['HIV'] },
  STD: { parent: null, hl7: ['STD'] },
  PSY: { parent: null, hl7: ['PSY'] },
  PERSONALITY: { parent: 'PSY', hl7: ['PSY'] },
  PSYTHPN: { parent: null, hl7: ['PSYTHPN'] },
  GDIS: { parent: null, hl7: ['GDIS'] },
  SDV: { parent: null, hl7: ['SDV'] },
  SEX: { parent: null, hl7: ['SEX'] },
  CONTRACEPTION: { parent: 'SEX', hl7: ['SEX'] },
  OBSTETRIC: { parent: 'SEX', hl7: ['SEX'] },
  ABORTION: { parent: 'OBSTETRIC', hl7: ['SEX'] },
  REPRODUCTIVE: { parent: 'SEX', hl7: ['SEX'] },
  SEXUAL_ORIENTATION: { parent: 'SEX', hl7: ['SEX'] },
  GENDER_IDENTITY: { parent: 'SEX', hl7: ['SEX'] },
} as const;

export type SensitivityClass = keyof typeof CLASS;
export const CLASSES = Object.freeze(Object.keys(CLASS)) as readonly SensitivityClass[];
export const isClass = (name: string): name is SensitivityClass => Object.hasOwn(CLASS, name);
export const parentOfClass = (name: SensitivityClass): SensitivityClass | null => CLASS[name].parent;
export const hl7CodesOf = (name: SensitivityClass): readonly string[] => CLASS[name].hl7;

/** One bit a class; a set of classes is an integer below 2^31. */
export const classBit = (name: SensitivityClass): number => 1 << CLASSES.indexOf(name);
export const classMask = (names: readonly SensitivityClass[]): number => names.reduce((mask, each) => mask | classBit(each), 0);
export const classesOf = (mask: number): SensitivityClass[] => CLASSES.filter((each) => mask & classBit(each));

/** The class and everything below it: what naming the class covers. */
export const subtree = (name: SensitivityClass): SensitivityClass[] =>
  CLASSES.filter((each) => { for (let at: SensitivityClass | null = each; at; at = CLASS[at].parent) if (at === name) return true; return false; });
/** The bits that naming these classes covers, children included. */
export const coverMask = (names: readonly SensitivityClass[]): number => classMask(names.flatMap(subtree));
/** Drops a class whose child is also there: a record bears the most specific classes it reveals (policy section 5). */
export const mostSpecific = (mask: number): number =>
  classMask(classesOf(mask).filter((each) => !subtree(each).some((child) => child !== each && mask & classBit(child))));
export const ALL_CLASSES = classMask(CLASSES);
