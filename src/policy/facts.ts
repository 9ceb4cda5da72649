import type { FactRow, Facts, Scalar } from '../permissions/core/interpret';
import { choseAWay, namesCaller } from '../permissions/clauses/confidential-communications';
import { hiddenFields } from '../permissions/clauses/restrictions';
import { GRANT_RULES } from '../permissions/grant-reach';
import { factRead, type RowKey } from '../query/compile/fact-read';
import type { Access } from '../query/plan/access';
import type { ReadDatabase } from '../query/run/database';
import { RECORD_TYPES, type RecordType } from '../vocabulary/records';

/** How a row of a fact is named to those who may see ids. */
export const ID_COLUMN: Readonly<Record<string, string>> = {
  authorization_scope: 'authorization_id', restriction_scope: 'restriction_id', care_team: 'id', coverage: 'id', representation: 'id', member_organization: 'organization_id',
};

interface Columns { readonly member: ReadonlySet<string>; readonly record: ReadonlySet<string>; readonly relations: ReadonlyMap<string, ReadonlySet<string>> }

/** Every column that a rule reads, by where it stands: nothing else is ever fetched for an explanation, so no value can be told. */
export function columnsRead(rules: unknown): Columns {
  const [member, record, relations] = [new Set(['id']), new Set(['id', 'member_id']), new Map<string, Set<string>>()];
  const visit = (node: unknown, relation: string | null): void => {
    if (Array.isArray(node)) { node.forEach((each) => visit(each, relation)); return; }
    if (node === null || typeof node !== 'object') return;
    const { kind, of, name: column, relation: named, column: bits } = node as Record<string, unknown>;
    if (kind === 'byState') member.add('home_state');
    if (kind === 'column' && of === 'm') member.add(String(column));
    if (kind === 'column' && of === 'r') record.add(String(column));
    if (kind === 'column' && of === 'x' && relation) relations.get(relation)?.add(String(column));
    const inner = typeof named === 'string' ? named : relation;
    if (typeof named === 'string') {
      const known = relations.get(named) ?? new Set<string>();
      relations.set(named, known);
      if (typeof bits === 'string') known.add(bits);
      const id = ID_COLUMN[named];
      if (id) known.add(id);
    }
    Object.values(node).forEach((each) => visit(each, inner));
  };
  visit(rules, null);
  return { member, record, relations };
}

/** What a record's columns are where a table does not have them (`plan_id` of a condition). */
const ONLY_OF: Readonly<Record<string, RecordType>> = { plan_id: 'Claim', medication_review: 'Document' };

async function rowsOf(database: ReadDatabase, table: string, columns: readonly string[], key: RowKey): Promise<FactRow[]> {
  const rows = await database.rows(factRead(table, columns, key), { bound: {} as Access['bound'], keys: [], argument: () => null });
  return rows.map((row) => Object.fromEntries(columns.map((column, place): [string, Scalar] => [column, row[place] ?? null])));
}

/** What the database holds of one member that a rule can ask for; null where there is no such member. */
export interface MemberFacts { readonly m: FactRow; readonly relation: Facts['relation']; record(type: RecordType, id: string): Promise<FactRow | null> }

/** Reads the facts of a member that the rules of an access ask for: of a grant's too, where it is one under a grant. */
export async function readMemberFacts(database: ReadDatabase, access: Access, memberId: string): Promise<MemberFacts | null> {
  const columns = columnsRead([access.clauses, access.profile.grant ? GRANT_RULES : [], hiddenFields, choseAWay, namesCaller]);
  // The rules ask for the death of the member that the caller is.
  const bearer = access.caller.member;
  const ids = [memberId, ...(bearer === null ? [] : [bearer])];
  const members = await rowsOf(database, 'member', [...new Set([...columns.member, ...(columns.relations.get('member') ?? [])])], { ids });
  const m = members.find((each) => each['id'] === memberId);
  if (!m) return null;
  const ofMember = [...columns.relations].filter(([table]) => table !== 'member');
  const found = await Promise.all(ofMember.map(async ([table, read]) => [table, await rowsOf(database, table, [...new Set([...read, 'member_id'])], { memberId })] as const));
  const relations = new Map<string, readonly FactRow[]>([...found, ['member', members]]);
  return {
    m, relation: (table) => relations.get(table) ?? [],
    record: async (type, id) => {
      const own = [...columns.record].filter((each) => !ONLY_OF[each] || ONLY_OF[each] === type);
      const [row] = await rowsOf(database, RECORD_TYPES[type].table, own, { memberId, ids: [id] });
      return row ?? null;
    },
  };
}
