import type { EntityManager } from 'typeorm';
import type { Caller } from '../identity/caller';
import { selectRows } from '../entities/rows';
import type { Row } from '../entities/table';
import { care_team, member, representation } from '../entities/tables/member';
import { GatewayError } from '../vocabulary/errors';
import { yearsBefore } from '../vocabulary/instants';
import type { Relationship } from './authorize-call';

export type Representation = Row<typeof representation>;
/** The facts of the member that a standing depends on. */
export type MemberFacts = Pick<Row<typeof member>, 'id' | 'birth_date' | 'deceased_at' | 'home_state'> & { readonly birth_date_end?: string | null };
/** What the caller is to the member; `representations` are theirs, in force now, where they act as a representative. */
export interface Standing { readonly relationship: Relationship; readonly member: MemberFacts; readonly representations: readonly Representation[] }

const ENDS_AT_MAJORITY: readonly string[] = ['PARENT', 'GUARDIAN'];
const OUTLIVES_THE_MEMBER: readonly string[] = ['EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN'];

/** Perhaps not yet eighteen: born in a year or a month is born on its last day. */
export const isMinor = (who: MemberFacts, at: string): boolean => [who.birth_date, who.birth_date_end].some((each) => typeof each === 'string' && each > yearsBefore(at, 18));
/** True for a member known to be younger than that at the instant: born in a year or a month is born on its first day. */
export const isYoungerThan = (who: MemberFacts, years: number, at: string): boolean => who.birth_date !== null && who.birth_date > yearsBefore(at, years);
export const isDead = (who: MemberFacts, at: string): boolean => who.deceased_at !== null && who.deceased_at <= at;

/** Whether a representation stands at an instant (policy section 4); a missing birth date ends a parent's, as any missing fact denies. */
export function isInForce(row: Representation, who: MemberFacts, at: string): boolean {
  const over = (end: string | null): boolean => end !== null && end <= at;
  if (at < row.start_at || over(row.end_at) || over(row.ended_at)) return false;
  if (isDead(who, at)) return OUTLIVES_THE_MEMBER.includes(row.kind);
  return !ENDS_AT_MAJORITY.includes(row.kind) || isMinor(who, at);
}

/** One person can stand to a member in several ways, a daughter who is an attorney too: each counts by itself. */
export async function representationsOf(manager: EntityManager, who: MemberFacts, subject: string, at: string): Promise<Representation[]> {
  const rows = await selectRows(manager, representation, { subject, member_id: who.id });
  return rows.filter((each) => isInForce(each, who, at));
}

/** One answer for a member who does not exist and one who is out of the caller's reach. */
export const notFound = (argument: string): GatewayError => new GatewayError('NOT_FOUND', `${argument}: not found.`);

/**
 * Finds the member and what the caller is to them now, and holds the member's row until the transaction ends, so that the writes
 * about one member follow one another.
 * @throws NOT_FOUND naming the argument, for an unknown member and for one out of reach alike
 */
export async function standingTo(manager: EntityManager, caller: Caller, relationship: Relationship, memberId: string, argument: string): Promise<Standing> {
  const [who] = await selectRows(manager, member, { id: memberId }, { lock: true });
  const standing = who && await standingOf(manager, caller, relationship, who);
  if (!standing) throw notFound(argument);
  return standing;
}

async function standingOf(manager: EntityManager, caller: Caller, relationship: Relationship, who: MemberFacts): Promise<Standing | null> {
  const none: Standing = { relationship, member: who, representations: [] };
  switch (relationship) {
    case 'ANY': return none;
    case 'SELF': return caller.member === who.id && !isDead(who, caller.at) ? none : null;
    case 'REPRESENTATION': {
      const found = await representationsOf(manager, who, caller.subject, caller.at);
      return found.length > 0 ? { ...none, representations: found } : null;
    }
    case 'CARE_TEAM': return await isOnCareTeam(manager, caller, who.id) ? none : null;
  }
}

async function isOnCareTeam(manager: EntityManager, caller: Caller, memberId: string): Promise<boolean> {
  if (caller.practitioner === null) return false;
  const rows = await selectRows(manager, care_team, { practitioner_id: caller.practitioner, member_id: memberId });
  // As in the policy's predicate, no start is a missing fact and denies; no end is open.
  return rows.some((each) => each.start_at !== null && each.start_at <= caller.at && (each.end_at === null || caller.at < each.end_at));
}
