/** A row by its member and its own id, which another member may have as well; `type` where the table holds records of several types. */
export interface Key { readonly memberId: string; readonly id: string; readonly type?: string }
export interface Condition { readonly where: string; readonly values: string[] }

/** Ids and members of one condition: enough to pay for the statement, few enough to be read as ranges of the primary key. */
const MOST_IDS = 500;
const MOST_GROUPS = 60;

/** Conditions that together name exactly these rows, as ranges of the primary key: `(member_id = ? AND id IN (…)) OR …`. */
export function* conditionsOf(keys: Iterable<Key>, id: 'id' | 'record_id' = 'id'): Generator<Condition> {
  let parts: string[] = [];
  let values: string[] = [];
  for (const [{ memberId, type }, ids] of grouped(keys)) {
    if (parts.length === MOST_GROUPS || values.length + ids.length > MOST_IDS) {
      if (parts.length > 0) yield { where: `(${parts.join(' OR ')})`, values };
      parts = [];
      values = [];
    }
    parts.push(`(member_id = ?${type === undefined ? '' : ' AND record_type = ?'} AND ${id} IN (${ids.map(() => '?').join(', ')}))`);
    values.push(memberId, ...(type === undefined ? [] : [type]), ...ids);
  }
  if (parts.length > 0) yield { where: `(${parts.join(' OR ')})`, values };
}

/** By member and type, no group larger than a condition may be. */
function* grouped(keys: Iterable<Key>): Generator<[Key, string[]]> {
  const groups = new Map<string, [Key, string[]]>();
  for (const key of keys) {
    const name = `${key.memberId} ${key.type}`;
    const group = groups.get(name);
    if (group) group[1].push(key.id);
    else groups.set(name, [key, [key.id]]);
  }
  for (const [key, ids] of groups.values()) for (let start = 0; start < ids.length; start += MOST_IDS) yield [key, ids.slice(start, start + MOST_IDS)];
}
