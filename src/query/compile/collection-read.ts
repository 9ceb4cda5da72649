import { fieldBit } from '../../vocabulary/fields';
import { restrictedFieldsOf } from '../../permissions/clauses/restrictions';
import type { Scalar } from '../../permissions/core/interpret';
import { dateOf } from '../../vocabulary/instants';
import type { Access } from '../plan/access';
import { memberCell } from '../plan/cells';
import { formed, isWithin } from './forms';
import { orderOf } from './order';
import { operandSql, predicateSql, type SqlScope } from './predicate-sql';
import { all, join, levelKeys, name, number, seal, sql, type CompiledRead, type Fragment } from './sql';
import { listLengthOf, without } from './visible-rows';

/** Collections of the member whose objects are decided as a whole. */
export interface Collection {
  readonly from: string;
  readonly columns: readonly string[];
  readonly read: (row: readonly Scalar[]) => Record<string, unknown>;
}
/** The first day that a stored start stands for; the year 1 says that the start is not known. */
const day = (instant: Scalar | undefined): string | null => (typeof instant === 'string' && !instant.startsWith('0001-') ? dateOf(instant) : null);

export const COLLECTIONS: Readonly<Record<string, Collection>> = {
  governmentIds: { from: 'government_id c', columns: ['c.member_id', 'c.id', 'c.kind', 'c.value'], read: ([, , kind, value]) => ({ __typename: 'GovernmentId', kind, value }) },
  coverages: {
    from: 'coverage c LEFT JOIN organization o ON o.id = c.plan_id',
    columns: ['c.member_id', 'c.id', 'c.subscriber_id', 'c.start_at', 'c.end_at', 'c.plan_id', 'o.name', 'o.kind'],
    read: ([, id, subscriberId, start, end, planId, planName, kind]) => ({
      __typename: 'Coverage', id, subscriberId, start: day(start), end: day(end),
      plan: { __typename: 'Organization', id: planId, name: planName ?? planId, kind: kind ?? 'HEALTH_PLAN' },
    }),
  },
  careTeam: {
    from: 'care_team c', columns: ['c.member_id', 'c.id', 'c.practitioner_id', 'c.name', 'c.role', 'c.start_at', 'c.end_at'],
    read: ([, id, practitionerId, called, role, start, end]) => ({ __typename: 'CareTeamMember', id, practitionerId, name: called, role, start: day(start), end: day(end) }),
  },
};

/** Parts of these objects that a grant's limits can leave out, by column. */
const COLLECTION_TYPES: Readonly<Record<string, string>> = { governmentIds: 'GovernmentId', coverages: 'Coverage', careTeam: 'CareTeamMember' };
const FIELD_OF: Readonly<Record<string, string>> = { 'c.subscriber_id': 'subscriberId', 'c.name': 'name', 'c.role': 'role' };

/** The statement for one collection of the members of the level above; null where the field can never be seen. */
export function compileCollectionRead(access: Access, field: string, keys: number): CompiledRead | null {
  const collection = COLLECTIONS[field];
  const decision = access.decide(memberCell(field));
  if (!collection || decision.effect === 'DENY') return null;
  const scope: SqlScope = { member: (column) => (column === 'id' ? name('c.member_id') : name(`m.${column}`)), record: () => { throw new Error('no record here'); }, listLength: listLengthOf(access) };
  const hidden = restrictedFieldsOf('Member', access.profile.absent);
  const conditions: Fragment[] = [
    sql`c.member_id IN (${levelKeys(keys)})`,
    predicateSql(without(decision.visible, access.reach), scope),
  ];
  if (hidden.kind !== 'value') conditions.push(sql`(${operandSql(hidden, scope)} & ${number(fieldBit('Member', field))}) = 0`);
  const type = COLLECTION_TYPES[field] ?? '';
  const select = collection.columns.map((each) => (isWithin(access, `${type}.${FIELD_OF[each] ?? ''}`) ? formed(access, each) : sql`NULL`));
  const read = sql`SELECT ${join(select, ', ')} FROM ${{ text: collection.from, parameters: [] }} JOIN member m ON m.id = c.member_id WHERE ${all(conditions)} ORDER BY c.member_id, ${orderOf(access, name('c.id'))}`;
  return seal(read, collection.columns.map((each) => each.slice(2)));
}
