import type { EntityManager } from 'typeorm';
import { ENDED } from '../../privacy-office/care-team';
import type { Cells, RecordDraft } from '../mapping';
import { marks, slices } from './upsert';

/** What was decided here is not undone by a file that says what it said before: an assignment that was ended stays ended, a gap that was closed stays closed. */

interface EndedRow { readonly member_id: string; readonly id: string; readonly practitioner_id: string; readonly end_at: string }

/** The resource that a row came from: a participant's row bears the team's id and its own place. */
const isOf = (row: string, other: string): boolean => baseOf(row) === baseOf(other);
const baseOf = (id: string): string => id.replace(/\.\d+$/, '');

/** Care team rows of an import, those ended here with their end: a team names the same practitioner again from a later day, or not at all. */
export async function keepEnded(manager: EntityManager, rows: readonly Cells[], known: ReadonlySet<string>): Promise<readonly Cells[]> {
  const ended: EndedRow[] = [];
  for (const slice of slices([...new Set(rows.map((each) => each['member_id'] as string))].filter((each) => known.has(each)), 200))
    ended.push(...await manager.query(`SELECT member_id, id, practitioner_id, end_at FROM care_team WHERE member_id IN (${marks(slice)}) AND origin = '${ENDED}'`, slice) as EndedRow[]);
  return ended.length === 0 ? rows : rows.map((row) => {
    const end = ended.filter((each) => each.member_id === row['member_id'] && each.practitioner_id === row['practitioner_id'] && isOf(each.id, row['id'] as string))
      .map((each) => each.end_at).sort().at(-1);
    if (end === undefined || (row['start_at'] as string) >= end) return row;
    const stated = row['end_at'] as string | null;
    return { ...row, end_at: stated !== null && stated < end ? stated : end, origin: ENDED };
  });
}

/** Care gaps of an import that were closed after the file's statement was made (or it has no date): they stay closed. */
export async function keepClosed(manager: EntityManager, drafts: readonly RecordDraft[], known: ReadonlySet<string>): Promise<void> {
  const open = drafts.filter((each) => each.type === 'CareGap' && each.row['status'] !== 'closed' && known.has(each.row['member_id'] as string));
  for (const slice of slices(open, 200)) {
    const rows = await manager.query(`SELECT member_id, id, closed_at FROM care_gap WHERE id IN (${marks(slice)}) AND status = 'closed' AND closed_at IS NOT NULL`, slice.map((each) => each.id)) as { member_id: string; id: string; closed_at: string }[];
    for (const draft of slice) {
      const closed = rows.find((each) => each.id === draft.id && each.member_id === draft.row['member_id']);
      const said = draft.row['recorded_at'] as string | null;
      if (closed && (said === null || said <= closed.closed_at)) Object.assign(draft.row, { status: 'closed', closed_at: closed.closed_at });
    }
  }
}
