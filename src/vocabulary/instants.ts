import { DateTime } from 'luxon';

/**
 * Time as stored: an instant is `YYYY-MM-DDTHH:mm:ss.sssZ` (UTC, milliseconds, 24 characters), a date is `YYYY-MM-DD`. Both
 * databases compare them as text in time's order, and an answer carries them unchanged. Periods are half open: [start, end).
 */
export const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const DATE = /^\d{4}-\d\d-\d\d$/;
export const instantOf = (date: Date): string => date.toISOString();
export const startOfDay = (date: string): string => `${date}T00:00:00.000Z`;
export const dateOf = (instant: string): string => instant.slice(0, 10);

const utc = (instant: string): DateTime => DateTime.fromISO(instant, { zone: 'utc' });
/**
 * The date so many years before an instant, `YYYY-MM-DD`: who was born on or before it has that age. From the 29th of February it is the
 * 28th where there is no 29th: nobody comes of age a day early.
 */
export const yearsBefore = (instant: string, years: number): string => ofTheDay(`${instant.slice(0, 10)} ${years}`, () => utc(instant).minus({ years }).toISODate() as string);
/** Each request asks for the same dates: those of a day are worked out once. */
const OF_THE_DAY = new Map<string, string>();
function ofTheDay(key: string, make: () => string): string {
  const known = OF_THE_DAY.get(key);
  if (known !== undefined) return known;
  if (OF_THE_DAY.size >= 1000) OF_THE_DAY.clear();
  const made = make();
  OF_THE_DAY.set(key, made);
  return made;
}
/** The date so many years after a date; from the 29th of February the 28th, where there is no 29th. */
export const yearsAfter = (date: string, years: number): string => utc(date).plus({ years }).toISODate() as string;
/** The instant so many days of 24 hours after another. */
export const daysAfter = (instant: string, days: number): string => instantOf(utc(instant).plus({ days }).toJSDate());
/** The instant so many calendar months before another; the last day of a month stays a last day. */
export const monthsBefore = (instant: string, months: number): string =>
  ofTheDay(`${dateOf(instant)} ${months} months`, () => utc(dateOf(instant)).minus({ months }).toISODate() as string) + instant.slice(dateOf(instant).length);
