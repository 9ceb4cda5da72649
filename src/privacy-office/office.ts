import type { DataSource, EntityManager } from 'typeorm';
import type { ClauseId } from '../vocabulary/clauses';
import type { SensitivityClass } from '../vocabulary/sensitivity';
import type { MutationName } from './authorize-call';

/** What a write did, for the audit record that commits with it. */
export interface WriteDone {
  readonly mutation: MutationName;
  readonly clause: ClauseId | null;
  readonly memberIds: readonly string[];
  /** A closed word: DONE, or REJECTED_INAUTHENTIC for a request that was recorded and refused. */
  readonly outcome: 'DONE' | 'REJECTED_INAUTHENTIC';
  /** For review by the privacy office. */
  readonly flagged: boolean;
  /** The reason that the caller stated, where the mutation takes one. */
  readonly reason: string | null;
}

export interface Office {
  readonly source: DataSource;
  /** Writes the audit record in the transaction of the change (`Ledger.recordIn`); when it rejects, the change is undone. */
  readonly audit?: (manager: EntityManager, done: WriteDone) => Promise<unknown>;
  /** What the file of the member's state says; without it the policy's own values hold. */
  readonly jurisdiction?: Jurisdiction;
}

/** `state`: two letters of the member's home address, or null. */
export interface Jurisdiction {
  minorConsentClasses(state: string | null): readonly SensitivityClass[];
  /** Calendar days for an answer, where the state shortens them; null where it does not. */
  dueDays(kind: string, state: string | null): number | null;
}
