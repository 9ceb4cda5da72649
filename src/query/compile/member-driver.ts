import { and, isOfMember, type Predicate } from '../../permissions/core/predicate';
import type { Access } from '../plan/access';
import { predicateSql, type SqlScope } from './predicate-sql';
import { all, name, number, sql, type Fragment } from './sql';
import { listLengthOf } from './visible-rows';

/** Relations with an index of (whom they relate to, member_id): a page of them is read in the members' order and no further. */
const DRIVERS: ReadonlySet<string> = new Set(['care_team', 'coverage', 'representation', 'member_organization']);

function readsMemberRow(subject: unknown): boolean {
  if (Array.isArray(subject)) return subject.some(readsMemberRow);
  if (subject === null || typeof subject !== 'object') return false;
  const node = subject as { kind?: string; of?: unknown };
  return node.kind === 'byState' || (node.kind === 'column' && node.of === 'm') || Object.values(subject).some(readsMemberRow);
}

/**
 * Where the members reached are just those of one relation, and nothing else narrows or orders the page, its rows are read off the
 * relation's index: a page costs the same at the start and at the end of a panel, however many members there are. Null otherwise.
 */
export function drivenPage(access: Access, first: number, after: Fragment | null): Fragment | null {
  const { reach } = access;
  if (reach.kind !== 'exists' || !DRIVERS.has(reach.relation) || reach.where.kind !== 'and' || !reach.where.all.some(isOfMember)) return null;
  const rest = reach.where.all.filter((each) => !isOfMember(each));
  if (rest.some(readsMemberRow)) return null;
  const never = (): never => { throw new Error('the relation alone is read here'); };
  const scope: SqlScope = { member: never, record: never, listLength: listLengthOf(access), row: 'x' };
  const conditions = [predicateSql(and(...rest), scope), ...(after ? [sql`x.member_id > ${after}`] : [])];
  return sql`(SELECT x.member_id AS id FROM ${name(reach.relation)} x JOIN member t ON t.id = x.member_id WHERE ${all(conditions)} GROUP BY x.member_id ORDER BY x.member_id LIMIT ${number(first + 1)})`;
}
