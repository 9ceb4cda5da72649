import type { DataSource } from 'typeorm';
import { audit_event } from '../entities/tables/audit';
import { undisturbed } from '../entities/transaction';
import type { AuditRow } from './chain';

/** Records in the order of chain and place, each with what the index by member says of it. */
export interface EventPage { readonly rows: readonly AuditRow[]; readonly members: ReadonlyMap<string, readonly string[]> }

const PAGE = 2_000;
/** In the order of the canonical form, and the hash last: see `canonicalOf`. */
const COLUMNS = [...Object.keys(audit_event.columns).filter((name) => name !== 'hash').sort(), 'hash'].map((name) => `\`${name}\``).join(', ');
const FIRST = `SELECT ${COLUMNS} FROM audit_event ORDER BY chain_id, seq LIMIT ${PAGE}`;
const IN_CHAIN = `SELECT ${COLUMNS} FROM audit_event WHERE chain_id = ? AND seq > ? ORDER BY seq LIMIT ${PAGE}`;
const NEXT_CHAINS = `SELECT ${COLUMNS} FROM audit_event WHERE chain_id > ? ORDER BY chain_id, seq LIMIT ${PAGE}`;

/** The canonical form of a row read here: its JSON without the hash, which stands at its end (nothing is parsed or sorted again). */
export function canonicalOf(row: AuditRow): string {
  const text = JSON.stringify(row);
  return `${text.slice(0, text.length - JSON.stringify(row.hash).length - '"hash":'.length - 2)}}`;
}

async function readRows(source: DataSource, last: AuditRow | null): Promise<AuditRow[]> {
  if (last === null) return source.query(FIRST) as Promise<AuditRow[]>;
  const same = await source.query(IN_CHAIN, [last.chain_id, last.seq]) as AuditRow[];
  return same.length > 0 ? same : source.query(NEXT_CHAINS, [last.chain_id]) as Promise<AuditRow[]>;
}

async function readMembers(source: DataSource, rows: readonly AuditRow[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (rows.length === 0) return found;
  const text = `SELECT event_id, member_id FROM audit_member WHERE event_id IN (${rows.map(() => '?').join(', ')})`;
  for (const { event_id: event, member_id: member } of await source.query(text, rows.map((row) => row.id)) as { event_id: string; member_id: string }[]) {
    const members = found.get(event);
    if (members) members.push(member);
    else found.set(event, [member]);
  }
  return found;
}

async function readPage(source: DataSource, last: AuditRow | null): Promise<EventPage> {
  return undisturbed(source, async () => {
    const rows = await readRows(source, last);
    return { rows, members: await readMembers(source, rows) };
  });
}

/** Every record, in pages; the next one is on its way while one is worked on. */
export async function* eventPages(source: DataSource): AsyncGenerator<EventPage> {
  let next = readPage(source, null);
  for (;;) {
    const page = await next;
    const last = page.rows.at(-1);
    if (!last) return;
    next = readPage(source, last);
    // A page that nobody asks for any more may fail unheard.
    next.catch(() => undefined);
    yield page;
  }
}
