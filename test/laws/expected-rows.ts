import { memberField, recordField } from '../../src/query/compile/columns';
import { withinGrant } from '../../src/permissions/grant-terms';
import type { Scalar } from '../../src/permissions/core/interpret';
import { fieldsOf } from '../../src/vocabulary/fields';
import type { RecordType } from '../../src/vocabulary/records';
import type { WorldRecord } from '../oracle/world';
import { isVisible, type EngineCaller, type SeenRow } from './engine-world';

export type ExpectedRow = Readonly<Record<string, Scalar>>;
/** Both databases compare text byte by byte; JavaScript's own order is another one beyond the first plane. */
export const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const columnsOf = (source: ReturnType<typeof recordField>): string[] => (source === null ? [] : source.kind === 'scalar' ? [source.column] : Object.values(source.parts));

/** What each column of a record shows to a caller: its value where its field is visible, else NULL. */
export function expectedRecord(at: EngineCaller, type: RecordType, one: WorldRecord): ExpectedRow | null {
  const seen = at.record(one);
  if (!seen.there) return null;
  const row = at.world.row(one);
  const shown: Record<string, Scalar> = {};
  for (const field of ['id', 'memberId', 'encounterId', 'recordedAt', 'labels', 'governedBy', ...fieldsOf(type)])
    for (const column of columnsOf(recordField(type, field))) shown[column] = isVisible(seen, type, field) ? row[column] ?? null : null;
  // The row tells that there is a list; the ids in it are told by the results themselves (result-read.ts, test/e2e/hidden-parts.test.ts).
  if (typeof shown['result_ids'] === 'string') shown['result_ids'] = '[]';
  return shown;
}

/** The visible value of a record's field; NULL where it may not be seen. */
export const visibleValue = (at: EngineCaller, type: RecordType, one: WorldRecord, field: string, column: string): Scalar =>
  (isVisible(at.record(one), type, field) ? at.world.row(one)[column] ?? null : null);

export function memberValue(at: EngineCaller, seen: SeenRow, memberId: string, field: string, column: string): Scalar {
  return isVisible(seen, 'Member', field) ? at.world.memberRow(memberId)[column] ?? null : null;
}

export function expectedMember(at: EngineCaller, memberId: string): ExpectedRow | null {
  const seen = at.member(memberId);
  if (!seen.there) return null;
  const shown: Record<string, Scalar> = {};
  for (const field of ['id', ...fieldsOf('Member')]) for (const column of columnsOf(memberField(field))) shown[column] = memberValue(at, seen, memberId, field, column);
  const contact = at.contact(memberId);
  shown['contact_there'] = contact === 'NOTHING' ? null : 1;
  const within = (part: string): boolean => withinGrant(at.access.profile.grant, `Contact.${part}`);
  for (const [column, part] of [['telephones', 'telephones'], ['emails', 'emails'], ['preferred_language', 'preferredLanguage']] as const) shown[column] = contact === 'FULL' && within(part) ? at.world.memberRow(memberId)[column] ?? null : null;
  shown['chosen_telephone'] = contact === 'CHOSEN_WAY' && within('telephones') ? '555-0100' : null;
  shown['chosen_email'] = null;
  return shown;
}
