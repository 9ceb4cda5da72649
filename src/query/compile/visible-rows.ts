import type { Decision } from '../../permissions/core/decide';
import { always, and, conjuncts, type Operand, type Predicate } from '../../permissions/core/predicate';
import { fieldBit } from '../../vocabulary/fields';
import { RECORD_TYPES, type RecordType } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { cellGroups, type CellGroup } from '../plan/cells';
import { operandSql, predicateSql, readsMember, type SqlScope } from './predicate-sql';
import { isWithin } from './forms';
import { factSql, Hoisting } from './hoist';
import { any, join, levelKeys, name, number, sql, type Fragment } from './sql';

/** A group of a record's fields with the decision on it. */
export interface DecidedGroup { readonly group: CellGroup; readonly decision: Decision; /** What is left to ask once the member is known to be reached. */ readonly residual: Predicate }

/** The rows of one type that the caller may see, as SQL over the alias `r`; null where none ever. */
export interface VisibleRows {
  readonly type: RecordType;
  readonly access: Access;
  readonly groups: readonly DecidedGroup[];
  /** The table with its alias, and the member joined where a rule reads the member's row. */
  readonly from: Fragment;
  /** True for rows of which some group is open, restrictions aside. */
  readonly open: Fragment;
  /** The restricted fields of the row, as bits; null where no restriction binds this caller. */
  readonly hidden: Fragment | null;
  readonly scope: SqlScope;
  /** Of known members: that the row is one of theirs, and that nothing hides it as a whole. */
  readonly within?: Fragment;
}

/** The predicate without what `granted` already says: the level above has established it for these members. */
export function without(predicate: Predicate, granted: Predicate): Predicate {
  const known = new Set(conjuncts(granted).map((each) => JSON.stringify(each)));
  const left = conjuncts(predicate).filter((each) => !known.has(JSON.stringify(each)));
  return left.length === 0 ? always : and(...left);
}

export const listLengthOf = (access: Access): SqlScope['listLength'] => (list) => {
  const bound = access.bound[list];
  return Array.isArray(bound) ? bound.length : 1;
};

/** The member's own row, over the alias `m`. */
export const memberScope = (access: Access): SqlScope =>
  ({ member: (column) => name(`m.${column}`), record: () => { throw new Error('a member has no record columns'); }, listLength: listLengthOf(access) });

function scopeOf(access: Access, alias: string): SqlScope {
  return {
    member: (column) => (column === 'id' ? name(`${alias}.member_id`) : name(`${alias}m.${column}`)),
    record: (column) => name(`${alias}.${column}`), listLength: listLengthOf(access),
  };
}

/** The member's columns that the rules read beside the facts. */
const MEMBER_COLUMNS = ['id', 'birth_date', 'birth_date_end', 'home_state', 'deceased_at'] as const;

/** The members of a level with the facts that their records' rules ask for, once a member; LIMIT keeps both databases from merging it into the join. */
function membersOfLevel(access: Access, hoisting: Hoisting, keys: number): Fragment {
  const scope = memberScope(access);
  const facts = hoisting.facts.map((fact) => sql`${factSql(fact, scope)} AS ${name(fact.name)}`);
  return sql`(SELECT ${join([...MEMBER_COLUMNS.map((column) => name(`m.${column}`)), ...facts], ', ')} FROM member m WHERE m.id IN (${levelKeys(keys)}) LIMIT ${number(keys)})`;
}

/** The visible rows of the members of a level: what is true of a member is asked once a member, what of a record once a record. */
export function visibleRowsOfLevel(access: Access, type: RecordType, keys: number): VisibleRows | null {
  const rows = visibleRows(access, type, true);
  if (!rows) return null;
  const hoisting = new Hoisting();
  const scope: SqlScope = { ...rows.scope, rowByRow: true, member: (column) => name(column === 'id' ? 'r.member_id' : `rm.${column}`) };
  const groups = rows.groups.map((each) => ({ ...each, residual: hoisting.predicate(each.residual) }));
  const operand = rows.groups[0]?.decision.hidden;
  const hidden = operand?.kind === 'bits' ? sql`CASE WHEN ${operandSql(hoisting.guard(operand), scope)} = 1 THEN ${operandSql(operand, scope)} ELSE 0 END` : null;
  const from = sql`${membersOfLevel(access, hoisting, keys)} rm JOIN ${name(RECORD_TYPES[type].table)} r ON r.member_id = rm.id`;
  return { type, access, groups, from, open: any(groups.map((each) => predicateSql(each.residual, scope))), hidden, scope };
}

/** The groups of a type with the fields that a grant's limits leave; one that has none left is not there. */
function groupsWithin(access: Access, type: RecordType): CellGroup[] {
  if (!access.profile.grant) return [...cellGroups(type)];
  return cellGroups(type).map((group) => {
    const fields = group.fields.filter((each) => isWithin(access, `${type}.${each}`));
    return { ...group, fields, bits: fields.reduce((mask, each) => mask | fieldBit(type, each), 0) };
  }).filter((group) => group.fields.length > 0);
}

/**
 * The visible rows of a type. `reached`: the statement already holds only members that the caller reaches. `alias` names the
 * record's row, so that the rows can stand inside another statement.
 */
export function visibleRows(access: Access, type: RecordType, reached: boolean, alias = 'r'): VisibleRows | null {
  const groups = groupsWithin(access, type).map((group) => ({ group, decision: access.decide(group.cell) })).filter(({ decision }) => decision.effect !== 'DENY')
    .map(({ group, decision }) => ({ group, decision, residual: reached ? without(decision.visible, access.reach) : decision.visible }));
  const first = groups[0];
  if (!first) return null;
  const scope = scopeOf(access, alias);
  const hiddenOperand: Operand = first.decision.hidden;
  const hidden = hiddenOperand.kind === 'value' ? null : operandSql(hiddenOperand, scope);
  const joins = groups.some((each) => readsMember(each.residual)) || readsMember(hiddenOperand);
  const table = sql`${name(RECORD_TYPES[type].table)} ${name(alias)}`;
  const from = joins ? sql`${table} JOIN member ${name(`${alias}m`)} ON ${name(`${alias}m.id`)} = ${name(`${alias}.member_id`)}` : table;
  return { type, access, groups, from, open: any(groups.map((each) => predicateSql(each.residual, scope))), hidden, scope };
}

/** Some group is open and not hidden as a whole: the row is there for the caller. */
export function rowIsThere(rows: VisibleRows, hidden: Fragment | null): Fragment {
  if (rows.groups.length === 1 || !hidden) {
    const bits = rows.groups[0]?.group.bits ?? 0;
    return hidden ? sql`(${rows.open}) AND (${hidden} & ${number(bits)}) <> ${number(bits)}` : rows.open;
  }
  return any(rows.groups.map((each) => sql`(${predicateSql(each.residual, rows.scope)}) AND (${hidden} & ${number(each.group.bits)}) <> ${number(each.group.bits)}`));
}

/** Whether a field of the row is visible: its group is open, and no restriction hides the field. Use inside CASE WHEN or WHERE. */
export function fieldIsVisible(rows: VisibleRows, field: string, bit: number, hidden: Fragment | null): Fragment | 'ALWAYS' | 'NEVER' {
  const owner = rows.groups.find((each) => each.group.fields.includes(field));
  if (!owner) return 'NEVER';
  const parts: Fragment[] = [];
  if (rows.groups.length > 1 && owner.residual.kind !== 'always') parts.push(sql`(${predicateSql(owner.residual, rows.scope)})`);
  if (hidden) parts.push(sql`(${hidden} & ${number(bit)}) = 0`);
  return parts.length === 0 ? 'ALWAYS' : { text: parts.map((each) => each.text).join(' AND '), parameters: parts.flatMap((each) => each.parameters) };
}
