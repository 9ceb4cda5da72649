import type { DataSource } from 'typeorm';
import type { Row } from '../entities/table';
import { privacy_request } from '../entities/tables/privacy';
import { undisturbed } from '../entities/transaction';
import type { RequestKind } from './due';
import { privacyRequestOf, type PrivacyRequest, type RequestStatus } from './requests';

/** The place of an entry in the order of a page: when it arrived, then its id. */
export interface WorklistPlace { readonly receivedAt: string; readonly id: string }
export interface WorklistPage { readonly requests: PrivacyRequest[]; readonly hasNextPage: boolean }

const COLUMNS = Object.keys(privacy_request.columns).map((name) => `\`${name}\``).join(', ');

/** A page of what waits for the privacy office, or waited; oldest first. The caller must be one who may see it (PRIVACY_OFFICER). */
export async function readWorklist(
  source: DataSource, page: { kind?: RequestKind | null; status?: RequestStatus | null; first: number; after?: WorklistPlace | null },
): Promise<WorklistPage> {
  const parts: string[] = [];
  const parameters: unknown[] = [];
  const add = (text: string, ...values: unknown[]): void => { parts.push(text); parameters.push(...values); };
  if (page.kind) add('kind = ?', page.kind);
  if (page.status) add('status = ?', page.status);
  if (page.after) add('(received_at > ? OR (received_at = ? AND id > ?))', page.after.receivedAt, page.after.receivedAt, page.after.id);
  const where = parts.length ? ` WHERE ${parts.join(' AND ')}` : '';
  const statement = `SELECT ${COLUMNS} FROM privacy_request${where} ORDER BY received_at, id LIMIT ?`;
  const rows = await undisturbed(source, () => source.query(statement, [...parameters, page.first + 1]) as Promise<Row<typeof privacy_request>[]>);
  return { requests: rows.slice(0, page.first).map(privacyRequestOf), hasNextPage: rows.length > page.first };
}
