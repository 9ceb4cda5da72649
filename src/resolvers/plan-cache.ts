import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { planOperation, type OperationPlan } from '../query/plan/operation-plan';
import type { CompiledStatements } from '../query/run/reading';
import type { Withheld } from '../query/plan/verdicts';

/** What is made once for a document, the shape of its variables and an access profile, and used for every request like it. */
export interface PreparedOperation {
  readonly plan: OperationPlan;
  readonly statements: CompiledStatements;
  /** Filled in by the first request: the verdicts are the profile's, not the caller's. */
  verdicts?: PreparedVerdicts;
}
export interface PreparedVerdicts { readonly denied: ReadonlySet<number>; readonly withheld: readonly Withheld[]; readonly refused: ReadonlyMap<number, Error>; readonly coordinates: readonly string[] }

/** The shape of variables: which are there, how long lists are, and every value that changes a statement's text (numbers, booleans, enums). */
function shapeOf(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => shapeOf(each));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, each]) => [name, shapeOf(each, name)]));
  if (typeof value === 'string') return key === 'field' || key === 'direction' ? `=${value}` : 's';
  return value ?? null;
}

/** Plans by document (as Apollo's document cache holds it), operation, variables' shape and access profile. */
export class PlanCache {
  private readonly byDocument = new WeakMap<DocumentNode, LRUCache<string, PreparedOperation>>();

  get(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, variables: Readonly<Record<string, unknown>>, profile: string): PreparedOperation {
    const plans = this.byDocument.get(document) ?? new LRUCache<string, PreparedOperation>({ max: 200 });
    this.byDocument.set(document, plans);
    const key = JSON.stringify([operationName, shapeOf(variables), profile]);
    const known = plans.get(key);
    if (known) return known;
    const made: PreparedOperation = { plan: planOperation(schema, document, operationName, variables), statements: new Map() };
    plans.set(key, made);
    return made;
  }
}
