/** Time: instants and dates as text; a date is its first instant (UTC). Periods are half open. */
import { READINGS } from './readings';

export const instant = (text: string): string => (text.length === 10 ? `${text}T00:00:00.000Z` : text);

export const begun = (start: string, now: string): boolean => instant(start) <= now;
export const over = (end: string | null, now: string): boolean => end !== null && instant(end) <= now;

/** A period of a relationship. A start that is not known: readings. */
export function inPeriod(period: { start: string | null; end: string | null }, at: string): boolean {
  const started = period.start === null ? READINGS.missingStartIsOpen : begun(period.start, at);
  return started && !over(period.end, at);
}

export function yearsLater(text: string, years: number): string {
  const year = String(Number(text.slice(0, 4)) + years).padStart(4, '0');
  return year + text.slice(4);
}

/** Null where the birth date is not known: each use then takes the side that protects. */
export function hasTurned(years: number, birthDate: string | null, now: string): boolean | null {
  return birthDate === null ? null : yearsLater(birthDate, years) <= now.slice(0, 10);
}
