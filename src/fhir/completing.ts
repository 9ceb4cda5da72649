import type { EntityManager } from 'typeorm';
import { selectRows } from '../entities/rows';
import { TABLES } from '../entities/tables';
import type { Cells, LabelSource, RecordDraft } from './mapping';
import { keyOf, storedSources } from './record-state';
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
  for (const each of explanations) {
    const memberId = each.row.member_id as string;
    const key = keyOf(memberId, each.source.completes?.claim ?? '');
    let claim = claims.get(key);
    if (!claim) {
      claim = await storedClaim(manager, memberId, each.source.completes?.claim ?? '');
      if (!claim) { rest.push(each); continue; }
      claims.set(key, claim);
      rest.push(claim);
    }
    merge(claim, each.source, more);
  }
  await mergeStored(manager, claims, explanations, known, more);
  for (const each of explanations) if (known.has(each.row.member_id as string)) await removeClaims(manager, each.row.member_id as string, [each.id]);
  await upsert(manager, 'label_source', explanations.filter((each) => !rest.includes(each)).map((each) => ({
    member_id: each.row.member_id as string, record_type: 'ExplanationOfBenefit', record_id: each.id, input: JSON.stringify(each.source),
  })));
  return { drafts: rest, more };
}

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

/** A claim of an earlier batch, as a draft again. */
async function storedClaim(manager: EntityManager, memberId: string, id: string): Promise<RecordDraft | undefined> {
  const [row] = await selectRows(manager, TABLES.claim, { member_id: memberId, id });
  const [source] = await selectRows(manager, TABLES.label_source, { member_id: memberId, record_type: 'Claim', record_id: id });
  if (!row || !source) return undefined;
  const cites = await selectRows(manager, TABLES.citation, { member_id: memberId, record_type: 'Claim', record_id: id });
  return { type: 'Claim', table: 'claim', id, row: row as Cells, source: JSON.parse(source.input) as LabelSource, cites: cites.map((each) => keyOf(each.cited_type, each.cited_id)) };
}
