import type { Clause } from '../../permissions/core/clause';
import { restrictedFieldsOf } from '../../permissions/clauses/restrictions';
import { compileMemberScope } from './member-read';
import { operandSql, predicateSql } from './predicate-sql';
import { recordFilter } from './filters';
import { all, join, name, number, parameter, seal, sql, type CompiledRead, type Fragment } from './sql';
import { memberScope, rowIsThere, visibleRows, type VisibleRows } from './visible-rows';
import { createAccess, type Access, type CallerFacts } from '../plan/access';
import type { PlannedField } from '../plan/selection';
import { fieldBit } from '../../vocabulary/fields';
import type { Reason } from '../../vocabulary/reasons';
import type { RecordType } from '../../vocabulary/records';

type Filters = Readonly<Record<string, unknown>> | null;
/** Members as a condition on the alias `m`: those reached, and of them those that the operation asks for. */
export interface MemberScope { readonly reached: Fragment; readonly chosen: Fragment }

/** The members of a page or of one id. */
export function membersAsked(access: Access, field: PlannedField, filter: Filters, byId: boolean): MemberScope {
  const { reached, filtered } = compileMemberScope(access, field.id, byId ? null : filter);
  const one = sql`m.id = ${parameter((values) => String(values.argument(field.id, 'id')))}`;
  return { reached, chosen: byId ? one : filtered.where };
}

/** The rows of a type among the members of a scope that the caller sees and the filter selects, over the alias `r`. */
function seenRows(access: Access, type: RecordType, field: PlannedField, filter: Filters, scope: MemberScope): { from: Fragment; where: Fragment } | null {
  const rows = visibleRows(access, type, true);
  if (!rows) return null;
  return { from: rows.from, where: all([rowIsThere(rows, rows.hidden), recordFilter(rows, field.id, filter, rows.hidden).where, ofMembers(scope)]) };
}
const ofMembers = (scope: MemberScope): Fragment => sql`EXISTS (SELECT 1 FROM member m WHERE m.id = r.member_id AND ${scope.reached} AND ${scope.chosen})`;

/** The members that the visible records of a field belong to, among those of a scope. */
export function membersOfRecords(access: Access, type: RecordType, field: PlannedField, filter: Filters, scope: MemberScope): MemberScope | null {
  const rows = seenRows(access, type, field, filter, { reached: all([]), chosen: all([]) });
  if (!rows) return null;
  return { reached: scope.reached, chosen: sql`${scope.chosen} AND EXISTS (SELECT 1 FROM ${rows.from} WHERE r.member_id = m.id AND ${rows.where})` };
}

/** How many members the caller reaches, and how many of them are asked for. */
export const countMembers = (scope: MemberScope): CompiledRead =>
  seal(sql`SELECT COUNT(*) AS reached, COALESCE(SUM(CASE WHEN ${scope.chosen} THEN 1 ELSE 0 END), 0) AS chosen FROM member m WHERE ${scope.reached}`, ['reached', 'chosen']);
/** How many records of a type the caller would get. Null where none ever. */
export function countRecords(access: Access, type: RecordType, field: PlannedField, filter: Filters, scope: MemberScope): CompiledRead | null {
  const rows = seenRows(access, type, field, filter, scope);
  return rows && seal(sql`SELECT COUNT(*) AS count_ FROM ${rows.from} WHERE ${rows.where}`, ['count']);
}

/** The same caller under the permits alone, and under the permits with the prohibitions of one reason: what that reason hides is the difference. */
export interface Variants { readonly open: Access; readonly byReason: ReadonlyMap<Reason, Access> }
export function variantsOf(access: Access, facts: CallerFacts): Variants {
  const keeping = (reason: Reason | null): Access => createAccess(access.clauses.map((each): Clause => ({ ...each, prohibits: each.prohibits.filter((rule) => rule.reason === reason) })), access.caller, facts);
  const reasons = new Set(access.clauses.flatMap((each) => each.prohibits.map((rule) => rule.reason)));
  return { open: keeping(null), byReason: new Map([...reasons].map((reason) => [reason, keeping(reason)])) };
}

const countWhere = (condition: Fragment): Fragment => sql`COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`;
const longest = (froms: readonly Fragment[]): Fragment => froms.reduce((one, other) => (other.text.length > one.text.length ? other : one));

/** Rows of a type that permits open and a reason hides, by reason; then those that a restriction hides a selected field of, by field. */
export function countHidden(variants: Variants, type: RecordType, fields: readonly string[], scope: MemberScope): { read: CompiledRead; columns: readonly (Reason | string)[] } | null {
  const open = visibleRows(variants.open, type, true);
  if (!open) return null;
  const froms = [open.from];
  const parts: [string, Fragment][] = [];
  for (const [reason, access] of variants.byReason) {
    const left: VisibleRows | null = visibleRows(access, type, true);
    if (left) froms.push(left.from);
    parts.push([reason, countWhere(left ? sql`NOT COALESCE(${left.open}, 0)` : all([]))]);
  }
  if (open.hidden) for (const field of fields) parts.push([`${type}.${field}`, countWhere(sql`(${open.hidden} & ${number(fieldBit(type, field))}) <> 0`)]);
  if (parts.length === 0) return null;
  const select = join(parts.map(([, count], place) => sql`${count} AS ${name(`c${place}`)}`), ', ');
  const columns = parts.map(([column]) => column);
  return { read: seal(sql`SELECT ${select} FROM ${longest(froms)} WHERE ${open.open} AND ${ofMembers(scope)}`, columns), columns };
}

/** Members of a scope of whom a restriction hides a field of this type of theirs, by field. */
export function countRestricted(access: Access, type: string, fields: readonly string[], scope: MemberScope): CompiledRead | null {
  const operand = restrictedFieldsOf(type, access.profile.absent);
  if (operand.kind === 'value' || fields.length === 0) return null;
  const hidden = operandSql(operand, memberScope(access));
  const select = join(fields.map((field, place) => sql`${countWhere(sql`(${hidden} & ${number(fieldBit(type, field))}) <> 0`)} AS ${name(`c${place}`)}`), ', ');
  return seal(sql`SELECT ${select} FROM member m WHERE ${scope.reached} AND ${scope.chosen}`, fields.map((each) => `${type}.${each}`));
}

/** Whether one member is there, is reached, is reached by permits alone, and by each reason's prohibitions alone. */
export function reachOfOne(access: Access, variants: Variants, field: PlannedField): { read: CompiledRead; reasons: readonly Reason[] } {
  const reasons = [...variants.byReason.keys()];
  const holds = (each: Access): Fragment => sql`CASE WHEN ${predicateSql(each.reach, memberScope(each))} THEN 1 ELSE 0 END`;
  const select = join([access, variants.open, ...reasons.map((reason) => variants.byReason.get(reason) as Access)].map((each, place) => sql`${holds(each)} AS ${name(`c${place}`)}`), ', ');
  return { read: seal(sql`SELECT ${select} FROM member m WHERE m.id = ${parameter((values) => String(values.argument(field.id, 'id')))}`, ['reached', 'open', ...reasons]), reasons };
}
