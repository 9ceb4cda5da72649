import type { InteractionTable } from '../interaction-table';
import { authorizes } from '../../permissions/clauses/relationships';
import { restrictedFieldsOf } from '../../permissions/clauses/restrictions';
import { and, exists, overlaps, row, value } from '../../permissions/core/predicate';
import { categoryBit } from '../../vocabulary/categories';
import { fieldBit } from '../../vocabulary/fields';
import { callerKeys, PAYER_KEY, recipientKey } from '../../vocabulary/recipients';
import { INSIDE } from '../../vocabulary/roles';
import { classBit } from '../../vocabulary/sensitivity';
import type { Access } from '../plan/access';
import { memberCell } from '../plan/cells';
import { operandSql, predicateSql } from './predicate-sql';
import { all, any, constant, constants, join, levelKeys, name, number, parameter, seal, sql, type CompiledRead, type Fragment } from './sql';
import { visibleRows, without, type VisibleRows } from './visible-rows';

/** A medication with one of these is over, or was never taken (FHIR R4 medicationrequest-status, medication-statement-status); a draft is about to be. */
const NOT_ACTIVE = ['completed', 'stopped', 'cancelled', 'ended', 'entered-in-error', 'not-taken', 'on-hold'] as const;
/** What an alert in full tells of a medication: that it is this drug, and that it is active. */
const TOLD = fieldBit('Medication', 'code') | fieldBit('Medication', 'status') | fieldBit('Medication', 'endedAt');
const PART2 = classBit('PART2');

const now = parameter((values) => values.bound.now as string);
/** Medications that are active and of which some ingredient is known. */
const active = (alias: string): Fragment => sql`(${name(`${alias}.status`)} IS NULL OR ${name(`${alias}.status`)} NOT IN (${constants(NOT_ACTIVE)})) AND (${name(`${alias}.ended_at`)} IS NULL OR ${name(`${alias}.ended_at`)} > ${now}) AND ${name(`${alias}.ingredients`)} <> '[]'`;
const from = (alias: string): Fragment => sql`medication ${name(alias)} JOIN member ${name(`${alias}m`)} ON ${name(`${alias}m.id`)} = ${name(`${alias}.member_id`)}`;

/** Medications of which an alert may tell in full, and members whose alerts are not themselves restricted. */
function toldInFull(access: Access, rows: VisibleRows, alias: string, size: number): Fragment {
  const cell = access.decide(memberCell('interactionAlerts'));
  const restricted = restrictedFieldsOf('Member', access.profile.absent);
  return all([
    sql`${name(`${alias}.member_id`)} IN (${levelKeys(size)})`, active(alias), rows.open, predicateSql(without(cell.visible, access.reach), rows.scope),
    ...(rows.hidden ? [sql`(${rows.hidden} & ${number(TOLD)}) = 0`] : []),
    ...(restricted.kind === 'value' ? [] : [sql`(${operandSql(restricted, rows.scope)} & ${number(fieldBit('Member', 'interactionAlerts'))}) = 0`]),
  ]);
}
const mayAsk = (access: Access): boolean => access.decide(memberCell('interactionAlerts')).effect !== 'DENY';

/** The active medications that the caller sees, of the members of a level; null where the caller is told no alerts. */
export function compileActiveMedications(access: Access, size: number): CompiledRead | null {
  const rows = mayAsk(access) ? visibleRows(access, 'Medication', true) : null;
  if (!rows) return null;
  return seal(sql`SELECT r.member_id, r.id, r.ingredients, r.labels FROM ${from('r')} WHERE ${toldInFull(access, rows, 'r', size)} ORDER BY r.member_id, r.id`, ['member_id', 'id', 'ingredients', 'labels']);
}

/** True of a row that holds one of these. Names stand in the JSON list between quotes; `<>` and LIKE know no lists. */
const holds = (alias: string, ingredients: readonly string[]): Fragment => any(ingredients.map((each) => sql`INSTR(${name(`${alias}.ingredients`)}, ${constant(JSON.stringify(each))}) > 0`));
const bitsOf = (places: readonly number[]): Fragment => join(places.map((place) => sql`(1 << ${number(place)})`), ' | ');
/** The sides of the table that a row stands on, as bits; or, for each, the sides that interact with it. */
function sidesOf(table: InteractionTable, alias: string, opposite: boolean): Fragment {
  const names = [...table.sides.keys()];
  const place = (side: string): number => names.indexOf(side);
  return join(names.map((side) => {
    const against = table.interactions.flatMap(({ left, right }) => [...(left === side ? [place(right)] : []), ...(right === side ? [place(left)] : [])]);
    return sql`CASE WHEN ${holds(alias, table.sides.get(side) ?? [])} THEN ${bitsOf(opposite ? [...new Set(against)] : [place(side)])} ELSE 0 END`;
  }), ' | ');
}

/** The keys by which an authorization names the company: its organizations, the caller's own, and the roles inside; as many for every caller. */
export function companyKeys(organization: string | null, covered: readonly string[]): string[] {
  const roles = INSIDE.map((role) => recipientKey({ role }));
  return [...covered.map((organizationId) => recipientKey({ organizationId })), ...roles, organization === null ? (roles[0] as string) : recipientKey({ organizationId: organization })];
}
/** The same rules, asked for other recipients. */
const askedFor = (fragment: Fragment, keysOf: (organization: string | null, own: readonly string[]) => readonly string[]): Fragment => ({
  text: fragment.text,
  parameters: fragment.parameters.map((read) => (values) => read({
    ...values, bound: { ...values.bound, callerKeys: keysOf(values.bound.organization as string | null, values.bound.callerKeys as readonly string[]) },
  })),
});

/**
 * What an agreed restriction alone hides: the special categories would let the caller, or the company, see it. A Part 2 medication is
 * among them only where an authorization for treatment names the company (policy section 6).
 */
function hiddenByRestriction(access: Access, covered: readonly string[], size: number): Fragment | null {
  const company = (organization: string | null): string[] => companyKeys(organization, covered);
  const both = { ...access, bound: { ...access.bound, callerKeys: [...company(access.caller.organization), ...callerKeys(access.caller)] } };
  const rows = visibleRows(both, 'Medication', true, 'h');
  if (!rows?.hidden) return null;
  const companyScope = { ...rows.scope, listLength: (list: string) => (list === 'callerKeys' ? company(null).length : rows.scope.listLength(list as 'callerKeys')) };
  const named = predicateSql(exists('authorization_scope', and(authorizes, overlaps(row('class_mask'), value(PART2)), overlaps(row('category_mask'), value(categoryBit('MEDICATION'))))), companyScope);
  return all([
    sql`h.member_id IN (${levelKeys(size)})`, active('h'), sql`(${rows.hidden} & ${number(TOLD)}) <> 0`,
    askedFor(rows.open, (organization, own) => [...company(organization), ...own]),
    sql`(h.labels & ${number(PART2)}) = 0 OR ${askedFor(named, company)}`,
  ]);
}

/**
 * Which visible active medications interact with a hidden one, of the members of a level. The hidden ones are met inside the
 * database: only the ids of visible rows come back. Null where nothing is hidden by an agreed restriction: where none binds the caller
 * (an emergency), and for a payer's callers, from whom what was paid in full is kept whatever else is agreed.
 */
export function compileHiddenInteractions(access: Access, table: InteractionTable, covered: readonly string[], size: number): CompiledRead | null {
  const rows = mayAsk(access) ? visibleRows(access, 'Medication', true, 'v') : null;
  const restrictions = access.bound.restrictionKeys as readonly string[];
  const hidden = rows && !restrictions.includes(PAYER_KEY) ? hiddenByRestriction(access, covered, size) : null;
  if (!rows || !hidden) return null;
  // Few members restrict anything: the others' medications need not be looked at again.
  const restricts = (alias: string): Fragment => sql`EXISTS (SELECT 1 FROM restriction_scope g WHERE g.member_id = ${name(`${alias}.member_id`)} AND g.type = 'Medication')`;
  const seen = sql`(SELECT DISTINCT v.member_id, v.id, v.ingredients, ${sidesOf(table, 'v', true)} AS against FROM ${from('v')} WHERE ${restricts('v')} AND ${toldInFull(access, rows, 'v', size)})`;
  const unseen = sql`(SELECT DISTINCT h.member_id, h.ingredients, ${sidesOf(table, 'h', false)} AS side FROM ${from('h')} WHERE ${restricts('h')} AND ${hidden})`;
  return seal(sql`SELECT DISTINCT s.member_id, s.id FROM ${seen} s JOIN ${unseen} u ON u.member_id = s.member_id WHERE (s.against & u.side) <> 0 AND s.ingredients <> u.ingredients ORDER BY s.member_id, s.id`, ['member_id', 'id']);
}
