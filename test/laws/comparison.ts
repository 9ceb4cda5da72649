import { purposePermitted } from '../../src/permissions/core/decide';
import type { Purpose } from '../../src/vocabulary/purposes';
import type { Role } from '../../src/vocabulary/roles';
import { coordinatesOf } from '../oracle/fields';
import { contactView, reaches, refusal, visible } from '../oracle/oracle';
import type { World, WorldCaller, WorldRecord } from '../oracle/world';
import { CLAUSES, EngineWorld, grantFacts, isVisible, type EngineCaller } from './engine-world';
import { shrink, type Question } from './shrink';
import { typeOf } from './world-rows';

const kindOf = (world: World, who: WorldCaller): string => world.grants.find((each) => each.id === who.grantId)?.clause ?? who.role;

interface Difference { count: number; readonly read: () => string }

/** Compares the engine with the oracle, cell by cell, and keeps the first case of each kind of difference. */
export class Comparison {
  /** `coordinates`: those of a type that are asked; all where left out. */
  constructor(private readonly coordinates: (type: string) => readonly string[] = coordinatesOf) {}
  cells = 0;
  seen = 0;
  callers = 0;
  records = 0;
  /** Cells that were seen under a grant, by its clause. */
  readonly seenUnder = new Map<string, number>();
  private readonly found = new Map<string, Difference>();

  compareWorld(world: World, callers: readonly WorldCaller[], name: string): void {
    const engine = new EngineWorld(world);
    for (const who of callers) {
      this.callers += 1;
      if (who.grantId !== undefined && !this.compareGrant(world, who, name)) continue;
      const at = engine.caller(who);
      this.compareAdmission(world, who, name);
      if (at.access.reach.kind === 'never' && refusal(world, who) !== null) continue;
      for (const { id } of world.members) this.compareMember(world, who, at, id, name);
      for (const record of world.records) this.compareRecord(world, who, at, record, name);
    }
  }

  private compareAdmission(world: World, who: WorldCaller, name: string): void {
    // Grants open purposes to a DISCLOSURE_RECIPIENT elsewhere, and an AUDITOR has no member field.
    if (who.grantId !== undefined || who.role === 'DISCLOSURE_RECIPIENT' || who.role === 'AUDITOR') return;
    const admitted = purposePermitted(CLAUSES, who.role as Role, who.purpose as Purpose);
    if (admitted !== (refusal(world, who) === null)) this.differs(`admission of ${who.role} for ${who.purpose}`, () => `${name}: engine ${admitted}`);
  }

  /** Whether the grant is read at all; where both say so, what follows is counted for its clause. */
  private compareGrant(world: World, who: WorldCaller, name: string): boolean {
    const [engine, oracle] = [grantFacts(world, who) !== null, refusal(world, who) === null];
    if (engine !== oracle) this.differs(`grant for ${who.role}`, () => `${name}: engine ${engine}, oracle ${oracle}: ${JSON.stringify(who)} ${JSON.stringify(world.grants.find((each) => each.id === who.grantId))}`);
    return engine && oracle;
  }
  private count(world: World, who: WorldCaller): void {
    const clause = world.grants.find((each) => each.id === who.grantId)?.clause;
    if (clause !== undefined) this.seenUnder.set(clause, (this.seenUnder.get(clause) ?? 0) + 1);
  }

  private compareMember(world: World, who: WorldCaller, at: EngineCaller, memberId: string, name: string): void {
    const seen = at.member(memberId);
    const ask = (question: Question): void => this.differs(`${question.kind} ${who.role}`, () => `${name}: ${shrink(world, who, question)}`);
    if (seen.there !== reaches(world, who, memberId)) ask({ kind: 'reach', memberId });
    if (at.contact(memberId) !== contactView(world, who, memberId)) ask({ kind: 'contact', memberId });
    for (const coordinate of this.coordinates('Member')) {
      const question: Question = { kind: 'cell', cell: { memberId, recordId: null, coordinate } };
      this.compareCell(isVisible(seen, 'Member', coordinate.slice('Member.'.length)), world, who, question, `${coordinate} ${kindOf(world, who)}`, name);
    }
  }

  private compareRecord(world: World, who: WorldCaller, at: EngineCaller, record: WorldRecord, name: string): void {
    const seen = at.record(record);
    this.records += 1;
    const type = typeOf(record);
    for (const coordinate of this.coordinates(type)) {
      const question: Question = { kind: 'cell', cell: { memberId: record.memberId, recordId: record.id, coordinate } };
      this.compareCell(isVisible(seen, type, coordinate.slice(type.length + 1)), world, who, question, `${type} ${kindOf(world, who)}`, name);
    }
  }

  private compareCell(engine: boolean, world: World, who: WorldCaller, question: Question & { kind: 'cell' }, kind: string, name: string): void {
    const oracle = visible(world, who, question.cell);
    this.cells += 1;
    if (oracle) { this.seen += 1; if (who.grantId !== undefined) this.count(world, who); }
    if (engine !== oracle) this.differs(kind, () => `${name}: ${shrink(world, who, question)}`);
  }

  private differs(kind: string, read: () => string): void {
    const known = this.found.get(kind);
    if (known) known.count += 1;
    else this.found.set(kind, { count: 1, read });
  }

  summary(): string { return `${this.cells} cells (${this.seen} seen) of ${this.records} record rows, ${this.callers} callers`; }
  /** One case of each of the most frequent kinds, shrunk to the facts that it needs. */
  differences(): string[] {
    return [...this.found].sort(([, one], [, other]) => other.count - one.count).slice(0, 12).map(([kind, { count, read }]) => `${kind} (${count} times): ${read()}`);
  }
}
