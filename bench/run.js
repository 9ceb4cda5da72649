// npm run bench: every contender on loopback, the same answers of all, interleaved rounds, ratios paired per round (a noisy machine bothers all
// alike). BENCH_URL=mysql://… node bench/run.js [--rounds 5] [--seconds 2] [--only raw,gateway] [--out FILE] [--write docs/PERFORMANCE.md]
// The database is filled first where it is empty (--members 20000).
const { createHash } = require('node:crypto');
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const http = require('node:http');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const mysql = require('mysql2/promise');
const { CONTENDERS, startContenders } = require('./contenders');
const operations = require('./operations');
const { report } = require('./report');

const { values: given } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2' }, members: { type: 'string', default: '20000' }, only: { type: 'string' }, out: { type: 'string' }, write: { type: 'string' } } });
const [rounds, seconds] = [Number(given.rounds), Number(given.seconds)];
const CONCURRENCY = [1, 16];

/** CPU milliseconds of a process so far, its own and the kernel's for it. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
const agents = new Map();
const agentOf = (concurrency) => agents.get(concurrency) ?? agents.set(concurrency, new http.Agent({ keepAlive: true, maxSockets: concurrency })).get(concurrency);
function send({ port, method, path, headers, body }, agent) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200 && !text.includes('"errors":')) resolve(text);
        else reject(new Error(`${response.statusCode} ${text.slice(0, 300)}`));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
const sorted = (value) => (Array.isArray(value) ? value.map(sorted) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, sorted(each)])) : value);
/** What of an answer is compared: the rows; a cursor is sealed anew each time. */
function canonical(text) {
  const { data } = JSON.parse(text);
  if (data.members) delete data.members.pageInfo;
  return createHash('sha256').update(JSON.stringify(sorted(data))).digest('hex');
}
const median = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];
const quantile = (list, share) => [...list].sort((one, other) => one - other)[Math.min(list.length - 1, Math.floor(list.length * share))];

async function counted(database, work) {
  const statements = async () => Number((await database.query("SHOW GLOBAL STATUS LIKE 'Questions'"))[0][0].Value);
  const before = await statements();
  const result = await work();
  return { result, statements: await statements() - before - 1 };
}

async function main() {
  if (!process.env.BENCH_URL) throw new Error('BENCH_URL is not set: an empty MariaDB database, or one that bench/seed.js filled');
  const database = await mysql.createConnection(process.env.BENCH_URL);
  const [tables] = await database.query("SHOW TABLES LIKE 'member'");
  if (tables.length === 0) execFileSync(process.execPath, [join(__dirname, 'seed.js'), given.members], { stdio: 'inherit', env: process.env });
  const panel = (await database.query("SELECT member_id FROM care_team WHERE practitioner_id = 'prac-1' ORDER BY member_id"))[0].map((row) => row.member_id);
  const databasePid = Number((await database.query("SELECT @@pid_file AS file"))[0][0].file ? readFileSync((await database.query('SELECT @@pid_file AS file'))[0][0].file, 'utf8') : 0);
  const contenders = await startContenders(given.only ? ['raw', ...given.only.split(',').filter((each) => each !== 'raw')] : Object.keys(CONTENDERS));
  const found = {};
  try {
    for (const name of Object.keys(operations)) {
      let next = 0;
      const id = () => panel[next++ % panel.length];
      // The same answers first: what answers something else is no contender.
      const ids = panel.slice(0, name === 'Q1' ? 20 : 1);
      for (const each of ids) {
        const hashes = [];
        for (const contender of contenders.filter((one) => !one.showsMore)) hashes.push([contender.name, canonical(await send(contender.ask(name, each), agentOf(1)))]);
        const odd = hashes.filter(([, hash]) => hash !== hashes[0][1] ).map(([one]) => one);
        if (odd.length > 0) throw new Error(`${name}: ${odd.join(', ')} answer otherwise than ${hashes[0][0]}`);
      }
      for (const concurrency of CONCURRENCY) {
        const agent = agentOf(concurrency);
        for (const contender of contenders) for (let warm = 0; warm < 20; warm++) await send(contender.ask(name, id()), agent);
        for (let round = 0; round < rounds; round++) for (const contender of contenders) {
          const [own, db] = [cpuOf(contender.child.pid), cpuOf(databasePid)];
          const times = [];
          const end = Date.now() + seconds * 1000;
          const began = process.hrtime.bigint();
          const { statements } = await counted(database, () => Promise.all(Array.from({ length: concurrency }, async () => {
            while (Date.now() < end) { const start = process.hrtime.bigint(); await send(contender.ask(name, id()), agent); times.push(Number(process.hrtime.bigint() - start) / 1e6); }
          })));
          const elapsed = Number(process.hrtime.bigint() - began) / 1e9;
          const of = ((found[contender.name] ??= {})[name] ??= {})[`c${concurrency}`] ??= [];
          of.push({ rate: times.length / elapsed, process: (cpuOf(contender.child.pid) - own) / times.length, database: (cpuOf(databasePid) - db) / times.length, statements: statements / times.length, p50: quantile(times, 0.5), p99: quantile(times, 0.99) });
        }
      }
    }
  } finally {
    for (const { child } of contenders) child.kill('SIGTERM');
    agents.forEach((each) => each.destroy());
    await database.end();
  }
  const told = report(found, { rounds, seconds, median });
  process.stdout.write(told.text);
  if (given.out) writeFileSync(given.out, `${JSON.stringify({ ratios: told.ratios }, null, 2)}\n`);
  if (given.write) writeFileSync(given.write, told.markdown(readFileSync(given.write, 'utf8')));
}
main().then(() => process.exit(0), (error) => { process.stderr.write(`${error.message}\n`); process.exit(1); });
