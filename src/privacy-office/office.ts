import type { DataSource, EntityManager } from 'typeorm';
import type { LabelInput, OwnLabels } from '../labelling/labels';
import type { ClauseId } from '../vocabulary/clauses';
import type { Jurisdiction } from '../permissions/jurisdictions/jurisdiction';
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
  /** Finds the labels of the member's records anew, in the transaction of a change; stands below this folder, so it is handed in. */
  readonly relabelMember: (manager: EntityManager, memberId: string) => Promise<unknown>;
  /** The classes that a record reveals by itself (`LabellingService.label`). */
  readonly ownLabels: (input: LabelInput) => OwnLabels;
  /** The state files in use; those that ship where left out. */
  readonly jurisdictions?: readonly Jurisdiction[];
  /** Calendar days for an answer, where the member's state (two letters of the home address) shortens them; null where it does not. */
  readonly stateDueDays?: (kind: string, state: string | null) => number | null;
}
