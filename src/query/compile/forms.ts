import { OLDEST_AGE_TOLD } from '../../permissions/de-identification';
import type { DisclosureForm } from '../../permissions/core/grant';
import { withinGrant } from '../../permissions/grant-terms';
import { TOLD_WORDS } from '../../permissions/told-words';
import { yearsBefore } from '../../vocabulary/instants';
import type { Access } from '../plan/access';
import { coarsePostalCodes, isMeasure, withoutOldAge } from './numbers';
import { constant, constants, name, parameter, sql, type Fragment } from './sql';

/** Whether a coordinate is within the grant that is read under: always, without one. */
export const isWithin = (access: Access, coordinate: string): boolean => withinGrant(access.profile.grant, coordinate);

/** Columns that hold a day of a person's life or care, and those that hold its instant. */
const DAYS: ReadonlySet<string> = new Set(['birth_date', 'due_at', 'service_start', 'service_end']);
const INSTANTS: ReadonlySet<string> = new Set([
  'deceased_at', 'recorded_at', 'onset_at', 'abated_at', 'started_at', 'ended_at', 'effective_at', 'occurred_at', 'performed_at', 'start_at', 'end_at', 'closed_at',
]);

/** The year alone, as its first day; what would tell of an age over 89 is told as of 90 (164.514(b)(2)(i)(C)). An unknown start stays unknown. */
function yearOf(column: Fragment, suffix: string): Fragment {
  const oldest = parameter((values) => yearsBefore(values.bound.now as string, OLDEST_AGE_TOLD).slice(0, 4));
  const year = sql`SUBSTR(${column}, 1, 4)`;
  return sql`CASE WHEN ${column} IS NULL OR ${year} = '0001' THEN NULL WHEN ${year} < ${oldest} THEN CONCAT(${oldest}, ${constant(suffix)}) ELSE CONCAT(${year}, ${constant(suffix)}) END`;
}

/** Codes, with the system that makes them so: a code without one is somebody's words. */
const SYSTEM_OF: Readonly<Record<string, string>> = { code: 'code_system', reason_code: 'reason_system' };
/** The columns that the form of a column is worked out from, beside itself. */
export const readsBeside = (column: string): readonly string[] => (column === 'value' ? ['unit', 'code', 'code_system'] : SYSTEM_OF[column] ? [SYSTEM_OF[column]] : []);

/** Codes and numbers pass as what they are; words do not (policy section 7, its end). */
function withoutWords(alias: string, column: string, plain: Fragment): Fragment | null {
  const told = TOLD_WORDS[column];
  if (told) return sql`CASE WHEN ${plain} IN (${constants(told)}) THEN ${plain} END`;
  // No code has a space; a system that is a name and no address is words too.
  if (SYSTEM_OF[column]) return sql`CASE WHEN ${name(`${alias}.${SYSTEM_OF[column]}`)} LIKE '%:%' AND ${plain} NOT LIKE '% %' THEN ${plain} END`;
  if (Object.values(SYSTEM_OF).includes(column)) return sql`CASE WHEN ${plain} LIKE '%:%' THEN ${plain} END`;
  // The language of a tag: two letters, and the country's.
  return column === 'preferred_language' ? sql`CASE WHEN LENGTH(${plain}) = 2 OR (LENGTH(${plain}) = 5 AND SUBSTR(${plain}, 3, 1) = '-') THEN ${plain} END` : null;
}

/** A measured value: a number with a unit. Under Safe Harbor it tells no age over 89. */
function measured(alias: string, plain: Fragment, form: DisclosureForm): Fragment {
  const unit = name(`${alias}.unit`);
  const shown = form === 'SAFE_HARBOR' ? withoutOldAge(plain, unit, name(`${alias}.code`)) : plain;
  return sql`CASE WHEN ${unit} IN (${constants(TOLD_WORDS['unit'] ?? [])}) AND ${isMeasure(plain)} THEN ${shown} END`;
}

/**
 * A column in the form that the grant discloses: as it is, but for words, and for Safe Harbor's dates, ages and postal codes. It stands wherever
 * the value is used, in a filter and an order too, so that they cannot tell more than is shown. `alias.column` names it.
 */
export function formed(access: Access, qualified: string): Fragment {
  const [alias = '', column = ''] = qualified.split('.');
  const form = access.profile.grant?.form ?? 'FULL';
  const plain = name(qualified);
  if (form === 'FULL') return plain;
  if (column === 'value') return measured(alias, plain, form);
  const words = withoutWords(alias, column, plain);
  if (words) return words;
  if (form !== 'SAFE_HARBOR') return plain;
  if (column === 'address_postal_codes') return coarsePostalCodes(plain);
  if (DAYS.has(column)) return yearOf(plain, '-01-01');
  return INSTANTS.has(column) ? yearOf(plain, '-01-01T00:00:00.000Z') : plain;
}
