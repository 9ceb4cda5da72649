import { z } from 'zod';
import { GatewayError } from '../vocabulary/errors';
import { instantOf } from '../vocabulary/instants';
import { RECORD_TYPE_NAMES, type RecordType } from '../vocabulary/records';

/** What can be exported: members and their records, each type in a file of its own. */
export const EXPORT_TYPES = Object.freeze(['Member', ...RECORD_TYPE_NAMES]) as readonly ExportType[];
export type ExportType = 'Member' | RecordType;
export const EXPORT_FORMATS = ['gateway', 'fhir'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What was asked for: no type named means all of them. */
export interface ExportRequest {
  readonly types: readonly ExportType[];
  /** Whether the caller named the types: one that can never be seen is then an error where it stands alone. */
  readonly named: boolean;
  /** An instant: only what changed after it; null for everything. */
  readonly since: string | null;
  readonly format: ExportFormat;
}

const instant = z.iso.datetime({ offset: true }).transform((text) => instantOf(new Date(text)));
const SHAPE = z.strictObject({ types: z.array(z.string()).nullish(), since: instant.nullish(), format: z.enum(EXPORT_FORMATS).nullish() });
const MEANING: Readonly<Record<string, string>> = {
  types: 'types: must be a list of types', since: 'since: must be a DateTime such as 2026-01-31T00:00:00Z', format: `format: must be one of ${EXPORT_FORMATS.join(', ')}`,
};

const isExportType = (name: string): name is ExportType => (EXPORT_TYPES as readonly string[]).includes(name);

/** Reads the body of a kick-off. @throws BAD_USER_INPUT naming the element, and of the types the one that is none */
export function readExportRequest(body: unknown): ExportRequest {
  const parsed = SHAPE.safeParse(body);
  if (!parsed.success) {
    const element = String(parsed.error.issues[0]?.path[0] ?? '');
    throw new GatewayError('BAD_USER_INPUT', MEANING[element] ?? 'body: may have types, since and format alone');
  }
  const { types, since, format } = parsed.data;
  const asked = types ?? [];
  asked.forEach((name, place) => {
    if (!isExportType(name)) throw new GatewayError('BAD_USER_INPUT', `types[${place}]: is none of ${EXPORT_TYPES.join(', ')}`);
  });
  const named = asked.length > 0;
  return Object.freeze({ types: EXPORT_TYPES.filter((each) => !named || asked.includes(each)), named, since: since ?? null, format: format ?? 'gateway' });
}
