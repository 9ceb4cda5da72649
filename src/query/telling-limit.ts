import { LRUCache } from 'lru-cache';

/** Operations of one subject that are told of what is hidden from them in one member's medications, in the window before. */
export const MOST_TELLINGS = 20;
export const WINDOW_MILLISECONDS = 3_600_000;
/** Pairs of a subject and a member that are kept; the one longest unasked goes first. */
const MOST_KEPT = 100_000;

/**
 * Keeps the safety check from being asked over and over until it tells what it hides (docs/adr/interaction-alerts.md). It looks at
 * what this caller was told before and at nothing in the record, so that being refused tells nothing new.
 */
export class TellingLimit {
  private readonly told = new LRUCache<string, readonly number[]>({ max: MOST_KEPT });
  constructor(private readonly most = MOST_TELLINGS, private readonly window = WINDOW_MILLISECONDS) {}

  private within(key: string, at: number): readonly number[] {
    return (this.told.get(key) ?? []).filter((each) => each > at - this.window);
  }
  /** True where the caller may not ask about this member now. `at`: the instant of the request. */
  isReached(subject: string, memberId: string, at: string): boolean {
    return this.within(JSON.stringify([subject, memberId]), Date.parse(at)).length >= this.most;
  }
  /** Counts one operation in which something hidden was told. */
  count(subject: string, memberId: string, at: string): void {
    const key = JSON.stringify([subject, memberId]), now = Date.parse(at);
    this.told.set(key, [...this.within(key, now), now]);
  }
}
