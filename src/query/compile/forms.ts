import { OLDEST_AGE_TOLD } from '../../permissions/de-identification';
import { withinGrant } from '../../permissions/grant-terms';
import { yearsBefore } from '../../vocabulary/instants';
import type { Access } from '../plan/access';
import { constant, name, parameter, sql, type Fragment } from './sql';

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

/**
 * A column in the form that the grant discloses: as it is, but for Safe Harbor's dates. It stands wherever the value is used, in a
 * filter and an order too, so that they cannot tell more than is shown. `alias.column` names it.
 */
export function formed(access: Access, qualified: string): Fragment {
  const [alias = '', column = ''] = qualified.split('.');
  const form = access.profile.grant?.form ?? 'FULL';
  const plain = name(qualified);
  if (form === 'FULL') return plain;
  // A measure has a unit; a value without one is words.
  if (column === 'value') return sql`CASE WHEN ${name(`${alias}.unit`)} IS NOT NULL THEN ${plain} END`;
  if (form !== 'SAFE_HARBOR') return plain;
  if (DAYS.has(column)) return yearOf(plain, '-01-01');
  return INSTANTS.has(column) ? yearOf(plain, '-01-01T00:00:00.000Z') : plain;
}
