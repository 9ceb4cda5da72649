import { fieldBit } from '../../vocabulary/fields';
import type { RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { formed, isWithin } from './forms';
import { all, any, join, name, parameter, sql, type Fragment, type Parameter, type RunValues } from './sql';
import { fieldIsVisible, rowIsThere, visibleRows, type VisibleRows } from './visible-rows';

/** A filter as a condition over visible values, and the coordinates that it uses ("used is seen", law 3). */
export interface Filter { readonly where: Fragment; readonly coordinates: readonly string[] }

type Input = Readonly<Record<string, unknown>>;
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** A condition on a field's value: what may not be seen is NULL here too, so it never matches. */
function onVisible(rows: VisibleRows, type: RecordType, field: string, condition: Fragment, hidden: Fragment | null): Fragment {
  const visible = fieldIsVisible(rows, field, fieldBit(type, field), hidden);
  if (visible === 'NEVER') return any([]);
  return visible === 'ALWAYS' ? condition : all([visible, condition]);
}

const at = (field: number, ...path: string[]): Parameter => (values) => {
  const value = values.argument(field, ...path);
  return value === undefined ? null : (value as string | number | null);
};

/** `code` or `system|code`, as the caller wrote it. */
function codeMatches(access: Access, alias: string, written: (values: RunValues) => string): Fragment {
  const cut = (text: string): number => text.lastIndexOf('|');
  const system: Parameter = (values) => { const text = written(values); return cut(text) < 0 ? null : text.slice(0, cut(text)); };
  const code: Parameter = (values) => { const text = written(values); return text.slice(cut(text) + 1); };
  return sql`${formed(access, `${alias}.code`)} = ${parameter(code)} AND (${parameter(system)} IS NULL OR ${formed(access, `${alias}.code_system`)} = ${parameter(system)})`;
}
/** Any of a list of codes; an empty list matches nothing. */
const codesCondition = (access: Access, alias: string, field: number, path: string[], list: readonly unknown[]): Fragment =>
  any(list.map((_, place) => codeMatches(access, alias, (values) => String(values.argument(field, ...path, String(place))))));

/** A half-open range over a column; null ends are open. */
function rangeCondition(column: Fragment, field: number, path: string[], range: Input): Fragment {
  const parts: Fragment[] = [sql`${column} IS NOT NULL`];
  if (isGiven(range['from'])) parts.push(sql`${column} >= ${parameter(at(field, ...path, 'from'))}`);
  if (isGiven(range['to'])) parts.push(sql`${column} < ${parameter(at(field, ...path, 'to'))}`);
  return all(parts);
}
const listCondition = (column: Fragment, field: number, path: string[], list: readonly unknown[]): Fragment =>
  (list.length === 0 ? any([]) : sql`${column} IN (${join(list.map((_, place) => parameter(at(field, ...path, String(place)))), ', ')})`);

/** RecordFilter, ClaimFilter and CareGapFilter of one field, over the visible values of `rows`. */
export function recordFilter(rows: VisibleRows, field: number, filter: Input | null | undefined, hidden: Fragment | null): Filter {
  if (!filter) return { where: all([]), coordinates: [] };
  const { type, access } = rows;
  const parts: Fragment[] = [];
  const used: string[] = [];
  const on = (name_: string, condition: Fragment): void => { used.push(`${type}.${name_}`); parts.push(onVisible(rows, type, name_, condition, hidden)); };
  if (isGiven(filter['codes'])) on('code', codesCondition(access, 'r', field, ['filter', 'codes'], filter['codes'] as unknown[]));
  if (isGiven(filter['status'])) on('status', sql`${formed(access, 'r.status')} = ${parameter(at(field, 'filter', 'status'))}`);
  if (isGiven(filter['recorded'])) { used.push(`${type}.recordedAt`); parts.push(isWithin(access, `${type}.recordedAt`) ? rangeCondition(formed(access, 'r.recorded_at'), field, ['filter', 'recorded'], filter['recorded'] as Input) : any([])); }
  if (isGiven(filter['measure'])) on('measure', sql`${name('r.measure')} = ${parameter(at(field, 'filter', 'measure'))}`);
  if (isGiven(filter['due'])) on('dueAt', rangeCondition(formed(access, 'r.due_at'), field, ['filter', 'due'], filter['due'] as Input));
  if (isGiven(filter['service'])) on('serviceStart', rangeCondition(formed(access, 'r.service_start'), field, ['filter', 'service'], filter['service'] as Input));
  // Of an export alone: no input of the schema has it, and it tells nothing of the record.
  if (isGiven(filter['changedSince'])) parts.push(sql`${name('r.changed_at')} IS NULL OR ${name('r.changed_at')} > ${parameter(at(field, 'filter', 'changedSince'))}`);
  if (isGiven(filter['memberIds'])) { used.push(`${type}.memberId`); parts.push(listCondition(name('r.member_id'), field, ['filter', 'memberIds'], filter['memberIds'] as unknown[])); }
  return { where: all(parts), coordinates: used };
}

/** Some visible record of the member `m` has this visible value. */
function someRecord(access: Access, type: RecordType, field: string, condition: (alias: string) => Fragment): Fragment {
  const rows = visibleRows(access, type, true, 'f');
  if (!rows) return any([]);
  return sql`EXISTS (SELECT 1 FROM ${rows.from} WHERE f.member_id = m.id AND ${rowIsThere(rows, rows.hidden)} AND ${onVisible(rows, type, field, condition('f'), rows.hidden)})`;
}

/** The caller's own text as a pattern: its wildcards are text too. SQLite reads a pattern up to a NUL, which no name holds: that one finds nothing. */
const patternOf = (given: string): string | null => (given.includes('\0') ? null : `%${given.normalize('NFC').toLowerCase().replace(/[!%_]/g, (each) => `!${each}`)}%`);
const contains = (column: Fragment, field: number): Fragment => sql`${column} LIKE ${parameter((values) => patternOf(String(values.argument(field, 'filter', 'nameContains'))))} ESCAPE '!'`;

/** How the member's own cells are read where a filter or an order uses them: visible, or NULL. */
export type MemberValue = (field: string, column: string, part?: string) => Fragment;

/** MemberFilter over the member `m`. `value` gives a visible column or NULL. */
export function memberFilter(access: Access, field: number, filter: Input | null | undefined, value: MemberValue): Filter {
  if (!filter) return { where: all([]), coordinates: [] };
  const parts: Fragment[] = [];
  const used: string[] = [];
  if (isGiven(filter['ids'])) { used.push('Member.id'); parts.push(listCondition(name('m.id'), field, ['filter', 'ids'], filter['ids'] as unknown[])); }
  if (isGiven(filter['planId'])) {
    used.push('Member.coverages');
    parts.push(sql`EXISTS (SELECT 1 FROM coverage c WHERE c.member_id = m.id AND c.plan_id = ${parameter(at(field, 'filter', 'planId'))} AND ${value('coverages', 'id')} IS NOT NULL)`);
  }
  if (isGiven(filter['nameContains'])) {
    used.push('Member.name', 'Member.preferredName');
    parts.push(any([contains(value('name', 'name_key', '*'), field), contains(value('name', 'family_key', 'family'), field), contains(value('preferredName', 'preferred_key'), field)]));
  }
  if (isGiven(filter['birthDate'])) { used.push('Member.birthDate'); parts.push(rangeCondition(value('birthDate', 'birth_date'), field, ['filter', 'birthDate'], filter['birthDate'] as Input)); }
  for (const [key, type] of [['conditionCode', 'Condition'], ['medicationCode', 'Medication']] as const) {
    if (!isGiven(filter[key])) continue;
    used.push(`${type}.code`);
    parts.push(someRecord(access, type, 'code', (alias) => codeMatches(access, alias, (values) => String(values.argument(field, 'filter', key)))));
  }
  if (isGiven(filter['hasOpenCareGap'])) {
    used.push('CareGap.status');
    const open = someRecord(access, 'CareGap', 'status', (alias) => sql`${name(`${alias}.status`)} = 'open'`);
    parts.push(filter['hasOpenCareGap'] ? open : sql`NOT ${open}`);
  }
  return { where: all(parts), coordinates: used };
}
