/** Reading JSON whose shape is not ours: every accessor answers null (or an empty list) where the element is not there. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object of an element; the first where the element repeats (older FHIR versions differ in what repeats). */
export function object(value: unknown): Json | null {
  if (Array.isArray(value)) return value.find(isObject) ?? null;
  return isObject(value) ? value : null;
}

/** The objects of an element, whether it repeats or not. */
export function list(value: unknown): Json[] {
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

/** The text of an element without surrounding white space; null where it is empty or no text. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.trim() || null;
}

export const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The texts of an element, whether it repeats or not. */
export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(text).filter((each): each is string => each !== null);

/** The first of the named elements that is there: FHIR versions name one thing differently. */
export function first(resource: Json, ...names: string[]): unknown {
  for (const name of names) if (resource[name] !== undefined && resource[name] !== null) return resource[name];
  return null;
}
