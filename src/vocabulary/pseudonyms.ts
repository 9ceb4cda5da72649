export type PseudonymKind = 'member' | 'record';
/** Ids that a reader may know as pseudonyms alone (made in src/audit/pseudonym.ts). */
export interface Pseudonyms {
  /** The stable pseudonym of an id: the same on every node that has the key. */
  of(kind: PseudonymKind, id: string): string;
  /** The id behind a pseudonym; null for anything that is none, a real id included (policy section 9). */
  idOf(kind: PseudonymKind, pseudonym: string): string | null;
}
