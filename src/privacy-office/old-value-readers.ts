import type { EntityManager } from 'typeorm';

/** Somebody who read a field of a record before it was amended, by the trail. `at` is the last time. */
export interface Reader { readonly subject: string; readonly role: string; readonly organization: string | null; readonly at: string }

/**
 * Who read this field of the member, other than the member: those whom the amendment concerns (164.526(c)(3)). The trail knows members and
 * fields, not records, so one who read another record's field is among them.
 */
export async function readersOf(manager: EntityManager, memberId: string, coordinate: string): Promise<Reader[]> {
  const rows = await manager.query(`SELECT e.subject AS subject, e.role AS role, e.organization AS organization, MAX(e.at) AS at FROM audit_member m JOIN audit_event e ON e.id = m.event_id
    WHERE m.member_id = ? AND e.kind IN ('READ', 'BREAK_GLASS', 'EXPORT') AND e.outcome IN ('PERMIT', 'ERROR') AND e.role <> 'MEMBER' AND e.coordinates LIKE ?
    GROUP BY e.subject, e.role, e.organization ORDER BY e.subject, e.role`, [memberId, `%"${coordinate}"%`]) as Reader[];
  return rows.map((each) => ({ ...each }));
}

const MOST_NAMED = 25;
/** Those readers in words, for the worklist. */
export function inWords(readers: readonly Reader[]): string {
  const named = readers.slice(0, MOST_NAMED).map((each) => `${each.subject} (${each.organization ?? each.role})`).join(', ');
  return readers.length > MOST_NAMED ? `${named} and ${readers.length - MOST_NAMED} more` : named;
}
