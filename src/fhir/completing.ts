import type { EntityManager } from 'typeorm';
import type { Row } from '../entities/table';
import type { TABLES } from '../entities/tables';
import type { Cells, LabelSource, RecordDraft } from './mapping';
import { keyOf, storedSources } from './record-state';
import { conditionsOf, type Key } from './write/keys';
import { removeClaims } from './write/records';
import { upsert } from './write/upsert';

/** Claims with the ExplanationOfBenefits that complete them: what these reveal and cite, the claim reveals and cites. */
export interface Completed { drafts: RecordDraft[]; more: Map<RecordDraft, LabelSource[]> }

/**
 * Merges every ExplanationOfBenefit of the batch into the claim that it names (which may stand in the database), and every stored
 * one into a claim that is imported again without it.
 */
export async function completeClaims(manager: EntityManager, drafts: readonly RecordDraft[], known: ReadonlySet<string>): Promise<Completed> {
  const explanations = drafts.filter((each) => each.source.completes);
  const rest = drafts.filter((each) => !each.source.completes);
  const claims = new Map(rest.filter((each) => each.type === 'Claim').map((each) => [keyOf(each.row.member_id as string, each.id), each]));
  const more = new Map<RecordDraft, LabelSource[]>();
  const stored = await storedClaims(manager, explanations.filter((each) => !claims.has(claimKey(each)) && known.has(each.row.member_id as string)));
  for (const [key, claim] of stored) claims.set(key, claim);
  rest.push(...stored.values());
  for (const each of explanations) {
    const claim = claims.get(claimKey(each));
    if (claim) merge(claim, each.source, more);
    else rest.push(each);
  }
  const merged = explanations.filter((each) => claims.has(claimKey(each)));
  await mergeStored(manager, claims, explanations, known, more);
  await removeClaims(manager, merged.map((each) => ({ memberId: each.row.member_id as string, id: each.id })).filter((each) => known.has(each.memberId)));
  await upsert(manager, 'label_source', merged.map((each) => ({
    member_id: each.row.member_id as string, record_type: 'ExplanationOfBenefit', record_id: each.id, input: JSON.stringify(each.source),
  })));
  return { drafts: rest, more };
}

const claimKey = (explanation: RecordDraft): string => keyOf(explanation.row.member_id as string, explanation.source.completes?.claim ?? '');

function merge(claim: RecordDraft, explanation: LabelSource, more: Map<RecordDraft, LabelSource[]>): void {
  const payment = explanation.completes?.payment ?? {};
  for (const each of ['paid_by_member', 'plan_paid', 'shortfall', 'paid_in_full']) claim.row[each] = payment[each] ?? null;
  for (const each of ['plan_id', 'billed_amount', 'currency']) claim.row[each] ??= payment[each] ?? null;
  claim.cites = [...new Set([...claim.cites, ...(explanation.completes?.cites ?? [])])].filter((key) => key !== `Claim/${claim.id}`);
  more.set(claim, [...(more.get(claim) ?? []), explanation]);
}

async function mergeStored(
  manager: EntityManager, claims: ReadonlyMap<string, RecordDraft>, here: readonly RecordDraft[], known: ReadonlySet<string>, more: Map<RecordDraft, LabelSource[]>,
): Promise<void> {
  const members = [...new Set([...claims.values()].map((each) => each.row.member_id as string))].filter((id) => known.has(id));
  const inBatch = new Set(here.map((each) => keyOf(each.row.member_id as string, each.id)));
  for (const { memberId, id, source } of members.length ? await storedSources(manager, members, 'ExplanationOfBenefit') : []) {
    const claim = claims.get(keyOf(memberId, source.completes?.claim ?? ''));
    if (claim && !inBatch.has(keyOf(memberId, id))) merge(claim, source, more);
  }
}

/** Claims of earlier batches that these complete, as drafts again. */
async function storedClaims(manager: EntityManager, explanations: readonly RecordDraft[]): Promise<Map<string, RecordDraft>> {
  const found = new Map<string, RecordDraft>();
  const claims = new Map(explanations.map((each) => [claimKey(each), { memberId: each.row.member_id as string, id: each.source.completes?.claim ?? '' }]));
  const rows = await read<Row<typeof TABLES.claim>>(manager, `SELECT * FROM claim WHERE`, claims.values());
  if (rows.length === 0) return found;
  const keys: Key[] = rows.map((each) => ({ memberId: each.member_id, type: 'Claim', id: each.id }));
  const cited = new Map<string, string[]>();
  for (const each of await read<Row<typeof TABLES.citation>>(manager, 'SELECT * FROM citation WHERE', keys, 'record_id')) {
    const key = keyOf(each.member_id, each.record_id);
    cited.set(key, [...(cited.get(key) ?? []), keyOf(each.cited_type, each.cited_id)]);
  }
  const sources = await read<Row<typeof TABLES.label_source>>(manager, 'SELECT * FROM label_source WHERE', keys, 'record_id');
  const inputs = new Map(sources.map((each) => [keyOf(each.member_id, each.record_id), each.input]));
  for (const row of rows) {
    const key = keyOf(row.member_id, row.id);
    const input = inputs.get(key);
    if (input) found.set(key, { type: 'Claim', table: 'claim', id: row.id, row: row as Cells, source: JSON.parse(input) as LabelSource, cites: cited.get(key) ?? [] });
  }
  return found;
}

async function read<T>(manager: EntityManager, select: string, keys: Iterable<Key>, id?: 'record_id'): Promise<T[]> {
  const found: T[] = [];
  for (const { where, values } of conditionsOf(keys, id)) found.push(...await manager.query(`${select} ${where}`, values) as T[]);
  return found;
}
