import { getNamedType, getOperationAST, isEnumType, isInputObjectType, typeFromAST, type DocumentNode, type GraphQLInputType, type GraphQLSchema, type NamedTypeNode } from 'graphql';
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
/** `denied`: fields of members and records, which their readers leave out; `deniedWithin`: fields of the objects inside of these. */
export interface PreparedVerdicts { readonly denied: ReadonlySet<number>; readonly deniedWithin: ReadonlySet<number>; readonly withheld: readonly Withheld[]; readonly refused: ReadonlyMap<number, Error>; readonly coordinates: readonly string[] }

/**
 * The shape of a variable: which parts are there, how long lists are, and every value that changes a statement's text: numbers, booleans
 * and whatever the schema has as an enum, under any variable's name.
 */
function shapeOf(value: unknown, type: GraphQLInputType | undefined): unknown {
  const named = type && getNamedType(type);
  if (Array.isArray(value)) return value.map((each) => shapeOf(each, named));
  if (value !== null && typeof value === 'object') {
    const fields = isInputObjectType(named) ? named.getFields() : {};
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, each]) => [name, shapeOf(each, fields[name]?.type)]));
  }
  if (typeof value === 'string') return isEnumType(named) ? `=${value}` : 's';
  return value ?? null;
}

function shapesOf(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, variables: Readonly<Record<string, unknown>>): unknown {
  const types = new Map((getOperationAST(document, operationName)?.variableDefinitions ?? []).map((each) => [each.variable.name.value, typeFromAST(schema, each.type as NamedTypeNode) as GraphQLInputType | undefined]));
  return Object.entries(variables).sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, value]) => [name, shapeOf(value, types.get(name))]);
}

/** Plans by document (as Apollo's document cache holds it), operation, variables' shape and access profile. */
export class PlanCache {
  private readonly byDocument = new WeakMap<DocumentNode, LRUCache<string, PreparedOperation>>();

  get(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, variables: Readonly<Record<string, unknown>>, profile: string): PreparedOperation {
    const plans = this.byDocument.get(document) ?? new LRUCache<string, PreparedOperation>({ max: 200 });
    this.byDocument.set(document, plans);
    const key = JSON.stringify([operationName, shapesOf(schema, document, operationName, variables), profile]);
    const known = plans.get(key);
    if (known) return known;
    const made: PreparedOperation = { plan: planOperation(schema, document, operationName, variables), statements: new Map() };
    plans.set(key, made);
    return made;
  }
}
