// Measures the experiments: rounds in turns (a noisy machine bothers all arms alike), CPU of the process and of the database, and what the database
// itself counts, which no noise changes.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const mysql = require('mysql2/promise');
const { experiments, OTHERS, nurse, LARGE_PANEL } = require('./experiments');
const { startGateways, request } = require('./gateways');
const { cpuOf } = require('../cpu');
const { closedLoop, median, newAgent, send } = require('../load');

const CONCURRENCY = 16;
const COUNTED = 50;
const WARM = 60;
const ASKED = 4;
const PAGES = 8;
/** Where what is counted begins: the warming up asked for other ones. */
const FIRST_COUNTED = 10000;
const agent = newAgent(CONCURRENCY);
/** The answer's text; a refusal is an Error that says it. */
const ask = (port, token, query, variables) => send(request(port, token, query, variables), agent, true);

/** A page without its cursors, which are sealed anew each time. */
function contentOf(text) {
  const { data } = JSON.parse(text);
  if (data.members?.pageInfo) delete data.members.pageInfo;
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 12);
}

class Database {
  static async open(url) {
    const connection = await mysql.createConnection(url);
    const [[{ file }]] = await connection.query('SELECT @@pid_file AS file');
    return Object.assign(new Database(), { connection, pid: Number(readFileSync(file, 'utf8')) });
  }
  /** Rows read, pages asked of the buffer pool, and those of them that came from disk, since the server began. */
  async counters() {
    const [rows] = await this.connection.query("SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name IN ('Innodb_buffer_pool_read_requests', 'Innodb_buffer_pool_reads')");
    const of = (wanted) => rows.filter(({ Variable_name: each }) => wanted(each)).reduce((sum, { Value }) => sum + Number(Value), 0);
    return { rows: of((each) => each.startsWith('Handler_read')), pages: of((each) => each === 'Innodb_buffer_pool_read_requests'), disk: of((each) => each === 'Innodb_buffer_pool_reads') };
  }
  /** What `work` adds to the counters, without what counting itself adds. */
  async counted(work) {
    const [one, two] = [await this.counters(), await this.counters()];
    await work();
    const three = await this.counters();
    return Object.fromEntries(Object.keys(one).map((key) => [key, Math.max(0, three[key] - two[key] - (two[key] - one[key]))]));
  }
}

class Arm {
  constructor(arm, gateway, token) { Object.assign(this, arm, { gateway, bearer: token, turn: 0, windows: [] }); }
  next() { return request(this.gateway.port, this.bearer, this.query, this.variables(this.turn++)); }
  send() { return send(this.next(), agent, true); }

  /** One after another: how long each takes, what the database counts for each, and what is answered. */
  async count(database) {
    const times = [];
    const answers = [];
    this.turn = FIRST_COUNTED;
    const counters = await database.counted(async () => {
      for (let each = 0; each < COUNTED; each++) { const at = process.hrtime.bigint(); answers.push(await this.send()); times.push(Number(process.hrtime.bigint() - at) / 1e6); }
    });
    this.p50 = median(times);
    this.counters = Object.fromEntries(Object.entries(counters).map(([key, value]) => [key, value / COUNTED]));
    this.bytes = answers.reduce((sum, each) => sum + each.length, 0) / COUNTED;
    this.content = createHash('sha256').update(answers.map(contentOf).join()).digest('hex').slice(0, 12);
  }

  async window(database, seconds) {
    const [own, base] = [cpuOf(this.gateway.child.pid), cpuOf(database.pid)];
    const { times, refused, seconds: elapsed } = await closedLoop(() => this.next(), { concurrency: CONCURRENCY, seconds, agent });
    if (times.length === 0) throw new Error(`${this.name}: none of ${refused} requests was answered`);
    this.windows.push({ refused, rate: times.length / elapsed, process: (cpuOf(this.gateway.child.pid) - own) / times.length, database: (cpuOf(database.pid) - base) / times.length });
  }
}

/** Goes through the large panel page by page and keeps cursors at its start, in its middle and at its end, eight pages each. */
async function walkPanel({ port }, token, size) {
  const step = 200;
  const places = [0, size / 2, size - PAGES * step].map((after) => ({ after, cursors: [] }));
  let cursor = null;
  for (let seen = 0; seen < size; seen += step) {
    for (const { after, cursors } of places) if (seen >= after && seen < after + PAGES * step) cursors.push(cursor);
    const { data } = JSON.parse(await ask(port, token, 'query Walk($after: String) { members(first: 200, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after: cursor }));
    cursor = data.members.pageInfo.endCursor;
    if (data.members.pageInfo.hasNextPage !== seen + step < size) throw new Error(`the large panel has ${size} members, and ends elsewhere than after ${seen + step}`);
  }
  return places;
}

/** One request: how it ended, how long it took, and what the database counted. */
async function askOnce(database, port, token, query) {
  let outcome = 'answered';
  let milliseconds = 0;
  const { rows } = await database.counted(async () => {
    const at = process.hrtime.bigint();
    try { await ask(port, token, query, {}); } catch (error) { outcome = /"code":"(\w+)"/.exec(error.message)?.[1] ?? error.message.slice(0, 200); }
    milliseconds = Number(process.hrtime.bigint() - at) / 1e6;
  });
  return { outcome, milliseconds, rows };
}
/** The least of a few: what else runs in the database (its own upkeep, a statement that was given up) only adds. */
async function askOthers(database, gateways, tokenOf, say) {
  const found = [];
  for (const each of OTHERS) {
    const row = { name: each.name };
    for (const name of ['crowded', 'large']) {
      const asked = [];
      for (let turn = 0; turn < ASKED; turn++) asked.push(await askOnce(database, gateways.get(name).port, await tokenOf(each.token), each.query));
      row[name] = { outcome: asked.find(({ outcome }) => outcome !== 'answered')?.outcome ?? 'answered', milliseconds: Math.min(...asked.map((one) => one.milliseconds)), rows: Math.min(...asked.map((one) => one.rows)) };
    }
    say(`${row.name}: ${row.crowded.rows} and ${row.large.rows} rows; ${row.large.outcome} in ${row.large.milliseconds.toFixed(0)} ms`);
    found.push(row);
  }
  return found;
}

async function measureOne(experiment, database, { gateways, tokenOf }, { rounds, seconds }) {
  const arms = [];
  for (const arm of experiment.arms) arms.push(new Arm(arm, gateways.get(arm.database), await tokenOf(arm.token)));
  for (const arm of arms) for (let each = 0; each < WARM; each++) await arm.send();
  for (const arm of arms) await arm.count(database);
  for (let round = 0; round < rounds; round++) for (const arm of arms) await arm.window(database, seconds);
  return { name: experiment.name, title: experiment.title, arms: arms.map(({ name, windows, p50, counters, bytes, content }) => ({ name, windows, p50, counters, bytes, content })) };
}

async function measure({ url, databases, directories, rounds, seconds, only, say }) {
  const database = await Database.open(url);
  const running = await startGateways({ url, databases, directories });
  try {
    const { count } = databases.find(({ name }) => name === 'large');
    const wanted = (name) => !only || only.includes(name);
    const places = wanted('page') ? await walkPanel(running.gateways.get('large'), await running.tokenOf(nurse(LARGE_PANEL.practitioner)), count / LARGE_PANEL.every) : [];
    const found = [];
    for (const each of experiments({ places, count })) if (wanted(each.name)) { found.push(await measureOne(each, database, running, { rounds, seconds })); say(`${each.name} measured`); }
    const others = wanted('others') ? await askOthers(database, running.gateways, running.tokenOf, say) : [];
    return { found, others, sizes: await sizesOf(database, databases), rounds, seconds };
  } finally {
    await running.stop();
    await database.connection.end();
  }
}

const SIZED = ['member', 'medication', 'condition_record', 'care_gap', 'care_team', 'authorization', 'authorization_scope', 'restriction', 'restriction_scope', 'audit_event', 'audit_member'];
/** Rows of the tables (as the database estimates them) and bytes of each database. */
async function sizesOf({ connection }, databases) {
  const [rows] = await connection.query('SELECT table_schema AS place, table_name AS name, table_rows AS count, data_length + index_length AS bytes FROM information_schema.tables WHERE table_schema IN (?)', [databases.map((each) => each.database)]);
  return databases.map(({ name, database }) => ({ name, bytes: rows.filter((each) => each.place === database).reduce((sum, each) => sum + Number(each.bytes), 0), rows: Object.fromEntries(SIZED.map((table) => [table, Number(rows.find((each) => each.place === database && each.name === table)?.count ?? 0)])) }));
}
module.exports = { measure };
