import type { EntityManager } from 'typeorm';
import type { LabellingService } from '../labelling/labelling-service';
import { byMember, ownLabels } from './own-labels';
import type { LabelSource } from './mapping';
import { writeMemberLinks } from './member-links';
import type { Programs } from './programs';
import { memberKey, manualLabels, storedSources, storedStates, type RecordState } from './record-state';
import { settle } from './settle';
import { writeSettled } from './write/records';

/** The rules and code sets of the deployment, and its Part 2 programs as the transaction sees them. */
export interface Relabelling { readonly labelling: LabellingService; readonly programs: Programs }

/**
 * Labels all records of a member again, from what was kept of their sources, and lets the labels flow. Labels that a privacy officer
 * set stay. To be called in the transaction that changed something: a manual label, a Part 2 program, the code sets.
 */
export async function relabelMember(manager: EntityManager, memberId: string, { labelling, programs }: Relabelling): Promise<void> {
  const states = await storedStates(manager, [memberId], new Set());
  const sources = sourcesByRecord(await storedSources(manager, [memberId]));
  const manual = await manualLabels(manager, [memberId]);
  for (const state of states) relabel(state, sources.get(`${state.type}/${state.id}`) ?? [], manual.get(memberKey(memberId, state.type, state.id)), { labelling, programs });
  const settled = [...byMember(states).values()].flatMap((each) => settle(each, programs));
  await writeSettled(manager, settled, new Set([memberId]));
  const governed = states.some((each) => each.row.governed_by === 'PLAN_AGREEMENT');
  if (governed) await writeMemberLinks(manager, [], [memberId]);
}

/** A record without a kept source (made through the API) keeps the own labels that it has. */
function relabel(state: RecordState, sources: readonly LabelSource[], manual: number | undefined, { labelling, programs }: Relabelling): void {
  if (sources.length) {
    const own = ownLabels(labelling, programs, sources);
    state.own = own.mask;
    state.bases = own.bases;
    state.ownProgram = own.program;
    state.ownGoverned = sources.some((each) => each.planGoverned);
  } else {
    state.ownProgram = state.row.program_id as string | null;
    state.ownGoverned = state.row.governed_by === 'PLAN_AGREEMENT';
  }
  if (manual === undefined) return;
  state.own = manual;
  state.bases = [];
}

/** An ExplanationOfBenefit belongs to the claim that it completes. */
function sourcesByRecord(sources: readonly { type: string; id: string; source: LabelSource }[]): Map<string, LabelSource[]> {
  const byRecord = new Map<string, LabelSource[]>();
  for (const { type, id, source } of sources) {
    const key = type === 'ExplanationOfBenefit' ? `Claim/${source.completes?.claim}` : `${type}/${id}`;
    byRecord.set(key, [...(byRecord.get(key) ?? []), source]);
  }
  return byRecord;
}
