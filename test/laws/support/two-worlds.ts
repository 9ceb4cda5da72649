/** The experiment of law 5: one caller, two worlds alike to them, the same operations asked of both. */
import { parse, validate, type DocumentNode } from 'graphql';
import type { Caller } from '../../../src/identity/caller';
import { Random } from '../../oracle/random';
import { createPseudonyms } from '../../../src/audit/pseudonym';
import { grantPseudonyms } from '../../../src/query/run/grant-pseudonyms';
import { leavesIdentifiersOut } from '../../oracle/grant-clauses';
import { randomCaller } from '../../oracle/random-caller';
import { randomGrantCaller } from '../../oracle/random-grants';
import type { World, WorldCaller } from '../../oracle/world';
import { RECORD_TYPE_NAMES, RECORD_TYPES } from '../../../src/vocabulary/records';
import { callerOf } from '../engine-world';
import type { WorldRows } from '../world-rows';
import { hiddenColumns, scrambling, withHidden } from './hidden-values';
import { PSEUDONYM_KEY, SCHEMA, type Outcome, type Station } from './laboratory';
import { otherWorld } from './other-world';
import { randomOperation, type Focus, type RandomOperation } from './random-operation';
import { richRows } from './rich-rows';
import { viewOf, type MemberView } from './view';

const GLASS = ['PHARMACIST', 'NURSE', 'HEALTHCARE_PROFESSIONAL', 'EXTERNAL_PROVIDER'];
/** Ids as a reader of a grant without identifiers has them; as they are for everybody else. */
function disguiseOf(world: World, who: WorldCaller): (kind: 'member' | 'record', id: string) => string {
  const grant = world.grants.find((each) => each.id === who.grantId);
  if (!grant || !leavesIdentifiersOut(grant.clause, grant.elements)) return (_kind, id) => id;
  const pseudonyms = grantPseudonyms(createPseudonyms(PSEUDONYM_KEY), grant.id);
  return (kind, id) => pseudonyms.of(kind, id);
}

const isEmergency = (who: WorldCaller): boolean => who.purpose === 'ETREAT' || who.purpose === 'BTG';

/** One caller with the two worlds and what is asked of both. */
export interface Experiment {
  readonly name: string;
  readonly world: World;
  readonly who: WorldCaller;
  readonly caller: Caller;
  readonly view: ReadonlyMap<string, MemberView>;
  readonly here: WorldRows;
  readonly there: WorldRows;
  readonly changed: number;
  /** Opens the member of an emergency, before anything else is asked. */
  readonly opening: DocumentNode | null;
  readonly asked: readonly Asked[];
}
export interface Asked { readonly operation: RandomOperation; /** Who asks the same before, so that what is cached was made for another. */ readonly warmedBy: Caller | null }

const asCaller = (world: World, who: WorldCaller): Caller => Object.freeze({ ...callerOf(world, who), breakGlassReason: isEmergency(who) ? 'found unconscious' : null });

/** What an experiment is about; without it everything is. */
export interface Aim extends Focus { readonly who: (who: WorldCaller) => boolean; /** Each operation is asked by another first. */ readonly warmed?: boolean; /** Asked by those who read under a grant. */ readonly underGrants?: boolean }

/** Every fourth experiment is about a grant. */
const isUnderGrant = (seed: number, aim: Aim | null): boolean => (aim ? aim.underGrants === true : seed % 4 === 3);

/** Callers who can see something are drawn more often. */
function drawCaller(world: World, seed: number, aim: Aim | null): WorldCaller {
  const callerOfSeed = isUnderGrant(seed, aim) ? randomGrantCaller : randomCaller;
  let fitting = callerOfSeed(world, seed * 200);
  let seeing = 0;
  for (let draw = 0; draw < 200 && seeing < 3; draw += 1) {
    const who = callerOfSeed(world, seed * 200 + draw);
    if (aim && !aim.who(who)) continue;
    fitting = who;
    seeing += 1;
    if (viewOf(world, who).size > 0) return who;
  }
  return fitting;
}

export function experiment(world: World, here: WorldRows, seed: number, operations: number, aim: Aim | null = null): Experiment {
  const random = new Random(seed * 31 + 5);
  const drawn = drawCaller(world, seed, aim);
  const glass = isEmergency(drawn) && GLASS.includes(drawn.role);
  const target = glass ? random.pick(world.members).id : null;
  const who = glass ? { ...drawn, subject: `${drawn.subject}-${seed}` } : drawn;
  const opened: World = target === null ? world : { ...world, openings: [...world.openings, { subject: who.subject, memberId: target, openedAt: world.now, expiresAt: new Date(Date.parse(world.now) + 3_600_000).toISOString() }] };
  const view = viewOf(opened, who);
  const other = otherWorld(opened, who, view, seed * 17 + 3);
  const unopened = { ...other.world, openings: other.world.openings.filter((one) => one.subject !== who.subject || target === null) };
  const there = withHidden(richRows(unopened), hiddenColumns(other.world, who, view), scrambling(random));
  const disguise = disguiseOf(world, who);
  const asked = Array.from({ length: operations }, (_, place): Asked => {
    const operation = randomOperation(seed * 101 + place, world, who, target, aim, (id) => disguise('member', id));
    const broad = world.members.length > 0 && random.chance(aim?.warmed ? 1 : 0.4) ? asCaller(world, random.chance(0.5) ? randomCaller(world, seed * 7 + place) : { ...who, role: random.pick(['NURSE', 'WORKFORCE', 'MEMBER', 'HEALTH_PLAN']), memberId: random.pick(world.members).id }) : null;
    return { operation, warmedBy: broad && !broad.breakGlassReason ? broad : null };
  });
  return {
    name: `world of ${world.members[0]?.id ?? ''}, experiment ${seed}`, world, who, caller: asCaller(world, who), view, here, there, changed: other.changed,
    opening: target === null ? null : parse(`{ member(id: ${JSON.stringify(target)}) { id } }`), asked,
  };
}

const PAGES = 6;
/** The answers to one operation: the first page and, where it is walked, those that follow. */
async function answers(station: Station, caller: Caller, { document, variables, walk }: RandomOperation): Promise<Outcome[]> {
  const found: Outcome[] = [];
  let after: unknown = null;
  for (let page = 0; page < PAGES; page += 1) {
    const outcome = await station.ask({ document, variables: walk === null ? variables : { ...variables, after }, caller });
    found.push(outcome);
    const info = walk === null ? undefined : (outcome.data as Record<string, { pageInfo?: { hasNextPage: boolean; endCursor: unknown } } | null> | null | undefined)?.[walk]?.pageInfo;
    if (!info?.hasNextPage) break;
    after = info.endCursor;
  }
  return found;
}

/** Where two texts part, with what stands around it. */
function parting(name: string, one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 160), at + 160);
  return `${name} at ${at}:\n  ${around(one)}\n  ${around(other)}`;
}

/** The records, their lists in order: statements of one level come back in any order where they run side by side. */
const recorded = (of: Outcome): string => JSON.stringify(of.entries.map((each) => ({ ...each, coordinates: [...each.coordinates].sort(), members: [...each.members].sort() })));

/** The first difference between what was told, run and recorded; null where there is none. */
function differs(here: readonly Outcome[], there: readonly Outcome[]): string | null {
  if (here.length !== there.length) return `pages: ${here.length} and ${there.length}`;
  for (const [place, one] of here.entries()) {
    const other = there[place] as Outcome;
    if (one.body !== other.body) return parting('body', one.body, other.body);
    const texts = (of: Outcome): string => JSON.stringify(of.statements.map((each) => each.text).sort());
    if (texts(one) !== texts(other)) return parting('statements', texts(one), texts(other));
    if (recorded(one) !== recorded(other)) return parting('record', recorded(one), recorded(other));
  }
  return null;
}

/** What must hold in one world: no small count is told, and what is cached answers as what is made anew. */
function smallCount(outcome: Outcome): string | null {
  const found = /"count":([1-9]|10)[,}]/.exec(outcome.body);
  return found ? `a count of ${found[1]} is told` : null;
}

const CENSUS = parse(`{ members(first: 200) { nodes { id ${RECORD_TYPE_NAMES.map((type) => `${RECORD_TYPES[type].connection}(first: 200) { nodes { id } }`).join(' ')} } } }`);
type Listed = Readonly<Record<string, string | { readonly nodes: readonly { readonly id: string }[] } | null>>;

/** The list is the check, filtered: every member that the oracle lets the caller reach, every row that it lets them see, and no other. */
async function census(made: Experiment, station: Station): Promise<string | null> {
  const { data } = await station.ask({ document: CENSUS, variables: {}, caller: made.caller });
  const nodes = (data as { members?: { nodes: readonly Listed[] } } | null | undefined)?.members?.nodes ?? [];
  const listed = nodes.flatMap((one) => [String(one['id']), ...Object.values(one).flatMap((each) => (each !== null && typeof each === 'object' ? each.nodes.map((node) => node.id) : []))]).sort();
  const disguise = disguiseOf(made.world, made.who);
  const expected = [...made.view].flatMap(([id, view]) => [disguise('member', id), ...[...view.records.keys()].map((each) => disguise('record', each))]).sort();
  return JSON.stringify(listed) === JSON.stringify(expected) ? null : parting('the census', JSON.stringify(listed), JSON.stringify(expected));
}

/** A page that says there is another is followed by rows. */
function emptyPage(pages: readonly Outcome[], walk: string | null): string | null {
  const later = walk === null ? [] : pages.slice(1).map((page) => (page.data as Record<string, { nodes?: unknown[] } | null> | null | undefined)?.[walk]?.nodes);
  return later.some((nodes) => nodes?.length === 0) ? 'a page that was promised is empty' : null;
}

export interface Findings { pairs: number; answered: number; rows: number; readonly differences: string[] }

let asked = 0;
/** Runs an experiment on two stations that hold its two worlds; `counted`: with the census. Stops at the first difference. */
export async function run(made: Experiment, here: Station, there: Station, findings: Findings, counted = true): Promise<void> {
  if (made.opening) for (const station of [here, there]) await station.ask({ document: made.opening, variables: {}, caller: made.caller });
  const miscounted = counted ? await census(made, here) : null;
  if (miscounted) { findings.differences.push(`${made.name}: ${JSON.stringify(made.who)}\n${miscounted}`); return; }
  for (const { operation, warmedBy } of made.asked) {
    // Validation costs more than the rest; the generator is checked by every eighth operation.
    const invalid = (asked += 1) % 8 === 1 ? validate(SCHEMA, operation.document) : [];
    if (invalid.length > 0) throw new Error(`the generator wrote what does not validate: ${invalid[0]?.message ?? ''}\n${operation.text}`);
    if (warmedBy) for (const station of [here, there]) await station.ask({ document: operation.document, variables: operation.variables, caller: warmedBy });
    const one = await answers(here, made.caller, operation);
    const other = await answers(there, made.caller, operation);
    findings.pairs += 1;
    if (one.some((each) => each.reads.some((read) => read.rows.length > 0))) findings.answered += 1;
    findings.rows += one.reduce((all, each) => all + each.reads.reduce((sum, read) => sum + read.rows.length, 0), 0);
    const cold = warmedBy ? await here.ask({ document: parse(operation.text), variables: operation.variables, caller: made.caller }) : null;
    const difference = differs(one, other) ?? (one.map(smallCount).find((each) => each !== null) ?? null) ?? emptyPage(one, operation.walk)
      ?? (cold && cold.body !== one[0]?.body ? parting('warm and cold caches', one[0]?.body ?? '', cold.body) : null);
    if (difference) {
      findings.differences.push(`${made.name}: ${JSON.stringify(made.who)}\n${difference}\nasks ${operation.text} ${JSON.stringify(operation.variables)}`);
      return;
    }
  }
}
