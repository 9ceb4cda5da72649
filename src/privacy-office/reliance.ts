import type { DataSource, EntityManager } from 'typeorm';
import { insertRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { reliance } from '../entities/tables/privacy';
import type { Caller } from '../identity/caller';
import type { Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import { inTransaction } from './transaction';

/** As `Reliance` of the schema: a release that relied on an authorization. */
export interface RelianceResult { auditId: string; at: string; purpose: Purpose; role: Role; organizationId: string | null }

/**
 * Puts on record, before the release is answered, which authorizations it relied on (164.508(b)(5)): what was released so stays released after
 * a revocation. @throws DATABASE_UNAVAILABLE
 */
export async function recordReliance(source: DataSource, caller: Caller, auditId: string, relied: readonly { memberId: string; authorizationId: string }[]): Promise<void> {
  if (relied.length === 0) return;
  const rows = relied.map(({ memberId, authorizationId }): Row<typeof reliance> => ({
    member_id: memberId, authorization_id: authorizationId, audit_id: auditId, at: caller.at, purpose: caller.purpose, role: caller.role, organization_id: caller.organization,
  }));
  await inTransaction(source, (manager) => insertRows(manager, reliance, rows));
}

const MOST_TOLD = 100;

/** The releases that relied on an authorization, the latest 100 of them, newest first. */
export async function readReliances(manager: EntityManager, memberId: string, authorizationId: string): Promise<RelianceResult[]> {
  const rows = await manager.query(`SELECT audit_id, at, purpose, role, organization_id FROM reliance WHERE member_id = ? AND authorization_id = ? ORDER BY at DESC, audit_id LIMIT ${MOST_TOLD}`,
    [memberId, authorizationId]) as Pick<Row<typeof reliance>, 'audit_id' | 'at' | 'purpose' | 'role' | 'organization_id'>[];
  return rows.map((row) => ({ auditId: row.audit_id, at: row.at, purpose: row.purpose as Purpose, role: row.role as Role, organizationId: row.organization_id }));
}
