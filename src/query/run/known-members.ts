import type { Scalar } from '../../permissions/core/interpret';
import { invariant } from '../../vocabulary/errors';
import type { RecordType } from '../../vocabulary/records';
import { levelFacts, type LevelFacts } from '../compile/level-facts';
import { classesFact, hiddenFact, UNRESTRICTED, withOwnRestriction, withRestriction, type Restricted } from '../compile/restricted-rows';
import { compileStandingRead, FIRST_RELATION, OWN_ROW, RESTRICTION_ROW, type Asked } from '../compile/standing-read';
import type { PlannedField } from '../plan/selection';
import { connectionType } from '../plan/verdicts';
import type { Rows } from './database';
import { open, rowsFor, statement, type Reading } from './reading';

type Row = readonly Scalar[];

/** The members of a level with the facts that the rules of their records ask for. */
export interface KnownMembers {
  readonly ids: readonly string[];
  readonly rules: LevelFacts['rules'];
  readonly fact: (member: string, name: string) => number;
  /** True where the member's restrictions of the type say more than facts can. */
  readonly asks: (member: string, type: string) => boolean;
}
/** Largest level whose members' facts are asked for at once: a page. */
export const LARGEST_LEVEL = 200;

/**
 * What a level's members are asked for their records' sake; under a grant, which has rules and an order of its own, nothing, and nothing on the
 * reference path, which reads every record by rules of its own.
 */
export function factsOf(reading: Reading, field: number, selections: readonly PlannedField[]): LevelFacts | null {
  if (reading.access.profile.grant || reading.isReference) return null;
  const facts = statement(reading, `facts:${field}`, () =>
    levelFacts(reading.access, open(reading, selections).map((each) => connectionType(each.name)).filter((each): each is RecordType => each !== null)));
  return facts.rules.size === 0 ? null : facts;
}

/** What is told of a level's members: their own facts by name, those of relations by name and member, restrictions by type and member. */
interface Told { readonly own: ReadonlyMap<string, Readonly<Record<string, Scalar>>>; readonly relations: ReadonlyMap<string, number>; readonly restricted: ReadonlyMap<string, Restricted> }

const at = (name: string, member: string): string => `${name} ${member}`;

function restrictedBy({ restrictions, rules }: LevelFacts, rows: readonly Row[]): ReadonlyMap<string, Restricted> {
  const found = new Map<string, Restricted>();
  for (const [member, , fieldMask, classMask, isOfPlace, isOfTime, place] of rows) {
    const type = restrictions?.types[Number(place)];
    invariant(type, 'a restriction is of a type that was asked for');
    const row = { fieldMask: Number(fieldMask), classMask: Number(classMask), isOfPlace: isOfPlace === 1, isOfTime: isOfTime === 1 };
    const known = found.get(at(type, String(member))) ?? UNRESTRICTED;
    const records = rules.get(type as RecordType);
    found.set(at(type, String(member)), records ? withRestriction(known, row, records.whole) : withOwnRestriction(known, row));
  }
  return found;
}

async function readTold(reading: Reading, field: number, asked: Asked, members: readonly string[]): Promise<Told> {
  const { facts } = asked;
  const made = (size: number) => compileStandingRead(reading.access, asked, size);
  const rows = members.length === 0 ? [] : await rowsFor(reading, `standing:${field}:${asked.ownRows}`, members, made, null);
  const of = (part: number): Row[] => rows.filter((row) => row[1] === part);
  const relations = new Map<string, number>();
  (facts.standing?.relations ?? []).forEach(({ told }, place) => of(FIRST_RELATION + place).forEach((row) => told.forEach((each, column) => {
    const key = at(each.name, String(row[0]));
    relations.set(key, (relations.get(key) ?? 0) | Number(row[2 + column]));
  })));
  const own = new Map(of(OWN_ROW).map((row) => [String(row[0]), Object.fromEntries(facts.own.map((each, column) => [each.name, row[2 + column] ?? null]))] as const));
  return { own, relations, restricted: restrictedBy(facts, of(RESTRICTION_ROW)) };
}

function knownFrom(facts: LevelFacts, ids: readonly string[], { own, relations, restricted }: Told): KnownMembers {
  const names = new Map<string, (member: string) => Scalar | undefined>();
  for (const { name } of facts.own) names.set(name, (member) => own.get(member)?.[name]);
  for (const name of facts.standing?.names ?? []) names.set(name, (member) => relations.get(at(name, member)) ?? 0);
  const types = facts.restrictions?.types ?? [];
  const of = (type: string) => (member: string): Restricted => restricted.get(at(type, member)) ?? UNRESTRICTED;
  for (const type of types) {
    const told = of(type);
    names.set(hiddenFact(type), (member) => told(member).hidden).set(classesFact(type), (member) => told(member).classes);
  }
  const members = new Set(ids);
  return {
    ids, rules: facts.rules,
    // Of a member a fact that was not told must not pass for one that is not so: no restriction would follow from it.
    fact(member, name) {
      invariant(members.has(member), 'a fact is asked of a member of the level');
      const told = names.get(name)?.(member);
      invariant(typeof told === 'number', 'a fact of a member is told');
      return told;
    },
    asks: (member, type) => of(type)(member).asks,
  };
}

/** Members of whom nothing but ids is known. `ownRows`: REACHED leaves out those whom the caller does not reach. */
export async function knownMembersOf(reading: Reading, field: number, facts: LevelFacts, ids: readonly string[], ownRows: 'KNOWN' | 'REACHED'): Promise<KnownMembers> {
  const told = await readTold(reading, field, { facts, ownRows }, ids);
  return knownFrom(facts, ids.filter((each) => told.own.has(each)), told);
}

/** The members of these rows, which tell facts beside their own cells, with their standing. */
export async function knownMembers(reading: Reading, field: number, facts: LevelFacts | null, columns: ReadonlyMap<string, number>, rows: Rows): Promise<KnownMembers | null> {
  if (!facts) return null;
  const ids = rows.map((row) => String(row[0]));
  const told = await readTold(reading, field, { facts, ownRows: 'NONE' }, ids);
  const own = new Map(rows.map((row) => [String(row[0]), Object.fromEntries(facts.own.map((each) => [each.name, row[columns.get(each.name) ?? -1] ?? null]))] as const));
  return knownFrom(facts, ids, { ...told, own });
}
