import { amendableField, amendedColumns, valueBefore, type AnyRecord } from '../../src/privacy-office/amended-field';
import { DUE_DAYS, dueAt, dueDaysOf } from '../../src/privacy-office/due';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { fieldsOf } from '../../src/vocabulary/fields';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordType } from '../../src/vocabulary/records';
import { tableNamed } from '../../src/entities/tables';
import { NOW, codeOf } from './office';

const REFERENCES = ['prescriberId', 'authorId', 'reviewerId', 'planId', 'resultIds', 'amendments'];
const run = async (work: () => unknown): Promise<string> => codeOf(Promise.resolve().then(work));

test.each(RECORD_TYPE_NAMES.map((type) => [type]))('%s: each field is amended in columns of its own table, but references', async (type) => {
  const columns = Object.keys(tableNamed(RECORD_TYPES[type].table).columns);
  for (const field of fieldsOf(type)) {
    if (REFERENCES.includes(field)) { expect(await run(() => amendableField(type, field))).toBe('BAD_USER_INPUT'); continue; }
    expect([amendableField(type, field), amendableField(type, `${type}.${field}`)]).toEqual([field, field]);
    const fitting = ['2026-01-02', '12.5', 'true', 'x'].map((each) => { try { return amendedColumns(type, field, each); } catch { return null; } }).find((each) => each !== null);
    expect(Object.keys(fitting ?? {}).filter((each) => !columns.includes(each))).toEqual([]);
    expect(Object.keys(fitting ?? {})).not.toEqual([]);
  }
  for (const each of ['id', 'memberId', 'labels', 'governedBy', 'encounterId', 'recordedAt', '', 'Member.gender']) expect(await run(() => amendableField(type, each))).toBe('BAD_USER_INPUT');
});

test.each<[RecordType, string, string, object | 'BAD_USER_INPUT']>([
  ['Observation', 'value', '120', { value: '120' }], ['Observation', 'effectiveAt', '2026-01-02', { effective_at: '2026-01-02T00:00:00.000Z', record_date: '2026-01-02T00:00:00.000Z' }],
  ['Observation', 'effectiveAt', '2026-01-02T10:00:00+02:00', { effective_at: '2026-01-02T08:00:00.000Z', record_date: '2026-01-02T08:00:00.000Z' }], ['Observation', 'effectiveAt', '2026-02-30', 'BAD_USER_INPUT'],
  ['Claim', 'serviceStart', '2026-01-02', { service_start: '2026-01-02', record_date: '2026-01-02T00:00:00.000Z' }], ['Claim', 'billedAmount', '12.5', { billed_amount: 12.5 }],
  ['Claim', 'billedAmount', 'much', 'BAD_USER_INPUT'], ['Claim', 'paidInFullByMember', 'true', { paid_in_full: 1 }], ['Claim', 'paidInFullByMember', 'yes', 'BAD_USER_INPUT'],
  ['Claim', 'diagnoses', 'Cough', { diagnoses: '[{"system":null,"code":null,"display":"Cough"}]' }], ['Encounter', 'reason', 'A fall', { reason_system: null, reason_code: null, reason_display: 'A fall' }],
  ['Encounter', 'start', '2026-01-02', { start_at: '2026-01-02T00:00:00.000Z', record_date: '2026-01-02T00:00:00.000Z' }], ['Condition', 'status', 'x'.repeat(65), 'BAD_USER_INPUT'],
])('%s.%s becomes %j', async (type, field, proposed, expected) => {
  if (expected === 'BAD_USER_INPUT') expect(await run(() => amendedColumns(type, field, proposed))).toBe(expected);
  else expect(amendedColumns(type, field, proposed)).toEqual(expected);
});

test('what may interact is looked for in the old name and in the new', () => {
  const row = { ingredients: '["ibuprofen"]' } as unknown as AnyRecord;
  expect(JSON.parse(String(amendedColumns('Medication', 'code', 'sertraline 50 mg', row)['ingredients']))).toEqual(['ibuprofen', 'sertraline']);
});
test.each([['code', '{"system":"s","code":"c","display":"d"}'], ['value', '12'], ['unit', null]])('the value of %s before is %j', (field, before) => {
  expect(valueBefore(field, { code_system: 's', code: 'c', code_display: 'd', value: '12', unit: null } as unknown as AnyRecord)).toBe(before);
});

test.each([['TX', 15], ['CA', DUE_DAYS.ACCESS], [null, DUE_DAYS.ACCESS]])('a state file shortens what is due: %s', (state, days) => {
  const files = JURISDICTIONS.map((each) => (each.state === 'TX' ? { ...each, dueDays: { ACCESS: { days: 15, citation: 'a law' }, AMENDMENT: { days: 900, citation: 'a law' } } } : each));
  const office = { stateDueDays: dueDaysOf(files) };
  const after = (count: number): string => new Date(Date.parse(NOW) + count * 86_400_000).toISOString();
  expect(dueAt(office, 'ACCESS', NOW, state)).toBe(after(days));
  expect(dueAt(office, 'AMENDMENT', NOW, state)).toBe(after(DUE_DAYS.AMENDMENT));
});
