import { text } from './json';

/**
 * FHIR dates are given to the year, month, day or instant. A start is the first moment meant; an end is inclusive, and becomes the
 * first moment after what is meant (policy section 4), because stored periods are half open.
 */
const PARTIAL = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/;
/** Older than every record: the start of an active relationship whose start is not told. */
export const BEFORE_ALL = '0001-01-01T00:00:00.000Z';

function moment(value: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`);
}

function partial(value: string): { year: number; month: number | null; day: number | null } | null {
  const parts = PARTIAL.exec(value);
  if (!parts) return null;
  return { year: Number(parts[1]), month: parts[2] ? Number(parts[2]) : null, day: parts[3] ? Number(parts[3]) : null };
}

function utc(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** Records of one visit share their dates: what was worked out lately is remembered. */
const REMEMBERED = 20_000;
function remembering<T>(work: (value: string) => T): (value: string) => T {
  const known = new Map<string, T>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const made = work(value);
    known.set(value, made);
    return made;
  };
}

/** True for a date, dateTime or instant of FHIR, of a day that the calendar has. */
export const isDate = remembering(readsAsDate);

function readsAsDate(value: string): boolean {
  const parts = partial(value);
  if (!parts) return INSTANT.test(value) && Number.isFinite(moment(value)) && readsAsDate(value.slice(0, 10));
  const { year, month, day } = parts;
  if (month !== null && (month < 1 || month > 12)) return false;
  return day === null || utc(year, month ?? 1, day).getUTCDate() === day;
}

const stored = (date: Date): string | null => {
  const iso = date.toISOString();
  return iso.length === 24 ? iso : null;
};

/** The first moment that the date means, as stored; null where there is none. */
export function startOf(value: unknown): string | null {
  const given = text(value);
  return given ? firstMoment(given) : null;
}
const firstMoment = remembering((given) => {
  if (!isDate(given)) return null;
  const parts = partial(given);
  return stored(parts ? utc(parts.year, parts.month ?? 1, parts.day ?? 1) : new Date(moment(given)));
});

/** The first moment after what the date means, as stored: the end of a period of FHIR is inclusive. */
export function endOf(value: unknown): string | null {
  const given = text(value);
  if (!given || !isDate(given)) return null;
  const parts = partial(given);
  if (!parts) return stored(new Date(moment(given) + 1));
  const { year, month, day } = parts;
  if (day !== null) return stored(utc(year, month ?? 1, day + 1));
  return stored(month === null ? utc(year + 1, 1, 1) : utc(year, month + 1, 1));
}

/** The calendar date as written, `YYYY-MM-DD`; a year or a month is its first day. */
export function dateIn(value: unknown): string | null {
  const given = text(value);
  if (!given || !isDate(given)) return null;
  const parts = partial(given);
  if (!parts) return given.slice(0, 10);
  const two = (part: number | null): string => String(part ?? 1).padStart(2, '0');
  return `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`;
}

/** The last day that a date of a year or a month can mean, `YYYY-MM-DD`; null for a day, which means itself. */
export function lastDayIn(value: unknown): string | null {
  const parts = partial(text(value) ?? '');
  const end = parts && parts.day === null ? endOf(value) : null;
  return end === null ? null : new Date(Date.parse(end) - 1).toISOString().slice(0, 10);
}

/** The later and the earlier of two stored instants; a missing one does not count. */
export const laterOf = (one: string | null, other: string | null): string | null => (one && other ? (one > other ? one : other) : one ?? other);
export const earlierOf = (one: string | null, other: string | null): string | null => (one && other ? (one < other ? one : other) : one ?? other);
