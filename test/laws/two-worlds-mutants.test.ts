/** The two-worlds experiment is only as good as what it catches: engines broken on purpose, each of which it must tell from the engine. */
import { AIMS } from './support/aims';
import { ENGINE, type Engine } from './support/engine';
import { Laboratory, type Station } from './support/laboratory';
import { MUTANTS, type AimName, type Mutant } from './support/mutants';
import { richRows } from './support/rich-rows';
import { richWorld } from './support/rich-world';
import { experiment, run, type Experiment, type Findings } from './support/two-worlds';

/** Packages and what a mutant leaves alone: loaded once, the same for every engine (one realm of graphql). */
const SHARED = ['graphql', 'typeorm', 'graphql-shield', 'graphql-middleware', '@graphql-tools/utils', 'zod', 'lru-cache', 'reflect-metadata'];

/** The engine with one module wrapped. */
function broken({ module, wrap }: Mutant): Engine {
  let made: Engine | null = null;
  const shared = SHARED.map((name) => [name, jest.requireActual<object>(name)] as const);
  jest.isolateModules(() => {
    for (const [name, loaded] of shared) jest.doMock(name, () => loaded);
    const path = `../../src/${module}`;
    jest.doMock(path, () => { const actual = jest.requireActual<object>(path); return { ...actual, ...wrap(actual as never) }; });
    made = (require('./support/engine') as { ENGINE: Engine }).ENGINE;
    jest.dontMock(path);
  });
  for (const name of SHARED) jest.dontMock(name);
  if (!made) throw new Error('the engine was not loaded');
  return made;
}

interface Trial { readonly name: string; readonly stations: readonly [Station, Station]; readonly findings: Findings; caught: string | null }
const MOST_EXPERIMENTS = 120;
const CALLERS_OF_A_WORLD = 6;

async function attempt(trial: Trial, made: Experiment, census: boolean): Promise<void> {
  try {
    await run(made, ...trial.stations, trial.findings, census);
    trial.caught = trial.findings.differences[0] ?? null;
  } catch (error) {
    // A broken engine may fail outright: then it answers nothing, and the experiment fails with it.
    trial.caught = `fails: ${String(error).slice(0, 300)}`;
  }
}

let here: Laboratory;
let there: Laboratory;
beforeAll(async () => { [here, there] = await Promise.all([Laboratory.open('sqlite::memory:'), Laboratory.open('sqlite::memory:')]); });
afterAll(async () => { await Promise.all([here.close(), there.close()]); });
const trialOf = (name: string, engine: Engine): Trial => ({ name, stations: [here.station(engine), there.station(engine)], findings: { pairs: 0, answered: 0, rows: 0, differences: [] }, caught: null });

test.each(Object.keys(AIMS) as AimName[])('mutants are caught by experiments about %s, and the engine is not', async (name) => {
  const aim = AIMS[name];
  const trials = MUTANTS.filter((each) => each.aim === name).map((each) => trialOf(each.name, broken(each)));
  const control = trialOf('the engine as it is', ENGINE);
  let experiments = 0;
  for (let seed = 0; experiments < MOST_EXPERIMENTS && trials.some((each) => !each.caught); seed += 1) {
    const world = richWorld(5_000 + seed, aim.parts);
    const rows = richRows(world);
    await here.load(rows);
    for (let place = 0; place < CALLERS_OF_A_WORLD && trials.some((each) => !each.caught); place += 1) {
      const made = experiment(world, rows, 60_000 + seed * CALLERS_OF_A_WORLD + place, 4, aim);
      experiments += 1;
      await there.load(made.there);
      await attempt(control, made, aim.census);
      expect(control.caught).toBeNull();
      for (const trial of trials) if (!trial.caught) await attempt(trial, made, aim.census);
    }
  }
  for (const { name: mutant, findings, caught } of trials) process.stdout.write(`${caught ? `caught after ${findings.pairs} pairs` : 'NOT CAUGHT'}: ${mutant}${process.env.MUTANTS_SAY ? `: ${caught?.slice(0, 600) ?? ''}` : ''}\n`);
  expect(trials.filter((each) => !each.caught).map((each) => each.name)).toEqual([]);
}, 600_000);

test('at least fifteen mutants, each with a name of its own', () => {
  expect(new Set(MUTANTS.map((each) => each.name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(15);
});
