/** Who asks in the differential law: callers of a world, each with the members that they reach, and what they are likely to ask for. */
import { parse } from 'graphql';
import type { Caller } from '../../../src/identity/caller';
import { executeOperation } from '../../../src/resolvers/execute';
import { GatewayError } from '../../../src/vocabulary/errors';
import { Random } from '../../oracle/random';
import { randomCaller } from '../../oracle/random-caller';
import { randomGrantCaller } from '../../oracle/random-grants';
import type { World, WorldCaller } from '../../oracle/world';
import { callerOf } from '../engine-world';
import type { Station } from './laboratory';

export interface LawCaller { readonly who: WorldCaller; readonly caller: Caller; readonly memberIds: readonly string[]; readonly roots: readonly string[] }

const isEmergency = ({ purpose }: WorldCaller): boolean => purpose === 'ETREAT' || purpose === 'BTG';
const READS = ['member', 'member', 'member', 'members', 'members', 'members', 'members', 'careGaps', 'claims'];
const REST = ['viewer', 'notice', 'operations', 'policy', 'privacyWorklist', 'breakGlassReviews', 'previewAuthorization', 'previewRestriction', 'fhirConsents', 'accountingOfDisclosures', 'auditEvents', 'auditIntegrity'];
const OFFICE = ['privacyWorklist', 'breakGlassReviews', 'previewAuthorization', 'previewRestriction', 'fhirConsents', 'accountingOfDisclosures', 'auditEvents', 'auditIntegrity', 'policy', 'policy'];
const OWN = ['previewAuthorization', 'previewRestriction', 'fhirConsents', 'accountingOfDisclosures', 'policy'];
/** By role what is likely; whatever else is served is asked for now and then, mostly to be refused. */
const LIKELY: Readonly<Record<string, readonly string[]>> = { PRIVACY_OFFICER: [...READS, ...OFFICE], AUDITOR: [...OFFICE, 'policy', 'auditEvents'], MEMBER: [...READS, ...READS, ...OWN], PERSONAL_REPRESENTATIVE: [...READS, ...READS, ...OWN] };

function rootsOf(random: Random, { role, purpose }: WorldCaller): readonly string[] {
  const likely = LIKELY[role] ?? [...READS, ...READS, ...(purpose === 'HOPERAT' || purpose === 'CAREMGT' ? ['operations', 'operations', 'operations', 'careGaps'] : [])];
  // Refused to most, and null then: the one root that fails beside what is answered.
  return [...likely, ...random.some(REST, 1), ...(random.chance(0.3) ? ['breakGlassReviews'] : [])];
}

const ROLES_SELDOM_DRAWN = ['PRIVACY_OFFICER', 'AUDITOR', 'MEMBER', 'WORKFORCE'];
function drawn(random: Random, world: World): WorldCaller {
  if (random.chance(0.2)) return randomGrantCaller(world, random.integer(0, 1e6));
  const who = randomCaller(world, random.integer(0, 1e6));
  if (!random.chance(0.1)) return who;
  const role = random.pick(ROLES_SELDOM_DRAWN);
  const purpose = { MEMBER: 'PATRQT', WORKFORCE: 'HOPERAT' }[role] ?? 'HCOMPL';
  return { ...who, role, purpose, organizationId: role === 'WORKFORCE' ? world.organizations[0]?.id ?? null : null, memberId: role === 'MEMBER' ? random.pick(world.members).id : null };
}

const CENSUS = parse('query Census { members(first: 200) { nodes { id } } }');
/** The members that a caller reaches, as they are told to them; nobody where the gateway refuses. */
async function reached({ gateway }: Station, caller: Caller): Promise<string[]> {
  try {
    const { data } = await executeOperation(gateway, { document: CENSUS, operationName: null, variables: {}, caller });
    return ((data as { members: { nodes: { id: string }[] } } | null | undefined)?.members.nodes ?? []).map((each) => each.id);
  } catch (error) {
    if (error instanceof GatewayError) return [];
    throw error;
  }
}
async function breakGlass({ gateway }: Station, caller: Caller, id: string): Promise<void> {
  const document = parse('query Opening($id: ID!) { member(id: $id) { id } }');
  try {
    await executeOperation(gateway, { document, operationName: null, variables: { id }, caller });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}

const DRAWS = 5;
/** A use of an emergency is noted at its instant, once: each request has one of its own. */
export class Instants {
  private last = 0;
  next(caller: Caller): Caller { return caller.breakGlassReason === null ? caller : { ...caller, at: new Date(Date.parse(caller.at) + (this.last += 1)).toISOString() }; }
}

/** A caller who reaches somebody, most often. `station`: whose trail tells of the reading, so that there is one to ask for. */
export async function lawCaller(random: Random, world: World, station: Station, instants: Instants): Promise<LawCaller> {
  for (let draw = 1; ; draw += 1) {
    const who = drawn(random, world);
    const caller: Caller = Object.freeze({ ...callerOf(world, who), breakGlassReason: isEmergency(who) ? 'found unconscious' : null });
    if (isEmergency(who)) await breakGlass(station, instants.next(caller), random.pick(world.members).id);
    const memberIds = who.role === 'AUDITOR' ? world.members.map((each) => each.id) : await reached(station, instants.next(caller));
    if (memberIds.length > 0 || draw === DRAWS || random.chance(0.1)) return { who, caller, memberIds, roots: rootsOf(random, who) };
  }
}
