import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CLAUSE_IDS, type ClauseId } from '../../vocabulary/clauses';
import { PACKAGE_ROOT } from '../../vocabulary/package-root';

/** Where the map lies, from the root of the project. */
export const MAP_FILE = 'docs/notice-map.yaml';

const clauseId = z.enum(CLAUSE_IDS);
const words = z.string().min(10);
const paragraph = z.strictObject({
  /** The name that it begins with, where it has one. */
  name: z.string().optional(),
  /** Of its words (hashOf); the sentences themselves are not ours to copy. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  clauses: z.array(clauseId).min(1).optional(),
  /** What of a claimed paragraph no gateway can hold. */
  beyond: words.optional(),
  /** Why a paragraph that is not claimed is none of the gateway's. */
  reason: words.optional(),
}).refine((each) => (each.clauses === undefined) !== (each.reason === undefined), 'is claimed by clauses or has a reason why not, one of the two')
  .refine((each) => each.beyond === undefined || each.clauses !== undefined, 'beyond: is for a paragraph that is claimed');
const file = z.strictObject({
  clauses: z.record(clauseId, z.strictObject({ serves: z.array(z.string().regex(/^\w+\.\w+$/)).min(1), tests: z.array(z.string()).default([]) })),
  sections: z.array(z.strictObject({ heading: z.string().nullable(), reason: words.optional(), paragraphs: z.array(paragraph).default([]) })).min(1),
});

/** The Notice by heading and paragraph, what of the gateway answers each, and by which fields (schema coordinates) and further tests each clause is served. */
export type NoticeMap = z.output<typeof file>;
export type Section = NoticeMap['sections'][number];
export type MappedParagraph = Section['paragraphs'][number];

/** @throws Error naming the file and each element that is wrong */
export function parseNoticeMap(text: string): NoticeMap {
  const read = file.safeParse(parse(text));
  if (read.success) return read.data;
  throw new Error(`${MAP_FILE}: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
}
export const readNoticeMap = (): NoticeMap => parseNoticeMap(readFileSync(join(PACKAGE_ROOT, MAP_FILE), 'utf8'));

/** Names and headings, by which the Notice is cited. */
export const headingsOf = (map: NoticeMap): string[] => map.sections.flatMap((each) => (each.heading === null ? [] : [each.heading]));
export const namesOf = (map: NoticeMap): string[] => map.sections.flatMap((each) => each.paragraphs.flatMap((one) => one.name ?? []));

/** The clauses that a section's paragraphs name, in the Notice's order. */
export const clausesOfSection = ({ paragraphs }: Section): ClauseId[] => CLAUSE_IDS.filter((id) => paragraphs.some((each) => each.clauses?.includes(id)));
