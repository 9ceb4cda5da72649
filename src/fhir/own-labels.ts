import type { LabellingService } from '../labelling/labelling-service';
import type { LabelBasis } from '../labelling/labels';
import { classBit } from '../vocabulary/sensitivity';
import type { LabelSource } from './mapping';
import type { Programs } from './programs';
import type { RecordState } from './record-state';

const PART2 = classBit('PART2');
const SUD = classBit('SUD');
/** Labels of several facts together: a parent stays beside its child (docs/adr/labelling-distinct-classes.md), but PART2 covers every substance. */
export const joined = (mask: number): number => (mask & PART2 ? mask & ~SUD : mask);

/** The own labels of a record from all that it is made of, and the Part 2 program that has a hand in it. */
export function ownLabels(labelling: LabellingService, programs: Programs, sources: readonly LabelSource[]): { mask: number; bases: LabelBasis[]; program: string | null } {
  let mask = 0;
  let program: string | null = null;
  const bases = new Map<string, LabelBasis>();
  for (const source of sources) {
    const from = programs.of(source);
    program ??= from;
    source.part2Program = from !== null;
    const own = labelling.label(source);
    mask |= own.mask;
    for (const each of own.bases) bases.set(`${each.class} ${each.rule}`, each);
  }
  if (!mask) return { mask, bases: [], program };
  const kept = joined(mask);
  return { mask: kept, bases: [...bases.values()].filter((each) => kept & classBit(each.class)), program };
}

export function byMember(states: readonly RecordState[]): Map<string, RecordState[]> {
  const groups = new Map<string, RecordState[]>();
  for (const each of states) {
    const group = groups.get(each.memberId);
    if (group) group.push(each);
    else groups.set(each.memberId, [each]);
  }
  return groups;
}
