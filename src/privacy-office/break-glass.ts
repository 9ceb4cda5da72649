import type { DataSource } from 'typeorm';
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
