import { DateTime } from 'luxon';
import type { Row } from '../entities/table';
import { tableNamed } from '../entities/tables';
import type { condition_record } from '../entities/tables/records';
import type { CodingInput } from '../labelling/labels';
import { medicationIngredients } from '../labelling/medication-ingredients';
import { categoryOfField, fieldsOf } from '../vocabulary/fields';
import { DATE, startOfDay } from '../vocabulary/instants';
import { RECORD_TYPES, type RecordType } from '../vocabulary/records';
import { LONGEST, badInput } from './validate';

/** A record's row; beside what every type has, the columns of its own. */
export type AnyRecord = Row<typeof condition_record> & Readonly<Record<string, string | number | null>>;
type Cells = Record<string, string | number | null>;

/** Who, and what else, a record refers to is corrected where it comes from: a text cannot name it, and the policy reads some of it. */
const REFERENCES: readonly string[] = ['prescriberId', 'authorId', 'reviewerId', 'planId', 'resultIds', 'amendments'];
const NAMED: Readonly<Record<string, string>> = { paidInFullByMember: 'paid_in_full', start: 'start_at', end: 'end_at' };
/** The field of each type that dates its record (policy section 4). */
const DATED_BY: Readonly<Partial<Record<RecordType, string>>> = {
  Claim: 'serviceStart', Encounter: 'start', Observation: 'effectiveAt', DiagnosticReport: 'effectiveAt', Medication: 'startedAt', Immunization: 'occurredAt',
  Procedure: 'performedAt', Condition: 'onsetAt',
};

/** The field as a record type has it, given as `value` or `Observation.value`. @throws BAD_USER_INPUT for one that cannot be amended */
export function amendableField(type: RecordType, given: string): string {
  const field = given.startsWith(`${type}.`) ? given.slice(type.length + 1) : given;
  if (!fieldsOf(type).includes(field) || categoryOfField(type, field) === null || REFERENCES.includes(field)) throw badInput('field', 'must be a field of the record that can be amended');
  return field;
}

const columnOf = (field: string): string => NAMED[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** A code is amended in words: they take the place of the code, which the history keeps. */
const CODES: Readonly<Record<string, readonly [system: string, code: string, display: string]>> = {
  code: ['code_system', 'code', 'code_display'], reason: ['reason_system', 'reason_code', 'reason_display'],
};

function instant(text: string): string {
  const read = DATE.test(text) ? DateTime.fromISO(startOfDay(text), { zone: 'utc' }) : DateTime.fromISO(text, { zone: 'utc' });
  if (!read.isValid) throw badInput('proposed', 'must be a date, or a date and time (ISO 8601)');
  return read.toJSDate().toISOString();
}

function short(text: string, longest: number): string {
  if (text.length > longest) throw badInput('proposed', `may have ${longest} characters at most`);
  return text;
}

/** A proposed text as the value of a column of this kind. */
function valueFor(kind: string, text: string): string | number {
  switch (kind.replace('?', '')) {
    case 'instant': return instant(text);
    case 'date': return instant(text).slice(0, 10);
    case 'double': {
      const amount = Number(text);
      if (!Number.isFinite(amount)) throw badInput('proposed', 'must be a number');
      return amount;
    }
    case 'flag': {
      if (text !== 'true' && text !== 'false') throw badInput('proposed', 'must be true or false');
      return text === 'true' ? 1 : 0;
    }
    case 'json': return JSON.stringify([{ system: null, code: null, display: text }]);
    case 'code': return short(text, 64);
    case 'line': return short(text, LONGEST.line);
    default: return text;
  }
}

/** What the columns of the record become with the proposed value. @throws BAD_USER_INPUT for a text that the field cannot hold */
export function amendedColumns(type: RecordType, field: string, proposed: string, row?: AnyRecord): Cells {
  const code = CODES[field];
  if (code) {
    const ingredients: Cells = type === 'Medication' && row ? { ingredients: withIngredients(row, proposed) } : {};
    return { [code[0]]: null, [code[1]]: null, [code[2]]: proposed, ...ingredients };
  }
  const column = columnOf(field);
  const value = valueFor(tableNamed(RECORD_TYPES[type].table).columns[column] ?? 'text', proposed);
  const dates: Cells = DATED_BY[type] === field && typeof value === 'string' ? { record_date: DATE.test(value) ? startOfDay(value) : value } : {};
  return { [column]: value, ...dates };
}

/** What may interact with other drugs is looked for in the old name and in the new: which of them was taken is not known here. */
function withIngredients(row: AnyRecord, proposed: string): string {
  const before = typeof row['ingredients'] === 'string' ? JSON.parse(row['ingredients']) as string[] : [];
  return JSON.stringify([...new Set([...before, ...medicationIngredients([proposed], [])])].sort());
}

/** The value before, as text for the history; null where there was none. */
export function valueBefore(field: string, row: AnyRecord): string | null {
  const code = CODES[field];
  if (code) {
    const [system, value, display] = code.map((each) => row[each] ?? null);
    return system === null && value === null && display === null ? null : JSON.stringify({ system, code: value, display });
  }
  const value = row[columnOf(field)] ?? null;
  return value === null ? null : String(value);
}

/** The codes that the field holds: what they reveal, words alone do not tell. Those of a list stand in it as `{ system, code, display }`. */
export function codingsBefore(type: RecordType, field: string, row: AnyRecord): CodingInput[] {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const code = CODES[field];
  if (code) {
    const [system, value, display] = code.map((each) => text(row[each]));
    return [{ system: system ?? null, code: value ?? null, display: display ?? null }];
  }
  const column = columnOf(field);
  const list = text(row[column]);
  if (list === null || tableNamed(RECORD_TYPES[type].table).columns[column]?.replace('?', '') !== 'json') return [];
  const parts = JSON.parse(list) as unknown;
  return (Array.isArray(parts) ? parts : []).map((each) => {
    const part = (typeof each === 'object' && each !== null ? each : { display: each }) as Readonly<Record<string, unknown>>;
    return { system: text(part['system']), code: text(part['code']), display: text(part['display']) };
  });
}
