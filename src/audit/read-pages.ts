import type { DataSource } from 'typeorm';
import { audit_event } from '../entities/tables/audit';
import { undisturbed } from '../entities/transaction';
import { canonicalForm, membersOf, type AuditRow } from './chain';

/**
 * A record as verification reads it. `text`: its canonical form as the database puts it together, so that a million rows need not
 * become objects and text again here; `indexed`: 1 where the index by member says what the record says. Where the text does not
 * have the hash, or the index seems to differ, the row itself is read (`readRecord`): databases escape some characters otherwise.
 */
export interface PageRow { readonly chain_id: string; readonly seq: number; readonly id: string; readonly prev_hash: string; readonly hash: string; readonly text: string | null; readonly indexed: number | null }

const PAGE = 2_000;
const NUMBERS: readonly string[] = ['int', 'flag', 'mask'];
const HASHED = Object.entries(audit_event.columns).filter(([name]) => name !== 'hash').sort(([one], [other]) => (one < other ? -1 : 1));

const TEXT_SQLITE = `json_object(${HASHED.map(([name]) => `'${name}', e.\`${name}\``).join(', ')})`;
const valueMariadb = ([name, kind]: readonly [string, string]): string =>
  (NUMBERS.includes(kind) ? `e.\`${name}\`` : kind.endsWith('?') ? `IFNULL(JSON_QUOTE(e.\`${name}\`), 'null')` : `JSON_QUOTE(e.\`${name}\`)`);
const TEXT_MARIADB = `CONCAT('{', ${HASHED.map((column, place) => `'${place ? ',' : ''}"${column[0]}":', ${valueMariadb(column)}`).join(', ')}, '}')`;
const INDEXED_SQLITE = 'e.members = (SELECT json_group_array(m.member_id) FROM (SELECT a.member_id FROM audit_member a WHERE a.event_id = e.id ORDER BY a.member_id) m)';
const INDEXED_MARIADB = `e.members = IFNULL((SELECT CONCAT('["', GROUP_CONCAT(a.member_id ORDER BY a.member_id SEPARATOR '","'), '"]') FROM audit_member a WHERE a.event_id = e.id), '[]')`;

function statementsOf(source: DataSource): { readonly inChain: string; readonly nextChain: string; readonly first: string } {
  const [text, indexed] = source.options.type === 'better-sqlite3' ? [TEXT_SQLITE, INDEXED_SQLITE] : [TEXT_MARIADB, INDEXED_MARIADB];
  const select = `SELECT e.chain_id, e.seq, e.id, e.prev_hash, e.hash, ${text} AS text, ${indexed} AS indexed FROM audit_event e`;
  return {
    // Within a chain by place alone: MariaDB would sort the whole chain for each page where the order named the chain as well.
    first: `${select} ORDER BY e.chain_id, e.seq LIMIT ${PAGE}`, inChain: `${select} WHERE e.chain_id = ? AND e.seq > ? ORDER BY e.seq LIMIT ${PAGE}`,
    nextChain: `${select} WHERE e.chain_id > ? ORDER BY e.chain_id, e.seq LIMIT ${PAGE}`,
  };
}

/** Every record in the order of chain and place, in pages; the next one is on its way while one is worked on. */
export async function* eventPages(source: DataSource): AsyncGenerator<readonly PageRow[]> {
  const statements = statementsOf(source);
  const read = async (last: PageRow | null): Promise<readonly PageRow[]> => {
    if (last === null) return source.query(statements.first) as Promise<PageRow[]>;
    const same = await source.query(statements.inChain, [last.chain_id, last.seq]) as PageRow[];
    return same.length > 0 ? same : source.query(statements.nextChain, [last.chain_id]) as Promise<PageRow[]>;
  };
  let next = undisturbed(source, () => read(null));
  for (;;) {
    const rows = await next;
    const last = rows.at(-1);
    if (!last) return;
    next = undisturbed(source, () => read(last));
    // A page that nobody asks for any more may fail unheard.
    next.catch(() => undefined);
    yield rows;
  }
}

/** The canonical form of one record and whether the index by member says the same, from the row itself. */
export async function readRecord(source: DataSource, { chain_id: chain, seq }: Pick<PageRow, 'chain_id' | 'seq'>): Promise<{ text: string; indexed: boolean }> {
  return undisturbed(source, async () => {
    const [row] = await source.query('SELECT * FROM audit_event WHERE chain_id = ? AND seq = ?', [chain, seq]) as AuditRow[];
    if (!row) return { text: '', indexed: false };
    const { hash: _, ...hashed } = row;
    const members = await source.query('SELECT member_id FROM audit_member WHERE event_id = ?', [row.id]) as { member_id: string }[];
    return { text: canonicalForm(hashed), indexed: saysTheSame(row, members.map((each) => each.member_id)) };
  });
}

function saysTheSame(row: AuditRow, members: readonly string[]): boolean {
  try {
    return JSON.stringify([...members].sort()) === JSON.stringify(membersOf(row));
  } catch {
    // What is no list any more says nothing.
    return false;
  }
}
