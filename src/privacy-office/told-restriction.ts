import type { RestrictionRow } from '../entities/tables/privacy';
import { categoryBit } from '../vocabulary/categories';
import { detailOf, type RequestRow } from './requests';
import type { Representation, Standing } from './standing';

const PAYMENT = categoryBit('FINANCIAL');

/** Whether what a plan paid is within the scope of one of these representations. */
export const seesPayments = (representations: readonly Representation[]): boolean => representations.some((each) => (each.category_mask & PAYMENT) !== 0);
/** As `seesPayments`, for whoever calls: the member and the office know of payments. */
export const isToldOfPayments = ({ relationship, representations }: Standing): boolean => relationship !== 'REPRESENTATION' || seesPayments(representations);

/** Whether the status of a restriction tells what the claims of its encounter say: accepted at once, where no plan paid. */
const tellsPayment = (row: Pick<RestrictionRow, 'kind' | 'status'>): boolean => row.kind === 'PAID_IN_FULL' && ['RECEIVED', 'ACCEPTED', 'WITHDRAWN'].includes(row.status);

/** A restriction as it is told to a representative who may not see payments: it binds either way, and reads as one that waits, or was withdrawn (policy section 3). */
export const withoutPayments = (row: RestrictionRow): RestrictionRow =>
  (tellsPayment(row) ? { ...row, status: row.ended_at === null ? 'RECEIVED' : 'WITHDRAWN', decided_at: null, response: null } : row);

/** The entry of the worklist about such a restriction. */
export function requestWithoutPayments(row: RequestRow, restrictions: readonly RestrictionRow[]): RequestRow {
  const about = row.kind === 'RESTRICTION' && detailOf(row)['task'] !== true ? restrictions.find((each) => each.id === row.subject_id) : undefined;
  if (!about || !tellsPayment(about)) return row;
  return { ...row, status: about.ended_at === null ? 'RECEIVED' : 'WITHDRAWN', decided_at: about.ended_at };
}
