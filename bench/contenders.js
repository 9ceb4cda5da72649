// Who is compared: how each is started on loopback and asked. `ask` gives what an HTTP request needs; every one answers `{ "data": … }`.
// Where a contender has them: `translate` brings its data to the gateway's shape, `databaseCpu` and `statements` tell of the database that it
// has (ms and number so far), `fallbacks` how often a fast path fell back; `showsMore` is one whose answers are not compared.
const { spawn } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { cpuOf } = require('./cpu');
const operations = require('./operations');

const root = join(__dirname, '..');
const CLAIMS = { role: 'role', organization: 'org_id', purposes: 'purpose_of_use', practitioner: 'practitioner_id', members: 'member_ids' };
const LIFETIME = 7200;

/** Starts a process and waits for its line. */
function start(args, env) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
    child.stdout.on('data', (text) => { if (/listens at|ready/.test(String(text))) resolve(child); });
  });
}
function graphql(port, headers, operation, id, query = operations[operation].query) {
  const body = JSON.stringify({ query, variables: operation === 'Q1' ? { id } : {} });
  return { port, method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', ...headers }, body };
}
const plain = (port, operation, id) => ({ port, method: 'GET', path: `/${operation}?id=${id}`, headers: {} });

let nextPort = 40100 + Math.floor(Math.random() * 400) * 20;
let tokens;
/** A token for each operation's caller, by the key that all gateways of the bench share. */
async function openTokens(folder) {
  if (tokens) return tokens;
  const { openDevelopmentIssuer } = require('../dist/src/identity/development-issuer.js');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const issuer = await openDevelopmentIssuer(folder, CLAIMS);
  tokens = {};
  for (const [operation, { token }] of Object.entries(operations)) tokens[operation] = await issuer.mintToken({ ...token, lifetime: LIFETIME });
  return tokens;
}

async function gatewayLike(name, args, { url, databasePid, folder }) {
  const port = nextPort++;
  await openTokens(join(folder, 'keys'));
  const child = await start(['--require', join(__dirname, 'count-fallbacks.js'), ...args], {
    DATABASE_URL: url, KEYS_DIR: join(folder, 'keys'), AUDIT_CHECKPOINT_DIR: join(folder, 'checkpoints'), PORT: String(port), LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '0',
    TOKEN_MAX_AGE: String(LIFETIME),
  });
  const fallbacks = () => new Promise((resolve) => { child.once('message', (told) => resolve(told.fallbacks)); child.send('fallbacks'); });
  const ask = (operation, id) => graphql(port, { authorization: `Bearer ${tokens[operation]}` }, operation, id);
  return { name, child, databaseCpu: () => cpuOf(databasePid), fallbacks, ask };
}

async function peer(name, file, { url, databasePid }, own = {}) {
  const port = nextPort++;
  const child = await start([join(__dirname, file)], { PORT: String(port), BENCH_URL: url });
  const { queries = {}, statements, ...rest } = own;
  return {
    name, child, databaseCpu: () => cpuOf(databasePid), ...rest, ...(statements ? { statements: () => statements(port) } : {}),
    ask: (operation, id) => (name === 'raw' ? plain(port, operation, id) : graphql(port, { 'x-operation': operation }, operation, id, queries[operation])),
  };
}
/** PostGraphile asks its own schema, and has a database of its own: how it is asked, understood and counted stands beside it. */
function postgraphile(place) {
  const { queries, translate } = require('./peers/postgraphile-operations');
  const { databaseCpu, statements } = require('./peers/postgres-usage');
  return peer('postgraphile', 'peers/postgraphile.js', place, { queries, translate, databaseCpu, statements });
}

const swapped = (name, swap) => (place) => gatewayLike(name, [join(__dirname, 'peers/swapped.js'), swap], place);
/** The contenders by name. One that cannot be started says so and is left out. */
const CONTENDERS = {
  raw: (place) => peer('raw', 'raw.js', place),
  gateway: (place) => gatewayLike('gateway', [join(root, 'bin/phi-gateway'), 'serve'], place),
  // It shows what the policy hides, by design: its answers are not compared.
  permitAll: async (place) => ({ ...await swapped('permitAll', 'permit-all')(place), showsMore: true }),
  reference: swapped('reference', 'reference'),
  naive: (place) => peer('naive', 'peers/naive.js', place),
  mercurius: (place) => peer('mercurius', 'peers/mercurius.js', place),
  postgraphile,
};
/** Started only for what it is compared in: the gateway without its audit record. */
const OTHERS = { noAudit: swapped('noAudit', 'no-audit') };

/** Starts these over the database at `url`, whose server has `databasePid`; `folder` is for keys and checkpoints. */
async function startContenders(names, place) {
  const started = [];
  for (const name of names) {
    const starting = CONTENDERS[name] ?? OTHERS[name];
    if (!starting) throw new Error(`${name}: is no contender; there are ${Object.keys(CONTENDERS).join(', ')}`);
    try { started.push(await starting(place)); } catch (error) { process.stderr.write(`${name}: left out: ${error.message}\n`); }
  }
  return started;
}
/** Ends them, and waits until they are gone: they finish what they are about, and stop what they started. */
async function stopContenders(contenders) {
  await Promise.all(contenders.map(({ child }) => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  })));
}
module.exports = { CONTENDERS, startContenders, stopContenders };
