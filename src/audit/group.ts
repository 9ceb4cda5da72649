import type { Table } from '../entities/table';
import type { Head, Unlinked } from './chain';

/** Records of one chain that become durable together. */
export interface Group {
  readonly chainId: string;
  /** The last link before them; null where it is not known, and the database is to be asked. */
  readonly head: Head | null;
  /** One at least, and as many as `fits` said at most. */
  readonly entries: readonly Unlinked[];
}
/** Commits groups, one after the other: all rows of a group, or none (docs/adr/audit-in-few-round-trips.md). */
export interface Groups {
  /** How many of those that wait make up the next group. */
  fits(waiting: number): number;
  /**
   * Resolves with the new head when the rows are durable; tries again while the database asks for that. Once the signal aborts, nothing
   * more is begun. What rejects may or may not have happened.
   */
  commit(group: Group, signal: AbortSignal): Promise<Head>;
  /** No group is to come. */
  close(): void;
}

/** Records in one transaction at most. */
export const LARGEST_GROUP = 250;

/** Inserts so many rows, each with its columns in the order of the table. */
export function insertText({ name, columns }: Table, rows: number): string {
  const names = Object.keys(columns);
  const tuple = `(${names.map(() => '?').join(', ')})`;
  return `INSERT INTO ${name} (${names.join(', ')}) VALUES ${Array.from({ length: rows }, () => tuple).join(', ')}`;
}
