import { choseAWay, namesCaller } from '../../permissions/clauses/confidential-communications';
import type { Operand } from '../../permissions/core/predicate';
import { INSIDE } from '../../vocabulary/roles';
import { fieldBit } from '../../vocabulary/fields';
import { restrictedFieldsOf } from '../../permissions/clauses/restrictions';
import type { Access } from '../plan/access';
import type { PlannedField } from '../plan/selection';
import { memberCell } from '../plan/cells';
import { memberField } from './columns';
import { formed, isWithin } from './forms';
import { memberFilter, type Filter, type MemberValue } from './filters';
import { isAfter, orderOf } from './order';
import type { LevelFacts } from './level-facts';
import { operandSql, predicateSql, type SqlScope } from './predicate-sql';
import { all, join, levelKeys, name, number, parameter, seal, sql, type CompiledRead, type Fragment } from './sql';
import { factSql } from './hoist';
import { drivenPage } from './member-driver';
import { hiddenFact } from './restricted-rows';
import { toldLevel, type LevelShape, type ToldLevel } from './told-level';
import { memberScope, without } from './visible-rows';

export type MemberSource =
  | { readonly kind: 'PAGE'; readonly first: number; readonly after: boolean; readonly field: number; readonly order: MemberOrder | null }
  /** The members of these ids: those of a record level above, or the one of `member(id:)`. */
  | { readonly kind: 'KEYS'; readonly keys: number };
export interface MemberOrder { readonly field: 'FAMILY_NAME' | 'BIRTH_DATE' | 'MEMBER_NUMBER'; readonly direction: 'ASC' | 'DESC' }

/** What an order looks at: the field, its column, and the part of an object. */
export const ORDER_FIELDS = {
  FAMILY_NAME: { field: 'name', column: 'family_key', part: 'family', coordinate: 'HumanName.family' },
  BIRTH_DATE: { field: 'birthDate', column: 'birth_date', part: undefined, coordinate: 'Member.birthDate' },
  MEMBER_NUMBER: { field: 'memberNumber', column: 'member_number', part: undefined, coordinate: 'Member.memberNumber' },
} as const;

export interface MemberRead { readonly read: CompiledRead; readonly filter: Filter; /** The column that carries the order's value, for the cursor. */ readonly orderColumn: string | null }

/** Reads of the member's own cells: each visible, or NULL. Built once for a statement over the alias `m`. */
class MemberCells {
  private readonly scope: SqlScope;
  private readonly hidden = new Map<string, Fragment | null>();
  readonly expressions: Fragment[] = [];
  readonly columns: string[] = [];

  /** Where the statement begins with derived rows: the restricted fields are worked out there, once a member, in these columns. */
  readonly derived: Fragment[] = [];

  constructor(private readonly access: Access, private readonly from: 'MEMBER' | 'DERIVED' | ToldLevel = 'MEMBER') {
    this.scope = memberScope(access);
  }

  /** The bits that restrictions hide of one type of the member's objects (Member, HumanName, Contact); null where none binds. */
  private hiddenOf(type: string): Fragment | null {
    const known = this.hidden.get(type);
    if (known !== undefined) return known;
    const operand: Operand = restrictedFieldsOf(type, this.access.profile.absent);
    const worked = operand.kind === 'value' ? null : typeof this.from === 'object' ? this.from.fact(hiddenFact(type)) : operandSql(operand, this.scope);
    const column = `hidden_${type.toLowerCase()}`;
    if (worked && this.from === 'DERIVED') this.derived.push(sql`${worked} AS ${name(column)}`);
    const found = worked && this.from === 'DERIVED' ? name(`p.${column}`) : worked;
    this.hidden.set(type, found);
    return found;
  }

  /** Conditions under which a field is visible; null where it never is; an empty list where it always is. */
  conditions(field: string, part?: string, type = 'HumanName'): Fragment[] | null {
    const decision = this.access.decide(memberCell(field));
    if (decision.effect === 'DENY') return null;
    if (part !== undefined && part !== '*' && !isWithin(this.access, `${type}.${part}`)) return null;
    const residual = without(decision.visible, this.access.reach);
    const found = residual.kind === 'always' ? [] : [predicateSql(residual, this.scope)];
    const hidden = this.hiddenOf('Member');
    if (hidden) found.push(sql`(${hidden} & ${number(fieldBit('Member', field))}) = 0`);
    const parts = part === undefined ? null : this.hiddenOf(type);
    if (parts) found.push(part === '*' ? sql`${parts} = 0` : sql`(${parts} & ${number(fieldBit(type, part as string))}) = 0`);
    return found;
  }

  /** A column as the caller sees it. */
  readonly value: MemberValue = (field, column, part) => {
    const conditions = this.conditions(field, part);
    if (!conditions) return sql`NULL`;
    const shown = formed(this.access, `m.${column}`);
    return conditions.length === 0 ? shown : sql`CASE WHEN ${all(conditions)} THEN ${shown} END`;
  };

  add(column: string, expression: Fragment): void {
    if (this.columns.includes(column)) return;
    this.columns.push(column);
    this.expressions.push(expression);
  }

  addField(field: PlannedField): void {
    const source = memberField(field.name);
    // What is privacy state is read elsewhere: here it is told of which members it may be.
    if (field.name === 'privacy') { const open = this.conditions('privacy'); if (open) this.add(PRIVACY_OPEN, sql`CASE WHEN ${all(open)} THEN 1 ELSE 0 END`); return; }
    if (field.name === 'contact') this.addContact(field);
    else if (source?.kind === 'scalar') { if (source.column !== 'id' && this.conditions(field.name)) this.add(source.column, this.value(field.name, source.column)); }
    else if (source) for (const part of field.selections) {
      const column = source.parts[part.name];
      if (column && this.conditions(field.name)) this.add(column, this.value(field.name, column, part.name));
    }
  }

  /**
   * The contact: in full, or only the way that the member chose (policy section 6, confidential communications). Chosen values
   * come in columns of their own, so that the two are never mixed.
   */
  private addContact(contact: PlannedField): void {
    const base = this.conditions('contact');
    if (!base) return;
    const chose = predicateSql(choseAWay, this.scope);
    const { role } = this.access.profile;
    // What is open by authorization alone is another member's, and MEMBER a recipient like any other.
    const seesAll = this.access.categories !== 'AUTHORIZED' && (role === 'MEMBER' || role === 'PRIVACY_OFFICER');
    const seesChosen = seesAll || INSIDE.includes(role) || role === 'BUSINESS_ASSOCIATE' ? null : predicateSql(namesCaller, this.scope);
    const whenChosen = seesChosen ? [chose, seesChosen] : [chose];
    const when = (conditions: Fragment[], value: Fragment): Fragment => (conditions.length === 0 ? value : sql`CASE WHEN ${all(conditions)} THEN ${value} END`);
    this.add('contact_there', when([...base, ...(seesChosen ? [sql`NOT (${chose}) OR (${seesChosen})`] : [])], sql`1`));
    for (const part of contact.selections) {
      const open = this.conditions('contact', part.name, 'Contact');
      if (!open) continue;
      if (part.name === 'confidential') this.add('contact_confidential', when(open, sql`CASE WHEN ${chose} THEN 1 ELSE 0 END`));
      const column = CONTACT_COLUMNS[part.name];
      if (!column) continue;
      if (part.name === 'addresses') { this.addAddresses(part, open, chose, whenChosen, seesAll); continue; }
      this.add(column.own, when([...open, ...(seesAll ? [] : [sql`NOT (${chose})`])], formed(this.access, `m.${column.own}`)));
      if (column.chosen && !seesAll) this.add(`chosen_${column.chosen}`, when([...open, ...whenChosen], chosenValue(column.chosen)));
    }
  }

  /** Addresses part by part; a chosen address stands as one value, and is hidden where any of its parts is. */
  private addAddresses(addresses: PlannedField, open: Fragment[], chose: Fragment, whenChosen: Fragment[], seesAll: boolean): void {
    const when = (conditions: Fragment[], value: Fragment): Fragment => (conditions.length === 0 ? value : sql`CASE WHEN ${all(conditions)} THEN ${value} END`);
    const hidden = this.hiddenOf('Address');
    for (const part of addresses.selections) {
      const column = ADDRESS_COLUMNS[part.name];
      if (!column || !isWithin(this.access, `Address.${part.name}`)) continue;
      const visible = hidden ? [sql`(${hidden} & ${number(fieldBit('Address', part.name))}) = 0`] : [];
      this.add(column, when([...open, ...visible, ...(seesAll ? [] : [sql`NOT (${chose})`])], formed(this.access, `m.${column}`)));
    }
    // A chosen address is one value: a form that leaves parts of an address out leaves it out as a whole.
    if (!seesAll && (this.access.profile.grant?.form ?? 'FULL') === 'FULL') this.add('chosen_address', when([...open, ...whenChosen, ...(hidden ? [sql`${hidden} = 0`] : [])], chosenValue('address')));
  }
}

/** The column that says whether the caller may see the member's privacy state: a row of 1 or 0. */
export const PRIVACY_OPEN = 'privacy_open';
/** Parts of an address, each in a column of its own. */
export const ADDRESS_COLUMNS: Readonly<Record<string, string>> = {
  use: 'address_uses', line: 'address_lines', city: 'address_cities', state: 'address_states', postalCode: 'address_postal_codes', country: 'address_countries',
};
/** Contact fields: the member's own column, and what a confidential communication gives in its place. */
export const CONTACT_COLUMNS: Readonly<Record<string, { own: string; chosen: string | null }>> = {
  telephones: { own: 'telephones', chosen: 'telephone' }, emails: { own: 'emails', chosen: 'email' }, addresses: { own: 'address_uses', chosen: 'address' },
  preferredLanguage: { own: 'preferred_language', chosen: null },
};
const chosenValue = (column: string): Fragment => sql`(SELECT ${name(`k.${column}`)} FROM confidential_communication k WHERE k.member_id = m.id AND k.since <= ${parameter((values) => values.bound.now as string)} AND (k.ended_at IS NULL OR k.ended_at > ${parameter((values) => values.bound.now as string)}) ORDER BY k.since DESC, k.id LIMIT 1)`;

/**
 * The statement for members and their own cells. It begins with the page: the members reached, filtered and cut, with what restrictions hide of
 * each; then their cells, hidden ones NULL; then the facts that their records' rules ask for. Columns that nobody may see are not selected.
 */
export function compileMemberRead(access: Access, fields: readonly PlannedField[], source: MemberSource, filters: Readonly<Record<string, unknown>> | null | undefined, facts: LevelFacts | null = null): MemberRead {
  const cells = new MemberCells(access, 'DERIVED');
  for (const field of fields) cells.addField(field);
  const page = source.kind === 'KEYS' ? keysPage(access, source.keys, cells.derived) : filteredPage(access, source, filters, cells);
  const read = sql`SELECT ${join([name('m.id'), ...cells.expressions.map((each, place) => sql`${each} AS ${name(`c${place}`)}`), ...factsOf(access, facts)], ', ')} FROM ${page.rows} p JOIN member m ON m.id = p.id ORDER BY ${page.orderBy}`;
  return { read: seal(read, ['id', ...cells.columns, ...(facts?.own.map((each) => each.name) ?? [])]), filter: page.filter, orderColumn: page.isSorted ? 'order_value' : null };
}

const factsOf = (access: Access, facts: LevelFacts | null): Fragment[] => (facts?.own ?? []).map((each) => sql`${factSql(each, memberScope(access))} AS ${name(each.name)}`);

/** The name of the members' own cells among what a level reads. */
export const MEMBER_BRANCH = 'Member';

/** The own cells of members whose facts are known. */
export function compileKnownMembers(access: Access, fields: readonly PlannedField[], level: LevelShape): CompiledRead {
  const told = toldLevel(MEMBER_BRANCH, level);
  const cells = new MemberCells(access, told);
  for (const field of fields) cells.addField(field);
  const select = [name('m.id'), ...cells.expressions.map((each, place) => sql`${each} AS ${name(`c${place}`)}`)];
  return seal(sql`SELECT ${join(select, ', ')} FROM ${told.joined(sql`member m`, name('m.id'))} WHERE ${told.tied(name('m.id'))}`, ['id', ...cells.columns]);
}

/** The ids of a page that is read off the index of the relation that gives reach; null where the page is not read so. */
export function compileDrivenIds(access: Access, source: MemberSource & { kind: 'PAGE' }, filters: Readonly<Record<string, unknown>> | null | undefined): CompiledRead | null {
  const filter = memberFilter(access, source.field, filters, new MemberCells(access).value);
  const driven = source.order || filter.coordinates.length > 0 ? null : drivenPage(access, source.first, source.after ? cursorPart(source, 'id') : null);
  return driven && seal(sql`SELECT p.id FROM ${driven} p ORDER BY p.id`, ['id']);
}

interface MemberPage { readonly rows: Fragment; readonly filter: Filter; readonly orderBy: Fragment; readonly isSorted: boolean }
const NO_FILTER: Filter = { where: all([]), coordinates: [] };

function keysPage(access: Access, size: number, derived: readonly Fragment[]): MemberPage {
  const where = all([sql`m.id IN (${levelKeys(size)})`, predicateSql(access.reach, memberScope(access))]);
  return { rows: sql`(SELECT ${join([name('m.id'), ...derived], ', ')} FROM member m WHERE ${where} LIMIT ${number(size)})`, filter: NO_FILTER, orderBy: sql`p.id`, isSorted: false };
}

function filteredPage(access: Access, source: MemberSource & { kind: 'PAGE' }, filters: Readonly<Record<string, unknown>> | null | undefined, cells: MemberCells): MemberPage {
  const values = new MemberCells(access).value;
  const filter = memberFilter(access, source.field, filters, values);
  const driven = source.order || filter.coordinates.length > 0 ? null : drivenPage(access, source.first, source.after ? cursorPart(source, 'id') : null);
  if (driven) return { rows: sql`(SELECT ${join([name('m.id'), ...cells.derived], ', ')} FROM ${driven} m LIMIT ${number(source.first + 1)})`, filter, orderBy: sql`p.id`, isSorted: false };
  const order = source.order ? ORDER_FIELDS[source.order.field] : null;
  const sorted = order ? values(order.field, order.column, order.part) : null;
  const where = all([predicateSql(access.reach, memberScope(access)), filter.where, ...afterMember(access, source, sorted)]);
  const id = orderOf(access, name('m.id'));
  const direction = source.order?.direction === 'DESC' ? sql` DESC` : sql` ASC`;
  // What is hidden sorts as NULL, and NULL sorts last in either direction.
  const by = (value: Fragment, id: Fragment): Fragment => sql`CASE WHEN ${value} IS NULL THEN 1 ELSE 0 END, ${value}${direction}, ${id}`;
  const select = [name('m.id'), ...cells.derived, ...(sorted ? [sql`${sorted} AS order_value`] : [])];
  if (sorted) cells.add('order_value', name('p.order_value'));
  const rows = sql`(SELECT ${join(select, ', ')} FROM member m WHERE ${where} ORDER BY ${sorted ? by(sorted, id) : id} LIMIT ${number(source.first + 1)})`;
  return { rows, filter, orderBy: sorted ? by(name('p.order_value'), orderOf(access, name('p.id'))) : orderOf(access, name('p.id')), isSorted: sorted !== null };
}

const cursorPart = (source: MemberSource & { kind: 'PAGE' }, part: string): Fragment =>
  parameter((values) => (values.argument(source.field, 'cursor', part) ?? null) as string | null);

/** Rows after the cursor in the order, NULLs last. */
function afterMember(access: Access, source: MemberSource & { kind: 'PAGE' }, sorted: Fragment | null): Fragment[] {
  if (!source.after) return [];
  const at = (part: string): Fragment => cursorPart(source, part);
  const after = isAfter(access, name('m.id'), (values) => (values.argument(source.field, 'cursor', 'id') ?? null) as string | null);
  if (!sorted) return [after];
  const beyond = source.order?.direction === 'DESC' ? sql`${sorted} < ${at('value')}` : sql`${sorted} > ${at('value')}`;
  return [sql`(${at('value')} IS NOT NULL AND ((${beyond}) OR (${sorted} = ${at('value')} AND ${after}) OR ${sorted} IS NULL)) OR (${at('value')} IS NULL AND ${sorted} IS NULL AND ${after})`];
}

/** The members that the caller reaches and the filter over them, as conditions on the alias `m`: for counts. */
export function compileMemberScope(access: Access, field: number, filters: Readonly<Record<string, unknown>> | null): { reached: Fragment; filtered: Filter } {
  return { reached: predicateSql(access.reach, memberScope(access)), filtered: memberFilter(access, field, filters, new MemberCells(access).value) };
}
