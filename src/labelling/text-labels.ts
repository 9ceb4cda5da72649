import { classMask, subtree, type SensitivityClass } from '../vocabulary/sensitivity';
import type { Ingredient } from './ingredients';
import { PhraseMatcher, type PhraseMatch } from './phrase-matcher';
import { tokensOf, type Tokens } from './tokens';
import type { WordRule, WordRules } from './word-rules';

/** What a text reveals, by which rule. */
export interface TextLabel {
  readonly class: SensitivityClass;
  readonly basis: 'TEXT' | 'INGREDIENT';
  readonly rule: string;
  /** The words are too vague for a finer class: a finer one in the same record replaces this. */
  readonly general: boolean;
  /** Only in records of these types; null for all. */
  readonly types: readonly string[] | null;
}

/** A rule of words or a drug ingredient, made alike for the matcher. */
interface Source { readonly labels: readonly TextLabel[]; readonly classes: readonly SensitivityClass[]; readonly always: boolean }
type Value =
  | { kind: 'source'; source: Source }
  | { kind: 'except'; source: Source; /** The whole text, not only the words it covers. */ everywhere: boolean }
  | { kind: 'before'; reach: number } | { kind: 'not' } | { kind: 'after' } | { kind: 'ends' };
type Match<K extends Value['kind']> = PhraseMatch<Extract<Value, { kind: K }>>;

/** Labels texts by words, phrases and drug ingredients, with near misses and denied mentions taken away. */
export class TextLabeller {
  private readonly matcher = new PhraseMatcher<Value>();

  constructor(rules: WordRules, ingredients: readonly Ingredient[]) {
    for (const rule of rules.rules) this.addRule(rule);
    for (const ingredient of ingredients) if (ingredient.classes.length) this.addIngredient(ingredient);
    for (const { phrases, reach } of rules.negation.before) this.addAll(phrases, { kind: 'before', reach });
    for (const kind of ['not', 'after', 'ends'] as const) this.addAll(rules.negation[kind], { kind });
  }

  labelsOf(text: string): TextLabel[] {
    const tokens = tokensOf(text);
    const all = this.matcher.matches(tokens);
    const of = <K extends Value['kind']>(kind: K): Match<K>[] => all.filter((each): each is Match<K> => each.value.kind === kind);
    const mentions = of('source');
    if (!mentions.length) return [];
    const exceptions = of('except'), cues = { before: of('before'), not: of('not'), after: of('after'), ends: of('ends') };
    const elsewhere = new Set(exceptions.filter((each) => each.value.everywhere).map((each) => each.value.source));
    const kept = new Set<Source>();
    for (const mention of mentions) {
      const { source } = mention.value;
      if (kept.has(source) || elsewhere.has(source)) continue;
      if (near(exceptions, mention).some((each) => each.value.source === source && covers(each, mention))) continue;
      if (near(mentions, mention).some((other) => supersedes(other, mention))) continue;
      if (source.always || !isDenied(mention, tokens, cues)) kept.add(source);
    }
    return [...kept].flatMap((source) => source.labels);
  }

  private addRule(rule: WordRule): void {
    const labels = rule.classes.map((name): TextLabel => ({ class: name, basis: 'TEXT', rule: rule.id, general: rule.general, types: rule.types ?? null }));
    const source = { labels, classes: rule.classes, always: rule.always };
    this.addAll(rule.phrases, { kind: 'source', source });
    this.addAll(rule.except, { kind: 'except', source, everywhere: false });
  }

  private addIngredient({ name, names, classes, unless }: Ingredient): void {
    // A drug for any substance use (naltrexone) says no more than SUD; a finer class beside it replaces that.
    const labels = classes.map((each): TextLabel => ({ class: each, basis: 'INGREDIENT', rule: name, general: each === 'SUD', types: null }));
    // A drug that is named tells what it is for even where it was stopped or refused.
    const source = { labels, classes, always: true };
    this.addAll(names, { kind: 'source', source });
    this.addAll(unless, { kind: 'except', source, everywhere: true });
  }

  private addAll(phrases: readonly string[], value: Value): void {
    for (const phrase of phrases) this.matcher.add(phrase, value);
  }
}

/** Longer than any phrase and any reach: what stands further off cannot touch a mention, so the work grows with the text alone. */
const NEAR = 40;
function near<M extends PhraseMatch<unknown>>(inOrder: readonly M[], mention: PhraseMatch<unknown>): M[] {
  let low = 0;
  for (let high = inOrder.length; low < high;) {
    const middle = (low + high) >> 1;
    if (inOrder[middle]!.start < mention.start - NEAR) low = middle + 1; else high = middle;
  }
  const found: M[] = [];
  for (; low < inOrder.length && inOrder[low]!.start <= mention.end + NEAR; low += 1) found.push(inOrder[low]!);
  return found;
}

const covers = (outer: PhraseMatch<unknown>, inner: PhraseMatch<unknown>): boolean => outer.start <= inner.start && outer.end >= inner.end;

/** "Termination of pregnancy" is not also a mention of pregnancy: the longer words name a child of the same class. */
function supersedes(longer: Match<'source'>, mention: Match<'source'>): boolean {
  if (!covers(longer, mention) || longer.end - longer.start === mention.end - mention.start) return false;
  const below = classMask(mention.value.source.classes.flatMap((name) => subtree(name).filter((child) => child !== name)));
  const named = classMask(longer.value.source.classes);
  return (named & below) === named;
}

interface Cues { before: Match<'before'>[]; not: Match<'not'>[]; after: Match<'after'>[]; ends: Match<'ends'>[] }

/** "Denies alcohol abuse", "no drug use", "depression: denied": said not to be, within one sentence. */
function isDenied(mention: Match<'source'>, tokens: Tokens, cues: Cues): boolean {
  const broken = (from: number, to: number): boolean => tokens.breaks.slice(from, to + 1).includes(true);
  const nots = near(cues.not, mention), ends = near(cues.ends, mention);
  const denied = near(cues.before, mention).some((cue) => {
    const distance = mention.start - cue.end;
    return distance >= 0 && distance < cue.value.reach && !broken(cue.end, mention.start)
      && !nots.some((each) => covers(each, cue))
      && !ends.some((end) => end.start >= cue.end && end.end <= mention.start);
  });
  return denied || near(cues.after, mention).some((cue) => cue.start === mention.end && !broken(mention.end, cue.start));
}
