import type { FieldTags } from '../directives/tags';
import type { Caller } from '../identity/caller';
import type { Notices } from '../permissions/notice';
import { createAccess, type CallerFacts } from '../query/plan/access';
import { clauseOfPurpose } from '../query/plan/verdicts';
import type { ClauseId } from '../vocabulary/clauses';
import { GatewayError } from '../vocabulary/errors';
import { isPurpose } from '../vocabulary/purposes';
import type { Reason } from '../vocabulary/reasons';
import { ROLES, type Role } from '../vocabulary/roles';
import { cellsAt, MEMBER_KEY } from './cells-at';
import { conditionsOf, conditionsOfDecision, type Condition } from './conditions';
import type { Effect } from './matrix';

/** What the trail holds of a past operation, as far as its decision rests on it. */
export interface RecordedDecision {
  readonly at: string; readonly subject: string; readonly role: string; readonly organization: string | null; readonly purpose: string; readonly coordinates: readonly string[];
  readonly noticeVersion: string; readonly outcome: string;
}
export interface ReplayedCell { readonly coordinate: string; readonly effect: Effect; readonly clause: ClauseId | null; readonly reason: Reason | null; readonly conditions: readonly Condition[] }
/** `inEffect`: the version that was in effect at that instant, by the notices that are there now; another one says that a version was changed after the fact. */
export interface Replay { readonly noticeVersion: string; readonly inEffect: string; readonly recordedOutcome: string; readonly cells: readonly ReplayedCell[] }

/** The caller as the trail tells of them; ids that it does not keep are taken to be there, so that what they ask of rows is CONDITIONAL. */
function callerOf(past: RecordedDecision): Caller {
  const role = ROLES.find((each) => each === past.role) as Role | undefined;
  if (!role || !isPurpose(past.purpose)) throw new GatewayError('NOT_FOUND', 'the record is of a role or purpose that this version does not know');
  return Object.freeze({
    subject: past.subject, role, purpose: past.purpose, purposes: [past.purpose], organization: past.organization, practitioner: 'practitioner', member: role === 'MEMBER' ? 'member' : null,
    tokenId: null, breakGlassReason: null, grant: null, requestId: 'replay', at: past.at,
  });
}

/** Decides a past operation again: each coordinate that it used, at the version of the Notice that it was decided by, for what was known of the organization at that instant. */
export async function replay(notices: Notices, tags: ReadonlyMap<string, FieldTags>, callerFacts: (caller: Caller) => Promise<CallerFacts>, past: RecordedDecision): Promise<Replay> {
  const notice = notices.named(past.noticeVersion);
  const caller = callerOf(past);
  const access = createAccess(notice.clauses, caller, await callerFacts(caller));
  const cells = past.coordinates.flatMap((coordinate): ReplayedCell[] => {
    const at = tags.has(coordinate) ? cellsAt(coordinate) : null;
    if (!at) return [];
    if (coordinate === MEMBER_KEY) return [{ coordinate, effect: access.reach.kind === 'never' ? 'DENY' : access.reach.kind === 'always' ? 'PERMIT' : 'CONDITIONAL', clause: clauseOfPurpose(access), reason: null, conditions: conditionsOf(access.reach) }];
    const decisions = at.cells.map(({ cell }) => access.decide(cell));
    const decision = decisions.find((each) => each.effect !== 'DENY') ?? decisions[0];
    return decision ? [{ coordinate, effect: decision.effect, clause: decision.clauses[0] ?? clauseOfPurpose(access), reason: decision.reason, conditions: conditionsOfDecision(decision) }] : [];
  });
  return { noticeVersion: notice.version, inEffect: notices.at(past.at).version, recordedOutcome: past.outcome, cells };
}
