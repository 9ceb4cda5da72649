import { randomUUID } from 'node:crypto';
import type { Caller } from '../identity/caller';
import { insertRows, selectRows, updateRows } from '../entities/rows';
import { representation } from '../entities/tables/member';
import { ALL_CATEGORIES, categoriesOf, categoryMask, type Category } from '../vocabulary/categories';
import { classBit, classesOf, coverMask, parentOfClass, type SensitivityClass } from '../vocabulary/sensitivity';
import type { Office } from './office';
import { notFound, type Representation } from './standing';
import { LONGEST, conflict, requirePeriod, requireText } from './validate';
import { write } from './write';

export const REPRESENTATION_KINDS = ['GUARDIAN', 'PARENT', 'HEALTH_CARE_POA', 'EXECUTOR', 'ADMINISTRATOR', 'NEXT_OF_KIN', 'ATTORNEY'] as const;
export type RepresentationKind = (typeof REPRESENTATION_KINDS)[number];
export interface RepresentationInput {
  readonly subject: string; readonly kind: RepresentationKind; readonly start?: string | null; readonly end?: string | null;
  readonly categories?: readonly Category[] | null; readonly excludedClasses?: readonly SensitivityClass[] | null;
}
/** As `Representation` of the schema; `excludedClasses` null: the default of policy section 4 applies. */
export interface RepresentationResult {
  id: string; subject: string; kind: RepresentationKind; start: string; end: string | null; categories: Category[]; excludedClasses: SensitivityClass[] | null;
}

export const representationResultOf = (row: Representation): RepresentationResult => ({
  id: row.id, subject: row.subject, kind: row.kind as RepresentationKind, start: row.start_at, end: row.end_at, categories: categoriesOf(row.category_mask),
  excludedClasses: row.excluded_mask === null ? null : broadest(row.excluded_mask),
});
/** The stored bits cover the children of what was named; told is what covers them. */
const broadest = (mask: number): SensitivityClass[] =>
  classesOf(mask).filter((each) => { const parent = parentOfClass(each); return parent === null || (mask & classBit(parent)) === 0; });

/** Who acts for the member (164.502(g)); an explicit list of classes is the professional's decision on record. */
export function recordRepresentation(office: Office, caller: Caller, { memberId, input }: { memberId: string; input: RepresentationInput }): Promise<RepresentationResult> {
  return write(office, caller, { mutation: 'recordRepresentation', memberId, clause: 'access' }, async ({ manager }) => {
    const start = input.start ?? caller.at;
    requirePeriod(start, input.end ?? null, 'input.end');
    const row: Representation = {
      member_id: memberId, id: randomUUID(), subject: requireText(input.subject, 'input.subject', LONGEST.id), kind: input.kind, start_at: start, end_at: input.end ?? null,
      category_mask: input.categories ? categoryMask(input.categories) : ALL_CATEGORIES,
      excluded_mask: input.excludedClasses ? coverMask(input.excludedClasses) : null, ended_at: null, recorded_by: caller.subject,
    };
    await insertRows(manager, representation, [row]);
    return { result: representationResultOf(row) };
  });
}

/** Acts at once, and the representative is not told why (164.502(g)(5)). @throws CONFLICT when it was ended before */
export function endRepresentation(office: Office, caller: Caller, { id }: { id: string }): Promise<RepresentationResult> {
  const call = { mutation: 'endRepresentation', clause: 'access', memberId: async (manager) => (await selectRows(manager, representation, { id }))[0]?.member_id ?? null } as const satisfies Parameters<typeof write>[2];
  return write(office, caller, call, async ({ manager, standing }) => {
    const key = { member_id: standing.member.id, id };
    const [row] = await selectRows(manager, representation, key, { lock: true });
    if (!row) throw notFound('id');
    if (row.ended_at !== null) throw conflict('The representation was ended before');
    const set = { ended_at: caller.at, end_at: row.end_at !== null && row.end_at < caller.at ? row.end_at : caller.at };
    await updateRows(manager, representation, key, set);
    return { result: representationResultOf({ ...row, ...set }) };
  });
}
