/** The cells of a world's rows that a caller may not see, column by column, and another value for each. */
import { TABLES } from '../../../src/entities/tables';
import type { Table } from '../../../src/entities/table';
import { ADDRESS_COLUMNS, CONTACT_COLUMNS } from '../../../src/query/compile/member-read';
import { memberField, recordField, type FieldSource } from '../../../src/query/compile/columns';
import { fieldsOf } from '../../../src/vocabulary/fields';
import { RECORD_TYPES } from '../../../src/vocabulary/records';
import { leavesIdentifiersOut } from '../../oracle/grant-clauses';
import type { World, WorldCaller } from '../../oracle/world';
import { typeOf, type AnyRow, type WorldRows } from '../world-rows';
import { CODES, STATUSES, SYSTEMS } from '../world-values';
import { amendedField, JSON_VALUES } from './rich-rows';
import type { MemberView } from './view';

/** Another value for a hidden cell; undefined leaves it as it is. */
export type Another = (table: string, row: AnyRow, column: string, kind: string) => string | number | null | undefined;

/** Columns that decide whether a row is seen: facts, and no values. */
const DECIDING = new Set(['member_id', 'id', 'encounter_id', 'record_date', 'labels', 'labelled', 'governed_by', 'governing_plan_id', 'program_id', 'author_id', 'legal', 'withheld', 'medication_review', 'source_type', 'recorded_at', 'birth_date', 'birth_date_end', 'deceased_at', 'home_state']);
/** Columns that no field shows. */
const NEVER_SHOWN = ['own_labels', 'updated_at', 'organization_id', 'provider_id', 'plan_paid', 'shortfall', 'ingredients', 'medication_ids', 'completes_claim_id'];
const KEYS: Readonly<Record<string, string[]>> = { name_text: ['name_key'], name_family: ['family_key'], preferred_name: ['preferred_key'] };

const columnsOf = (source: FieldSource | null): string[] => (source === null ? [] : source.kind === 'scalar' ? [source.column] : Object.values(source.parts));

/** Parts of what a grant shows that it leaves out: identifiers and words (policy section 7, its end), and all but the address where it is for locating. */
function leftOutBy(world: World, caller: WorldCaller): ReadonlySet<string> {
  const grant = world.grants.find((one) => one.id === caller.grantId);
  if (!grant) return new Set();
  const ways = ['telephones', 'emails', 'preferred_language'];
  if (leavesIdentifiersOut(grant.clause, grant.elements)) return new Set(['amendment', 'code_display', 'reason_display', 'subscriber_id', 'care_team.name', 'care_team.role', 'telephones', 'emails', 'address_lines']);
  return new Set(grant.elements['circumstance'] === 'locating' ? ways : grant.elements['form'] === 'notification' ? ['amendment'] : []);
}

/** The hidden value columns of every row of the world, by table and row. */
export function hiddenColumns(world: World, caller: WorldCaller, view: ReadonlyMap<string, MemberView>): (table: string, row: AnyRow) => string[] {
  // A stranger's record can bear the id of another member's: capitals are not told apart when a stranger is named.
  const keyOf = (memberId: unknown, id: unknown): string => `${String(memberId)} ${String(id)}`;
  const records = new Map(world.records.map((one) => [keyOf(one.memberId, one.id), one]));
  const seesPrivacy = (id: string): boolean => view.get(id)?.fields.has('Member.privacy') === true && caller.role !== 'PERSONAL_REPRESENTATIVE';
  const leftOut = leftOutBy(world, caller);
  const recordTables = new Map(Object.entries(RECORD_TYPES).map(([type, each]) => [each.table as string, type]));
  const sees = (id: string, coordinate: string): boolean => view.get(id)?.fields.has(coordinate) === true;

  function ofRecord(row: AnyRow): string[] {
    const record = records.get(keyOf(row['member_id'], row['id']));
    if (!record) return [];
    const cells = view.get(record.memberId)?.records.get(record.id);
    const type = typeOf(record);
    return [...[...NEVER_SHOWN, 'code_display', 'reason_display'].filter((each) => each in row && (NEVER_SHOWN.includes(each) || leftOut.has(each))), ...fieldsOf(type).filter((each) => !cells?.has(`${type}.${each}`)).flatMap((each) => columnsOf(recordField(type, each)))]
      .filter((column) => !DECIDING.has(column) && !(column === 'plan_id' && type === 'Claim'));
  }
  function ofMember(row: AnyRow): string[] {
    const id = String(row['id']);
    const hidden = fieldsOf('Member').filter((each) => !sees(id, `Member.${each}`)).flatMap((each) => columnsOf(memberField(each)));
    const contact = (view.get(id)?.contact ?? 'NOTHING') === 'FULL' ? [] : [...Object.values(CONTACT_COLUMNS).map((each) => each.own), ...Object.values(ADDRESS_COLUMNS)];
    return [...hidden, ...hidden.flatMap((each) => KEYS[each] ?? []), ...contact, ...['telephones', 'emails', 'preferred_language', 'address_lines'].filter((each) => leftOut.has(each)), 'updated_at'].filter((column) => !DECIDING.has(column));
  }
  function ofAmendment(row: AnyRow): string[] {
    const record = records.get(keyOf(row['member_id'], row['record_id']));
    const field = record ? amendedField(record) : null;
    const isSeen = !leftOut.has('amendment') && record && field !== null && row['status'] !== 'RECEIVED' && (row['status'] !== 'DENIED' || row['statement'] !== null) && view.get(record.memberId)?.records.get(record.id)?.has(`${record.type}.${field}`);
    return isSeen || seesPrivacy(String(row['member_id'])) ? [] : ['proposed', 'reason', 'rebuttal'];
  }
  const whole = (coordinate: string, columns: string[]) => (row: AnyRow): string[] => (sees(String(row['member_id']), coordinate) ? [] : columns);
  const OTHERS: Readonly<Record<string, (row: AnyRow) => string[]>> = {
    member: ofMember, amendment: ofAmendment, government_id: whole('Member.governmentIds', ['value']), coverage: (row) => (leftOut.has('subscriber_id') ? ['subscriber_id'] : whole('Member.coverages', ['subscriber_id'])(row)),
    care_team: (row) => (leftOut.has('care_team.name') ? ['name', 'role'] : whole('Member.careTeam', ['name', 'role'])(row)),
    confidential_communication: (row) => ((view.get(String(row['member_id']))?.contact ?? 'NOTHING') === 'NOTHING' && !seesPrivacy(String(row['member_id'])) ? ['telephone', 'address'] : []),
  };
  return (table, row) => (recordTables.has(table) ? ofRecord(row) : OTHERS[table]?.(row) ?? []);
}

/** The rows with another value in each hidden cell. */
export function withHidden(rows: WorldRows, hidden: (table: string, row: AnyRow) => string[], another: Another): WorldRows {
  const made: Record<string, AnyRow[]> = {};
  for (const [name, own] of Object.entries(rows)) {
    const columns = (TABLES as unknown as Readonly<Record<string, Table>>)[name]?.columns ?? {};
    made[name] = (own as readonly AnyRow[]).map((row) => {
      const changed = [...new Set(hidden(name, row))].flatMap((column) => {
        const value = another(name, row, column, columns[column] ?? '');
        return value === undefined ? [] : [[column, value] as const];
      });
      return changed.length === 0 ? row : { ...row, ...Object.fromEntries(changed) };
    });
  }
  return made as WorldRows;
}

/** A random other value: what filters look for among them, and now and then nothing. */
export function scrambling(random: { chance(p: number): boolean; pick<T>(from: readonly T[]): T; integer(low: number, high: number): number }): Another {
  return (_table, row, column, kind) => {
    if (random.chance(0.3)) return undefined;
    if (kind.endsWith('?') && random.chance(0.2)) return null;
    const text = `hidden ${random.integer(0, 99)} ${String(row['id'])}`.slice(0, 60);
    if (column === 'code') return random.pick(CODES);
    if (column === 'code_system') return random.pick(SYSTEMS);
    if (column === 'status') return random.pick(STATUSES);
    if (column === 'measure') return random.pick(['HBA1C', 'BP']);
    if (column.endsWith('_key')) return random.pick(['aa', 'müller', 'zz', text]);
    const json = JSON_VALUES[column];
    if (json) return json(text);
    const base = kind.replace('?', '');
    if (base === 'json') return JSON.stringify({ line: [text] });
    if (base === 'instant') return `20${random.integer(10, 29)}-01-01T00:00:00.000Z`;
    if (base === 'date') return `20${random.integer(10, 29)}-01-01`;
    if (base === 'int' || base === 'mask' || base === 'flag') return random.integer(0, 1);
    return base === 'double' ? random.integer(0, 5000) / 4 : text;
  };
}
