import { choseAWay, namesCaller } from '../../src/permissions/clauses/confidential-communications';
import { CASE_BY_CASE, clausesOf } from '../../src/permissions/clauses';
import { restrictedFieldsOf } from '../../src/permissions/clauses/restrictions';
import type { Clause } from '../../src/permissions/core/clause';
import { interpret, interpretMask, type FactRow, type Facts } from '../../src/permissions/core/interpret';
import type { Operand } from '../../src/permissions/core/predicate';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { cellGroups, memberCell } from '../../src/query/plan/cells';
import { withinGrant, termsOf } from '../../src/permissions/grant-terms';
import { createAccess, readerOf, type Access, type CallerFacts, type GrantFacts } from '../../src/query/plan/access';
import type { Caller } from '../../src/identity/caller';
import { fieldBit, fieldsOf } from '../../src/vocabulary/fields';
import { purposeCovers, type Purpose } from '../../src/vocabulary/purposes';
import type { Recipient } from '../../src/vocabulary/recipients';
import type { SensitivityClass } from '../../src/vocabulary/sensitivity';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordType } from '../../src/vocabulary/records';
import { INSIDE, type OrganizationKind, type Role } from '../../src/vocabulary/roles';
import { categoryMask, type Category } from '../../src/vocabulary/categories';
import type { ContactView } from '../oracle/confidential-communications';
import type { World, WorldCaller, WorldRecord } from '../oracle/world';
import { grantScope, typeOf, worldRows, type AnyRow, type WorldRows } from './world-rows';

export const CLAUSES = clausesOf(JURISDICTIONS);

/** The caller of a world as the gateway's identity makes one. */
export const callerOf = (world: World, caller: WorldCaller): Caller => Object.freeze({
  subject: caller.subject, role: caller.role as Role, organization: caller.organizationId, practitioner: caller.practitionerId, member: caller.memberId,
  purposes: [caller.purpose as Purpose], tokenId: null, purpose: caller.purpose as Purpose, breakGlassReason: null, grant: caller.grantId ?? null, requestId: 'law', at: world.now,
});

const STAFF = ['WORKFORCE', 'PRIVACY_OFFICER'];
/** The grant in force that the caller may read under, as `grantOf` and the clause's purposes decide; memory-is-sql compares them. Null: the request is refused. */
export function grantFacts(world: World, who: WorldCaller): GrantFacts | null {
  const one = world.grants.find((each) => each.id === who.grantId);
  const clause = CASE_BY_CASE.find((each) => each.id === one?.clause);
  if (!one || !clause?.grant || one.status !== 'ACCEPTED' || one.decidedAt === null || one.decidedAt > world.now || world.now >= one.expires) return null;
  const { subject, organizationId } = one.recipient;
  const isRecipient = who.role === 'DISCLOSURE_RECIPIENT' && (subject === undefined ? organizationId !== undefined && organizationId === who.organizationId : subject === who.subject);
  if (!STAFF.includes(who.role) && !isRecipient) return null;
  const narrowed = grantScope(world, one) !== null;
  const { terms, author } = termsOf(clause.id, clause.grant, one.elements, { categories: categoryMask(one.categories as Category[]), classes: one.classes as SensitivityClass[], narrowed, remunerated: one.remunerated });
  if ((terms.onPremises && !STAFF.includes(who.role)) || !clause.purposes.some((each) => purposeCovers(each, who.purpose as Purpose))) return null;
  return { id: one.id, recipient: one.recipient as Recipient, terms, author };
}

/** What the database would tell of the caller's organization; of the recipient's, where a grant is read. */
export function callerFacts(world: World, who: WorldCaller): CallerFacts {
  const grant = who.grantId === undefined ? null : grantFacts(world, who);
  const caller = grant ? { ...who, organizationId: readerOf(callerOf(world, who), grant).organization } : who;
  const inForce = (one: World['agreements'][number]): boolean => one.start <= world.now && (one.end === null || world.now < one.end);
  return {
    organizationKind: (world.organizations.find((one) => one.id === caller.organizationId)?.kind ?? null) as OrganizationKind | null, organizationName: null,
    agreements: world.agreements.filter((one) => one.organizationId === caller.organizationId && inForce(one)).map((one) => ({
      kind: one.kind, categoryMask: categoryMask(one.categories as Category[]), remunerated: one.remunerated, purposes: one.purposes as Purpose[],
    })),
    ...(grant ? { grant } : {}),
  };
}

const GROUPS = new Map(RECORD_TYPE_NAMES.map((type) => [type, cellGroups(type)]));
const MEMBER_FIELDS = fieldsOf('Member').map((field) => ({ cell: memberCell(field), bit: fieldBit('Member', field) }));

/** The visible fields of one row as bits, and whether it is there at all. */
export interface SeenRow { readonly there: boolean; readonly fields: number }
const NOTHING: SeenRow = { there: false, fields: 0 };

/** A caller before the rows of a world: the engine's in-memory decision, each kind of cell decided once, each row read once. */
export class EngineCaller {
  private readonly memberHidden: Operand;
  private readonly reached = new Map<string, boolean>();
  private readonly limits = new Map<RecordType, number>();
  constructor(readonly world: EngineWorld, readonly access: Access) { this.memberHidden = restrictedFieldsOf('Member', access.profile.absent); }

  reaches(memberId: string): boolean {
    const known = this.reached.get(memberId);
    if (known !== undefined) return known;
    const facts = this.world.facts(this.access, memberId);
    const reached = facts !== null && interpret(this.access.reach, facts);
    this.reached.set(memberId, reached);
    return reached;
  }

  /** As src/query/compile/visible-rows.ts has it: a group's predicate, restrictions by field, the row where something is left. */
  record(one: WorldRecord): SeenRow {
    const member = this.world.facts(this.access, one.memberId);
    if (member === null || !this.reaches(one.memberId)) return NOTHING;
    const facts: Facts = { ...member, r: this.world.row(one) };
    let fields = 0;
    const within = this.within(typeOf(one));
    for (const { cell, bits } of GROUPS.get(typeOf(one)) ?? []) {
      const decision = this.access.decide(cell);
      if (decision.effect !== 'DENY' && interpret(decision.visible, facts)) fields |= bits & within & ~interpretMask(decision.hidden, facts);
    }
    return { there: fields !== 0, fields };
  }

  /** The fields of a type that the limits of a grant leave, as bits. */
  private within(type: RecordType): number {
    const known = this.limits.get(type);
    if (known !== undefined) return known;
    const bits = fieldsOf(type).filter((field) => withinGrant(this.access.profile.grant, `${type}.${field}`)).reduce((all, field) => all | fieldBit(type, field), 0);
    this.limits.set(type, bits);
    return bits;
  }

  /** The visible fields of the member's own, as bits. `id` goes wherever the member is reached. */
  member(memberId: string): SeenRow {
    const facts = this.world.facts(this.access, memberId);
    if (facts === null || !this.reaches(memberId)) return NOTHING;
    let fields = 0;
    for (const { cell, bit } of MEMBER_FIELDS) {
      const decision = this.access.decide(cell);
      if (decision.effect !== 'DENY' && interpret(decision.visible, facts)) fields |= bit;
    }
    fields &= ~interpretMask(this.memberHidden, facts);
    if (this.contactView(facts) === 'NOTHING') fields &= ~fieldBit('Member', 'contact');
    return { there: true, fields };
  }

  /** What of CONTACT is served where the category is open. */
  private contactView(facts: Facts): ContactView {
    const { role } = this.access.profile;
    const seesAll = this.access.categories !== 'AUTHORIZED' && (role === 'MEMBER' || role === 'PRIVACY_OFFICER');
    if (seesAll || !interpret(choseAWay, facts)) return 'FULL';
    return INSIDE.includes(role) || role === 'BUSINESS_ASSOCIATE' || interpret(namesCaller, facts) ? 'CHOSEN_WAY' : 'NOTHING';
  }
  contact(memberId: string): ContactView {
    const facts = this.world.facts(this.access, memberId);
    return facts !== null && this.member(memberId).fields & fieldBit('Member', 'contact') ? this.contactView(facts) : 'NOTHING';
  }
}

const NO_ROWS: readonly FactRow[] = [];

/** The rows of a world by table and member, so that a relation is read for the member in hand alone. */
export class EngineWorld {
  readonly rows: WorldRows;
  private readonly members: ReadonlyMap<string, AnyRow>;
  private readonly allMembers: readonly AnyRow[];
  private readonly relations = new Map<string, ReadonlyMap<string, AnyRow[]>>();
  private readonly records = new Map<string, AnyRow>();

  constructor(readonly world: World) {
    this.rows = worldRows(world);
    this.allMembers = this.rows.member ?? [];
    this.members = new Map(this.allMembers.map((one) => [String(one['id']), one]));
    for (const [table, rows] of Object.entries(this.rows)) {
      const byMember = new Map<string, AnyRow[]>();
      for (const row of rows ?? []) { const key = String(row['member_id']); const list = byMember.get(key); if (list) list.push(row); else byMember.set(key, [row]); }
      this.relations.set(table, byMember);
    }
    const tables = Object.values(RECORD_TYPES).map((each) => each.table);
    for (const table of tables) for (const row of this.rows[table] ?? []) this.records.set(String(row['id']), row);
  }

  caller(who: WorldCaller, clauses: readonly Clause[] = CLAUSES): EngineCaller {
    return new EngineCaller(this, createAccess(clauses, callerOf(this.world, who), callerFacts(this.world, who)));
  }

  facts(access: Access, memberId: string): Facts | null {
    const m = this.members.get(memberId);
    if (!m) return null;
    return { m, bound: access.bound, relation: (name) => (name === 'member' ? this.allMembers : this.relations.get(name)?.get(memberId) ?? NO_ROWS) };
  }
  memberRow(id: string): AnyRow {
    const found = this.members.get(id);
    if (!found) throw new Error('the member is not of this world');
    return found;
  }
  row(one: WorldRecord): AnyRow {
    const found = this.records.get(one.id);
    if (!found) throw new Error('the record is not of this world');
    return found;
  }
}

export const isVisible = (seen: SeenRow, type: RecordType | 'Member', field: string): boolean => {
  const bit = fieldBit(type, field);
  return bit === 0 ? seen.there : (seen.fields & bit) !== 0;
};
