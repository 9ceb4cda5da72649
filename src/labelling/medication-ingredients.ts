import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { systemOf } from './code-systems';
import { ingredientsOf } from './ingredients';
import { PhraseMatcher } from './phrase-matcher';
import { tokensOf } from './tokens';
import { PACKAGE_ROOT } from '../vocabulary/package-root';
import { readInteractionTable } from '../query/interaction-table';

interface Known { readonly byCode: ReadonlyMap<string, string>; readonly byName: PhraseMatcher<string> }
const row = z.strictObject({ rxcui: z.string().regex(/^\d+$/), ingredient: z.string().min(1) });

let known: Known | undefined;
/** @throws Error naming the file where a row is not an RxNorm id with its ingredient */
function knownIngredients(): Known {
  if (known) return known;
  const path = join(PACKAGE_ROOT, 'code-sets', 'rxnorm-ingredients.csv');
  const rows = z.array(row).safeParse(parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true }));
  if (!rows.success) throw new Error(`${path}: ${z.prettifyError(rows.error)}`);
  const byName = new PhraseMatcher<string>();
  for (const each of readInteractionTable().ingredients) byName.add(each.replace(/-/g, ' '), each);
  return (known = { byCode: new Map(rows.data.map((each) => [each.rxcui, each.ingredient])), byName });
}

/** What a drug's code is made of, so far as it is RxNorm's code of the ingredient itself. */
export interface DrugCoding { readonly system: string | null; readonly code: string | null }

/**
 * The ingredients of a drug, in order of name: by the names that its file gives it, and by RxNorm's code of the ingredient where the
 * file gives a code without a name.
 */
export function medicationIngredients(names: readonly string[], codings: readonly DrugCoding[]): string[] {
  const { byCode, byName } = knownIngredients();
  const coded = codings.flatMap(({ system, code }) => (code !== null && systemOf(system) === 'RXNORM' ? [byCode.get(code)] : [])).filter((each) => each !== undefined);
  const named = names.flatMap((each) => byName.matches(tokensOf(each)).map((match) => match.value));
  return [...new Set([...ingredientsOf(names), ...named, ...coded])].sort();
}
