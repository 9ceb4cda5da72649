import { filterSchema, pruneSchema } from '@graphql-tools/utils';
import { execute, Kind, OperationTypeNode, print, type DefinitionNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Clause } from '../permissions/core/clause';
import { purposePermitted } from '../permissions/core/decide';
import type { ShieldedField } from '../permissions/shield';
import type { Caller } from '../identity/caller';
import { createAccess, type CallerFacts } from '../query/plan/access';
import type { PlannedField } from '../query/plan/selection';
import { decideCoordinate } from './root-verdicts';

/**
 * The schema as a role may ever see it for a purpose of its token (interface: "HTTP"): fields that no such purpose opens are not
 * there, nor types that nothing leads to. An auditor's holds everything.
 */
export class RoleSchemas {
  private readonly made = new Map<string, GraphQLSchema>();
  constructor(private readonly schema: GraphQLSchema, private readonly tags: ReadonlyMap<string, ShieldedField>) {}

  /** `notice`: the version in effect, whose clauses decide. */
  for(caller: Caller, facts: CallerFacts, notice: { readonly version: string; readonly clauses: readonly Clause[] }): GraphQLSchema {
    if (caller.role === 'AUDITOR') return this.schema;
    // Under a grant there is its one purpose and nothing else that the role may do.
    const purposes = facts.grant ? [caller.purpose] : caller.purposes.filter((each) => purposePermitted(notice.clauses, caller.role, each));
    const accesses = purposes.map((purpose) => createAccess(notice.clauses, { ...caller, purpose }, facts));
    const key = JSON.stringify([notice.version, ...accesses.map((each) => each.key)]);
    const known = this.made.get(key);
    if (known) return known;
    const open = (type: string, field: string): boolean => {
      const coordinate = `${type}.${field}`;
      const tag = this.tags.get(coordinate);
      if (!tag || (tag.public && !tag.entry) || tag.decidedWithParent) return true;
      return accesses.some((access) => decideCoordinate({ access }, coordinate) === true);
    };
    const filtered = pruneSchema(filterSchema({
      schema: this.schema,
      rootFieldFilter: (operation, field) => open(operation, field),
      objectFieldFilter: (type, field) => open(type, field),
    }));
    if (this.made.size > 500) this.made.clear();
    this.made.set(key, filtered);
    return filtered;
  }
}

const INTROSPECTION_INPUTS: readonly string[] = ['String', 'Boolean'];

/** Answers the introspection fields of an operation from a role's schema, by graphql-js. */
export async function introspect(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, roots: readonly PlannedField[], variables: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const definitions = document.definitions.flatMap((each): DefinitionNode[] => {
    if (each.kind === Kind.FRAGMENT_DEFINITION) return [each];
    if (each.kind !== Kind.OPERATION_DEFINITION || (operationName !== null && each.name?.value !== operationName)) return [];
    // The other fields' variables may be of types that this role's schema does not hold; introspection takes strings and booleans alone.
    const variableDefinitions = each.variableDefinitions?.filter(({ type }) => INTROSPECTION_INPUTS.includes(print(type).replace('!', '')));
    return [{ ...each, variableDefinitions, operation: OperationTypeNode.QUERY, selectionSet: { kind: Kind.SELECTION_SET as const, selections: roots.map((root) => root.node) } }];
  });
  const result = await execute({ schema, document: { kind: Kind.DOCUMENT, definitions }, variableValues: variables });
  if (result.errors?.[0]) throw result.errors[0];
  return result.data as Record<string, unknown>;
}
