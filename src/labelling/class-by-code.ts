import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { invariant } from '../vocabulary/errors';
import { isClass, type SensitivityClass } from '../vocabulary/sensitivity';
import { lookupKey } from './code-systems';

/** The categories of the shared code sets, with the class that a code of each reveals when nothing finer is known. */
const CLASS_OF_CATEGORY: Readonly<Record<string, SensitivityClass>> = Object.freeze({
  SUD: 'SUD', HIV: 'HIV', MENTAL_HEALTH: 'PSY', STI: 'STD', REPRODUCTIVE: 'REPRODUCTIVE', GENDER: 'GENDER_IDENTITY', DOMESTIC_VIOLENCE: 'SDV', GENETIC: 'GDIS',
});
const row = z.strictObject({ category: z.string(), system: z.string(), prefix: z.string().min(1), class: z.string() });

/** The finest class of a code in a category, by the longest prefix in `class-by-code.csv` (F11 of SUD is OPIOIDUD). */
export class ClassByCode {
  private readonly byKey = new Map<string, SensitivityClass>();

  static read(path: string): ClassByCode {
    const made = new ClassByCode(), rows: unknown[] = parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true });
    rows.forEach((each, line) => {
      const { category, system, prefix, class: name } = row.parse(each);
      if (!isClass(name)) throw new Error(`${path} line ${line + 2}: unknown sensitivity class`);
      made.byKey.set(`${category} ${lookupKey(system)} ${prefix}`, name);
    });
    return made;
  }

  static isCategory(category: string): boolean { return isClass(category) || Object.hasOwn(CLASS_OF_CATEGORY, category); }

  /** `category` is one of the shared sets or the name of one of our classes; `code` as `comparable` gives it. */
  classOf(category: string, system: string, code: string): SensitivityClass {
    for (let length = code.length; length > 0; length -= 1) {
      const finer = this.byKey.get(`${category} ${system} ${code.slice(0, length)}`);
      if (finer) return finer;
    }
    const fallback = CLASS_OF_CATEGORY[category] ?? category;
    invariant(isClass(fallback), 'a row of a code set has a known category');
    return fallback;
  }
}
