import type { Decision } from '../../permissions/core/decide';
import { never, value } from '../../permissions/core/predicate';
import { withinGrant } from '../../permissions/grant-terms';
import type { ClauseId } from '../../vocabulary/clauses';
import { fieldsOf } from '../../vocabulary/fields';
import type { Reason } from '../../vocabulary/reasons';
import { isRecordType, RECORD_TYPE_NAMES, RECORD_TYPES, type RecordType } from '../../vocabulary/records';
import { purposeCovers } from '../../vocabulary/purposes';
import { cellGroups, memberCell } from './cells';
import type { Access } from './access';

/** One line of `extensions.privacy.withheld`: a coordinate that this role and purpose can never see. */
export interface Withheld { readonly coordinate: string; readonly reason: Reason; readonly clause: ClauseId | null }

const CONNECTIONS: ReadonlyMap<string, RecordType> = new Map(RECORD_TYPE_NAMES.map((type) => [RECORD_TYPES[type].connection as string, type]));
/** The record type that a connection of the member leads to. */
export const connectionType = (field: string): RecordType | null => CONNECTIONS.get(field) ?? null;
/** Objects of the member that are read part by part, with the field that leads to them. */
export const LED_BY: Readonly<Record<string, string>> = { HumanName: 'name', Contact: 'contact', Address: 'contact', GovernmentId: 'governmentIds', Coverage: 'coverages', CareTeamMember: 'careTeam', MemberPrivacy: 'privacy', InteractionAlert: 'interactionAlerts' };

function recordDecision(access: Access, type: RecordType, field: string | null): Decision {
  const groups = cellGroups(type);
  const own = field === null ? undefined : groups.find((each) => each.fields.includes(field));
  const decisions = (own ? [own] : groups).map((each) => access.decide(each.cell));
  // What is administrative goes wherever its record goes: it is denied only where the whole record is.
  return decisions.find((each) => each.effect !== 'DENY') ?? (decisions[0] as Decision);
}

const OUTSIDE_THE_GRANT: Decision = Object.freeze({ effect: 'DENY', clauses: [], reason: 'MINIMUM_NECESSARY', visible: never, hidden: value(0) });

/** The decision on a coordinate before any row is read; null for what is no cell of a member (public fields, roots). */
export function coordinateDecision(access: Access, coordinate: string): Decision | null {
  if (!withinGrant(access.profile.grant, coordinate)) return OUTSIDE_THE_GRANT;
  const [type = '', field = ''] = coordinate.split('.');
  if (isRecordType(type)) return recordDecision(access, type, fieldsOf(type).includes(field) ? field : null);
  if (type === 'Member') {
    const connection = connectionType(field);
    if (connection) return recordDecision(access, connection, null);
    return fieldsOf('Member').includes(field) ? access.decide(memberCell(field)) : null;
  }
  const led = LED_BY[type];
  return led ? access.decide(memberCell(led)) : null;
}

/** The clause that gives this role its purpose: what a line of "never" cites. */
export function clauseOfPurpose(access: Access): ClauseId | null {
  if (access.profile.grant) return access.profile.grant.clause;
  const found = access.clauses.find((each) => each.permits.some((permit) => permit.roles.includes(access.profile.role) && permit.purposes.some((granted) => purposeCovers(granted, access.profile.purpose))));
  return found?.id ?? null;
}

/** The line for a coordinate that can never be seen; null where it may. */
export function withheldLine(access: Access, coordinate: string): Withheld | null {
  const decision = coordinateDecision(access, coordinate);
  if (!decision || decision.effect !== 'DENY' || !decision.reason) return null;
  return { coordinate, reason: decision.reason, clause: clauseOfPurpose(access) };
}
