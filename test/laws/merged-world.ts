import { RECORD_TYPE_NAMES } from '../oracle/fields';
import { Random } from '../oracle/random';
import { randomWorld } from '../oracle/random-world';
import { agreed } from '../oracle/story';
import type { World } from '../oracle/world';

/** What filters and orders look at: a restriction of one such field hides it on rows that are there otherwise. */
const LOOKED_AT = [...RECORD_TYPE_NAMES.flatMap((type) => [`${type}.code`, `${type}.status`]), 'CareGap.measure', 'CareGap.dueAt', 'Claim.serviceStart', 'Member.name', 'Member.preferredName', 'Member.birthDate', 'Member.memberNumber', 'Member.coverages'];

/** The world with every second member keeping some of these fields from everybody. */
export function withHiddenFields(world: World): World {
  const random = new Random(1);
  const hiding = world.members.filter((_, place) => place % 2 === 0).map(({ id }) => agreed({ id: `${id}-hides`, memberId: id, coordinates: random.some(LOOKED_AT, 14) }));
  return { ...world, restrictions: [...world.restrictions, ...hiding] };
}

/** Several random worlds of one instant as one, so that a list has members to leave out. */
export function mergedWorld(firstSeed: number, count: number): World {
  let merged: World | null = null;
  for (let seed = firstSeed, taken = 0; taken < count; seed += 1) {
    const world = randomWorld(seed);
    if (merged === null) merged = world;
    else if (merged.now !== world.now) continue;
    else for (const [name, list] of Object.entries(world) as [keyof World, unknown][]) if (Array.isArray(list)) (merged[name] as unknown[]).push(...list);
    taken += 1;
  }
  if (merged === null) throw new Error('count: at least one world');
  return merged;
}
