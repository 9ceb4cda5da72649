import type { Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
import { daysAfter } from '../vocabulary/instants';
import type { RequestKind } from '../vocabulary/requests';
import type { Office } from './office';

export { REQUEST_KINDS, type RequestKind } from '../vocabulary/requests';

/** Calendar days for an answer (policy section 8; 164.524(b)(2), 164.526(b)(2), 164.528(c)(1)); 0 is at once. */
export const DUE_DAYS: Readonly<Record<RequestKind, number>> = Object.freeze({
  ACCESS: 30, AMENDMENT: 60, ACCOUNTING: 60, RESTRICTION: 30, COMPLAINT: 30, CONFIDENTIAL_COMMUNICATION: 5, NOTICE_COPY: 5, GRANT: 5,
  AUTHORIZATION: 0, HIE: 0,
});
/** What can be extended, once, and by how many days. */
export const EXTENDABLE: readonly RequestKind[] = Object.freeze(['ACCESS', 'AMENDMENT', 'ACCOUNTING']);
export const EXTENSION_DAYS = 30;

/** The days of the state files, as an office reads them. */
export const dueDaysOf = (jurisdictions: readonly Jurisdiction[]): NonNullable<Office['stateDueDays']> =>
  (kind, state) => jurisdictions.find((each) => each.state === state)?.dueDays?.[kind]?.days ?? null;

/** The instant by which a request of that kind is due; a state may shorten it, never lengthen it. */
export function dueAt(office: Pick<Office, 'stateDueDays'>, kind: RequestKind, receivedAt: string, state: string | null): string {
  return daysAfter(receivedAt, Math.min(DUE_DAYS[kind], office.stateDueDays?.(kind, state) ?? Number.POSITIVE_INFINITY));
}
