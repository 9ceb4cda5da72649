/** What the fields of a world hold: from the ids alone, so that a value names its cell; some are missing. */
import { createHash } from 'node:crypto';
import { TABLES } from '../../src/entities/tables';
import { RECORD_TYPES, type RecordType } from '../../src/vocabulary/records';
import type { WorldMember, WorldRecord } from '../oracle/world';

type Values = Record<string, string | number | null>;

/** A number from 0 to below `most` that hangs on the text alone. */
export const drawn = (text: string, most: number): number => createHash('sha256').update(text).digest().readUInt32BE(0) % most;
const isMissing = (id: string, column: string): boolean => drawn(`missing ${id} ${column}`, 8) === 0;
const instant = (text: string): string => new Date(Date.UTC(2024, 0, 1 + drawn(text, 700), drawn(`hour ${text}`, 24))).toISOString();

export const CODES = ['A1', 'a1', 'B2', 'C3'] as const;
export const SYSTEMS = ['urn:one', 'urn:two'] as const;
export const STATUSES = ['active', 'ACTIVE', 'open', 'closed'] as const;
const oneOf = <T>(list: readonly T[], text: string): T => list[drawn(text, list.length)] as T;

function valueOf(kind: string, text: string): string | number {
  switch (kind) {
    case 'instant?': return instant(text);
    case 'date?': return instant(text).slice(0, 10);
    case 'double?': return drawn(text, 10_000) / 4;
    case 'flag?': return drawn(text, 2);
    case 'json?': return JSON.stringify([text]);
    default: return `${text} value`.slice(0, 60);
  }
}

/** The columns of every record that decide nothing by themselves, and those of its type. Which may be NULL is NULL now and then. */
const DECIDING = new Set(['encounter_id', 'record_date', 'governing_plan_id', 'program_id', 'author_id', 'plan_id']);
export function recordValues(one: WorldRecord): Values {
  const columns: Readonly<Record<string, string>> = TABLES[RECORD_TYPES[one.type as RecordType].table].columns;
  const values: Values = {};
  for (const [column, kind] of Object.entries(columns))
    if (kind.endsWith('?') && !DECIDING.has(column)) values[column] = isMissing(one.id, column) ? null : valueOf(kind, `${column} ${one.id}`);
  const pick = (column: string, list: readonly string[]): void => { if (values[column] !== null) values[column] = oneOf(list, `${column} ${one.id}`); };
  pick('code', CODES);
  pick('code_system', SYSTEMS);
  pick('status', STATUSES);
  if ('measure' in columns) pick('measure', ['HBA1C', 'hba1c', 'BP']);
  return values;
}

const FAMILIES = ['Müller', 'MULLER', "O'Neil", 'de la Cruz', '100%', 'a_b', '😀'] as const;
export function memberValues(one: WorldMember): Values {
  const values: Values = { birth_date: one.birthDate };
  for (const [column, kind] of Object.entries(TABLES.member.columns))
    if (kind.endsWith('?') && !['birth_date', 'birth_date_end', 'deceased_at', 'home_state'].includes(column) && !column.endsWith('_key')) values[column] = isMissing(one.id, column) ? null : valueOf(kind, `${column} ${one.id}`);
  values['name_family'] = isMissing(one.id, 'family') ? null : oneOf(FAMILIES, one.id);
  const key = (text: string | number | null | undefined): string | null => (typeof text === 'string' ? text.normalize('NFC').toLowerCase() : null);
  return { ...values, family_key: key(values['name_family']), name_key: key(values['name_text']), preferred_key: key(values['preferred_name']) };
}
