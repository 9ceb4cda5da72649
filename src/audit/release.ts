import type { Clause } from '../permissions/core/clause';
import type { Elements } from '../permissions/grant-terms';
import type { ClauseId } from '../vocabulary/clauses';
import type { Recipient } from '../vocabulary/recipients';

/** One release as the trail has it: under a grant, or of a Part 2 record in an emergency. */
export interface Release {
  readonly at: string; readonly subject: string; readonly organization: string | null; readonly coordinates: readonly string[]; readonly labels: number; readonly purposeCode: string;
  readonly grant: {
    readonly id: string; readonly clause: Clause; readonly recipient: Recipient; readonly elements: Elements; readonly categories: number; readonly members: number; readonly suspendedUntil: string | null;
    /** True where the trail alone tells of it: its row is gone. */
    readonly lost?: boolean;
  } | null;
}
/** As `Disclosure` of the schema. */
export interface Disclosure { readonly at: string; readonly recipient: string; readonly recipientAddress: string | null; readonly description: string; readonly purpose: string; readonly clause: ClauseId }
