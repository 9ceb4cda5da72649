import type { Database } from '../../entities/database';
import { audit_event } from '../../entities/tables/audit';
import { selectRows } from '../../entities/rows';
import type { RecordedDecision } from '../../policy/replay';

/** What the trail holds of an operation, by its audit id; null for an id that it does not have. */
export async function readRecordedDecision(source: Database, id: string): Promise<RecordedDecision | null> {
  const [row] = await selectRows(source.manager, audit_event, { id });
  if (!row) return null;
  return {
    at: row.at, subject: row.subject, role: row.role, organization: row.organization, purpose: row.purpose, coordinates: JSON.parse(row.coordinates) as string[],
    noticeVersion: row.notice_version, outcome: row.outcome,
  };
}
