/** A world as rows, with every column that an answer can show filled in, objects and lists in the form that the import writes. */
import { TABLES } from '../../../src/entities/tables';
import { recordField } from '../../../src/query/compile/columns';
import { fieldsOf } from '../../../src/vocabulary/fields';
import type { World, WorldRecord } from '../../oracle/world';
import { rowOf, typeOf, worldRows, type AnyRow, type WorldRows } from '../world-rows';
import { drawn, SYSTEMS } from '../world-values';

const json = (value: unknown): string => JSON.stringify(value);
const code = (text: string): object => ({ system: SYSTEMS[drawn(text, 2)], code: `K${drawn(text, 9)}`, display: `${text} shown` });

/** Values of JSON columns: worlds give a list of one text. `mark` makes them another value of the same form. */
export const JSON_VALUES: Readonly<Record<string, (text: string) => string>> = {
  telephones: (text) => json([`tel ${text}`, '555']), emails: (text) => json([`${text}@mail`]), name_given: (text) => json([text, 'B.']),
  address_uses: () => json(['home']), address_lines: (text) => json([[`${text} street`]]), address_cities: (text) => json([`${text} city`]), address_states: (text) => json([`${text} state`]),
  address_postal_codes: (text) => json([`${text} code`]), address_countries: () => json(['US']),
  diagnoses: (text) => json([code(text), code(`${text}2`)]), activities: (text) => json([code(text)]), result_ids: (text) => json([text]), medication_ids: (text) => json([text]), ingredients: (text) => json([text]),
};

const withJson = (rows: readonly AnyRow[] = []): AnyRow[] => rows.map((row) => ({ ...row, ...Object.fromEntries(Object.entries(row).flatMap(([column, value]) => {
  const make = JSON_VALUES[column];
  return make && value !== null ? [[column, make(`${column} ${String(row['id'])}`)]] : [];
})) }));

/** The field that a record's amendment is about; null for a record without one. */
export function amendedField(record: WorldRecord): string | null {
  const fields = fieldsOf(typeOf(record)).filter((each) => each !== 'amendments' && recordField(typeOf(record), each));
  return drawn(`amended ${record.id}`, 3) === 0 ? fields[drawn(`field ${record.id}`, drawn(`which ${record.id}`, 3) > 0 ? 1 : fields.length)] ?? null : null;
}
const STATES = ['ACCEPTED', 'DENIED', 'RECEIVED'] as const;
function amendmentRows(world: World): AnyRow[] {
  return world.records.flatMap((one) => {
    const field = amendedField(one);
    if (field === null) return [];
    const status = STATES[drawn(`state ${one.id}`, 3)] as string;
    return [rowOf(TABLES.amendment, {
      member_id: one.memberId, id: `a ${one.id}`, record_type: one.type, record_id: one.id, field, proposed: `proposed ${one.id}`, status, reason: `reason ${one.id}`,
      statement: status === 'DENIED' && drawn(one.id, 3) > 0 ? `statement ${one.id}` : null, rebuttal: `rebuttal ${one.id}`, requested_at: world.now, decided_at: world.now,
    })];
  });
}

export function richRows(world: World): WorldRows {
  const plain = worldRows(world) as Record<string, readonly AnyRow[] | undefined>;
  const rows: Record<string, readonly AnyRow[]> = {};
  for (const [table, own] of Object.entries(plain)) rows[table] = withJson(own);
  rows['coverage'] = (rows['coverage'] ?? []).map((row) => ({ ...row, subscriber_id: `subscriber ${String(row['id'])}` }));
  rows['care_team'] = (rows['care_team'] ?? []).map((row) => ({ ...row, name: `practitioner ${String(row['id'])}`, role: 'nurse' }));
  rows['government_id'] = world.members.map((one) => rowOf(TABLES.government_id, { member_id: one.id, id: `g ${one.id}`, kind: 'SSN', value: `ssn ${one.id}` }));
  rows['care_gap'] = (rows['care_gap'] ?? []).map((row) => ({ ...row, status: row['status'] === null ? null : drawn(`gap ${String(row['id'])}`, 3) > 0 ? 'open' : 'closed' }));
  rows['confidential_communication'] = (rows['confidential_communication'] ?? []).map((row) => ({ ...row, telephone: `chosen ${String(row['id'])}`, address: json({ line: [`chosen ${String(row['id'])}`] }) }));
  rows['amendment'] = amendmentRows(world);
  return rows as WorldRows;
}
