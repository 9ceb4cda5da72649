import { lineageOf } from '../../vocabulary/purposes';
import { ANY_RECIPIENT, callerKeys } from '../../vocabulary/recipients';
import { classBit } from '../../vocabulary/sensitivity';
import type { Access } from '../plan/access';
import { constants, levelKeys, name, number, parameter, seal, sql, type CompiledRead, type Fragment } from './sql';

const PART2 = classBit('PART2');
const inForce = (alias: string): Fragment => sql`${name(`${alias}.start_at`)} <= ${parameter((values) => values.bound.now as string)} AND (${name(`${alias}.end_at`)} IS NULL OR ${name(`${alias}.end_at`)} > ${parameter((values) => values.bound.now as string)})`;

/** The authorizations in force that open Part 2 records of the members of a level to this caller. */
export function openedRead({ bound }: Access, size: number): CompiledRead {
  const read = sql`SELECT DISTINCT a.id, a.classes, a.purposes, a.recipients, a.end_at FROM authorization_scope s JOIN authorization a ON a.member_id = s.member_id AND a.id = s.authorization_id
    WHERE s.member_id IN (${levelKeys(size)}) AND s.recipient IN (${constants(bound.callerKeys as string[])}) AND s.purpose IN (${constants(bound.purposes as string[])}) AND (s.class_mask & ${number(PART2)}) <> 0 AND ${inForce('s')} ORDER BY a.id`;
  return seal(read, ['id', 'classes', 'purposes', 'recipients', 'end_at']);
}
/** How many restrictions in force an emergency overrides, of the members of a level. */
export function overriddenRead({ caller, profile }: Access, size: number): CompiledRead {
  const read = sql`SELECT COUNT(*) FROM restriction_scope s WHERE s.member_id IN (${levelKeys(size)}) AND s.recipient IN (${constants([ANY_RECIPIENT, ...callerKeys(caller)])}) AND s.purpose IN (${constants(['*', ...lineageOf(profile.purpose)])}) AND ${inForce('s')}`;
  return seal(read, ['count']);
}
