/** The words of a text, as the word rules see them: letters and digits, lower case, without accents; with what parts sentences. */
export interface Tokens {
  readonly words: readonly string[];
  /** The same words as written, for rules that are matched with their case. */
  readonly raw: readonly string[];
  /** True where a sentence or a line ends before the word. */
  readonly breaks: readonly boolean[];
}

const ZERO_WIDTH = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;
const MARKS = /\p{M}+/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
// A point or comma inside a number is no end of a sentence; after "Dr" neither, but a word rule loses nothing by that.
const SENTENCE_END = /[.;!?\n\r|•]/;
const ASCII = /^[\x00-\x7F]*$/;

export function tokensOf(text: string): Tokens {
  const plain = ASCII.test(text) ? text : text.normalize('NFKD').replace(MARKS, '').replace(ZERO_WIDTH, '');
  const raw: string[] = [], breaks: boolean[] = [];
  let last = 0;
  for (const match of plain.matchAll(WORDS)) {
    const between = plain.slice(last, match.index);
    breaks.push(between.length > 0 && between !== ' ' && SENTENCE_END.test(between) && !(between === '.' && /\d/.test(match[0][0]!)));
    raw.push(match[0]);
    last = match.index + match[0].length;
  }
  return { raw, breaks, words: raw.map((word) => word.toLowerCase()) };
}
