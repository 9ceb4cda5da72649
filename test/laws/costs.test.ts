/**
 * What operations cost, in counts that no noise moves: messages to the database, columns returned, rows read and tables on disk as MariaDB
 * reports them. A lost optimization exceeds a bound here; times are measured by `npm run bench`.
 */
import { parse } from 'graphql';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { testDatabases } from '../support/databases';
import type { WorldCaller } from '../oracle/world';
import { callerOf } from './engine-world';
import { cohort } from './support/cohort';
import { ENGINE } from './support/engine';
import { Laboratory, type Recorded, type Station } from './support/laboratory';
import { richRows } from './support/rich-rows';

/** Members of the nurse's panel, each with three records; a page of all of them, and one of ten among them. */
const MEMBERS = 100;
const NURSE: WorldCaller = { subject: 'ann', role: 'NURSE', organizationId: 'company', practitionerId: 'nurse', memberId: null, purpose: 'TREAT' };
const RECORDS = 'conditions { nodes { id code { code } } } medications { nodes { id status } } careGaps { nodes { id measure } }';

/** Bounds a little above what is measured: `rows` by the handlers that read them. */
interface Bounds { readonly messages: number; readonly columns: number; readonly rows: number; readonly onDisk: number }
const OPERATIONS: readonly (readonly [string, string, Bounds])[] = [
  ['one member', `{ member(id: "m007") { id name { family } birthDate ${RECORDS} } }`, { messages: 3, columns: 42, rows: 20, onDisk: 0 }],
  ['a page of ten', `{ members(first: 10) { nodes { id name { family } birthDate ${RECORDS} } pageInfo { endCursor } } }`, { messages: 4, columns: 42, rows: 230, onDisk: 0 }],
  // Of the records across members, those of the page's own members are read, not those of all.
  ['ten records across members', '{ careGaps(first: 10) { nodes { id measure } } }', { messages: 3, columns: 7, rows: 550, onDisk: 0 }],
  ['a page of all', `{ members(first: 100) { nodes { id name { family } birthDate ${RECORDS} } pageInfo { endCursor } } }`, { messages: 4, columns: 42, rows: 1900, onDisk: 0 }],
];

/** The session's own counts: other sessions of the server do not move them. */
async function counts(session: Connection): Promise<{ rows: number; onDisk: number }> {
  const [found] = await session.query<RowDataPacket[]>("SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Created_tmp_disk_tables'");
  const of = (name: RegExp): number => found.filter((each) => name.test(String(each['Variable_name']))).reduce((sum, each) => sum + Number(each['Value']), 0);
  return { rows: of(/^Handler_read/), onDisk: of(/disk/) };
}

/** What the database does for these reads, each run again by itself. */
async function costOf(session: Connection, reads: readonly Recorded[]): Promise<{ rows: number; onDisk: number }> {
  const cost = { rows: 0, onDisk: 0 };
  for (const { text, parameters, rows } of reads) {
    const before = await counts(session);
    await session.execute(text, [...parameters]);
    const after = await counts(session);
    // What is sent and not needed is not run.
    if (rows.length > 0) { cost.rows += after.rows - before.rows; cost.onDisk += after.onDisk - before.onDisk; }
  }
  return cost;
}

describe.each(testDatabases().filter(({ name }) => name === 'mariadb'))('$name', ({ create }) => {
  let [laboratory, station, session]: [Laboratory, Station, Connection] = [] as unknown as [Laboratory, Station, Connection];
  let drop = (): Promise<unknown> => Promise.resolve();
  const world = cohort(MEMBERS);
  beforeAll(async () => {
    const database = await create();
    drop = () => database.drop();
    laboratory = await Laboratory.open(database.url);
    session = await createConnection({ uri: database.url, charset: 'utf8mb4_bin' });
    station = laboratory.station(ENGINE);
    await laboratory.load(richRows(world));
    const [tables] = await session.query<RowDataPacket[]>('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()');
    for (const each of tables) await session.query(`ANALYZE TABLE \`${String(each['name'])}\``);
  }, 120_000);
  afterAll(async () => { await session.end(); await laboratory.close(); await drop(); });

  test.each(OPERATIONS)('%s', async (_name, text, bounds) => {
    const { pool } = laboratory.source.driver as unknown as { pool: { execute: (...given: unknown[]) => unknown } };
    const execute = pool.execute.bind(pool);
    let messages = 0;
    pool.execute = (...given) => { messages += 1; return execute(...given); };
    const { data, reads } = await station.ask({ document: parse(text), variables: {}, caller: callerOf(world, NURSE) });
    pool.execute = execute;
    expect(data).toBeTruthy();
    const cost = { messages, columns: reads.reduce((sum, each) => sum + each.columns.length, 0), ...await costOf(session, reads) };
    process.stdout.write(`costs: ${text.slice(0, 24)}… ${JSON.stringify(cost)}\n`);
    // Some rows are read: a count that is lost is none.
    expect(cost.rows).toBeGreaterThan(3);
    for (const [name, most] of Object.entries(bounds)) expect([name, Math.min(cost[name as keyof Bounds], most)]).toEqual([name, cost[name as keyof Bounds]]);
  });
});
