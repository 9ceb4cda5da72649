import { RECORD_TYPES } from '../../vocabulary/records';
import type { Access } from '../plan/access';
import type { LevelRules } from './level-facts';
import { operandSql, predicateSql, type SqlScope } from './predicate-sql';
import { hiddenFact, notHiddenAsWhole } from './restricted-rows';
import { all, any, name, sql } from './sql';
import { toldLevel, type LevelShape } from './told-level';
import { listLengthOf, type VisibleRows } from './visible-rows';

/** The branch of a level's statement that reads a type: as facts say, or row by row. */
export const branchOf = (type: string, asking: boolean): string => (asking ? `asking ${type}` : type);

/**
 * The visible rows of members whose facts are known from the level above: rows are read as they lie, and what restrictions hide is told as
 * facts. `asking`: of members whose restrictions say more than facts can, it is worked out row by row.
 */
export function visibleRowsOfKnown(access: Access, { type, groups, hidden }: LevelRules, level: LevelShape, asking: boolean): VisibleRows {
  const told = toldLevel(branchOf(type, asking), level);
  const scope: SqlScope = { member: (column) => (column === 'id' ? name('r.member_id') : told.fact(column)), record: (column) => name(`r.${column}`), rowByRow: true, listLength: listLengthOf(access) };
  const open = any(groups.map((each) => predicateSql(each.residual, scope)));
  const shown = hidden === null ? null : asking ? operandSql(hidden, scope) : told.fact(hiddenFact(type));
  const within = [told.tied(name('r.member_id')), ...(hidden && !asking ? [notHiddenAsWhole(type, told)] : [])];
  const from = told.joined(sql`${name(RECORD_TYPES[type].table)} r`, name('r.member_id'));
  return { type, access, groups, from, open, hidden: shown, scope, within: all(within) };
}
