import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { allow, deny, type IRule, type IRules, rule, shield } from 'graphql-shield';
import { GatewayError, invariant } from '../vocabulary/errors';

/** graphql-shield's own types, of which it exports two. */
type ShieldRule = Extract<IRules, { resolve: unknown }>;
type ShieldContext = Parameters<IRule['resolve']>[2];
type ShieldOptions = Parameters<IRule['resolve']>[4];
type FieldRules = Record<string, ShieldRule>;

/** What the tree is generated from: the tags of a field that say how it is decided. */
export interface ShieldedField {
  readonly public: boolean;
  readonly onInterface: boolean;
  /** A field where an operation enters: decided by who may call what. */
  readonly entry: boolean;
  /** Decided by the field that leads to its object. */
  readonly decidedWithParent: boolean;
}

/**
 * The decision on a coordinate for the caller of a context: true permits; false withholds (a cell is null, without an error);
 * an error refuses, at the field's path. Asked for entry fields and for PHI that is decided by itself; it must not depend on
 * a row, which the compiled SQL decides.
 */
export type FieldDecision<Context> = (context: Context, coordinate: string) => boolean | GatewayError;
export interface ShieldTree {
  /** By type and field, as graphql-shield takes them. */
  readonly rules: Record<string, FieldRules>;
  /** The same rules by coordinate, as the hot path looks them up. */
  readonly byCoordinate: ReadonlyMap<string, ShieldRule>;
}

const refused = () => new GatewayError('FORBIDDEN', 'The policy does not allow this for the role and purpose of the caller');
const isAsked = (field: ShieldedField): boolean => field.entry || (!field.public && !field.decidedWithParent);

/**
 * The rule tree: one rule for every field of every object type, generated from the tags and the one decision. What is public
 * below the entry, or is decided with its object, is allowed. Interfaces get none (graphql-shield ignores rules on them, and
 * graphql-js resolves the object type's own field). No rule is cached: a verdict of one row or caller never serves another.
 */
export function shieldTree<Context>(tags: ReadonlyMap<string, ShieldedField>, decide: FieldDecision<Context>): ShieldTree {
  const rules: Record<string, FieldRules> = {};
  const byCoordinate = new Map<string, ShieldRule>();
  for (const [coordinate, field] of tags) {
    if (field.onInterface) continue;
    const [type = '', name = ''] = coordinate.split('.');
    const decideField = (_parent: unknown, _args: unknown, context: Context) => decide(context, coordinate);
    const own = isAsked(field) ? rule(coordinate, { cache: 'no_cache' })(decideField) : allow;
    (rules[type] ??= {})[name] = own;
    byCoordinate.set(coordinate, own);
  }
  return { rules, byCoordinate };
}

/** The rule of a coordinate; a field without one is denied. */
export const ruleFor = (tree: ShieldTree, coordinate: string): ShieldRule => tree.byCoordinate.get(coordinate) ?? deny;

/** The options that a hoisted rule runs with, and the per-field tree too. */
const OPTIONS: ShieldOptions = {
  debug: false, allowExternalErrors: false, fallbackRule: deny, fallbackError: refused(),
  // Only a 'strict' cache hashes; no rule here has one.
  hashFunction: () => { throw new Error('invariant: a rule of the tree is not cached'); },
};
// A hoisted rule reads the context alone: the row, the arguments and the position are the same for all.
const NO_PARENT = Object.freeze({});
const NO_INFO = Object.freeze({}) as unknown as GraphQLResolveInfo;

/**
 * Each coordinate with its verdict, in the order given: true; false where it is withheld; the error of one that refuses. Each
 * rule runs once, for the whole operation.
 */
export async function verdicts<Context extends object>(
  tree: ShieldTree, coordinates: Iterable<string>, context: Context,
): Promise<ReadonlyMap<string, boolean | GatewayError>> {
  const shieldContext = context as Context & ShieldContext;
  const each = [...new Set(coordinates)];
  const results = await Promise.all(each.map((coordinate) => ruleFor(tree, coordinate).resolve(NO_PARENT, NO_PARENT, shieldContext, NO_INFO, OPTIONS)));
  return new Map(each.map((coordinate, index) => {
    const result = results[index];
    return [coordinate, result === true || (result instanceof GatewayError ? result : false)];
  }));
}

/** The denied ones among the coordinates that an operation uses: each field's rule runs once, whatever the number of rows. */
export async function hoist<Context extends object>(tree: ShieldTree, coordinates: Iterable<string>, context: Context): Promise<ReadonlySet<string>> {
  const denied = new Set<string>();
  for (const [coordinate, result] of await verdicts(tree, coordinates, context)) if (result !== true) denied.add(coordinate);
  return denied;
}

/** What a caller meets when a resolver threw: their own mistake as it is, ours without its words (the cause stays for the log). */
function toldError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  const masked = new GatewayError('INTERNAL', 'The gateway failed');
  masked.cause = thrown;
  return masked;
}

/**
 * The schema with the tree on every field: the reference path, where a withheld cell resolves to null without an error and a
 * refused entry, or a field that no tag covers, to FORBIDDEN. The context must be extensible (graphql-shield writes to it).
 */
export function shieldedSchema<Context>(schema: GraphQLSchema, tags: ReadonlyMap<string, ShieldedField>, decide: FieldDecision<Context>): GraphQLSchema {
  invariant(tags.size > 0, 'a schema is shielded by its tags');
  const fallbackError = (thrown: unknown, _parent: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): Error => {
    if (thrown !== null) return toldError(thrown);
    const field = tags.get(`${info.parentType.name}.${info.fieldName}`);
    // graphql-shield answers with whatever this returns; its type knows errors alone, and a withheld cell is null.
    return field && !field.entry && !field.public ? (null as unknown as Error) : refused();
  };
  return applyMiddleware(schema, shield(shieldTree(tags, decide).rules, { ...OPTIONS, fallbackError }));
}
