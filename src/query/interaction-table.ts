import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../vocabulary/package-root';

/** Two sides that interact at high severity; a side is a class of ingredients, or one ingredient. */
export interface Interaction {
  readonly left: string;
  readonly right: string;
  readonly severity: 'HIGH';
  /** What to do, in our own words. */
  readonly advice: string;
  /** The published list or labelling that it restates (code-sets/README.md). */
  readonly source: string;
}

/** The public table of interactions (policy section 6): in the order of the file, which is the order of preference. */
export interface InteractionTable {
  readonly interactions: readonly Interaction[];
  /** The ingredients of each side, by its name. */
  readonly sides: ReadonlyMap<string, readonly string[]>;
  /** Every ingredient of the table, in order of name. */
  readonly ingredients: readonly string[];
  /** The first interaction between what two medications hold; null where there is none, or where they are the same drug twice. */
  between(one: readonly string[], other: readonly string[]): Interaction | null;
}

/** A side is one bit of a 64-bit integer in SQL, the sign left out. */
const MOST_SIDES = 62;
/** What stands in JSON as it is written, so that SQL can look for it between quotes. */
const NAME = /^[a-z0-9][a-z0-9 -]*$/;

const ingredient = z.string().regex(NAME, 'an ingredient is lower-case letters, digits, spaces and hyphens');
const classRow = z.strictObject({ class: z.string().min(1), ingredients: z.string().transform((cell) => cell.split('|')).pipe(z.array(ingredient).min(1)), note: z.string() });
const interactionRow = z.strictObject({ left: z.string().min(1), right: z.string().min(1), severity: z.literal('HIGH'), advice: z.string().min(1), source: z.string().min(1) });

function rowsOf<Row>(path: string, row: z.ZodType<Row>): Row[] {
  const rows: unknown[] = parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true });
  return rows.map((each, index) => {
    const read = row.safeParse(each);
    if (!read.success) throw new Error(`${path} line ${index + 2}: ${z.prettifyError(read.error)}`);
    return read.data;
  });
}

/**
 * Reads `interactions.csv` and `interaction-classes.csv` of a folder.
 * @throws Error naming the file and line of a row that is not one, or of a side that is neither a class nor an ingredient's name
 */
export function readInteractionTable(folder: string = join(PACKAGE_ROOT, 'code-sets')): InteractionTable {
  const path = join(folder, 'interactions.csv');
  const classes = new Map(rowsOf(join(folder, 'interaction-classes.csv'), classRow).map((each) => [each.class, each.ingredients]));
  const interactions = rowsOf(path, interactionRow);
  const sides = new Map<string, readonly string[]>();
  interactions.forEach((each, index) => [each.left, each.right].forEach((side) => {
    if (!classes.has(side) && !NAME.test(side)) throw new Error(`${path} line ${index + 2}: "${side}" is neither a class nor the name of an ingredient`);
    sides.set(side, classes.get(side) ?? [side]);
  }));
  if (sides.size > MOST_SIDES) throw new Error(`${path}: ${sides.size} different sides, at most ${MOST_SIDES} can be asked in one statement`);
  return Object.freeze({ interactions, sides, ingredients: [...new Set([...sides.values()].flat())].sort(), between: lookup(interactions, sides) });
}

function lookup(interactions: readonly Interaction[], sides: ReadonlyMap<string, readonly string[]>): InteractionTable['between'] {
  const sidesOf = new Map<string, Set<string>>();
  for (const [side, ingredients] of sides) for (const each of ingredients) sidesOf.set(each, (sidesOf.get(each) ?? new Set()).add(side));
  const held = (ingredients: readonly string[]): ReadonlySet<string> => new Set(ingredients.flatMap((each) => [...(sidesOf.get(each) ?? [])]));
  return (one, other) => {
    if (JSON.stringify(one) === JSON.stringify(other)) return null;
    const [first, second] = [held(one), held(other)];
    return interactions.find(({ left, right }) => (first.has(left) && second.has(right)) || (first.has(right) && second.has(left))) ?? null;
  };
}
