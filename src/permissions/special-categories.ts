import { canonicalPurpose, inheritedFrom, type Purpose } from '../vocabulary/purposes';
import { INSIDE, OUTSIDE, type Role } from '../vocabulary/roles';
import { coverMask, type SensitivityClass } from '../vocabulary/sensitivity';
import type { SensitivityColumn } from './core/clause';
import { minimumCell } from './minimum-necessary';
import type { Jurisdiction } from './jurisdictions/jurisdiction';

/** What a class asks for in a column: nothing, the member's authorization, or that the caller is the author of the note. */
export type Demand = 'PERMITTED' | 'AUTHORIZATION' | 'AUTHOR_ON_CARE_TEAM' | 'AUTHOR';

type Row = Readonly<Record<SensitivityColumn, Demand>>;
const row = (INSIDE_TREAT: Demand, ETREAT: Demand, INSIDE_OTHER: Demand, OUTSIDE: Demand): Row => Object.freeze({ INSIDE_TREAT, ETREAT, INSIDE_OTHER, OUTSIDE });
const PROTECTED = row('PERMITTED', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION');

/** The table of policy section 5, row by row; a class follows the nearest row above it in the tree. */
export const SPECIAL_CATEGORIES: Readonly<Partial<Record<SensitivityClass, Row>>> = Object.freeze({
  PART2: row('AUTHORIZATION', 'PERMITTED', 'AUTHORIZATION', 'AUTHORIZATION'),
  SUD: PROTECTED,
  HIV: PROTECTED,
  STD: PROTECTED,
  PSY: PROTECTED,
  PSYTHPN: row('AUTHOR_ON_CARE_TEAM', 'AUTHOR', 'AUTHORIZATION', 'AUTHORIZATION'),
  GDIS: PROTECTED,
  SDV: PROTECTED,
  SEX: row('PERMITTED', 'PERMITTED', 'PERMITTED', 'AUTHORIZATION'),
});

/**
 * The column that a caller stands in; null for the member, a representative and the privacy office within their own cell, whom the
 * table does not bind. Under a purpose that is open by authorization alone they are outside like any other recipient.
 */
export function columnOf(role: Role, purpose: Purpose): SensitivityColumn | null {
  if (canonicalPurpose(purpose) === 'ETREAT') return 'ETREAT';
  if (OUTSIDE.includes(role)) return 'OUTSIDE';
  if (!INSIDE.includes(role)) return minimumCell(role, purpose) ? null : 'OUTSIDE';
  return inheritedFrom(purpose).includes('TREAT') ? 'INSIDE_TREAT' : 'INSIDE_OTHER';
}

/** The bits that need an authorization in this column by the table alone. */
export function tableNeed(column: SensitivityColumn): number {
  let mask = 0;
  const rows = Object.entries(SPECIAL_CATEGORIES) as [SensitivityClass, Row][];
  for (const [name, demands] of rows) if (demands[column] === 'AUTHORIZATION') mask |= coverMask([name]);
  // PART2 has a row of its own below SUD: where the rows differ, the nearer one decides.
  if (SPECIAL_CATEGORIES.PART2?.[column] !== 'AUTHORIZATION') mask &= ~coverMask(['PART2']);
  return mask;
}

/** The bits that need an authorization for a member of this state: the strictest of the table and the state's file. */
export function stateNeed(column: SensitivityColumn, jurisdiction: Jurisdiction, treating: boolean): number {
  let mask = tableNeed(column);
  if (column === 'OUTSIDE' && treating) for (const each of jurisdiction.permits) mask &= ~coverMask(each.classes);
  for (const each of jurisdiction.demands) if (each.columns.includes(column)) mask |= coverMask(each.classes);
  return mask;
}
