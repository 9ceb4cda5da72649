import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { SensitivityClass } from '../vocabulary/sensitivity';
import { PACKAGE_ROOT } from '../vocabulary/package-root';
import { PhraseMatcher } from './phrase-matcher';
import { tokensOf } from './tokens';
import { classesOfCell } from './word-rules';

/** A drug ingredient (RxNorm's name), the names and brands it goes by, and the classes that taking it reveals (none for most). */
export interface Ingredient {
  readonly name: string;
  readonly names: readonly string[];
  readonly classes: readonly SensitivityClass[];
  /** Beside one of these names the ingredient tells of another illness (ritonavir beside nirmatrelvir). */
  readonly unless: readonly string[];
}

const row = z.strictObject({ ingredient: z.string().min(1), names: z.string().min(1), classes: z.string(), unless: z.string(), note: z.string() });
const listOf = (cell: string): string[] => cell.split('|').map((each) => each.trim()).filter(Boolean);

/** @throws Error naming the file and line of a row that is not an ingredient. */
export function readIngredients(path: string): Ingredient[] {
  const rows: unknown[] = parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true });
  return rows.map((each, index) => {
    const read = row.safeParse(each), where = `${path} line ${index + 2}`;
    if (!read.success) throw new Error(`${where}: ${z.prettifyError(read.error)}`);
    return {
      name: read.data.ingredient, names: listOf(read.data.names),
      classes: classesOfCell(read.data.classes, where), unless: listOf(read.data.unless),
    };
  });
}

export const INGREDIENTS_FILE = join(PACKAGE_ROOT, 'code-sets', 'ingredients.csv');

let matcher: PhraseMatcher<string> | undefined;
function ingredientMatcher(): PhraseMatcher<string> {
  if (matcher) return matcher;
  const made = new PhraseMatcher<string>();
  for (const ingredient of readIngredients(INGREDIENTS_FILE)) for (const name of ingredient.names) made.add(name, ingredient.name);
  return (matcher = made);
}

/** The known ingredients named in these texts (drug displays, allergy names, notes), sensitive or not, in order of name. */
export function ingredientsOf(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) for (const match of ingredientMatcher().matches(tokensOf(text))) found.add(match.value);
  return [...found].sort();
}
