import type { Context, init } from 'z3-solver';

export interface Query { readonly declarations: readonly string[]; readonly formula: string }
export interface Solver { refute(queries: readonly Query[]): Promise<{ readonly query: Query; readonly model: Readonly<Record<string, string>> } | null>; close(): void }

/** How long one question may take before it counts as not answered, which is a failure of the proof. */
const MILLISECONDS = 120_000;
type Z3 = Awaited<ReturnType<typeof init>>;

const programOf = (queries: readonly Query[]): string => {
  const declarations = new Set(queries.flatMap((each) => each.declarations));
  return `${[...declarations].join('\n')}\n(assert (or false ${queries.map((each) => each.formula).join('\n')}))`;
};

async function ask(z3: Context<'policy'>, queries: readonly Query[]): Promise<Readonly<Record<string, string>> | null> {
  const solver = new z3.Solver();
  solver.set('timeout', MILLISECONDS);
  solver.fromString(programOf(queries));
  const answer = await solver.check();
  if (answer === 'unsat') return null;
  if (answer === 'unknown') throw new Error('z3 gave no answer in time: nothing is proven');
  const model = solver.model();
  return Object.fromEntries(model.decls().map((each) => [String(each.name()), model.get(each).toString()]));
}

/** z3, ready: `refute` finds a world in which one of the formulas holds, or null where there is none. `close` ends its threads. */
export async function openSolver(): Promise<Solver> {
  const { init: start } = require('z3-solver') as { init: () => Promise<Z3> };
  const { Context: make, em } = await start();
  const z3 = make('policy');
  return {
    async refute(queries) {
      if (queries.length === 0 || (await ask(z3, queries)) === null) return null;
      for (const query of queries) { const model = await ask(z3, [query]); if (model) return { query, model }; }
      throw new Error('invariant: one of the formulas holds');
    },
    close: () => { (em as { PThread?: { terminateAllThreads(): void } }).PThread?.terminateAllThreads(); },
  };
}
