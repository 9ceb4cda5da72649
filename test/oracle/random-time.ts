/** Instants around `now`, its very edge included, and periods in every position to it. */
import type { Random } from './random';

const DAY = 86_400_000;
export const shifted = (now: string, milliseconds: number): string => new Date(Date.parse(now) + milliseconds).toISOString();
export const daysFrom = (now: string, days: number): string => shifted(now, days * DAY);

export const past = (random: Random, now: string): string => daysFrom(now, -random.integer(5, 500));
export const future = (random: Random, now: string): string => daysFrom(now, random.integer(5, 500));

/** In force three times in four; else over, to come, or on either side of the edge by nothing or a millisecond. */
export function period(random: Random, now: string): { start: string; end: string | null } {
  if (random.chance(0.6)) return { start: past(random, now), end: random.maybe(0.5, future(random, now)) };
  switch (random.integer(0, 7)) {
    case 0: return { start: now, end: null };
    case 1: return { start: shifted(now, 1), end: null };
    case 2: return { start: past(random, now), end: now };
    case 3: return { start: past(random, now), end: shifted(now, 1) };
    case 4: return { start: past(random, now), end: shifted(now, -1) };
    case 5: return { start: daysFrom(now, -900), end: daysFrom(now, -600) };
    case 6: return { start: daysFrom(now, -900), end: daysFrom(now, -800) };
    default: return { start: future(random, now), end: null };
  }
}

/** The date on which somebody who turns `years` today, or `late` days later, was born. */
export function bornYearsAgo(now: string, years: number, late: number): string {
  const day = daysFrom(now, late).slice(0, 10);
  return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
}
