import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { insertRows } from '../entities/rows';
import { breach_assessment, breach_member } from '../entities/tables/privacy';
import { dateOf, daysAfter } from '../vocabulary/instants';
import { RECORD_TYPE_NAMES, RECORD_TYPES } from '../vocabulary/records';
import { authorizeCall } from './authorize-call';
import type { Office } from './office';
import { inTransaction } from './transaction';
import { requirePast, requirePeriod, requireText } from './validate';

export interface BreachInput {
  readonly from: string; readonly to: string; readonly discoveredAt?: string | null; readonly subjects?: readonly string[] | null; readonly organizationIds?: readonly string[] | null;
  readonly description: string;
}
/** As `BreachAssessment` of the schema. */
export interface BreachResult {
  id: string; members: number; memberIds: string[]; notifyBy: string; states: string[]; mediaNoticeNeeded: boolean; residents: { state: string; members: number }[]; planIds: string[]; hhsAtOnce: boolean;
}

/** Each member is told within this many days of the discovery (164.404(b)); a state's media for more residents than this (164.406); HHS at once from this many members (164.408(b)). */
const DAYS_TO_NOTIFY = 60;
const MEDIA_ABOVE = 500;
const HHS_AT_ONCE_FROM = 500;
const CHUNK = 500;

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
/** An event counts where its subject or its organization is among those named; lists left out do not narrow, empty ones name nobody. */
function accessOf({ subjects, organizationIds }: BreachInput): { text: string; parameters: string[] } {
  const lists = ([['e.subject', subjects], ['e.organization', organizationIds]] as const).flatMap(([column, list]) => (list ? [{ column, list }] : []));
  if (lists.length === 0) return { text: '', parameters: [] };
  const named = lists.filter((each) => each.list.length > 0);
  if (named.length === 0) return { text: ' AND 1 = 0', parameters: [] };
  return { text: ` AND (${named.map(({ column, list }) => `${column} IN (${marks(list.length)})`).join(' OR ')})`, parameters: named.flatMap((each) => [...each.list]) };
}

type Access = ReturnType<typeof accessOf>;
const UNDER_WAY = "e.at >= ? AND e.at < ? AND e.outcome <> 'DENY'";

/** Who was in the exports whose files were fetched in that time, whenever these were written: it is the fetching that hands them over. */
async function inFilesFetched(manager: EntityManager, { from, to }: BreachInput, access: Access): Promise<string[]> {
  const fetched = await manager.query(`SELECT DISTINCT e.subject, e.operation FROM audit_event e WHERE ${UNDER_WAY} AND e.kind = 'EXPORT' AND e.operation LIKE 'download %'${access.text}`,
    [from, to, ...access.parameters]) as { subject: string; operation: string }[];
  const members: string[] = [];
  for (const { subject, operation } of fetched) {
    const rows = await manager.query(`SELECT DISTINCT a.member_id FROM audit_event e JOIN audit_member a ON a.event_id = e.id
      WHERE e.subject = ? AND e.kind = 'EXPORT' AND e.operation = ?`, [subject, operation.replace(/^download/, 'export')]) as { member_id: string }[];
    for (const each of rows) members.push(each.member_id);
  }
  return members;
}

/** The members whose data operations of that time released, by the trail. */
async function reachedBy(manager: EntityManager, input: BreachInput): Promise<string[]> {
  const access = accessOf(input);
  const rows = await manager.query(`SELECT DISTINCT a.member_id FROM audit_event e JOIN audit_member a ON a.event_id = e.id
    WHERE ${UNDER_WAY}${access.text}`, [input.from, input.to, ...access.parameters]) as { member_id: string }[];
  return [...new Set([...rows.map((each) => each.member_id), ...await inFilesFetched(manager, input, access)])].sort();
}

async function inChunks<T>(ids: readonly string[], read: (chunk: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) found.push(...await read(ids.slice(at, at + CHUNK)));
  return found;
}

/** How many of them live in each state; those whose state is not known are in none. */
async function residentsOf(manager: EntityManager, ids: readonly string[]): Promise<{ state: string; members: number }[]> {
  const rows = await inChunks(ids, (chunk) => manager.query(`SELECT home_state FROM member WHERE id IN (${marks(chunk.length)}) AND home_state IS NOT NULL`, [...chunk]) as Promise<{ home_state: string }[]>);
  const counted = new Map<string, number>();
  for (const { home_state: state } of rows) counted.set(state, (counted.get(state) ?? 0) + 1);
  return [...counted].sort(([one], [other]) => (one < other ? -1 : 1)).map(([state, members]) => ({ state, members }));
}

/** The plans whose agreements govern records of these members: they are told (policy section 8). */
async function plansOf(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
  const one = (size: number) => RECORD_TYPE_NAMES.map((type) => `SELECT governing_plan_id AS plan FROM \`${RECORD_TYPES[type].table}\` WHERE member_id IN (${marks(size)}) AND governed_by = 'PLAN_AGREEMENT' AND governing_plan_id IS NOT NULL`).join(' UNION ');
  const rows = await inChunks(ids, (chunk) => manager.query(one(chunk.length), RECORD_TYPE_NAMES.flatMap(() => [...chunk])) as Promise<{ plan: string }[]>);
  return [...new Set(rows.map((each) => each.plan))].sort();
}

/** Discovered when it is said, else when the incident ended, but never later than now. */
const discoveryOf = ({ discoveredAt, to }: BreachInput, now: string): string => discoveredAt ?? (to < now ? to : now);
const notifyByOf = (discoveredAt: string): string => dateOf(daysAfter(discoveredAt, DAYS_TO_NOTIFY));

/**
 * Whom an incident reached, from the trail, and the notices that are due (164.404 to 414). The assessment is kept, with its members.
 * @throws FORBIDDEN, BAD_USER_INPUT
 */
export async function assessBreach(office: Office, caller: Caller, { input }: { input: BreachInput }): Promise<BreachResult> {
  authorizeCall(caller, 'assessBreach');
  requirePeriod(input.from, input.to, 'input.to');
  if (input.discoveredAt) requirePast(input.discoveredAt, caller.at, 'input.discoveredAt');
  const description = requireText(input.description, 'input.description');
  return inTransaction(office.source, async (manager) => {
    const memberIds = await reachedBy(manager, input);
    const residents = await residentsOf(manager, memberIds);
    const discoveredAt = discoveryOf(input, caller.at);
    const result: BreachResult = {
      id: randomUUID(), members: memberIds.length, memberIds, notifyBy: notifyByOf(discoveredAt), states: residents.map((each) => each.state),
      mediaNoticeNeeded: residents.some((each) => each.members > MEDIA_ABOVE), residents, planIds: await plansOf(manager, memberIds), hhsAtOnce: memberIds.length >= HHS_AT_ONCE_FROM,
    };
    await insertRows(manager, breach_assessment, [{
      id: result.id, from_at: input.from, to_at: input.to, discovered_at: discoveredAt, subjects: input.subjects ? JSON.stringify(input.subjects) : null,
      organizations: input.organizationIds ? JSON.stringify(input.organizationIds) : null, description, members: result.members, residents: JSON.stringify(residents), plans: JSON.stringify(result.planIds),
      notify_by: result.notifyBy, media_notice: result.mediaNoticeNeeded ? 1 : 0, hhs_at_once: result.hhsAtOnce ? 1 : 0, assessed_by: caller.subject, assessed_at: caller.at,
    }]);
    await insertRows(manager, breach_member, memberIds.map((member_id) => ({ breach_id: result.id, member_id })));
    await office.audit?.(manager, { mutation: 'assessBreach', clause: 'breach-notification', memberIds, outcome: 'DONE', flagged: true, reason: null });
    return result;
  });
}
