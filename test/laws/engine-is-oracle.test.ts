/** Law 6, "asked twice, answered alike": the engine's in-memory decision is the independent oracle's, for every cell. */
import { randomWorld, randomCaller } from '../oracle/random-world';
import { Comparison } from './comparison';

const CELLS = 1_000_000;
const CALLERS_OF_A_WORLD = 24;

test('random worlds: a million cells, each decided alike', () => {
  const comparison = new Comparison();
  const started = process.hrtime.bigint();
  for (let seed = 0; comparison.cells < CELLS; seed += 1) {
    const world = randomWorld(seed);
    comparison.compareWorld(world, Array.from({ length: CALLERS_OF_A_WORLD }, (_, index) => randomCaller(world, seed * CALLERS_OF_A_WORLD + index)), `world ${seed}`);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(`${comparison.summary()}, ${seconds.toFixed(1)} s\n`);
  expect(comparison.differences()).toEqual([]);
  expect(comparison.seen).toBeGreaterThan(CELLS / 50);
});
