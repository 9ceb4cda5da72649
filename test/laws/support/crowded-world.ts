import { Random } from '../../oracle/random';
import type { World, WorldRecord } from '../../oracle/world';
import { richWorld } from './rich-world';

/** Every sixth world is several in one, so that pages and counts are larger. */
const partsOf = (seed: number): number => (seed % 6 === 5 ? 4 : 1);
const MORE = 4;

/** Random worlds where some lists of a member run over several pages: the same record again, with labels of another. */
export function crowdedWorld(seed: number): World {
  const world = richWorld(seed, partsOf(seed));
  const random = new Random(seed * 611_953 + 7);
  const added = world.members.flatMap(({ id }): WorldRecord[] => {
    const own = world.records.filter((each) => each.memberId === id);
    return random.some(own, random.integer(0, 5)).flatMap((one) => Array.from({ length: random.integer(2, MORE) }, (_, place): WorldRecord =>
      ({ ...one, id: `${one.id}~${place}`, cites: [], labels: random.chance(0.5) ? one.labels : random.pick(own).labels })));
  });
  return { ...world, records: [...world.records, ...added] };
}
