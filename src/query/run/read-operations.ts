import { compileMemberScope } from '../compile/member-read';
import { countRead, OPEN, tallyRead, type Filters } from '../compile/operations-read';
import type { PlannedField } from '../plan/selection';
import { checkedPageSize, runValues, statement, type Reading } from './reading';

/** A cell of 1 to 10 is suppressed; 0 is shown (policy section 8, aggregates). */
const SMALLEST = 11;
const isSmall = (count: number): boolean => count > 0 && count < SMALLEST;
interface Tally { key: string; display: string | null; count: number | null; suppressed: boolean }

/** Largest first, suppressed cells last by key: an order by hidden counts would tell them. */
function arranged(rows: readonly (readonly unknown[])[], hideAll: boolean): Tally[] {
  return rows.map(([system, key, display, count]) => {
    const suppressed = hideAll || isSmall(Number(count));
    return { key: system === null ? String(key) : `${String(system)}|${String(key)}`, display: display === null ? null : String(display), count: suppressed ? null : Number(count), suppressed };
  }).sort((left, right) => (right.count ?? -1) - (left.count ?? -1) || (left.key < right.key ? -1 : 1));
}

function tallySize(reading: Reading, field: PlannedField): number {
  return checkedPageSize(reading.arguments.get(field.id)?.['first'] ?? 20);
}

const TALLIES = {
  openCareGapsByMeasure: { type: 'CareGap', column: 'measure', distinct: false },
  membersByCondition: { type: 'Condition', column: 'code', distinct: true },
  membersByMedication: { type: 'Medication', column: 'code', distinct: true },
} as const;

/**
 * The operations report: counts over rows that the caller could see one by one. Where the filter selects, or leaves out, 1 to 10 of
 * the members reached, every cell is suppressed: the difference to the whole would tell them.
 */
export async function readOperations(reading: Reading, field: PlannedField): Promise<Record<string, unknown>> {
  const filter = (reading.arguments.get(field.id)?.['filter'] ?? null) as Filters;
  const counted = statement(reading, `operations:${field.id}`, () => countRead(reading.access, field, filter));
  const [row] = await reading.database.rows(counted, runValues(reading, [], null));
  const [reached, chosen] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0)];
  const hideAll = isSmall(chosen) || isSmall(reached - chosen);
  compileMemberScope(reading.access, field.id, filter).filtered.coordinates.forEach((each) => reading.touched.used.add(each));
  const report: Record<string, unknown> = { __typename: 'OperationsReport' };
  for (const part of field.selections) {
    if (part.name === 'members') report[part.key] = { count: hideAll ? null : chosen, suppressed: hideAll };
    const tally = TALLIES[part.name as keyof typeof TALLIES];
    if (!tally) continue;
    const open = part.name === 'openCareGapsByMeasure' ? OPEN : null;
    const read = statement(reading, `tally:${field.id}:${part.name}`, () => tallyRead(reading.access, field, filter, tally.type, tally.column, open, tally.distinct));
    const rows = read ? await reading.database.rows(read, runValues(reading, [], null)) : [];
    const all_ = arranged(rows, hideAll);
    report[part.key] = part.name === 'openCareGapsByMeasure' ? all_ : all_.slice(0, tallySize(reading, part));
    reading.touched.used.add(`${tally.type}.${tally.column}`);
    if (open) reading.touched.used.add(`${tally.type}.status`);
  }
  return report;
}
