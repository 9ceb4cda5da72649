// Who is compared: how each is started on loopback and asked. `ask` gives what an HTTP request needs; every one answers `{ "data": … }`.
const { spawn } = require('node:child_process');
const { existsSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const operations = require('./operations');

const root = join(__dirname, '..');
const keys = mkdtempSync(join(tmpdir(), 'phi-bench-'));
const CLAIMS = { role: 'role', organization: 'org_id', purposes: 'purpose_of_use', practitioner: 'practitioner_id', members: 'member_ids' };

function start(args, env) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
    child.stdout.on('data', (text) => { if (/listens at|ready/.test(String(text))) resolve(child); });
  });
}
const graphql = (port, headers, name, id) => ({ port, method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query: operations[name].query, variables: name === 'Q1' ? { id } : {} }) });

let nextPort = 40100 + Math.floor(Math.random() * 400) * 20;
async function gatewayLike(name, args, extra = {}) {
  const port = nextPort++;
  const child = await start(args, { DATABASE_URL: process.env.BENCH_URL, KEYS_DIR: keys, PORT: String(port), LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '0', TOKEN_MAX_AGE: '7200', AUDIT_CHECKPOINT_DIR: mkdtempSync(join(tmpdir(), 'phi-bench-checkpoints-')), ...extra });
  const { openDevelopmentIssuer } = require('../dist/src/identity/development-issuer.js');
  const issuer = await openDevelopmentIssuer(keys, CLAIMS);
  const tokens = Object.fromEntries(await Promise.all(Object.entries(operations).map(async ([each, { token }]) => [each, await issuer.mintToken({ ...token, lifetime: 7200 })])));
  return { name, child, ask: (operation, id) => graphql(port, { authorization: `Bearer ${tokens[operation]}` }, operation, id) };
}
async function peer(name, file, kind) {
  const port = nextPort++;
  const child = await start([join(__dirname, file)], { PORT: String(port) });
  return { name, child, ask: (operation, id) => (kind === 'plain' ? { port, method: 'GET', path: `/${operation}?id=${id}`, headers: {} } : graphql(port, { 'x-operation': operation }, operation, id)) };
}

/** The contenders by name. One whose parts are not installed says so and is left out: `npm install` in bench/peers gets them. */
const CONTENDERS = {
  raw: () => peer('raw', 'raw.js', 'plain'),
  gateway: () => gatewayLike('gateway', [join(root, 'bin/phi-gateway'), 'serve']),
  // It shows what the policy hides, by design: its answers are not compared.
  permitAll: async () => ({ ...await gatewayLike('permitAll', [join(__dirname, 'peers/swapped.js'), 'permit-all']), showsMore: true }),
  reference: () => gatewayLike('reference', [join(__dirname, 'peers/swapped.js'), 'reference']),
  naive: () => peer('naive', 'peers/naive.js', 'graphql'),
  mercurius: () => peer('mercurius', 'peers/mercurius.js', 'graphql'),
  postgraphile: () => peer('postgraphile', 'peers/postgraphile.js', 'graphql'),
};
const NEEDS = { naive: 'peers/naive.js', mercurius: 'peers/mercurius.js', postgraphile: 'peers/postgraphile.js' };
async function startContenders(names) {
  const started = [];
  for (const name of names) {
    if (!CONTENDERS[name]) throw new Error(`${name}: is no contender; there are ${Object.keys(CONTENDERS).join(', ')}`);
    if (NEEDS[name] && !existsSync(join(__dirname, NEEDS[name]))) { process.stderr.write(`${name}: is not there and is left out\n`); continue; }
    try { started.push(await CONTENDERS[name]()); } catch (error) { process.stderr.write(`${name}: left out: ${error.message}\n`); }
  }
  return started;
}
module.exports = { CONTENDERS, startContenders };
