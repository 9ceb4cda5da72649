import type { EntityManager } from 'typeorm';
import { monthsBefore } from '../vocabulary/instants';
import type { Fee } from './requests';

/**
 * What a copy on paper or media may cost: labour, supplies, postage (164.524(c)(4)). One estimate for every record, whatever is in it: the
 * size of a record would tell a representative of what is kept from them. The member may take the electronic copy, which is free.
 */
const COPY = Object.freeze({ labour: 10, supplies: 5, postage: 9.5 });
const FURTHER_ACCOUNTING = 15;
const CURRENCY = 'USD';
const dollars = (amount: number): string => `${amount.toFixed(2)} ${CURRENCY}`;

export const copyFee = (): Fee => ({
  amount: COPY.labour + COPY.supplies + COPY.postage, currency: CURRENCY, estimate: true,
  reason: `Copies on paper or media: labour ${dollars(COPY.labour)}, supplies ${dollars(COPY.supplies)}, postage ${dollars(COPY.postage)}. To look, and an electronic copy, cost nothing.`,
});

/** The first accounting in twelve months is free; a further one has an estimate, told before it proceeds (164.528(c)(2)). `requestedBy` narrows what is counted to one requester. */
export async function accountingFee(manager: EntityManager, memberId: string, at: string, requestedBy: string | null): Promise<Fee | null> {
  const own = requestedBy === null ? '' : ' AND requested_by = ?';
  const [found] = await manager.query(
    `SELECT COUNT(*) AS earlier FROM privacy_request WHERE member_id = ? AND kind = 'ACCOUNTING' AND status NOT IN ('REJECTED_INAUTHENTIC', 'WITHDRAWN') AND received_at > ?${own}`,
    [memberId, monthsBefore(at, 12), ...(requestedBy === null ? [] : [requestedBy])]) as { earlier: number | string }[];
  if (Number(found?.earlier ?? 0) === 0) return null;
  return { amount: FURTHER_ACCOUNTING, currency: CURRENCY, estimate: true, reason: 'A further accounting within twelve months: labour and postage. You may withdraw or narrow the request.' };
}
