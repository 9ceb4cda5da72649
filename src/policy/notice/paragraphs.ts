import { createHash } from 'node:crypto';

/** A part of the Notice's text: under which heading (null above the first), its place there from 1, the heading that it runs on from, and the SHA-256 of its words. */
export interface Paragraph { readonly heading: string | null; readonly place: number; readonly startsWith: (name: string) => boolean; readonly sha256: string }

/** White space, bullets and the kind of quote do not make another heading. */
const plain = (text: string): string => text.normalize('NFC').replace(/^\s*•/, '').replace(/’/g, "'").replace(/\s+/g, ' ').trim();

/** The SHA-256 by which a paragraph is known again, in hex: of its words, so that a new line break changes nothing and a new word does. */
export const hashOf = (text: string): string => createHash('sha256').update(plain(text)).digest('hex');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The paragraphs and bullets of the Notice, in order. A block that is a heading begins a section; where a bullet runs on into the next
 * one (the Notice has one that does), it is cut before the name that it runs on with.
 */
export function paragraphsOf(text: string, headings: readonly string[], names: readonly string[]): Paragraph[] {
  const joined = new RegExp(`(?<=\\. )(?=(?:${names.map(escaped).join('|')})\\. )`);
  const blocks = text.split(/\r?\n[ \t]*\r?\n|\r?\n(?=[ \t]*•)/).map(plain).filter((each) => each !== '');
  const found: Paragraph[] = [];
  let heading: string | null = null;
  let place = 0;
  for (const block of blocks) {
    if (headings.includes(block)) { heading = block; place = 0; continue; }
    for (const part of names.length > 0 ? block.split(joined) : [block]) {
      place += 1;
      found.push({ heading, place, startsWith: (name) => part.startsWith(`${name}.`), sha256: hashOf(part) });
    }
  }
  return found;
}

/** The headings that the text has, of those asked for. */
export const headingsIn = (text: string, headings: readonly string[]): string[] => {
  const blocks = text.split(/\r?\n[ \t]*\r?\n/).map(plain);
  return headings.filter((each) => blocks.includes(each));
};
