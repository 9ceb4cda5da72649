import { RECORD_TYPES } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import { levelScope, type LevelRules } from './level-facts';
import { operandSql, predicateSql } from './predicate-sql';
import { any, name, sql } from './sql';
import type { VisibleRows } from './visible-rows';

/**
 * The visible rows of members whose facts are known from the level above. Members without a restriction of the type have rows that nothing
 * hides a field of, so these are read as they lie; for the others it is worked out row by row.
 */
export function visibleRowsOfKnown(access: Access, { type, groups, hidden }: LevelRules, keys: number, restricted: boolean): VisibleRows {
  const scope = levelScope(access, keys);
  const from = sql`${name(RECORD_TYPES[type].table)} r`;
  return { type, access, groups, from, open: any(groups.map((each) => predicateSql(each.residual, scope))), hidden: restricted && hidden ? operandSql(hidden, scope) : null, scope };
}
