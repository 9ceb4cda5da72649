import type { Story } from './story';

/**
 * What people, members, records and organizations of a story are called in the database: every story has names of its own, so that all of
 * them can be told to one gateway.
 */
export class Names {
  private readonly ids = new Map<string, string>();
  private readonly called = new Map<string, string>();

  constructor(private readonly story: Story) {
    const prefix = story.file.replace(/\.yaml$/, '').slice(0, 40);
    for (const each of [story.organizations, story.people, story.members, story.records].flatMap(Object.keys)) this.add(each, `${prefix}-${each}`);
    this.add('company', 'company');
  }

  /** A name for an id that the gateway gave. */
  add(name: string, id: string): void {
    const known = this.ids.get(name);
    if (known !== undefined && known !== id) throw new Error(`${this.story.file}: ${name}: is the name of two things`);
    this.ids.set(name, id);
    this.called.set(id, name);
  }
  /** @throws Error for a name that the story does not give; it says where the name stands */
  id(name: string, where: string = this.story.file): string {
    const found = this.ids.get(name);
    if (found === undefined) throw new Error(`${where}: ${name}: the story names nobody and nothing so`);
    return found;
  }
  knows(id: string): boolean { return this.called.has(id); }
  /** With the ids of the database in place of names, wherever a whole text is a name. */
  toIds(value: unknown): unknown { return this.replaced(value, this.ids); }
  /** The other way round. */
  toNames(value: unknown): unknown { return this.replaced(value, this.called); }

  private replaced(value: unknown, by: ReadonlyMap<string, string>): unknown {
    if (typeof value === 'string') return by.get(value) ?? value;
    if (Array.isArray(value)) return value.map((each) => this.replaced(each, by));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.replaced(each, by)]));
  }
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000, month: 30 * 86_400_000, year: 365.25 * 86_400_000 };
const SPAN = /^(?:(in) )?(\d+) (minute|hour|day|month|year)s?( ago)?$/;

/** Milliseconds of "2 hours". @throws Error for a text that is no span */
export function spanOf(text: string): number {
  const [, , count, unit] = SPAN.exec(text) ?? [];
  if (!unit) throw new Error(`${text}: is no span of time ("2 hours", "30 days")`);
  return Number(count) * (UNITS[unit] as number);
}
/** The instant of "3 days ago" or "in 3 days", as ISO 8601; any other text as it is. */
export function instantOf(text: string, now: Date): string {
  const [, ahead, , , ago] = SPAN.exec(text) ?? [];
  if (!ahead && !ago) return text;
  return new Date(now.getTime() + (ahead ? 1 : -1) * spanOf(text.replace('in ', '').replace(' ago', ''))).toISOString();
}
