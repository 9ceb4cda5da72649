// Compares the gateway with bench/raw.js on one database filled by bench/seed.js: interleaved rounds, ratios paired per round, so that a noisy
// machine bothers both alike. BENCH_URL=mysql://… node bench/run.js [rounds] [seconds a round]
const { spawn } = require('node:child_process');
const { readFileSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const http = require('node:http');
const operations = require('./operations');

const rounds = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 3);
const CONCURRENCY = 16;
const keys = mkdtempSync(join(tmpdir(), 'phi-bench-'));
const gatewayPort = 40100 + Math.floor(Math.random() * 800);
const rawPort = gatewayPort + 1000;

function start(args, env, ready) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => child.stdout.on('data', (text) => { if (String(text).includes(ready)) resolve(child); }));
}
/** CPU seconds of a process so far, its own and the kernel's for it. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENCY });
function ask({ port, method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      let bytes = 0;
      let text = '';
      response.on('data', (chunk) => { bytes += chunk.length; if (text.length < 200) text += chunk; });
      response.on('end', () => (response.statusCode === 200 && !text.includes('"errors"') ? resolve(bytes) : reject(new Error(`${response.statusCode} ${text.slice(0, 200)}`))));
    });
    request.on('error', reject);
    request.end(body);
  });
}
async function round(what, child) {
  const before = cpuOf(child.pid);
  const end = Date.now() + seconds * 1000;
  let done = 0;
  await Promise.all(Array.from({ length: CONCURRENCY }, async () => { while (Date.now() < end) { await ask(what()); done += 1; } }));
  return { rate: done / seconds, cpu: ((cpuOf(child.pid) - before) * 1000) / done };
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function main() {
  const env = { DATABASE_URL: process.env.BENCH_URL, KEYS_DIR: keys, PORT: String(gatewayPort), LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '0', TOKEN_MAX_AGE: '3600' };
  const gateway = await start([join(__dirname, '../bin/phi-gateway'), 'serve'], env, 'listens at');
  const raw = await start([join(__dirname, 'raw.js')], { PORT: String(rawPort) }, 'ready');
  const { openDevelopmentIssuer } = require('../dist/src/identity/development-issuer.js');
  const issuer = await openDevelopmentIssuer(keys, { role: 'role', organization: 'org_id', purposes: 'purpose_of_use', practitioner: 'practitioner_id', members: 'member_ids' });
  const { createDataSource } = require('../dist/src/entities/data-source.js');
  const source = await createDataSource(process.env.BENCH_URL).initialize();
  const panel = (await source.query("SELECT member_id FROM care_team WHERE practitioner_id = 'prac-1' ORDER BY member_id")).map((row) => row.member_id);
  await source.destroy();
  try {
    for (const [name, operation] of Object.entries(operations)) {
      const token = await issuer.mintToken({ ...operation.token, lifetime: 3600 });
      let next = 0;
      const id = () => panel[next++ % panel.length];
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const ours = () => ({ port: gatewayPort, method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query: operation.query, variables: name === 'Q1' ? { id: id() } : {} }) });
      const theirs = () => ({ port: rawPort, method: 'GET', path: `/${name}?id=${id()}`, headers: {} });
      for (let warm = 0; warm < 30; warm++) { await ask(ours()); await ask(theirs()); }
      const ratios = [];
      const cpu = [];
      const rates = [];
      for (let n = 0; n < rounds; n++) {
        const mine = await round(ours, gateway);
        const other = await round(theirs, raw);
        ratios.push(mine.rate / other.rate);
        cpu.push(mine.cpu / other.cpu);
        rates.push(mine.rate);
      }
      process.stdout.write(`${name}: throughput ${median(ratios).toFixed(2)} of raw (${ratios.map((each) => each.toFixed(2)).join(' ')}), process CPU ${median(cpu).toFixed(2)} x raw, ${median(rates).toFixed(0)} operations/s\n`);
    }
  } finally {
    gateway.kill('SIGTERM');
    raw.kill('SIGTERM');
    agent.destroy();
  }
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
