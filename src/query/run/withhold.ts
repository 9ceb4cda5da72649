import type { PlannedField } from '../plan/selection';

/**
 * An answer with null in the denied cells inside of its objects (a name's family, a code's display). Readers leave out what is denied of a
 * member and of a record; of what stands within such a cell they know nothing, and a tag that lacks or a rule that throws must not open it.
 * @param denied ids of the planned fields to make null; where there is none, the answer is as it was
 */
export function withhold(answer: unknown, field: PlannedField, denied: ReadonlySet<number>): unknown {
  if (denied.size === 0 || answer === null || typeof answer !== 'object') return answer;
  if (Array.isArray(answer)) return answer.map((each) => withhold(each, field, denied));
  // Of an interface it is not told which type it became: what one type may not show is null for each.
  const below = field.byType ? [...field.byType.values()].flat() : field.selections;
  return Object.fromEntries(Object.entries(answer).map(([key, value]): [string, unknown] => [
    key, below.filter((each) => each.key === key).reduce<unknown>((found, each) => (denied.has(each.id) ? null : withhold(found, each, denied)), value),
  ]));
}
