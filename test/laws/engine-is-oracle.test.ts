/** Law 6, "asked twice, answered alike": the engine's in-memory decision is the independent oracle's, for every cell. */
import { PURPOSES } from '../oracle/purposes';
import { ROLES } from '../oracle/minimum-necessary';
import { GRANT_CLAUSES } from '../oracle/grant-clauses';
import { randomWorld, randomCaller, randomGrantCaller } from '../oracle/random-world';
import { caller, worldOf } from '../oracle/story';
import { Comparison } from './comparison';
import { readersOf, worldsOfGrants } from './every-grant';
import { chosenCoordinates, everyCaller, everyWorld } from './every-case';

const CELLS = 1_000_000;
const CALLERS_OF_A_WORLD = 24;

function timed(name: string, comparison: Comparison, work: () => void): void {
  const started = process.hrtime.bigint();
  work();
  process.stdout.write(`${name}: ${comparison.summary()}, ${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)} s\n`);
}

test('random worlds: a million cells, each decided alike', () => {
  const comparison = new Comparison();
  timed('random', comparison, () => {
    for (let seed = 0; comparison.cells < CELLS; seed += 1) {
      const world = randomWorld(seed);
      comparison.compareWorld(world, Array.from({ length: CALLERS_OF_A_WORLD }, (_, index) => randomCaller(world, seed * CALLERS_OF_A_WORLD + index)), `world ${seed}`);
    }
  });
  expect(comparison.differences()).toEqual([]);
  expect(comparison.seen).toBeGreaterThan(CELLS / 50);
}, 180_000);

const GRANT_CELLS = 250_000;
const LEAST_UNDER_A_CLAUSE = 300;
test('random grants under every clause: each cell decided alike, and each clause opens cells', () => {
  const comparison = new Comparison();
  timed('grants', comparison, () => {
    for (let seed = 5_000; comparison.cells < GRANT_CELLS; seed += 1) {
      const world = randomWorld(seed);
      comparison.compareWorld(world, Array.from({ length: CALLERS_OF_A_WORLD }, (_, index) => randomGrantCaller(world, seed * CALLERS_OF_A_WORLD + index)), `world ${seed}`);
    }
  });
  process.stdout.write(`seen under grants: ${[...comparison.seenUnder].map(([clause, count]) => `${clause} ${count}`).sort().join(', ')}\n`);
  expect(comparison.differences()).toEqual([]);
  for (const clause of GRANT_CLAUSES) expect({ clause, isExercised: (comparison.seenUnder.get(clause) ?? 0) > LEAST_UNDER_A_CLAUSE }).toEqual({ clause, isExercised: true });
}, 180_000);

test('every clause, circumstance, form, class and reader of a grant', () => {
  const comparison = new Comparison(chosenCoordinates);
  timed('every grant', comparison, () => { for (const clause of GRANT_CLAUSES) for (const world of worldsOfGrants(clause)) comparison.compareWorld(world, world.grants.flatMap(readersOf), clause); });
  expect(comparison.differences()).toEqual([]);
  for (const clause of GRANT_CLAUSES) expect({ clause, isExercised: (comparison.seenUnder.get(clause) ?? 0) > LEAST_UNDER_A_CLAUSE }).toEqual({ clause, isExercised: true });
}, 180_000);

test('every role, purpose, category, class, consent and relationship', () => {
  const comparison = new Comparison(chosenCoordinates);
  timed('every case', comparison, () => { for (const { name, world } of everyWorld()) comparison.compareWorld(world, everyCaller(world), name); });
  expect(comparison.differences()).toEqual([]);
  expect(comparison.seen).toBeGreaterThan(10_000);
}, 300_000);

test('every role and every purpose, known and unknown, before one plain member', () => {
  const comparison = new Comparison();
  const callers = ROLES.flatMap((role) => PURPOSES.map((purpose) => caller(role, purpose)));
  comparison.compareWorld(worldOf(), callers, 'plain');
  expect(comparison.callers).toBe(ROLES.length * PURPOSES.length);
  expect(comparison.differences()).toEqual([]);
});
