/**
 * Time as stored: an instant is `YYYY-MM-DDTHH:mm:ss.sssZ` (UTC, milliseconds, 24 characters), a date is `YYYY-MM-DD`. Both
 * databases compare them as text in time's order, and an answer carries them unchanged. Periods are half open: [start, end).
 */
export const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const DATE = /^\d{4}-\d\d-\d\d$/;
export const instantOf = (date: Date): string => date.toISOString();
export const startOfDay = (date: string): string => `${date}T00:00:00.000Z`;
export const dateOf = (instant: string): string => instant.slice(0, 10);

/** The date so many years before an instant, `YYYY-MM-DD`: who was born on or before it has that age. */
export function yearsBefore(instant: string, years: number): string {
  const at = new Date(instant);
  const day = new Date(Date.UTC(at.getUTCFullYear() - years, at.getUTCMonth(), at.getUTCDate()));
  return day.toISOString().slice(0, 10);
}
/** The instant so many calendar months before another. */
export function monthsBefore(instant: string, months: number): string {
  const at = new Date(instant);
  at.setUTCMonth(at.getUTCMonth() - months);
  return at.toISOString();
}
