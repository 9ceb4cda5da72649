// npm run bench:sqlite: the gateway embedded on a SQLite file beside hand-written better-sqlite3, both in one process, the same rows as in MariaDB.
// node bench/sqlite.js [--members 20000] [--rounds 5] [--seconds 1]
const { fork } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { median } = require('./load');
const { seed } = require('./seed');

const MADE_BY = ['workload.js', 'workload-records.js', 'workload-standing.js', 'seed.js', '../dist/src/entities/migrations/initial-sql.js'];

/** The file of these rows, kept under the temporary folder and made anew when what makes it has changed. */
async function fileOf(members) {
  const folder = join(tmpdir(), `phi-bench-sqlite-${process.getuid?.() ?? 0}`);
  const hash = createHash('sha256');
  for (const each of MADE_BY) hash.update(readFileSync(join(__dirname, each)));
  const path = join(folder, `${members}-${hash.digest('hex').slice(0, 12)}.db`);
  if (existsSync(path)) return path;
  process.stderr.write(`filling a SQLite file with ${members} members\n`);
  mkdirSync(folder, { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}.new${suffix}`, { force: true });
  await seed(`sqlite:${path}.new`, members);
  renameSync(`${path}.new`, path);
  return path;
}

function inProcess(step) {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'embedded.js'), [], { env: { ...process.env, BENCH_STEP: JSON.stringify(step) } });
    let found = null;
    child.on('message', (message) => { found = message; });
    child.once('error', reject).on('exit', (code) => (found && code === 0 ? resolve(found) : reject(new Error(`the embedded bench ended with ${code}`))));
  });
}

/** By operation, and contender: ms of the clock and of CPU for one answer, and how many times the faster raw's these are (medians of rounds). */
async function compareEmbedded({ members, rounds, seconds }) {
  const found = await inProcess({ path: await fileOf(members), rounds, seconds });
  return Object.fromEntries(Object.entries(found).map(([operation, contenders]) => {
    const clock = (name) => median(contenders[name].map((each) => each.clock));
    const fastest = ['raw, rows', 'raw, JSON by the database'].sort((one, other) => clock(one) - clock(other))[0];
    const times = (list, part) => median(list.map((each, round) => each[part] / contenders[fastest][round][part]));
    return [operation, Object.entries(contenders).map(([name, list]) => ({ name, clock: clock(name), cpu: median(list.map((each) => each.cpu)), times: times(list, 'clock'), cpuTimes: times(list, 'cpu') }))];
  }));
}

/** As lines of a table. */
function embeddedTable(found) {
  const rows = Object.entries(found).flatMap(([operation, list]) => list.map((each) => [operation, each.name, each.clock.toFixed(2), each.cpu.toFixed(2), each.times.toFixed(2), each.cpuTimes.toFixed(2)]));
  const head = ['operation', 'on SQLite', 'ms', 'CPU ms', 'times the faster raw', 'by CPU'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
module.exports = { compareEmbedded, embeddedTable };

if (require.main === module) {
  const number = (fallback) => ({ type: 'string', default: fallback });
  const { values } = parseArgs({ options: { members: number('20000'), rounds: number('5'), seconds: number('1') } });
  compareEmbedded({ members: Number(values.members), rounds: Number(values.rounds), seconds: Number(values.seconds) })
    .then((found) => process.stdout.write(`${embeddedTable(found)}\n`), (error) => { process.stderr.write(`${error.message}\n`); process.exitCode = 1; });
}
