import type { DataSource, EntityManager } from 'typeorm';
import { dialectOfSource } from '../entities/data-source';
import type { Row } from '../entities/table';
import type { reliance } from '../entities/tables/privacy';
import type { Caller } from '../identity/caller';
import type { Purpose } from '../vocabulary/purposes';
import type { Role } from '../vocabulary/roles';
import { inStatement } from './transaction';

/** As `Reliance` of the schema: a release that relied on an authorization. */
export interface RelianceResult { auditId: string; at: string; purpose: Purpose; role: Role; organizationId: string | null }

/** One statement of one text, however many there are. What is too long for a column stays so, and is refused. */
const INSERT = {
  mariadb: `INSERT INTO reliance (member_id, authorization_id, audit_id, at, purpose, role, organization_id) SELECT j.member_id, j.authorization_id, ?, ?, ?, ?, ?
FROM JSON_TABLE(?, '$[*]' COLUMNS (member_id VARCHAR(255) PATH '$.memberId', authorization_id VARCHAR(255) PATH '$.authorizationId')) j`,
  sqlite: `INSERT INTO reliance (member_id, authorization_id, audit_id, at, purpose, role, organization_id) SELECT j.value ->> 'memberId', j.value ->> 'authorizationId', ?, ?, ?, ?, ?
FROM json_each(?) j`,
} as const;

/**
 * Puts on record, before the release is answered, which authorizations it relied on (164.508(b)(5)): what was released so stays released after
 * a revocation. @throws DATABASE_UNAVAILABLE
 */
export async function recordReliance(source: DataSource, caller: Caller, auditId: string, relied: readonly { memberId: string; authorizationId: string }[]): Promise<void> {
  if (relied.length === 0) return;
  const list = JSON.stringify(relied.map(({ memberId, authorizationId }) => ({ memberId, authorizationId })));
  await inStatement(source, INSERT[dialectOfSource(source)], [auditId, caller.at, caller.purpose, caller.role, caller.organization, list]);
}

const MOST_TOLD = 100;

/** The releases that relied on an authorization, the latest 100 of them, newest first. */
export async function readReliances(manager: EntityManager, memberId: string, authorizationId: string): Promise<RelianceResult[]> {
  const rows = await manager.query(`SELECT audit_id, at, purpose, role, organization_id FROM reliance WHERE member_id = ? AND authorization_id = ? ORDER BY at DESC, audit_id LIMIT ${MOST_TOLD}`,
    [memberId, authorizationId]) as Pick<Row<typeof reliance>, 'audit_id' | 'at' | 'purpose' | 'role' | 'organization_id'>[];
  return rows.map((row) => ({ auditId: row.audit_id, at: row.at, purpose: row.purpose as Purpose, role: row.role as Role, organizationId: row.organization_id }));
}
