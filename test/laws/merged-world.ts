import { randomWorld } from '../oracle/random-world';
import type { World } from '../oracle/world';

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
