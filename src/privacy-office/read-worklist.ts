import type { DataSource } from 'typeorm';
import type { Row } from '../entities/table';
import { privacy_request } from '../entities/tables/privacy';
import { undisturbed } from '../entities/transaction';
import type { Caller } from '../identity/caller';
import { requestSeenBy } from './complaints';
import type { RequestKind } from './due';
import type { PrivacyRequest, RequestStatus } from './requests';

/** The place of an entry in the order of a page: its rank, then its id. */
export interface WorklistPlace { readonly rank: string; readonly id: string }
export interface WorklistPage { readonly requests: PrivacyRequest[]; readonly places: WorklistPlace[]; readonly hasNextPage: boolean }

const COLUMNS = Object.keys(privacy_request.columns).map((name) => `\`${name}\``).join(', ');
/** What waits, by its due date, so that the overdue come first; then what is settled. Without a due date: behind those that have one. */
const RANK = "CASE WHEN status = 'RECEIVED' THEN '0' ELSE '1' END";
const DUE = "COALESCE(due_at, '9999')";
/** As one text: settled or not, due, received. */
const rankOf = (row: Row<typeof privacy_request>): string => [row.status === 'RECEIVED' ? '0' : '1', row.due_at ?? '9999', row.received_at].join(' ');

/** A page of what waits for the privacy office, or waited; overdue first. The caller must be one who may see it (PRIVACY_OFFICER). */
export async function readWorklist(
  source: DataSource, caller: Pick<Caller, 'role' | 'subject'>, page: { kind?: RequestKind | null; status?: RequestStatus | null; first: number; after?: WorklistPlace | null },
): Promise<WorklistPage> {
  const parts: string[] = [];
  const parameters: unknown[] = [];
  const add = (text: string, ...values: unknown[]): void => { parts.push(text); parameters.push(...values); };
  if (page.kind) add('kind = ?', page.kind);
  if (page.status) add('status = ?', page.status);
  if (page.after) {
    const [open = '', due = '', received = ''] = page.after.rank.split(' ');
    add(`(${RANK} > ? OR (${RANK} = ? AND (${DUE} > ? OR (${DUE} = ? AND (received_at > ? OR (received_at = ? AND id > ?))))))`, open, open, due, due, received, received, page.after.id);
  }
  const where = parts.length ? ` WHERE ${parts.join(' AND ')}` : '';
  const statement = `SELECT ${COLUMNS} FROM privacy_request${where} ORDER BY ${RANK}, ${DUE}, received_at, id LIMIT ?`;
  const rows = await undisturbed(source, () => source.query(statement, [...parameters, page.first + 1]) as Promise<Row<typeof privacy_request>[]>);
  const seen = rows.slice(0, page.first).flatMap((row) => { const request = requestSeenBy(row, caller); return request ? [{ request, place: { rank: rankOf(row), id: row.id } }] : []; });
  return { requests: seen.map((each) => each.request), places: seen.map((each) => each.place), hasNextPage: rows.length > page.first };
}
