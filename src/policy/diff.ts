import type { FieldTags } from '../directives/tags';
import type { NoticeVersion } from '../permissions/notice';
import { PURPOSES } from '../vocabulary/purposes';
import { bestAccess, cellKey, decidedCoordinates, matrix, type MatrixCell } from './matrix';
import { alikeFor } from './purposes-alike';
import type { CellsAt } from './cells-at';

/** OPENS: nobody of the role saw it, now some can; CLOSES: the other way; CHANGES: both can, under other conditions. */
export type DiffKind = 'OPENS' | 'CLOSES' | 'CHANGES';
export interface DiffCell { readonly kind: DiffKind; readonly before: MatrixCell; readonly after: MatrixCell }

/** What decides a cell, in full: equal texts are equal policies, whatever the summary says. Kinds of cells are few and asked once. */
function rulesOf(version: NoticeVersion, coordinates: ReadonlyMap<string, CellsAt>): (cell: MatrixCell) => string {
  const known = new Map<string, string>();
  return ({ role, purpose, coordinate }) => {
    const at = coordinates.get(coordinate) as CellsAt;
    const key = `${alikeFor(version.clauses, role, purpose)} ${cellKey(coordinate, at)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const access = bestAccess(version.clauses, role, purpose);
    const made = JSON.stringify(at.cells.length > 0 ? at.cells.map(({ cell }) => { const { visible, hidden } = access.decide(cell); return [visible, hidden]; }) : access.reach);
    known.set(key, made);
    return made;
  };
}

function kindOf(before: MatrixCell, after: MatrixCell, isSame: () => boolean): DiffKind | null {
  if (before.effect === 'DENY') return after.effect === 'DENY' ? null : 'OPENS';
  if (after.effect === 'DENY') return 'CLOSES';
  return isSame() ? null : 'CHANGES';
}

/** Every cell, of every role and purpose, that differs from one version of the Notice to another. */
export async function diff(before: NoticeVersion, after: NoticeVersion, tags: ReadonlyMap<string, FieldTags>): Promise<DiffCell[]> {
  if (before.clauses === after.clauses) return [];
  // What a grant could open case by case is asked of nobody here: it would hide that a cell closed.
  const all = { purposes: PURPOSES, withGrants: false };
  const coordinates = decidedCoordinates(tags);
  const [rulesBefore, rulesAfter] = [rulesOf(before, coordinates), rulesOf(after, coordinates)];
  const cells = await matrix(after.clauses, tags, all);
  return (await matrix(before.clauses, tags, all)).flatMap((one, place) => {
    const other = cells[place] as MatrixCell;
    const kind = kindOf(one, other, () => rulesBefore(one) === rulesAfter(one));
    return kind ? [{ kind, before: one, after: other }] : [];
  });
}
