import { GatewayError } from '../../vocabulary/errors';
import { isPageSize, LARGEST_PAGE } from '../../vocabulary/page-size';
import type { Access } from '../plan/access';
import type { Arguments } from '../plan/operation-plan';
import type { PlannedField } from '../plan/selection';
import type { CompiledRead, RunValues } from '../compile/sql';
import { Cursors, type Binding, type Place } from '../cursor';
import type { GrantPseudonyms } from './grant-pseudonyms';
import type { ReadDatabase, Rows } from './database';
import type { Answer } from './shape';

/** What the privacy office reads for `Member.privacy` and the safety check for `interactionAlerts`, in a constant number of statements. */
export interface MemberExtras {
  privacy(memberIds: readonly string[], access: Access): Promise<ReadonlyMap<string, unknown>>;
  interactionAlerts(memberIds: readonly string[], reading: Reading): Promise<ReadonlyMap<string, unknown>>;
}

/** Members by id under the selection of a field, each once; one that the caller does not reach is absent. */
export type ReadMembers = (reading: Reading, field: PlannedField, ids: readonly string[]) => Promise<ReadonlyMap<string, Answer>>;

/** Statements of one operation for one access profile, made once and kept: by the field and the size of the level. */
export type CompiledStatements = Map<string, unknown>;

/** One operation being read: what it is bound to, what it has touched so far (for the audit record and the obligations). */
export interface Reading {
  readonly database: ReadDatabase;
  readonly access: Access;
  readonly arguments: Arguments;
  readonly statements: CompiledStatements;
  readonly cursors: Cursors;
  readonly noticeVersion: string;
  readonly extras: MemberExtras;
  /** How a record leads to its member: members are read with their records, so that the two files would need one another. */
  readonly members: ReadMembers;
  /** Ids of fields that can never be seen: answered null, not read. */
  readonly denied: ReadonlySet<number>;
  readonly touched: Touched;
  /** What ids are told as, where a grant leaves identifiers out. */
  readonly pseudonyms?: GrantPseudonyms | null;
  /** The reference path: nothing that is known of a level's members shortens the statements of their records. */
  readonly isReference?: boolean;
}
export interface Touched {
  readonly members: Set<string>;
  labels: number;
  /** The labels released, by member. */
  readonly labelsOf: Map<string, number>;
  /** Coordinates that filters and orders used. */
  readonly used: Set<string>;
  /** Members whose Part 2 records were released. */
  readonly part2Members: Set<string>;
  /** Members of whom the caller was told that something hidden interacts: the record is flagged for review. */
  readonly alerted: Set<string>;
}
export const untouched = (): Touched => ({ members: new Set(), labels: 0, labelsOf: new Map(), used: new Set(), part2Members: new Set(), alerted: new Set() });

/** Sizes that lists of keys are padded to, so that prepared statements are reused (speed: "What follows", 2). */
export const SIZES = [1, 2, 5, 10, 20, 50, 100, 200] as const;
export const paddedSize = (count: number): number => SIZES.find((size) => size >= count) ?? 200;
export function chunksOf(keys: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let at = 0; at < keys.length; at += 200) chunks.push(keys.slice(at, at + 200));
  return chunks;
}
/** Padding repeats the last key: the rows are the same, the statement's text too. */
export const padded = (keys: readonly string[], size: number): string[] => [...keys, ...Array<string>(Math.max(0, size - keys.length)).fill(keys[keys.length - 1] ?? '')];

/** The fields that may be seen: those that never can are not read. */
export const open = (reading: Reading, fields: readonly PlannedField[]): PlannedField[] => fields.filter((each) => !reading.denied.has(each.id));

/** An id as the caller is told it. */
export const toldId = (reading: Reading, kind: 'member' | 'record', id: unknown): unknown =>
  (reading.pseudonyms && typeof id === 'string' ? reading.pseudonyms.of(kind, id) : id);

/** Makes a statement once for each field and size. */
export function statement<T>(reading: Reading, key: string, make: () => T): T {
  const known = reading.statements.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  reading.statements.set(key, made);
  return made;
}

/** The size of a page: 1 to 200, the schema's default where it is null. */
export function pageSize(field: PlannedField, given: unknown): number {
  const fallback = field.definition?.args.find((each) => each.name === 'first')?.defaultValue;
  return checkedPageSize(given ?? fallback ?? 50);
}

/** @throws BAD_USER_INPUT for a size that is none */
export function checkedPageSize(first: unknown): number {
  if (!isPageSize(first)) throw new GatewayError('BAD_USER_INPUT', `first: must be a whole number from 1 to ${LARGEST_PAGE}`);
  return first;
}

export function bindingOf(reading: Reading, field: PlannedField): Binding {
  const { caller } = reading.access;
  const args = reading.arguments.get(field.id) ?? {};
  return {
    subject: caller.subject, role: caller.role, organization: caller.organization, purpose: reading.access.profile.purpose, coordinate: field.coordinate,
    filter: args['filter'] ?? looseFilter(args), order: args['orderBy'] ?? null, noticeVersion: reading.noticeVersion, ...(caller.grant === null ? {} : { grant: caller.grant }),
  };
}
/** What narrows a list without an argument `filter` (the worklist's kind and status); null where nothing does. */
function looseFilter(args: Readonly<Record<string, unknown>>): unknown {
  const narrowing = Object.entries(args).filter(([argument, value]) => !['first', 'after', 'filter', 'orderBy'].includes(argument) && value !== null && value !== undefined).sort();
  return narrowing.length > 0 ? narrowing : null;
}
/** Where the page begins; null for the first page. */
export function placeAfter(reading: Reading, field: PlannedField): Place | null {
  const after = reading.arguments.get(field.id)?.['after'];
  return typeof after === 'string' ? reading.cursors.open(after, bindingOf(reading, field), reading.access.caller.at) : null;
}

/**
 * Refuses a page size or cursor that is not good, anywhere below a root, before the first statement: whether one is met may not hang
 * on the rows above it. What can never be seen is not read, and not checked.
 */
export function assertPages(reading: Reading, field: PlannedField): void {
  if (reading.denied.has(field.id)) return;
  if (field.definition?.args.some((each) => each.name === 'after')) {
    pageSize(field, reading.arguments.get(field.id)?.['first']);
    placeAfter(reading, field);
  }
  field.selections.forEach((each) => assertPages(reading, each));
}

/** Runs a read for a list of keys, in chunks of the padded sizes. */
export async function rowsFor(reading: Reading, key: string, keys: readonly string[], make: (size: number) => CompiledRead | null, cursor: { field: PlannedField; place: Place | null } | null): Promise<Rows> {
  const found = await Promise.all(chunksOf([...new Set(keys)]).map(async (chunk) => {
    const size = paddedSize(chunk.length);
    const read = statement(reading, `${key}:${size}`, () => make(size));
    return read ? reading.database.rows(read, runValues(reading, padded(chunk, size), cursor)) : [];
  }));
  return found.length === 1 ? (found[0] as Rows) : found.flat();
}

export function runValues(reading: Reading, keys: readonly string[], cursor: { field: PlannedField; place: Place | null } | null): RunValues {
  return {
    bound: reading.access.bound, keys, order: reading.pseudonyms?.order ?? null,
    argument: (field, ...path) => {
      if (path[0] === 'cursor') return cursor?.place?.[path[1] as keyof Place] ?? null;
      return path.reduce<unknown>((value, part) => (value === null || value === undefined ? null : (value as Record<string, unknown>)[part]), reading.arguments.get(field));
    },
  };
}
