import { ORDERED_CHARACTERS, ORDER_PRIME } from '../grant-order';
import type { Access } from '../plan/access';
import { join, number, parameter, sql, type Fragment, type Parameter } from './sql';

/** Rows lie in the order of their ids; where a grant leaves identifiers out, in an order of its own, which tells nothing of the ids. */
const isOwnOrder = (access: Access): boolean => (access.profile.grant?.form ?? 'FULL') !== 'FULL';

/** What the grant's order makes of an id. */
function placed(id: Fragment): Fragment {
  const alphabet = parameter((values) => values.order?.alphabet ?? '');
  const terms = Array.from({ length: ORDERED_CHARACTERS }, (_, place) =>
    sql`INSTR(${alphabet}, SUBSTR(${id}, ${number(place + 1)}, 1)) * ${parameter((values) => values.order?.weights[place] ?? 0)}`);
  return sql`((${join(terms, ' + ')}) % ${number(ORDER_PRIME)})`;
}

/** What rows are ordered by: the id, or its place in the grant's order (and the id for the few that share a place). */
export const orderOf = (access: Access, id: Fragment): Fragment => (isOwnOrder(access) ? sql`${placed(id)}, ${id}` : id);

/** Rows after the id that a cursor holds. */
export function isAfter(access: Access, id: Fragment, cursor: Parameter): Fragment {
  const beyond = sql`${id} > ${parameter(cursor)}`;
  if (!isOwnOrder(access)) return beyond;
  const place = parameter((values) => { const given = cursor(values); return typeof given === 'string' ? values.order?.of(given) ?? null : null; });
  return sql`(${placed(id)} > ${place} OR (${placed(id)} = ${place} AND ${beyond}))`;
}
