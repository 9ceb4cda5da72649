import type { DataSource } from 'typeorm';
import { runPrepared } from '../entities/driver';
import type { Caller } from '../identity/caller';
import type { Purpose } from '../vocabulary/purposes';
import type { OrganizationKind } from '../vocabulary/roles';
import type { AgreementKind } from './agreements';

export interface CallerFacts {
  /** Null for an organization that the database does not know, and for a caller without one. */
  readonly organizationKind: OrganizationKind | null;
  readonly organizationName: string | null;
  readonly part2Program: boolean;
  /** The agreements with the caller's organization that are in force at the instant of the request. */
  readonly agreements: readonly { readonly kind: AgreementKind; readonly categoryMask: number; readonly remunerated: boolean; readonly purposes: readonly Purpose[] }[];
}

/** Without an order: MariaDB would make a table on disk for it. */
const SELECT = `SELECT o.kind AS organization_kind, o.name AS organization_name, o.part2_program AS part2_program, a.id AS id, a.kind AS kind,
  a.category_mask AS category_mask, a.remunerated AS remunerated, a.purposes AS purposes
FROM (SELECT 1 AS one) caller LEFT JOIN organization o ON o.id = ?
LEFT JOIN agreement a ON a.organization_id = ? AND a.start_at <= ? AND (a.end_at IS NULL OR ? < a.end_at) AND (a.ended_at IS NULL OR ? < a.ended_at)`;
interface FactRow {
  organization_kind: OrganizationKind | null; organization_name: string | null; part2_program: number | null;
  id: string | null; kind: AgreementKind | null; category_mask: number; remunerated: number; purposes: string;
}

const byId = (one: FactRow, other: FactRow): number => ((one.id ?? '') < (other.id ?? '') ? -1 : 1);

/** What is known of the caller's organization, in one statement whatever there is; asked anew for each request, so that what ended has ended. */
export async function readCallerFacts(source: DataSource, caller: Caller): Promise<CallerFacts> {
  const organization = caller.organization ?? '';
  const rows = (await runPrepared(source, SELECT, [organization, organization, caller.at, caller.at, caller.at]) as FactRow[]).sort(byId);
  const [first] = rows;
  return {
    organizationKind: first?.organization_kind ?? null, organizationName: first?.organization_name ?? null, part2Program: first?.part2_program === 1,
    agreements: rows.flatMap((row) => (row.kind === null ? [] : [{
      kind: row.kind, categoryMask: row.category_mask, remunerated: row.remunerated === 1, purposes: JSON.parse(row.purposes) as Purpose[],
    }])),
  };
}
