/** The smallest operation, one part left out at a time, of which something still holds. */
import { Kind, parse, print, validate, visit, type ASTNode, type DocumentNode, type FieldNode } from 'graphql';
import { SCHEMA } from './laboratory';

const isSelection = (node: ASTNode): boolean => node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FRAGMENT_SPREAD;
const CUT: readonly string[] = [Kind.DIRECTIVE, Kind.ARGUMENT, Kind.OBJECT_FIELD];

/** Variables and fragments that nothing uses are no longer declared. */
function tidied(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, { FragmentSpread: (node) => { used.add(`...${node.name.value}`); }, Variable: (node, _key, parent) => { if ((parent as ASTNode | undefined)?.kind !== Kind.VARIABLE_DEFINITION) used.add(node.name.value); } });
  return visit(document, {
    FragmentDefinition: (node) => (used.has(`...${node.name.value}`) ? undefined : null),
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null),
  });
}

/** Every operation that is this one without one part: a selection, a directive, an argument, an alias, or the wrapping of a fragment. */
function* smaller(document: DocumentNode): Generator<DocumentNode> {
  let places = 0;
  visit(document, { enter: () => { places += 1; } });
  for (let place = 0; place < places; place += 1) {
    for (const way of ['without', 'unwrapped'] as const) {
      let at = -1;
      let isChanged = false;
      const made = visit(document, {
        enter: (node): ASTNode | null | undefined => {
          at += 1;
          if (at !== place || isChanged) return undefined;
          if (way === 'without' && (isSelection(node) || CUT.includes(node.kind))) { isChanged = true; return null; }
          if (way === 'unwrapped' && node.kind === Kind.FIELD && node.alias) { isChanged = true; return { ...node, alias: undefined } satisfies FieldNode; }
          return undefined;
        },
      }) as DocumentNode;
      if (isChanged) yield tidied(tidied(made));
    }
  }
}

const MOST_TRIES = 600;
/** `holds`: asked of each smaller operation that is valid. Gives the text. */
export async function shrinkOperation(text: string, holds: (document: DocumentNode) => Promise<boolean>): Promise<string> {
  let small = parse(text, { noLocation: true });
  let tries = 0;
  for (let isSmaller = true; isSmaller && tries < MOST_TRIES;) {
    isSmaller = false;
    for (const candidate of smaller(small)) {
      const again = reparsed(candidate);
      if (!again || validate(SCHEMA, again).length > 0) continue;
      tries += 1;
      if (tries >= MOST_TRIES) break;
      if (await holds(again)) { small = again; isSmaller = true; break; }
    }
  }
  return print(small);
}

/** What is left without selections has no text that can be read. */
function reparsed(candidate: DocumentNode): DocumentNode | null {
  try { return parse(print(candidate), { noLocation: true }); } catch { return null; }
}
