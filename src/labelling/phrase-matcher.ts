import type { Tokens } from './tokens';

/** One word of a phrase: the word itself, its beginning (`alcohol*`), or a gap of up to four words of the same sentence (`...`). */
type Part = { kind: 'word' | 'prefix'; text: string; cased: boolean } | { kind: 'gap' };
interface Phrase<T> { readonly parts: readonly Part[]; readonly value: T }
export interface PhraseMatch<T> { readonly value: T; /** First word. */ readonly start: number; /** After the last word. */ readonly end: number }

const GAP = 4;
const PREFIX_KEY = 3;

/** `(a|b c) d` means `a d` and `b c d`. */
function alternatives(pattern: string): string[] {
  const group = /\(([^()]*)\)/.exec(pattern);
  if (!group) return [pattern];
  const before = pattern.slice(0, group.index), after = pattern.slice(group.index + group[0].length);
  return group[1]!.split('|').flatMap((each) => alternatives(before + each + after));
}

function partOf(word: string): Part {
  if (word === '...') return { kind: 'gap' };
  const prefix = word.endsWith('*'), text = prefix ? word.slice(0, -1) : word;
  if (!/^[\p{L}\p{N}]+$/u.test(text)) throw new Error(`code-sets: a phrase has the word "${word}", which is not letters and digits`);
  if (prefix && text.length < PREFIX_KEY) throw new Error(`code-sets: the word beginning "${word}" is too short`);
  return { kind: prefix ? 'prefix' : 'word', text, cased: text !== text.toLowerCase() };
}

/**
 * Finds many phrases in one pass over the words of a text: the first word of each phrase is looked up by hash, so the time
 * grows with the text and hardly with the number of phrases.
 */
export class PhraseMatcher<T> {
  private readonly byWord = new Map<string, Phrase<T>[]>();
  private readonly byPrefix = new Map<string, Phrase<T>[]>();

  add(pattern: string, value: T): void {
    for (const each of alternatives(pattern)) {
      const parts = each.trim().split(/\s+/).map(partOf), first = parts[0]!;
      if (first.kind === 'gap') throw new Error(`code-sets: the phrase "${pattern}" begins with a gap`);
      const [index, key] = first.kind === 'word' ? [this.byWord, first.text.toLowerCase()] : [this.byPrefix, first.text.slice(0, PREFIX_KEY).toLowerCase()];
      const list = index.get(key);
      if (list) list.push({ parts, value }); else index.set(key, [{ parts, value }]);
    }
  }

  matches(tokens: Tokens): PhraseMatch<T>[] {
    const found: PhraseMatch<T>[] = [];
    const { words } = tokens;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at]!;
      this.tryAll(this.byWord.get(word), tokens, at, found);
      if (word.length >= PREFIX_KEY) this.tryAll(this.byPrefix.get(word.slice(0, PREFIX_KEY)), tokens, at, found);
    }
    return found;
  }

  private tryAll(phrases: readonly Phrase<T>[] | undefined, tokens: Tokens, at: number, found: PhraseMatch<T>[]): void {
    if (!phrases) return;
    for (const { parts, value } of phrases) {
      const end = endOf(parts, 0, tokens, at);
      if (end > 0) found.push({ value, start: at, end });
    }
  }
}

const fits = (part: Exclude<Part, { kind: 'gap' }>, tokens: Tokens, at: number): boolean => {
  const word = part.cased ? tokens.raw[at]! : tokens.words[at]!;
  return part.kind === 'word' ? word === part.text : word.startsWith(part.text);
};

/** The place after the last word, or -1. A phrase may cross a line's end (a wrapped line), a gap may not. */
function endOf(parts: readonly Part[], from: number, tokens: Tokens, at: number): number {
  for (let index = from; index < parts.length; index += 1) {
    const part = parts[index]!;
    if (part.kind === 'gap') {
      for (let skip = 0; skip <= GAP && at + skip < tokens.words.length && !tokens.breaks[at + skip]; skip += 1) {
        const end = endOf(parts, index + 1, tokens, at + skip);
        if (end > 0) return end;
      }
      return -1;
    }
    if (at >= tokens.words.length || !fits(part, tokens, at)) return -1;
    at += 1;
  }
  return at;
}
