import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { CLASSES, isClass, type SensitivityClass } from '../vocabulary/sensitivity';
import { isRecordType } from '../vocabulary/records';

const classNames = z.array(z.enum(CLASSES as [SensitivityClass, ...SensitivityClass[]])).min(1);
const phrases = z.array(z.string().min(1));
const cue = z.strictObject({ phrases, reach: z.number().int().positive() });
const rule = z.strictObject({
  id: z.string(), classes: classNames, phrases, except: phrases.default([]),
  always: z.boolean().default(false), general: z.boolean().default(false),
  types: z.array(z.string().refine((name) => name === 'Member' || isRecordType(name), 'not a record type')).optional(),
});
const file = z.strictObject({ negation: z.strictObject({ before: z.array(cue), not: phrases, after: phrases, ends: phrases }), rules: z.array(rule) });

/** A rule of `code-sets/word-rules.yaml`; the file's head says what each field means. */
export type WordRule = z.infer<typeof rule>;
export type WordRules = z.infer<typeof file>;

/** @throws Error that names the file and the field, where the file is not as its head says. */
export function readWordRules(path: string): WordRules {
  const read = file.safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** The class names of a `classes` cell, parted by `|`; empty gives none. */
export function classesOfCell(cell: string, where: string): SensitivityClass[] {
  return cell.split('|').map((name) => name.trim()).filter(Boolean).map((name) => {
    if (!isClass(name)) throw new Error(`${where}: unknown sensitivity class`);
    return name;
  });
}
