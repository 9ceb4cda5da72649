// What the benches of import and export share: a step in a process of its own, its CPU and its heap, the CPU of the database beside it, databases that are
// made and dropped again.
const { fork } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { getHeapStatistics } = require('node:v8');
const mysql = require('mysql2/promise');

const MEGABYTE = 1024 * 1024;

/** CPU seconds of a process so far, its own and the kernel's for it; null where it is not of this machine. */
function cpuOf(pid) {
  if (!pid || !existsSync(`/proc/${pid}/stat`)) return null;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A new SQLite file, and a new database on the MariaDB server of BENCH_URL or TEST_MYSQL_URL where one is named. */
async function openDatabases(names) {
  const folder = mkdtempSync(join(tmpdir(), 'phi-bench-'));
  const server = process.env.BENCH_URL ?? process.env.TEST_MYSQL_URL;
  const opened = [];
  if (names.includes('sqlite')) opened.push({ name: 'SQLite', url: `sqlite:${join(folder, 'bench.db')}`, pid: null, drop: async () => undefined });
  if (names.includes('mariadb')) {
    if (server) opened.push(await onServer(server));
    else process.stderr.write('MariaDB is left out: neither BENCH_URL nor TEST_MYSQL_URL is set\n');
  }
  return { folder, opened, close: async () => { for (const each of opened) await each.drop(); rmSync(folder, { recursive: true, force: true }); } };
}

async function onServer(server) {
  const name = `bench_${randomBytes(5).toString('hex')}`;
  const url = new URL(server);
  const connection = await mysql.createConnection(Object.assign(new URL(server), { pathname: '/' }).href);
  await connection.query(`CREATE DATABASE ${name}`);
  const [[{ file }]] = await connection.query('SELECT @@pid_file AS file');
  await connection.end();
  url.pathname = `/${name}`;
  const drop = async () => {
    const again = await mysql.createConnection(Object.assign(new URL(server), { pathname: '/' }).href);
    await again.query(`DROP DATABASE ${name}`);
    await again.end();
  };
  return { name: 'MariaDB', url: url.href, pid: existsSync(file) ? Number(readFileSync(file, 'utf8')) : null, drop };
}

/** Runs a step of the script in a process of its own: what it answers, with wall, CPU of it and of the database, and its heap, which `heap` limits (MB). */
function inProcess(script, step, { database, profile, heap }) {
  const execArgv = [...(heap ? [`--max-old-space-size=${heap}`] : []), ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${step.step}-${database.name}-${Date.now()}.cpuprofile`] : [])];
  return new Promise((resolve, reject) => {
    const child = fork(script, [], { execArgv, env: { ...process.env, BENCH_STEP: JSON.stringify(step) } });
    const before = cpuOf(database.pid);
    let told = null;
    child.on('message', (message) => { const after = cpuOf(database.pid); told = { ...message, database: before === null || after === null ? null : after - before }; });
    child.on('exit', (code) => (told && code === 0 ? resolve(told) : reject(new Error(`${step.step} ended with ${code}`))));
  });
}

/** In that process: does the work and tells what it took; `work` is given `prepared`, which is not measured. */
async function measureStep(prepare, work, end) {
  const prepared = await prepare();
  let heap = 0;
  const timer = setInterval(() => { heap = Math.max(heap, getHeapStatistics().used_heap_size); }, 20);
  const cpu = process.cpuUsage();
  const began = process.hrtime.bigint();
  const answer = await work(prepared);
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  process.send({ ...answer, wall, process: (user + system) / 1e6, heap: heap / MEGABYTE, resident: process.resourceUsage().maxRSS / 1024 });
  await end(prepared);
}

const whole = (value) => Math.round(value).toLocaleString('en-US');
/** The lines of a table of Markdown. */
function table(head, rows) { return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'); }
/** A run as cells: how many a second of the process's CPU and of the clock, the CPU of both, the heap. */
const cells = (count, run) => [whole(count), whole(count / run.process), whole(count / run.wall), `${run.process.toFixed(1)} + ${run.database === null ? 'in it' : run.database.toFixed(1)}`, `${whole(run.heap)} / ${whole(run.resident)}`];
const CELLS = ['a second of CPU', 'a second of the clock', 'CPU s: process + database', 'heap at most / resident MB'];

module.exports = { openDatabases, inProcess, measureStep, table, cells, CELLS };
