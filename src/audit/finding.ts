/** What is wrong with the trail, and where. */
export type FindingKind =
  | 'EDITED' | 'MISSING' | 'INSERTED' | 'NOT_LINKED' | 'BACK_DATED' | 'MEMBERS_DIFFER' | 'TRUNCATED' | 'CHAIN_REMOVED' | 'REWRITTEN'
  | 'CHECKPOINT_ALTERED' | 'CHECKPOINT_MISSING' | 'CHECKPOINT_FILE_ALTERED' | 'CHECKPOINT_FILE_MISSING';

export interface Finding {
  readonly kind: FindingKind;
  readonly chain: string | null;
  /** The first place in the chain, from 1, where something else was sealed or must be. */
  readonly position: number | null;
  /** The first record that does not fit; null where there is none left at that place. */
  readonly event: string | null;
  readonly checkpoint: number | null;
}

const SENTENCE: Readonly<Record<FindingKind, string>> = {
  EDITED: 'a record was changed', MISSING: 'records were taken out', INSERTED: 'a record was put in', NOT_LINKED: 'a record does not follow the one before it',
  BACK_DATED: 'a record is older than the one before it', MEMBERS_DIFFER: 'the index by member does not say what the record says',
  TRUNCATED: 'the end of the chain was cut off', CHAIN_REMOVED: 'a whole chain is gone', REWRITTEN: 'records were written anew after they were sealed',
  CHECKPOINT_ALTERED: 'a checkpoint was changed, or is not signed by a known key', CHECKPOINT_MISSING: 'a checkpoint was taken out', 

  CHECKPOINT_FILE_ALTERED: 'a checkpoint in the folder is not the one in the database', CHECKPOINT_FILE_MISSING: 'a checkpoint was taken out of the folder',
};

/** One line for a person: what, and where. */
export function describeFinding({ kind, chain, position, event, checkpoint }: Finding): string {
  const places = [
    chain === null ? null : `chain ${chain}`, position === null ? null : `position ${position}`, event === null ? null : `event ${event}`,
    checkpoint === null ? null : `checkpoint ${checkpoint}`,
  ];
  return `${SENTENCE[kind]}: ${places.filter((each) => each !== null).join(', ')}`;
}

/** The one name of the place (`AuditIntegrity.brokenAt`): the event's id, else `CHAIN/POSITION`, else `checkpoint/NUMBER`. */
export const placeOf = ({ chain, position, event, checkpoint }: Finding): string =>
  event ?? (chain === null ? `checkpoint/${checkpoint ?? 0}` : `${chain}/${position ?? 0}`);
