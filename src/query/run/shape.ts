import type { PlannedField } from '../plan/selection';

export type Answer = Record<string, unknown>;

/** A value under its selection: lists item by item, objects key by key in the order of the document, leaves as they are. */
export function shape(value: unknown, field: PlannedField): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((each) => shape(each, field));
  if (!field.type) return value;
  return shapeObject(value as Answer, field.selections, field.type.name);
}
export function shapeObject(value: Answer, selections: readonly PlannedField[], type: string): Answer {
  const answer: Answer = {};
  for (const field of selections) answer[field.key] = field.name === '__typename' ? (value['__typename'] ?? type) : shape(value[field.name], field);
  return answer;
}
