/** A second world that differs from the first only in what one caller may not see: facts here, values in hidden-values.ts. */
import { cast, type Cast } from '../../oracle/random-cast';
import { agreed, authorization, confidential, representation } from '../../oracle/random-privacy';
import { CLASSES } from '../../oracle/classes';
import { Random } from '../../oracle/random';
import type { World, WorldCaller, WorldRecord } from '../../oracle/world';
import { viewOf, type MemberView } from './view';

const OF_MEMBER = ['coverages', 'careTeam', 'namedBy', 'representations', 'openings', 'optOuts', 'authorizations', 'restrictions', 'confidential', 'records'] as const;
type Facts = Pick<World, (typeof OF_MEMBER)[number]> & { member: World['members'][number] | null };

const factsOf = (world: World, id: string): Facts => structuredClone({
  member: world.members.find((one) => one.id === id) ?? null,
  ...Object.fromEntries(OF_MEMBER.map((list) => [list, (world[list] as { memberId: string }[]).filter((one) => one.memberId === id)])),
}) as Facts;

/** An id of a fact that this world alone has. */
let last = 0;
const fresh = (facts: Facts, kind: string): string => { last += 1; return `${facts.member?.id ?? ''}-other-${kind}${last}`; };

interface Hidden { readonly random: Random; readonly cast: Cast; readonly now: string; readonly caller: WorldCaller; readonly view: MemberView | undefined }
type Change = (facts: Facts, hidden: Hidden) => void;

const remove = <T>(random: Random, list: T[], may: (one: T) => boolean = () => true): void => {
  const candidates = list.filter(may);
  if (candidates.length > 0) list.splice(list.indexOf(random.pick(candidates)), 1);
};
const isTold = (one: WorldRecord): boolean => one.legal || one.labels.includes('PSYTHPN');
/** A row that is not there for the caller; a denial that they are told of is there. */
const isHidden = ({ view, caller }: Hidden) => (one: WorldRecord): boolean =>
  !view?.records.has(one.id) && !(view && (caller.role === 'MEMBER' || caller.role === 'PERSONAL_REPRESENTATIVE') && isTold(one));

const RECORDS: Change[] = [
  ({ records }, hidden) => { remove(hidden.random, records, isHidden(hidden)); },
  ({ records }, hidden) => { for (const one of records.filter(isHidden(hidden))) if (hidden.random.chance(0.5)) records.splice(records.indexOf(one), 1); },
  ({ records }, hidden) => {
    if (records.length === 0) return;
    const { random } = hidden;
    const of = random.pick(records);
    records.push({ ...structuredClone(of), id: `${random.pick([of.id, of.memberId])}${random.pick(['', ' ', '~', '!'])}h${(last += 1)}`, labels: random.some(CLASSES, random.integer(0, 2)), labelled: random.chance(0.7), cites: [], authorId: null, programId: null });
  },
  ({ records }, hidden) => {
    const { random } = hidden;
    for (const one of records.filter(isHidden(hidden))) if (random.chance(0.6)) random.pick([
      () => { one.labels = random.some(CLASSES, random.integer(0, 3)); }, () => { one.labelled = !one.labelled; }, () => { one.date = random.maybe(0.5, hidden.now); },
      () => { one.withheld = !one.withheld; }, () => { one.governedBy = one.governedBy === 'NOTICE' ? 'PLAN_AGREEMENT' : 'NOTICE'; one.governingPlanId = random.pick(hidden.cast.plans); },
      () => { one.payerId = random.pick([...hidden.cast.plans, null]); }, () => { one.medicationReview = !one.medicationReview; },
    ])();
  },
];

/** Where PRIVACY is visible, what the member asked for and signed is; a representative sees their own alone. */
const privacyIsTold = ({ view, caller }: Hidden): boolean => view !== undefined && view.fields.has('Member.privacy') && caller.role !== 'PERSONAL_REPRESENTATIVE';
const tellsAuthorizations = (facts: Facts, { view }: Hidden): boolean => view !== undefined && facts.records.some((one) => one.labels.includes('PART2') && view.records.has(one.id));
const isEmergency = ({ caller }: Hidden): boolean => caller.purpose === 'ETREAT' || caller.purpose === 'BTG';

const PRIVACY: Change[] = [
  (facts, hidden) => { if (!tellsAuthorizations(facts, hidden)) remove(hidden.random, facts.authorizations); },
  (facts, hidden) => { if (facts.member && !tellsAuthorizations(facts, hidden)) facts.authorizations.push(authorization(hidden.random, hidden.cast, hidden.now, facts.member.id, fresh(facts, 'auth'))); },
  // An overridden restriction is told in an emergency (policy section 6, NODSCLCD).
  (facts, hidden) => { if (!isEmergency(hidden) || !hidden.view) remove(hidden.random, facts.restrictions); },
  (facts, hidden) => {
    if (facts.member && (!isEmergency(hidden) || !hidden.view)) facts.restrictions.push({ ...agreed(hidden.random, hidden.cast, hidden.now, facts.member.id, fresh(facts, 'agreed'), facts.records), recipients: [] });
  },
  (facts, { random, caller }) => { remove(random, facts.representations, (one) => one.subject !== caller.subject); },
  (facts, { random, cast: all, now, caller }) => { if (facts.member) facts.representations.push({ ...representation(random, all, now, facts.member.id, fresh(facts, 'rep')), subject: `${caller.subject}-not` }); },
  (facts, { random, now }) => {
    if (facts.optOuts.length > 0) remove(random, facts.optOuts);
    else if (facts.member) facts.optOuts.push({ memberId: facts.member.id, since: new Date(Date.parse(now) - 1000).toISOString(), endedAt: null });
  },
  (facts, hidden) => {
    if (!facts.member || (hidden.view?.contact ?? 'NOTHING') !== 'NOTHING') return;
    if (facts.confidential.length > 0) remove(hidden.random, facts.confidential);
    else facts.confidential.push(confidential(hidden.random, hidden.cast, hidden.now, facts.member.id, fresh(facts, 'conf')));
  },
];
const RELATIONS: Change[] = [
  (facts, { random, view }) => { if (!view?.fields.has('Member.coverages')) remove(random, facts.coverages); },
  (facts, { random, view, now, cast: all }) => { if (facts.member && !view?.fields.has('Member.coverages')) facts.coverages.push({ id: fresh(facts, 'cov'), memberId: facts.member.id, planId: random.pick(all.plans), start: now, end: null }); },
  (facts, { random, view }) => { if (!view?.fields.has('Member.careTeam')) remove(random, facts.careTeam); },
  (facts, { random, view, now, cast: all }) => { if (facts.member && !view?.fields.has('Member.careTeam')) facts.careTeam.push({ id: fresh(facts, 'team'), memberId: facts.member.id, practitionerId: random.pick(all.practitioners), start: now, end: null }); },
  (facts, { random }) => { remove(random, facts.namedBy); },
  (facts, { now, caller }) => { if (facts.member) facts.openings.push({ subject: fresh(facts, 'subject'), memberId: facts.member.id, openedAt: now, expiresAt: new Date(Date.parse(now) + 3_600_000).toISOString() }); },
  (facts, { random }) => { if (facts.member) facts.member.state = random.pick(['CA', 'NY', null]); },
  (facts, { view, now, random }) => { if (facts.member && !view) facts.member.deceasedAt = random.maybe(0.5, now); },
];

function change(facts: Facts, hidden: Hidden): void {
  const { random } = hidden;
  if (!hidden.view && random.chance(0.25)) { for (const list of OF_MEMBER) facts[list].length = 0; facts.member = null; return; }
  const able = [...RECORDS, ...RECORDS, ...(privacyIsTold(hidden) ? [] : PRIVACY), ...RELATIONS];
  for (let count = random.integer(1, 4); count > 0; count -= 1) random.pick(able)(facts, hidden);
}

/** A member out of the caller's reach who is in this world alone. */
function stranger(random: Random, world: World): Facts {
  const facts = factsOf(world, random.pick(world.members).id);
  const id = facts.member?.id ?? '';
  return JSON.parse(JSON.stringify(facts).replaceAll(`"${id}"`, `"${id}-stranger"`).replaceAll(`"${id}-`, `"${id}-stranger-`)) as Facts;
}
const together = (world: World, grants: World['grants'], members: readonly Facts[]): World => ({
  ...world, grants, members: members.flatMap((one) => (one.member ? [one.member] : [])), ...Object.fromEntries(OF_MEMBER.map((list) => [list, members.flatMap((one) => one[list] as unknown[])])),
});

/** Grants of others come and go; the caller's own loses members and records that it does not show them. */
function otherGrants(random: Random, world: World, caller: WorldCaller, view: ReadonlyMap<string, MemberView>): World['grants'] {
  const seen = new Set([...view.values()].flatMap((each) => [...each.records.keys()]));
  return world.grants.flatMap((one) => {
    if (one.id !== caller.grantId) return random.chance(0.6) ? [one] : [];
    return [{ ...one, memberIds: one.memberIds.filter((id) => view.has(id) || random.chance(0.5)), recordIds: one.recordIds?.filter((id) => seen.has(id) || random.chance(0.5)) ?? null }];
  });
}
/** Whose claim limits the caller's grant: without it the grant would be another one. */
const limits = (world: World, caller: WorldCaller, { records }: Facts): boolean => {
  const claim = world.grants.find((one) => one.id === caller.grantId)?.elements['claim'];
  return claim !== undefined && records.some((one) => one.id === claim);
};

export interface OtherWorld { readonly world: World; readonly view: ReadonlyMap<string, MemberView>; readonly changed: number }

/** The other world: each member changed at random, and put back where the caller would see a difference. */
export function otherWorld(world: World, caller: WorldCaller, view: ReadonlyMap<string, MemberView>, seed: number): OtherWorld {
  const random = new Random(seed);
  const all = cast(Number(/^w(\d+)-/.exec(world.organizations[0]?.id ?? '')?.[1] ?? 0));
  const before = world.members.map((one) => factsOf(world, one.id));
  const after = before.map((facts) => {
    const made = structuredClone(facts);
    if (random.chance(0.85) && !limits(world, caller, facts)) change(made, { random, cast: all, now: world.now, caller, view: view.get(facts.member?.id ?? '') });
    return made;
  });
  const strangers = Array.from({ length: random.integer(0, 2) }, () => stranger(random, world)).filter((one, place, list) => list.findIndex((other) => other.member?.id === one.member?.id) === place);
  const grants = otherGrants(random, world, caller, view);
  const tried = viewOf(together(world, grants, [...after, ...strangers]), caller);
  const alike = (id: string): boolean => tried.get(id)?.digest === view.get(id)?.digest;
  const kept = before.map((facts, place) => (alike(facts.member?.id ?? '') ? after[place] as Facts : facts));
  const met = strangers.filter((one) => !tried.has(one.member?.id ?? ''));
  return { world: together(world, grants, [...kept, ...met]), view, changed: kept.filter((facts, place) => facts !== before[place]).length + met.length };
}
