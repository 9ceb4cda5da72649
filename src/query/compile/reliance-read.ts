import type { Access } from '../plan/access';
import { constants, join, levelKeys, name, parameter, seal, sql, type CompiledRead } from './sql';

const COLUMNS = ['member_id', 'authorization_id', 'class_mask', 'sale'] as const;

/** The authorizations in force that name this caller and purpose, of the members of a level. */
export function authorizationsRead({ bound }: Access, size: number): CompiledRead {
  const now = parameter((values) => values.bound.now as string);
  return seal(sql`SELECT DISTINCT ${join(COLUMNS.map((column) => name(`s.${column}`)), ', ')} FROM authorization_scope s WHERE s.member_id IN (${levelKeys(size)}) AND s.recipient IN (${constants(bound.callerKeys as string[])})
    AND s.purpose IN (${constants(bound.purposes as string[])}) AND s.start_at <= ${now} AND (s.end_at IS NULL OR s.end_at > ${now})`, COLUMNS);
}
