import {
  GraphQLError, Kind, Lexer, parse, Source, TokenKind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { tooComplex, type Limits } from './too-complex';

/** Brackets of any kind inside one another, beyond which no lawful document goes and a recursive parser is at risk. */
const MOST_BRACKETS = 200;

/** Characters of admitted documents that are remembered. */
const REMEMBERED_CHARACTERS = 4_000_000;

/** `checkDocument` that remembers what it has let through, as the document cache behind it does. */
export function createDocumentCheck(limits: Limits): (text: string) => void {
  const admitted = new LRUCache<string, true>({ maxSize: REMEMBERED_CHARACTERS, sizeCalculation: (_value, text) => text.length + 1 });
  return (text) => {
    if (admitted.get(text)) return;
    checkDocument(text, limits);
    admitted.set(text, true);
  };
}

/**
 * Bounds a document by its text alone, before it is validated: each check costs no more than the text is long.
 * A text that does not parse passes, for the parser to report.
 * @throws OPERATION_TOO_COMPLEX naming the limit
 */
export function checkDocument(text: string, limits: Limits): void {
  if (text.length > limits.characters) throw tooComplex('The document has too many characters', 'characters', limits);
  if (!checkTokens(text, limits)) return;
  const document = parseOrNull(text);
  if (document) checkStructure(document, limits);
}

/**
 * Counts in one pass over the tokens, so that the worst text costs no parsing. Outside parentheses a colon stands behind an
 * alias alone. False where the text does not lex.
 */
function checkTokens(text: string, limits: Limits): boolean {
  const lexer = new Lexer(new Source(text));
  const count = { tokens: 0, aliases: 0, directives: 0, open: 0, parentheses: 0 };
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      count.tokens += 1;
      tally(kind, count);
      if (count.tokens > limits.tokens) throw tooComplex('The document has too many tokens', 'tokens', limits);
      if (count.aliases > limits.aliases) throw tooComplex('The document has too many aliases', 'aliases', limits);
      if (count.directives > limits.directives) throw tooComplex('The document has too many directives', 'directives', limits);
      if (count.open > MOST_BRACKETS) throw tooComplex('The document nests too deep', 'depth', limits);
    }
    return true;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}

function tally(kind: TokenKind, count: { aliases: number; directives: number; open: number; parentheses: number }): void {
  switch (kind) {
    case TokenKind.PAREN_L: count.parentheses += 1; count.open += 1; break;
    case TokenKind.PAREN_R: count.parentheses -= 1; count.open -= 1; break;
    case TokenKind.BRACE_L: case TokenKind.BRACKET_L: count.open += 1; break;
    case TokenKind.BRACE_R: case TokenKind.BRACKET_R: count.open -= 1; break;
    case TokenKind.COLON: if (count.parentheses === 0) count.aliases += 1; break;
    case TokenKind.AT: count.directives += 1; break;
    default:
  }
}

function parseOrNull(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function checkStructure(document: DocumentNode, limits: Limits): void {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operations.length > limits.operations) throw tooComplex('The document has too many operations', 'operations', limits);
  const measure = measurer(document);
  for (const { selectionSet } of operations) {
    const { fields, depth, introspection } = measure(selectionSet);
    if (fields > limits.rootFields) throw tooComplex('An operation has too many root fields', 'rootFields', limits);
    if (depth > limits.depth) throw tooComplex('An operation is too deep', 'depth', limits);
    if (introspection > limits.introspectionDepth) throw tooComplex('An introspection is too deep', 'introspectionDepth', limits);
  }
}

/** fields: at its top level; depth: of fields, a leaf being 1; introspection: depth from __schema or __type, which has a limit of its own. */
interface Measure { fields: number; depth: number; introspection: number }
const NOTHING: Measure = { fields: 0, depth: 0, introspection: 0 };

/** Measures through fragments, each of them once. A fragment inside itself counts nothing here: validation refuses it. */
function measurer(document: DocumentNode): (selectionSet: SelectionSetNode) => Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const known = new Map<string, Measure>();
  const ofFragment = (name: string): Measure => {
    const before = known.get(name);
    if (before) return before;
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measured = fragment ? ofSet(fragment.selectionSet) : NOTHING;
    known.set(name, measured);
    return measured;
  };
  const ofSet = (set: SelectionSetNode): Measure => {
    const total = { ...NOTHING };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? ofSet(selection.selectionSet) : NOTHING;
        const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type';
        total.fields += 1;
        if (isIntrospection) total.introspection = Math.max(total.introspection, 1 + below.depth);
        else total.depth = Math.max(total.depth, 1 + below.depth);
        total.introspection = Math.max(total.introspection, below.introspection);
      } else {
        const inside = selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value) : ofSet(selection.selectionSet);
        total.fields += inside.fields;
        total.depth = Math.max(total.depth, inside.depth);
        total.introspection = Math.max(total.introspection, inside.introspection);
      }
    }
    return total;
  };
  return ofSet;
}
