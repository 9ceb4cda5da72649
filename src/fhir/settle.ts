import { flow } from '../labelling/flow';
import type { LabelBasis } from '../labelling/labels';
import { joined } from './own-labels';
import type { Programs } from './programs';
import { keyOf, type RecordState } from './record-state';

/** What settling can change of a record. */
const COLUMNS = ['labels', 'own_labels', 'labelled', 'program_id', 'governed_by', 'record_date'] as const;

export interface Settled { state: RecordState; inherited: LabelBasis[]; changed: boolean }

/**
 * Brings the records of one member into agreement with one another: labels flow, the encounter's program and governance reach its
 * records, and a record without a date of its own takes the encounter's start (policy sections 4 to 6).
 */
export function settle(states: readonly RecordState[], programs: Programs): Settled[] {
  const encounters = new Map(states.filter((each) => each.type === 'Encounter').map((each) => [each.id, each]));
  const flows = flowing(states);
  return states.map((state) => {
    const encounter = encounters.get(state.row.encounter_id as string);
    const provider = encounter?.row.organization_id as string | null | undefined;
    const inherited = flows.get(keyOf(state.type, state.id)) ?? NOTHING;
    const after = {
      labels: joined(state.own | inherited.inherited), own_labels: state.own, labelled: 1,
      program_id: programs.has(provider) ? provider as string : state.ownProgram,
      governed_by: state.ownGoverned || encounter?.ownGoverned ? 'PLAN_AGREEMENT' : 'NOTICE',
      record_date: state.row.record_date ?? state.row.recorded_at ?? encounter?.row.start_at ?? null,
    };
    const changed = COLUMNS.some((each) => state.row[each] !== after[each]);
    for (const each of COLUMNS) state.row[each] = after[each];
    return { state, inherited: inherited.bases, changed };
  });
}

const NOTHING = Object.freeze({ inherited: 0, bases: [] });

/** Most records reveal nothing, and nothing flows from them: the flow is asked only about what a label can reach. */
function flowing(states: readonly RecordState[]): ReturnType<typeof flow> {
  const revealing = new Set(states.filter((each) => each.own).map((each) => keyOf(each.type, each.id)));
  if (!revealing.size) return new Map();
  const visits = new Set(states.filter((each) => each.own).map((each) => each.row.encounter_id));
  // In a fixed order: which of several links is told must not depend on the order of files.
  const ordered = [...states].sort((one, other) => (one.id < other.id ? -1 : 1));
  return flow(ordered.flatMap((each) => {
    const cites = each.cites.filter((key) => revealing.has(key)).sort();
    const encounterId = visits.has(each.row.encounter_id ?? '') ? each.row.encounter_id as string : null;
    return cites.length || encounterId || each.own ? [{ key: keyOf(each.type, each.id), type: each.type, encounterId, own: each.own, cites }] : [];
  }));
}
