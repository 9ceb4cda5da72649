import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverMask } from '../vocabulary/sensitivity';
import { PACKAGE_ROOT } from '../vocabulary/package-root';
import { CodeSetReader, type CodeSet } from './code-sets';
import { CodingLabeller } from './coding-labels';
import { readIngredients } from './ingredients';
import type { CodingInput, LabelInput, OwnLabels } from './labels';
import { Reveals } from './reveals';
import { meaningOfSecurity, type SecurityMeaning } from './security-labels';
import { TextLabeller } from './text-labels';
import { readWordRules } from './word-rules';

const FOLDER = join(PACKAGE_ROOT, 'code-sets');
const SUBSTANCE = coverMask(['SUD']);
/** Texts up to this length (displays) repeat endlessly and are remembered; notes are not. */
const REMEMBERED_LENGTH = 200;
const REMEMBERED = 50_000;

/**
 * The security labelling service (policy section 5): what a record reveals by itself. Pure once loaded; what linked records
 * add is `flow`.
 */
export class LabellingService {
  private readonly remembered = new Map<string, ReturnType<TextLabeller['labelsOf']>>();
  private readonly codings: CodingLabeller;

  private constructor(
    private readonly texts: TextLabeller, private readonly sets: CodeSetReader,
    /** Hash of all rules and code sets: records labelled under another version are labelled again. */
    readonly version: string,
  ) {
    this.codings = new CodingLabeller(sets.index, (text) => this.textLabels(text));
  }

  /** @throws Error naming the file and line that cannot be read. `codeSetsDir` null: only what is shipped. */
  static load(options: { codeSetsDir?: string | null } = {}): LabellingService {
    const directory = options.codeSetsDir === undefined ? process.env['CODE_SETS_DIR'] || null : options.codeSetsDir;
    if (directory && !existsSync(directory)) throw new Error('CODE_SETS_DIR: there is no such folder');
    const sets = new CodeSetReader(FOLDER), words = join(FOLDER, 'word-rules.yaml'), ingredients = join(FOLDER, 'ingredients.csv');
    if (directory) sets.addFolder(directory);
    const hash = createHash('sha256');
    const files = [words, ingredients, join(FOLDER, 'class-by-code.csv')].map((path) => readFileSync(path, 'utf8'));
    for (const text of [...files, ...sets.contents]) hash.update(text).update('\0');
    return new LabellingService(new TextLabeller(readWordRules(words), readIngredients(ingredients)), sets, hash.digest('hex').slice(0, 16));
  }

  get codeSets(): { name: string; source: string; licence: string; rows: number; dated: number }[] { return this.sets.sets.map((each: CodeSet) => ({ ...each })); }

  /** The most specific classes that the record reveals by itself, with the basis of each. */
  label(input: LabelInput): OwnLabels {
    const reveals = new Reveals();
    const date = input.date ? input.date.slice(0, 10) : null;
    for (const coding of input.codings) this.codings.label(coding, date, input.type, reveals);
    for (const text of input.texts) for (const label of this.textLabels(text)) reveals.addText(label, input.type, null);
    if (input.part2Program) reveals.add({ class: 'PART2', basis: 'PROGRAM', codeSet: null, rule: 'recorded by a Part 2 program', linked: null }, false);
    this.addSecurity(input, reveals);
    return reveals.mostSpecific();
  }

  /** True where one of the codings says that a document is a medication review (LOINC 56445-0, or a deployer's). */
  isMedicationReviewType(codings: readonly CodingInput[]): boolean { return this.codings.isListed(this.sets.reviewTypes, codings); }

  private addSecurity(input: LabelInput, reveals: Reveals): void {
    if (input.security.length === 0) return;
    const later: [string, SecurityMeaning][] = [];
    for (const label of input.security) {
      const found = meaningOfSecurity(label);
      if (found?.unlessSubstance) later.push([label.code!, found]);
      else if (found) reveals.addInput(label.code!, found);
    }
    // Behavioural health is read last: it counts only where nothing says substance use.
    if (reveals.mask & SUBSTANCE) return;
    for (const [code, found] of later) reveals.addInput(code, found);
  }

  private textLabels(text: string): ReturnType<TextLabeller['labelsOf']> {
    if (text.length > REMEMBERED_LENGTH) return this.texts.labelsOf(text);
    const known = this.remembered.get(text);
    if (known) return known;
    const labels = this.texts.labelsOf(text);
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(text, labels);
    return labels;
  }
}


let shipped: LabellingService | undefined;
/** As the service's method, with the code sets of this process (`CODE_SETS_DIR`), read once. */
export function isMedicationReviewType(codings: readonly CodingInput[]): boolean {
  return (shipped ??= LabellingService.load()).isMedicationReviewType(codings);
}
