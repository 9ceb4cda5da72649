import { APPEND_ONLY } from './migrations/append-only-audit';
import { TABLES } from './tables';

const IDENTIFIER = /^[\w.$-]{1,80}$/;
const HOST = /^[\w.%:-]{1,255}$/;
const APPEND = 'SELECT, INSERT';
const ALL = 'SELECT, INSERT, UPDATE, DELETE';

/**
 * The statements that give a MariaDB user the rights that the gateway needs and no more: rows of the trail may be added and read,
 * never changed, replaced, removed or emptied. They are for an administrator; `migrate` runs as the owner of the tables.
 * @param user `NAME` or `NAME@HOST` (host % where left out)
 * @throws Error naming the part that is no identifier
 */
export function grantStatements(user: string, database: string): string[] {
  const at = user.lastIndexOf('@');
  const [name, host] = at < 0 ? [user, '%'] : [user.slice(0, at), user.slice(at + 1)];
  if (!IDENTIFIER.test(name)) throw new Error('--grants: expects a user name of letters, digits, ".", "_", "$" and "-"');
  if (!HOST.test(host)) throw new Error('--grants: expects a host after "@"');
  if (!IDENTIFIER.test(database)) throw new Error('DATABASE_URL: expects a database name of letters, digits, "_", "$" and "-"');
  const to = `'${name}'@'${host}'`;
  const grant = (table: string, rights: string): string => `GRANT ${rights} ON \`${database}\`.\`${table}\` TO ${to};`;
  return [
    ...Object.keys(TABLES).sort().map((table) => grant(table, APPEND_ONLY.includes(table) ? APPEND : ALL)),
    // Which version the schema has is read at every start.
    grant('migrations', 'SELECT'),
  ];
}
