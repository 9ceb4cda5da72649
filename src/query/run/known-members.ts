import { invariant } from '../../vocabulary/errors';
import type { RecordType } from '../../vocabulary/records';
import { levelFacts, type LevelFacts, type LevelRules } from '../compile/level-facts';
import { compileStandingRead } from '../compile/standing-facts';
import { compileRecordRead, knownLimit, type RecordRead } from '../compile/record-read';
import type { Place } from '../cursor';
import type { PlannedField } from '../plan/selection';
import { connectionType } from '../plan/verdicts';
import { nodeSelections } from './connection';
import type { Rows } from './database';
import { open, paddedSize, pageSize, rowsFor, runValues, statement, type Reading } from './reading';
import type { Answer } from './shape';

/** No member has this id: it fills up a list of keys, so that a statement's text does not tell how many of them there are. */
const NOBODY = '';

/** The members of a level with the facts that the rules of their records ask for. */
export interface KnownMembers { readonly rules: LevelFacts['rules']; readonly fact: (member: string, name: string) => number }

/**
 * What a level's members are asked for their records' sake; under a grant, which has rules and an order of its own, nothing, and nothing on the
 * reference path, which reads every record by rules of its own.
 */
export function factsOf(reading: Reading, field: number, selections: readonly PlannedField[]): LevelFacts | null {
  if (reading.access.profile.grant || reading.isReference) return null;
  return statement(reading, `facts:${field}`, () =>
    levelFacts(reading.access, open(reading, selections).map((each) => connectionType(each.name)).filter((each): each is RecordType => each !== null)));
}

/** The facts that rows of relations tell of members in reach, by fact and member. */
async function readStanding(reading: Reading, field: number, facts: LevelFacts | null, members: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const standing = facts?.standing;
  if (!standing || members.length === 0) return new Map();
  const rows = await rowsFor(reading, `standing:${field}`, members, (size) => compileStandingRead(reading.access, standing, size), null);
  return new Map(rows.flatMap(([member, relation, ...values]) => (standing.relations[Number(relation)]?.told ?? []).map((each, at) => [`${each.name} ${String(member)}`, Number(values[at] ?? 0)] as const)));
}

/** The members of these rows, which tell facts beside their own cells, with their standing. */
export async function knownMembers(reading: Reading, field: number, facts: LevelFacts | null, columns: ReadonlyMap<string, number>, rows: Rows): Promise<KnownMembers | null> {
  if (!facts || facts.rules.size === 0) return null;
  const byId = new Map(rows.map((row) => [String(row[0]), row]));
  const standing = await readStanding(reading, field, facts, [...byId.keys()]);
  return { rules: facts.rules, fact: (member, name) => {
    // Nobody has no rows. Of a member a fact that was not told must not pass for one that is not so: no restriction would follow from it.
    if (member === NOBODY) return 0;
    const row = byId.get(member);
    invariant(row, 'a fact is asked of a member of the level');
    if (facts.standing?.names.includes(name)) return standing.get(`${name} ${member}`) ?? 0;
    const told = row[columns.get(name) ?? -1];
    invariant(typeof told === 'number', 'a fact of a member is told');
    return told;
  } };
}

const filled = (keys: readonly string[], size: number): string[] => [...keys, ...Array<string>(size - keys.length).fill(NOBODY)];
const LARGEST = 200;

/**
 * The records of known members: those whom no restriction binds as they lie, the others row by row. Both statements run whoever there is,
 * because how many run must not tell who is restricted. Null where there are more rows than a page of each could need: then some may be missing.
 */
export async function readRecordsOfKnown(reading: Reading, connection: PlannedField, type: RecordType, members: readonly string[], known: KnownMembers, place: Place | null): Promise<{ rows: Rows; sample: RecordRead | null } | null> {
  const rules = known.rules.get(type);
  if (!rules || members.length > LARGEST) return null;
  const size = paddedSize(members.length);
  const args = reading.arguments.get(connection.id) ?? {};
  const first = pageSize(connection, args['first']);
  const run = async (restricted: boolean, keys: readonly string[]): Promise<{ rows: Rows; made: RecordRead | null; limit: number }> => {
    const source = { kind: 'KNOWN', keys: size, first, after: place !== null, field: connection.id, rules, restricted } as const;
    const made = statement(reading, `known:${connection.id}:${size}:${first}:${place ? 'after' : ''}:${restricted ? 'restricted' : ''}`, () =>
      compileRecordRead(reading.access, type, open(reading, nodeSelections(connection)), source, args['filter'] as Answer | null));
    const rows = made ? await reading.database.rows(made.read, { ...runValues(reading, filled(keys, size), { field: connection, place }), fact: known.fact }) : [];
    return { rows, made, limit: knownLimit(source) };
  };
  const { restricted } = rules;
  const isRestricted = (member: string): boolean => restricted !== null && known.fact(member, restricted) === 1;
  // Of one member nothing is gained by reading in two.
  const parts = size === 1 || restricted === null ? await Promise.all([run(restricted !== null, members)])
    : await Promise.all([run(false, members.filter((each) => !isRestricted(each))), run(true, members.filter(isRestricted))]);
  if (size > 1 && parts.some((each) => each.rows.length >= each.limit)) return null;
  return { rows: parts.length === 1 ? parts[0]?.rows ?? [] : parts.flatMap((each) => each.rows), sample: parts[0]?.made ?? null };
}
