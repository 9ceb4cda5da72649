import type { DataSource } from 'typeorm';
import { audit_event } from '../entities/tables/audit';
import { undisturbed } from '../entities/transaction';
import type { Pseudonyms } from '../vocabulary/pseudonyms';
import { classesOf, type SensitivityClass } from '../vocabulary/sensitivity';
import { membersOf, type AuditRow } from './chain';

/** `from` and `to` are half open; `memberId` is an id to a privacy officer and a pseudonym to an auditor. */
export interface AuditFilter {
  readonly from?: string | null; readonly to?: string | null; readonly subject?: string | null; readonly role?: string | null; readonly purpose?: string | null;
  readonly clause?: string | null; readonly memberId?: string | null; readonly flagged?: boolean | null;
}
/** The place of an event in the order of a page: its instant, then its id. */
export interface AuditPlace { readonly at: string; readonly id: string }
export type AuditView = 'AUDITOR' | 'PRIVACY_OFFICER';
/** As `AuditEvent` of the schema. */
export interface AuditEventResult {
  id: string; at: string; subject: string; role: string; organizationId: string | null; purpose: string; clause: string | null; operation: string | null;
  coordinates: string[]; members: string[]; labels: SensitivityClass[]; noticeVersion: string; outcome: string; flagged: boolean;
}
export interface AuditPage { readonly events: AuditEventResult[]; readonly hasNextPage: boolean }

const COLUMNS = Object.keys(audit_event.columns).map((name) => `e.\`${name}\``).join(', ');
/** No event id is empty, so this matches nothing: what an unknown pseudonym is looked up as. */
const NO_MEMBER = '';

/**
 * Whose own subject may be a member's id: the member's, a representative's who is a member too, and any that stands among the members of its
 * event. An auditor knows these by the pseudonym alone, in what is shown and in what is asked for.
 */
const PEOPLE: readonly string[] = ['MEMBER', 'PERSONAL_REPRESENTATIVE'];
const IS_PERSON = `(e.role IN (${PEOPLE.map((each) => `'${each}'`).join(', ')}) OR EXISTS (SELECT 1 FROM audit_member s WHERE s.member_id = e.subject AND s.event_id = e.id))`;
const isPerson = (row: AuditRow, members: readonly string[]): boolean => PEOPLE.includes(row.role) || members.includes(row.subject);

/** The filing of a complaint that names its reader: who is complained of finds no trace of who complained (Notice, "Concerns or Complaints"). */
const NAMES_READER = `COALESCE(e.operation, '') = 'fileComplaint' AND EXISTS (SELECT 1 FROM privacy_request q WHERE q.kind = 'COMPLAINT' AND q.requested_by = e.subject AND q.received_at = e.at AND INSTR(LOWER(q.detail), ?) > 0)`;

/** A page of the trail, oldest first. In an auditor's view members are pseudonyms, in the filter too. `reader`: the subject who reads. */
export async function readAuditEvents(
  source: DataSource, page: { filter?: AuditFilter | null; first: number; after?: AuditPlace | null; reader?: string }, view: AuditView, pseudonyms: Pseudonyms,
): Promise<AuditPage> {
  const { text, parameters } = conditions(page.filter ?? {}, page.after ?? null, view, pseudonyms, page.reader ?? null);
  const statement = `SELECT ${COLUMNS} FROM audit_event e${text} ORDER BY e.at, e.id LIMIT ?`;
  const rows = await undisturbed(source, () => source.query(statement, [...parameters, page.first + 1]) as Promise<AuditRow[]>);
  return { events: rows.slice(0, page.first).map((row) => eventOf(row, view, pseudonyms)), hasNextPage: rows.length > page.first };
}

function conditions(filter: AuditFilter, after: AuditPlace | null, view: AuditView, pseudonyms: Pseudonyms, reader: string | null): { text: string; parameters: unknown[] } {
  const parts: string[] = [];
  const parameters: unknown[] = [];
  const add = (text: string, ...values: unknown[]): void => { parts.push(text); parameters.push(...values); };
  const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
  if (given(filter.from)) add('e.at >= ?', filter.from);
  if (given(filter.to)) add('e.at < ?', filter.to);
  if (given(filter.subject)) {
    const person = view === 'AUDITOR' ? pseudonyms.idOf('member', filter.subject) : null;
    if (view === 'AUDITOR' && person === null) add(`e.subject = ? AND NOT ${IS_PERSON}`, filter.subject);
    else if (view === 'AUDITOR') add(`e.subject = ? AND ${IS_PERSON}`, person);
    else add('e.subject = ?', filter.subject);
  }
  for (const name of ['role', 'purpose', 'clause'] as const) if (given(filter[name])) add(`e.\`${name}\` = ?`, filter[name]);
  if (given(filter.flagged)) add('e.flagged = ?', filter.flagged ? 1 : 0);
  if (given(filter.memberId)) {
    const member = view === 'AUDITOR' ? pseudonyms.idOf('member', filter.memberId) ?? NO_MEMBER : filter.memberId;
    add('e.id IN (SELECT a.event_id FROM audit_member a WHERE a.member_id = ?)', member);
  }
  // As the text stands in the JSON of its column.
  if (reader !== null) add(`NOT (${NAMES_READER})`, JSON.stringify(reader).slice(1, -1).toLowerCase());
  if (after) add('(e.at > ? OR (e.at = ? AND e.id > ?))', after.at, after.at, after.id);
  return { text: parts.length ? ` WHERE ${parts.join(' AND ')}` : '', parameters };
}

function eventOf(row: AuditRow, view: AuditView, pseudonyms: Pseudonyms): AuditEventResult {
  const members = membersOf(row);
  return {
    id: row.id, at: row.at, subject: view === 'AUDITOR' && isPerson(row, members) ? pseudonyms.of('member', row.subject) : row.subject, role: row.role, organizationId: row.organization, purpose: row.purpose, clause: row.clause, operation: row.operation,
    coordinates: JSON.parse(row.coordinates) as string[], members: view === 'AUDITOR' ? members.map((id) => pseudonyms.of('member', id)).sort() : members,
    labels: classesOf(row.labels), noticeVersion: row.notice_version, outcome: row.outcome, flagged: row.flagged === 1,
  };
}
