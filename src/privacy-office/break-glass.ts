import type { DataSource, EntityManager } from 'typeorm';
import { instantOf } from '../vocabulary/instants';
import type { Caller } from '../identity/caller';
import type { Role } from '../vocabulary/roles';
import { canonicalPurpose } from '../vocabulary/purposes';
import { inTransaction } from './transaction';

/** Those whom an emergency opens a member to; an exchange states its reason on each request and opens nothing (policy section 4). */
const OPENS: readonly Role[] = ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER'];
const OPEN_FOR = 60 * 60 * 1000;

const INSERT = `INSERT INTO break_glass_opening (subject, member_id, opened_at, expires_at, reason, reviewed_at)
SELECT ?, m.id, ?, ?, ?, NULL FROM member m WHERE m.id = ? AND NOT EXISTS
  (SELECT 1 FROM break_glass_opening o WHERE o.subject = ? AND o.member_id = m.id AND o.opened_at <= ? AND ? < o.expires_at)`;

/**
 * Breaks the glass: the member is open to the caller's subject for an hour (164.312(a)(2)(ii)), unless they are already. One and
 * the same statement whether the member exists or not.
 * @returns true where this call opened the member
 */
export async function openMember(source: DataSource, caller: Caller, memberId: string): Promise<boolean> {
  if (!OPENS.includes(caller.role) || canonicalPurpose(caller.purpose) !== 'ETREAT' || caller.breakGlassReason === null) return false;
  const expires = new Date(Date.parse(caller.at) + OPEN_FOR).toISOString();
  const parameters = [caller.subject, caller.at, expires, caller.breakGlassReason, memberId, caller.subject, caller.at, caller.at];
  return inTransaction(source, async (manager) => {
    const result = await manager.queryRunner?.query(INSERT, parameters, true);
    return (result?.affected ?? 0) > 0;
  });
}

const USES = (count: number): string => `INSERT INTO break_glass_opening (subject, member_id, opened_at, expires_at, reason, reviewed_at)
SELECT ?, m.id, ?, ?, ?, NULL FROM member m WHERE m.id IN (${Array.from({ length: count }, () => '?').join(', ')}) AND NOT EXISTS
  (SELECT 1 FROM break_glass_opening o WHERE o.subject = ? AND o.member_id = m.id AND o.opened_at <= ? AND (? < o.expires_at OR (o.reason = ? AND ? < o.opened_at)))`;
const MOST_AT_ONCE = 500;

/**
 * Puts the emergencies that opened nobody into the review queue too: an exchange's, and a reading of members who were within reach anyway. Such a
 * use ends at its own instant, so that it opens nothing. What an opening covers, or the same reason within the hour, is one use.
 */
export async function noteEmergency(source: DataSource, caller: Caller, memberIds: ReadonlySet<string>): Promise<void> {
  const { breakGlassReason: reason, subject, at } = caller;
  if (memberIds.size === 0 || canonicalPurpose(caller.purpose) !== 'ETREAT' || reason === null) return;
  const hourBefore = instantOf(new Date(Date.parse(at) - OPEN_FOR));
  const ids = [...memberIds];
  const note = (manager: EntityManager, some: readonly string[]): Promise<unknown> => manager.query(USES(some.length), [subject, at, at, reason, ...some, subject, at, at, reason, hourBefore]);
  try {
    await inTransaction(source, async (manager) => { for (let start = 0; start < ids.length; start += MOST_AT_ONCE) await note(manager, ids.slice(start, start + MOST_AT_ONCE)); });
  } catch (error) {
    // Another request of this instant noted the same use.
    if (!isDuplicate(error)) throw error;
  }
}

function isDuplicate(error: unknown): boolean {
  const { driverError } = error as { driverError?: { errno?: number; code?: string } };
  return driverError?.errno === 1062 || String(driverError?.code ?? '').startsWith('SQLITE_CONSTRAINT');
}
