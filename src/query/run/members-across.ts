import { compileDrivenIds } from '../compile/member-read';
import type { Place } from '../cursor';
import type { PlannedField } from '../plan/selection';
import { LARGEST_LEVEL } from './known-members';
import { chunksOf, paddedSize, runValues, statement, type Reading } from './reading';

/** Some members of a list across members; null for all whom the caller reaches. */
export type SomeMembers = readonly string[] | null;
/** So many reads for a page's members: a list with few rows among many members is read in one statement sooner than in hundreds. */
const MOST_READS = 4;

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * The members among whom a list of records across members is looked for, in their order and some at a time: those that the filter names, or those of the
 * relation that gives reach. A page then costs what its own members cost, and not what all whom the caller reaches do. It narrows where records
 * are looked for, never what is seen of them. All at once where neither is known, under a grant, which has an order of its own, and on the reference path.
 */
export async function* membersAcross(reading: Reading, connection: PlannedField, first: number, place: Place | null): AsyncGenerator<SomeMembers> {
  const named = (reading.arguments.get(connection.id)?.['filter'] as { memberIds?: unknown } | null | undefined)?.memberIds;
  if (reading.access.profile.grant || reading.isReference) yield null;
  else if (Array.isArray(named)) yield* namedMembers(named.map(String), place);
  else yield* drivenMembers(reading, connection, first, place);
}

function namedMembers(named: readonly string[], place: Place | null): string[][] {
  const from = place?.member;
  const left = [...new Set(named)].filter((each) => from === undefined || byBytes(each, from) >= 0).sort(byBytes);
  return chunksOf(left);
}

const drivenIds = (reading: Reading, connection: PlannedField, count: number, after: boolean) => statement(reading, `across-members:${connection.id}:${count}:${after}`, () =>
  compileDrivenIds(reading.access, { kind: 'PAGE', first: count, after, field: connection.id, order: null }, null));

/** The first time as many as the page has rows and one more, which most often are enough, then as many as a statement takes, then all of them. */
async function* drivenMembers(reading: Reading, connection: PlannedField, first: number, place: Place | null): AsyncGenerator<SomeMembers> {
  let [after, count, begun] = [place?.member ?? null, paddedSize(Math.min(first + 1, LARGEST_LEVEL)), place?.member === undefined ? [] : [place.member]];
  for (let reads = 0; reads < MOST_READS; reads++) {
    const read = drivenIds(reading, connection, count, after !== null);
    if (!read) break;
    const found = (await reading.database.rows(read, runValues(reading, [], { field: connection, place: after === null ? null : { id: after } }))).map((row) => String(row[0]));
    // The member in whose records the page before ended may have more of them.
    yield* chunksOf([...begun, ...found.slice(0, count)]);
    if (found.length <= count) return;
    [after, count, begun] = [found[count - 1] ?? null, LARGEST_LEVEL, []];
  }
  yield null;
}
