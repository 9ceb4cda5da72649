import { isClass, type SensitivityClass } from '../vocabulary/sensitivity';

/** What a label in the input (`meta.security`) means here. `unlessSubstance`: only where the record bears no substance use class. */
export interface SecurityMeaning { readonly classes: readonly SensitivityClass[]; readonly unlessSubstance: boolean; readonly general: boolean }

const meaning = (...classes: SensitivityClass[]): SecurityMeaning => ({ classes, unlessSubstance: false, general: true });
const BEHAVIORAL: SecurityMeaning = { classes: ['PSY'], unlessSubstance: true, general: true };

/**
 * HL7 v3 ActCode, and the codes that US projects use beside it. Behavioural health and its children stand for PSY: whoever sent
 * SUD under BH said SUD too. Codes of wide meaning take every class that HL7's definition names.
 */
const BY_CODE: Readonly<Record<string, SecurityMeaning>> = Object.freeze({
  '42CFRPART2': meaning('PART2'), SUD: meaning('SUD'), ETH: meaning('SUD'), ETHUD: meaning('ETHUD'), OPIOIDUD: meaning('OPIOIDUD'),
  HIV: meaning('HIV'), STD: meaning('STD'),
  PSY: BEHAVIORAL, BH: BEHAVIORAL, MH: BEHAVIORAL, EMOTDIS: BEHAVIORAL, DVD: BEHAVIORAL, COGN: BEHAVIORAL, SPI: BEHAVIORAL,
  PSYTHPN: meaning('PSYTHPN'), HIPAAPSYNOTES: meaning('PSYTHPN'),
  GDIS: meaning('GDIS'), SCA: meaning('GDIS'), SICKLE: meaning('GDIS'),
  SDV: meaning('SDV'), VIO: meaning('SDV'), MST: meaning('SDV'),
  SEX: meaning('SEX'), SICKVIS: meaning('ABORTION'), ABORTION: meaning('ABORTION'), PREGNANT: meaning('OBSTETRIC'),
  // "Sensitive" of an unnamed kind: what HL7 gives as examples.
  TBOO: meaning('STD', 'SEX'), DRGIS: meaning('SUD'), GENDER: meaning('GENDER_IDENTITY', 'SEXUAL_ORIENTATION'),
  TITLE38SECTION7332: meaning('SUD', 'HIV', 'GDIS'),
});

const CONFIDENTIALITY = /confidentiality/i;

/** The meaning of one label; null for a confidentiality level, a purpose, an obligation, or a code that names no class. */
export function meaningOfSecurity({ system, code }: { system: string | null; code: string | null }): SecurityMeaning | null {
  if (!code || CONFIDENTIALITY.test(system ?? '')) return null;
  const plain = code.trim().toUpperCase();
  return BY_CODE[plain] ?? (isClass(plain) ? meaning(plain) : null);
}
