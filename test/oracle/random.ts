/** A small seeded source of choices (mulberry32): the same seed gives the same world on every machine. */
export class Random {
  private state: number;
  constructor(seed: number) { this.state = (seed ^ 0x9e3779b9) >>> 0; }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean { return this.next() < probability; }
  /** Both ends included. */
  integer(low: number, high: number): number { return low + Math.floor(this.next() * (high - low + 1)); }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.integer(0, from.length - 1)];
    if (chosen === undefined) throw new Error('Random.pick: nothing to pick from');
    return chosen;
  }

  /** `count` distinct ones, or all. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    const chosen: T[] = [];
    while (chosen.length < count && left.length > 0) chosen.push(...left.splice(this.integer(0, left.length - 1), 1));
    return chosen;
  }

  maybe<T>(probability: number, value: T): T | null { return this.chance(probability) ? value : null; }
}
