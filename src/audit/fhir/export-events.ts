import type { DataSource } from 'typeorm';
import { audit_event } from '../../entities/tables/audit';
import { undisturbed } from '../../entities/transaction';
import type { AuditRow } from '../chain';
import { auditEventsOf, type ExportView } from './audit-event';

const PAGE = 1_000;
const COLUMNS = Object.keys(audit_event.columns).map((name) => `\`${name}\``).join(', ');

/** The trail of a period (half open, instants as stored) as NDJSON: a line for each FHIR R4 AuditEvent, oldest first. */
export async function* exportEvents(source: DataSource, period: { readonly from: string; readonly to: string }, view: ExportView): AsyncGenerator<string> {
  let after = { at: period.from, id: '' };
  for (;;) {
    const { at, id } = after;
    const text = `SELECT ${COLUMNS} FROM audit_event WHERE at >= ? AND at < ? AND (at > ? OR id > ?) ORDER BY at, id LIMIT ${PAGE}`;
    const rows = await undisturbed(source, () => source.query(text, [at, period.to, at, id]) as Promise<AuditRow[]>);
    for (const row of rows) for (const event of auditEventsOf(row, view)) yield `${JSON.stringify(event)}\n`;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { at: last.at, id: last.id };
  }
}
