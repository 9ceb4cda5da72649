import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CLAUSE_IDS } from '../../../src/vocabulary/clauses';
import { PURPOSES } from '../../../src/vocabulary/purposes';
import { RECORD_TYPE_NAMES } from '../../../src/vocabulary/records';
import { ORGANIZATION_KINDS, ROLES } from '../../../src/vocabulary/roles';
import { CLASSES } from '../../../src/vocabulary/sensitivity';

/** What a story may say (test/stories/README.md). Every key is known: one that is misspelt is an error that names it. */
const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is of small letters, digits and hyphens');
const oneOf = <T extends string>(all: readonly T[]) => z.enum(all as [T, ...T[]]);
const someOf = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]).transform((given) => (Array.isArray(given) ? given : [given]) as z.output<T>[]);
const date = z.iso.date('a day is YYYY-MM-DD');

const organization = z.strictObject({ kind: oneOf(ORGANIZATION_KINDS), 'part 2 program': z.boolean().default(false), city: z.string().optional() });
const person = z.strictObject({ role: oneOf(ROLES), of: name.optional(), for: someOf(oneOf(PURPOSES)), treats: z.array(name).default([]), is: name.optional() });
const member = z.strictObject({
  age: z.number().optional(), state: z.string().length(2).default('TX'), family: z.string().optional(), given: z.string().optional(), gender: z.string().default('female'), died: z.string().optional(),
  'covered by': name.optional(), 'coverage since': z.string().default('5 years ago'), 'coverage until': z.string().optional(), 'also known to': z.array(name).default([]), telephone: z.string().optional(), street: z.string().optional(), 'postal code': z.string().optional(), 'government id': z.string().optional(),
});
const record = z.looseObject({
  type: oneOf(RECORD_TYPE_NAMES), of: name, labels: z.array(oneOf(CLASSES)).default([]), labelled: z.boolean().default(true), date: z.string().default('30 days ago'), encounter: name.optional(), code: z.string().optional(),
  coding: z.string().regex(/^[^|]+\|[^|]+$/, 'system|code').optional(), 'governed by plan': name.optional(), author: name.optional(), program: name.optional(), 'billed to': name.optional(), results: z.array(name).optional(),
});
const step = z.strictObject({
  after: z.string().optional(), on: date.optional(), who: name, by: oneOf(['POST', 'GET', 'batch']).default('POST'), purpose: z.string().optional(), reason: z.string().optional(), 'under grant': name.optional(),
  asks: z.string().optional(), where: z.string().optional(), showing: z.array(z.string()).optional(), query: z.string().optional(), does: z.string().optional(), with: z.record(z.string(), z.unknown()).optional(), 'is called': name.optional(), keeps: z.record(name, z.string()).default({}),
  sees: z.unknown().optional(), answers: z.record(z.string(), z.unknown()).optional(), withheld: z.record(z.string(), z.string()).optional(), obligations: z.array(z.string()).optional(), 'refused with': z.string().optional(), missing: z.array(z.string()).optional(),
}).superRefine((given, context) => {
  const asked = [given.asks, given.query, given.does].filter((each) => each !== undefined).length;
  if (asked !== 1) context.addIssue({ code: 'custom', message: 'a step has exactly one of asks, query and does' });
  if (given.sees === undefined && given.answers === undefined && given['refused with'] === undefined && given.withheld === undefined) context.addIssue({ code: 'custom', message: 'a step says what comes of it: sees, answers, withheld or refused with' });
  if (given.asks !== undefined && given.answers !== undefined) context.addIssue({ code: 'custom', message: 'what is asked for is seen: all of it is told' });
  if (given.after !== undefined && given.on !== undefined) context.addIssue({ code: 'custom', message: 'time moves by after or by on, not by both' });
  if (given.does !== undefined && given.sees !== undefined) context.addIssue({ code: 'custom', message: 'what is done answers; it is not seen' });
});
const story = z.strictObject({
  title: z.string().min(10), notice: z.string().min(3), begins: date.optional(), clauses: z.array(oneOf(CLAUSE_IDS)).min(1), lessons: z.array(z.string().regex(/^F([1-9]|[12]\d|30)$/)).default([]),
  organizations: z.record(name, z.union([oneOf(ORGANIZATION_KINDS).transform((kind) => organization.parse({ kind })), organization])).default({}),
  people: z.record(name, person), members: z.record(name, member), records: z.record(name, record).default({}), steps: z.array(step).min(1),
});

/** Every key that a story, and what it has in it, may have. */
export const STORY_KEYS: readonly string[] = [story, organization, person, member, record, step].flatMap((each) => Object.keys(each.shape));

export type Story = z.output<typeof story> & { readonly file: string };
export type Step = Story['steps'][number];
export type Person = Story['people'][string];

function yamlOf(file: string, text: string): unknown {
  try { return parse(text); } catch (error) { throw new Error(`${file}: ${(error as Error).message}`); }
}

/** @throws Error naming the file and the element that is wrong */
export function readStory(file: string, text: string): Story {
  const read = story.safeParse(yamlOf(file, text));
  if (!read.success) throw new Error(`${file}: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  return Object.freeze({ ...read.data, file });
}

export const STORIES = join(__dirname, '..');
export const readStories = (): Story[] => readdirSync(STORIES).filter((each) => each.endsWith('.yaml')).sort().map((file) => readStory(file, readFileSync(join(STORIES, file), 'utf8')));
