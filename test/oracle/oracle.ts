/**
 * The independent oracle: what policy.md (sections 1 to 7 and 9) lets a caller see of a world, written from its text alone and
 * apart from the engine, so that a slip in one shows as a difference. A world and a caller must not be changed after they were first asked about: both are indexed once.
 */
import { WorldIndex } from './world-index';
import { asking } from './asking';
import { byAuthorization, byGrantAlone, columnOf, ownRuleOf } from './minimum-necessary';
import { categoryOf, tellingCoordinatesOf } from './fields';
import { isVisible, telling } from './permits';
import { grantOf, readerOf, refusalUnderGrant } from './grants';
import { standing } from './standing';
import type { Asking } from './asking';
import type { Cell, World, WorldCaller, WorldRecord } from './world';
import type { ContactView } from './confidential-communications';
import type { Standing } from './standing';

export type Refusal = 'PURPOSE_NOT_PERMITTED' | 'FORBIDDEN' | 'NOT_FOUND';

/** The whole request: section 1 for the purpose; section 3 for the auditor, to whom every member field is forbidden. */
function refusalOf(caller: WorldCaller): Refusal | null {
  const { role, purpose } = caller;
  if (role === 'AUDITOR') return purpose === 'HCOMPL' ? 'FORBIDDEN' : 'PURPOSE_NOT_PERMITTED';
  const given = columnOf(role, purpose) !== null || ownRuleOf(role, purpose) !== null
    || byAuthorization(role, purpose) || byGrantAlone(role, purpose);
  return given ? null : 'PURPOSE_NOT_PERMITTED';
}

interface Session { readonly asking: Asking; readonly refused: boolean; readonly standings: Map<string, Standing | null>; readonly rows: Map<string, boolean> }

export class Oracle {
  private readonly index: WorldIndex;
  private readonly sessions = new WeakMap<WorldCaller, Session>();

  constructor(world: World) { this.index = new WorldIndex(world); }

  /** Why the whole request is refused; null where it is not. */
  refusal(caller: WorldCaller): Refusal | null { return caller.grantId === undefined ? refusalOf(caller) : refusalUnderGrant(this.index, caller); }

  reaches(caller: WorldCaller, memberId: string): boolean { return this.standing(caller, memberId) !== null; }

  visible(caller: WorldCaller, cell: Cell): boolean {
    const at = this.standing(caller, cell.memberId);
    const category = categoryOf(cell.coordinate);
    if (at === null || category === undefined) return false;
    const isMemberField = cell.coordinate.startsWith('Member.');
    if (cell.recordId === null) {
      if (!isMemberField) return false;
      // Section 2: the member's id is not PHI by itself; it stays while the member is reached.
      return category === 'ADMINISTRATIVE' || isVisible(at, telling(cell.coordinate, category, null));
    }
    const record = this.recordOf(cell.memberId, cell.recordId);
    if (record === null || !cell.coordinate.startsWith(`${record.type}.`)) return false;
    if (category === 'ADMINISTRATIVE') return this.rowVisible(caller, cell.memberId, cell.recordId);
    return isVisible(at, telling(cell.coordinate, category, record));
  }

  /** Section 2: ADMINISTRATIVE "goes wherever its record goes": some other cell of the row is visible. */
  rowVisible(caller: WorldCaller, memberId: string, recordId: string): boolean {
    const at = this.standing(caller, memberId);
    const record = this.recordOf(memberId, recordId);
    if (at === null || record === null) return false;
    const { rows } = this.session(caller);
    const known = rows.get(recordId);
    if (known !== undefined) return known;
    const shown = tellingCoordinatesOf(record.type).some((coordinate) => {
      const category = categoryOf(coordinate);
      return category !== undefined && isVisible(at, telling(coordinate, category, record));
    });
    rows.set(recordId, shown);
    return shown;
  }

  contactView(caller: WorldCaller, memberId: string): ContactView {
    const at = this.standing(caller, memberId);
    return at !== null && isVisible(at, telling('Member.contact', 'CONTACT', null)) ? at.contact : 'NOTHING';
  }

  private recordOf(memberId: string, recordId: string): WorldRecord | null {
    const record = this.index.record.get(recordId);
    return record !== undefined && record.memberId === memberId ? record : null;
  }

  private session(caller: WorldCaller): Session {
    const open = this.sessions.get(caller);
    if (open) return open;
    const grant = this.refusal(caller) === null ? grantOf(this.index, caller) : null;
    const session = { asking: asking(this.index, grant ? readerOf(caller, grant) : caller, grant), refused: this.refusal(caller) !== null, standings: new Map(), rows: new Map() };
    this.sessions.set(caller, session);
    return session;
  }

  private standing(caller: WorldCaller, memberId: string): Standing | null {
    const session = this.session(caller);
    if (session.refused) return null;
    let at = session.standings.get(memberId);
    if (at === undefined) {
      at = standing(session.asking, memberId);
      session.standings.set(memberId, at);
    }
    return at;
  }
}

const ORACLES = new WeakMap<World, Oracle>();
function oracleOf(world: World): Oracle {
  const known = ORACLES.get(world);
  if (known) return known;
  const made = new Oracle(world);
  ORACLES.set(world, made);
  return made;
}

export const refusal = (world: World, caller: WorldCaller): Refusal | null => oracleOf(world).refusal(caller);
export const reaches = (world: World, caller: WorldCaller, memberId: string): boolean => oracleOf(world).reaches(caller, memberId);
export const visible = (world: World, caller: WorldCaller, cell: Cell): boolean => oracleOf(world).visible(caller, cell);
export const rowVisible = (world: World, caller: WorldCaller, memberId: string, recordId: string): boolean =>
  oracleOf(world).rowVisible(caller, memberId, recordId);
export const contactView = (world: World, caller: WorldCaller, memberId: string): ContactView => oracleOf(world).contactView(caller, memberId);
