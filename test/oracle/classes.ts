/** Section 5 and schema.graphql: the sensitivity classes; what names a class covers its children. */

const PARENT: Record<string, string | null> = {
  SUD: null, PART2: 'SUD', ETHUD: 'SUD', OPIOIDUD: 'SUD',
  HIV: null, STD: null,
  PSY: null, PERSONALITY: 'PSY',
  PSYTHPN: null, GDIS: null, SDV: null,
  SEX: null, CONTRACEPTION: 'SEX', OBSTETRIC: 'SEX', ABORTION: 'OBSTETRIC', REPRODUCTIVE: 'SEX', SEXUAL_ORIENTATION: 'SEX', GENDER_IDENTITY: 'SEX',
};

export const CLASSES: readonly string[] = Object.keys(PARENT);

export function coversClass(named: string, label: string): boolean {
  let code: string | null | undefined = label;
  while (code) {
    if (code === named) return true;
    code = PARENT[code];
  }
  return false;
}

export const anyCovers = (named: readonly string[], label: string): boolean => named.some((one) => coversClass(one, label));

export type SpecialRow = 'PART2' | 'SUD' | 'HIV' | 'STD' | 'PSY' | 'PSYTHPN' | 'GDIS' | 'SDV' | 'SEX';
const ROWS: readonly SpecialRow[] = ['PART2', 'SUD', 'HIV', 'STD', 'PSY', 'PSYTHPN', 'GDIS', 'SDV', 'SEX'];

/** The row of the table of section 5 that a label follows: its own, else its parent's; null for a class that is not known. */
export const rowOf = (label: string): SpecialRow | null => ROWS.find((row) => coversClass(row, label)) ?? null;
