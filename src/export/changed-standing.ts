import type { DataSource } from 'typeorm';
import { undisturbed } from '../entities/transaction';
import type { Caller } from '../identity/caller';
import type { Notices } from '../permissions/notice';
import { monthsBefore, startOfDay } from '../vocabulary/instants';

/** Instants at which what may be seen of a member changes by itself: when something of theirs begins or ends. */
const PERIODS: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['authorization', ['start_at', 'end_at', 'revoked_at', 'recorded_at']], ['restriction', ['requested_at', 'decided_at', 'ended_at', 'ends_for_later_records_at']],
  ['hie_opt_out', ['since', 'ended_at']], ['confidential_communication', ['since', 'ended_at']], ['care_team', ['start_at', 'end_at']],
  ['coverage', ['start_at', 'end_at']], ['representation', ['start_at', 'end_at', 'ended_at']],
];
/** Who reaches members by the claims and visits that they have: a new one may bring everything into sight. */
const REACH_BY_RECORDS: readonly Caller['role'][] = ['HEALTH_PLAN', 'HIE_PARTICIPANT', 'EXTERNAL_PROVIDER'];
/** Who reads few members and all of them whole: their own, or those whom they act for. */
const ALWAYS_WHOLE: readonly Caller['role'][] = ['MEMBER', 'PERSONAL_REPRESENTATIVE'];
/** A plan still sees for payment whom it covered within so many months. */
const MONTHS_AFTER_COVERAGE = 24;

export interface Window { readonly since: string; readonly now: string }
const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** Whether the caller's own standing changed: then no member can be told by what changed of them. */
async function callerChanged(source: DataSource, notices: Notices, caller: Caller, { since, now }: Window): Promise<boolean> {
  if (ALWAYS_WHOLE.includes(caller.role) || notices.versions.some((each) => startOfDay(each.effectiveDate) > since && startOfDay(each.effectiveDate) <= now)) return true;
  if (caller.grant !== null) return true;
  if (caller.organization === null) return false;
  const rows = await source.query('SELECT start_at, end_at, ended_at, signed_at FROM agreement WHERE organization_id = ?', [caller.organization]) as Readonly<Record<string, string | null>>[];
  const organizations = await source.query('SELECT updated_at FROM organization WHERE id = ?', [caller.organization]) as Readonly<Record<string, string | null>>[];
  return [...rows, ...organizations].some((row) => Object.values(row).some((at) => at !== null && at > since && at <= now));
}

function statements(caller: Caller, ids: readonly string[], { since, now }: Window): [string, unknown[]][] {
  const found: [string, unknown[]][] = PERIODS.map(([table, columns]) => [
    `SELECT member_id AS id FROM \`${table}\` WHERE member_id IN (${marks(ids)}) AND (${columns.map((each) => `(${each} > ? AND ${each} <= ?)`).join(' OR ')})`,
    [...ids, ...columns.flatMap(() => [since, now])],
  ]);
  found.push([`SELECT id FROM member WHERE id IN (${marks(ids)}) AND standing_changed_at > ?`, [...ids, since]]);
  found.push([`SELECT m.member_id AS id FROM audit_member m JOIN audit_event e ON e.id = m.event_id WHERE m.member_id IN (${marks(ids)}) AND e.at > ? AND e.kind IN ('WRITE', 'ADMINISTRATION')`, [...ids, since]]);
  if (REACH_BY_RECORDS.includes(caller.role)) {
    found.push([`SELECT member_id AS id FROM coverage WHERE member_id IN (${marks(ids)}) AND end_at > ? AND end_at <= ?`, [...ids, monthsBefore(since, MONTHS_AFTER_COVERAGE), monthsBefore(now, MONTHS_AFTER_COVERAGE)]]);
    for (const table of ['claim', 'encounter']) found.push([`SELECT member_id AS id FROM ${table} WHERE member_id IN (${marks(ids)}) AND (changed_at IS NULL OR changed_at > ?)`, [...ids, since]]);
  }
  return found;
}

/**
 * The members of whom this caller may see something else than at `since`: they are exported whole, since a record that did not change may have
 * come into sight. Told by what is known of members alone, so it tells more of them rather than fewer.
 */
export async function membersToTellWhole(source: DataSource, notices: Notices, caller: Caller, ids: readonly string[], window: Window): Promise<ReadonlySet<string>> {
  return undisturbed(source, async () => {
    if (await callerChanged(source, notices, caller, window)) return new Set(ids);
    const whole = new Set<string>();
    for (const [text, parameters] of statements(caller, ids, window)) for (const row of await source.query(text, parameters) as { id: string }[]) whole.add(row.id);
    return whole;
  });
}

/** The members whose own data an import named since. */
export async function membersChanged(source: DataSource, ids: readonly string[], since: string): Promise<ReadonlySet<string>> {
  const rows = await undisturbed(source, () => source.query(`SELECT id FROM member WHERE id IN (${marks(ids)}) AND updated_at > ?`, [...ids, since])) as { id: string }[];
  return new Set(rows.map((each) => each.id));
}
