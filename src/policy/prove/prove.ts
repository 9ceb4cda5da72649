import type { Clause } from '../../permissions/core/clause';
import { BROKEN } from './broken';
import { Smt } from './smt';
import { openSolver, type Query, type Solver } from './solver';
import { casesOf, policyOf, type ProvenPolicy, type Space } from './space';
import type { Statement } from './statement';
import { STATEMENTS } from './statements';

/** What a proof found: how many cases, how many different formulas they were, and a world that breaks the statement where one does. */
export interface Proof {
  readonly id: string; readonly says: string; readonly cases: number; readonly formulas: number; readonly holds: boolean;
  readonly counterexample: { readonly case: string; readonly world: Readonly<Record<string, string>> } | null;
}
/** … and whether it finds a policy that is broken on purpose. */
export interface Caught { readonly statement: string; readonly broken: string; readonly caught: boolean; readonly counterexample: string | null }
export interface Proofs { readonly proofs: readonly Proof[]; readonly caught: readonly Caught[] }

interface Collected { cases: number; readonly queries: Map<string, Query & { readonly told: string }> }

/** Goes through every case, decides each kind of case once, and keeps each formula once; gives way to other work between callers. */
async function collect(policy: ProvenPolicy, space: Space, statements: readonly Statement[]): Promise<Map<string, Collected>> {
  const found = new Map<string, Collected>(statements.map((each) => [each.id, { cases: 0, queries: new Map() }]));
  const met = new Map<string, readonly boolean[]>();
  let seen = 0;
  for (const one of casesOf(policy, space)) {
    if (++seen % 500 === 0) await new Promise(setImmediate);
    const known = met.get(one.alike);
    const isOne = known ?? statements.map((statement) => {
      const smt = new Smt(one.access.bound);
      const formula = statement.against(one, smt);
      if (formula !== null) found.get(statement.id)?.queries.set(formula, { declarations: smt.declarations(), formula, told: one.told });
      return formula !== null;
    });
    if (!known) met.set(one.alike, isOne);
    statements.forEach((statement, place) => { if (isOne[place]) (found.get(statement.id) as Collected).cases += 1; });
  }
  return found;
}

async function proofsOf(policy: ProvenPolicy, space: Space, statements: readonly Statement[], solver: Solver): Promise<Proof[]> {
  const collected = await collect(policy, space, statements);
  const proofs: Proof[] = [];
  for (const { id, says } of statements) {
    const { cases, queries } = collected.get(id) as Collected;
    const refuted = await solver.refute([...queries.values()]);
    const told = refuted ? queries.get(refuted.query.formula)?.told ?? '' : '';
    proofs.push({ id, says, cases, formulas: queries.size, holds: refuted === null && cases > 0, counterexample: refuted ? { case: told, world: refuted.model } : null });
  }
  return proofs;
}

/** Proves every statement of the policy, and that each finds the policy that is broken in its way. */
export async function prove(clauses: readonly Clause[], space: Space, onDone: (id: string) => void = () => undefined): Promise<Proofs> {
  const solver = await openSolver();
  try {
    const proofs = await proofsOf(policyOf(clauses), space, STATEMENTS, solver);
    proofs.forEach((each) => onDone(each.id));
    const caught: Caught[] = [];
    for (const each of BROKEN) {
      const [proof] = await proofsOf(each.make(clauses), { ...space, ...FOR_BROKEN, ...(each.under ? UNDER_GRANTS(each.under) : {}) }, STATEMENTS.filter(({ id }) => id === each.statement), solver);
      caught.push({ statement: each.statement, broken: each.broken, caught: proof?.counterexample !== null && proof?.counterexample !== undefined, counterexample: proof?.counterexample?.case ?? null });
    }
    return { proofs, caught };
  } finally {
    solver.close();
  }
}
/** Broken policies are looked for among a few callers: each breaks for one of them. */
const UNDER_GRANTS = (grants: readonly string[]): Partial<Space> => ({ grants, roles: [], purposes: ['HPAYMT', 'HDECD'], kinds: [null, 'HEALTH_PLAN', 'HIE'] });
const FOR_BROKEN: Partial<Space> = { grants: [], purposes: ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT'], kinds: [null], roles: ['NURSE', 'WORKFORCE', 'BUSINESS_ASSOCIATE', 'HEALTH_PLAN', 'HIE_PARTICIPANT'] };
