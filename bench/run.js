// npm run bench: every contender on loopback, the same answers of all, interleaved rounds, ratios paired per round (a noisy machine bothers all
// alike). script/bench has a MariaDB of its own for it; with BENCH_URL=mysql://… it uses that one, and fills it where it is empty.
//   --rounds 5 --seconds 2 --members 20000   --only raw,gateway (contenders)   --parts rounds,audit,mixed,sqlite
//   --out FILE (shares of raw as JSON)       --write docs/PERFORMANCE.md (with its picture beside it)
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { parseArgs } = require('node:util');
const { compareAnswers } = require('./compare');
const { CONTENDERS, startContenders } = require('./contenders');
const { openDatabase } = require('./database');
const { newAgent } = require('./load');
const { rounds } = require('./measure');
const { mixedLoad } = require('./mixed');
const operations = require('./operations');
const { picture } = require('./picture');
const { report } = require('./report');
const { compareEmbedded } = require('./sqlite');

const CONCURRENCY = [1, 16];
const AUDIT_CONCURRENCY = 64;
const MEMBERS_COMPARED = 20;
const SHORTEST_MIX = 5;

function settings() {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const { values } = parseArgs({ options: { rounds: text('5'), seconds: text('2'), members: text('20000'), only: { type: 'string' }, parts: text('rounds,audit,mixed,sqlite'), out: { type: 'string' }, write: { type: 'string' } } });
  if (!process.env.BENCH_URL) throw new Error('BENCH_URL is not set: npm run bench has a MariaDB of its own; or name one, with an empty database or one that bench/seed.js filled');
  const numbers = Object.fromEntries(['rounds', 'seconds', 'members'].map((name) => [name, Number(values[name])]));
  for (const [name, value] of Object.entries(numbers)) if (!(value > 0)) throw new Error(`--${name}: expects a number above 0`);
  return { ...values, ...numbers, url: process.env.BENCH_URL, names: values.only ? [...new Set(['raw', ...values.only.split(',')])] : Object.keys(CONTENDERS), parts: values.parts.split(',') };
}

/** Every operation at every concurrency: { operation: { c1: { contender: [measured, …] } } }. */
async function allRounds(contenders, database, nextId, levels, { seconds, rounds: count }) {
  const found = {};
  for (const operation of Object.keys(operations)) for (const concurrency of levels) {
    process.stderr.write(`${operation} at concurrency ${concurrency}\n`);
    const agent = newAgent(concurrency);
    (found[operation] ??= {})[`c${concurrency}`] = await rounds(contenders, database, (each) => () => each.ask(operation, nextId()), { concurrency, seconds, count, agent });
    agent.destroy();
  }
  return found;
}
const only = (contenders, names) => contenders.filter((each) => names.includes(each.name));

/** The gateway with its durable record and without. A contender that is measured only here is started only here. */
async function compareAudit(gateway, place, database, nextId, set) {
  const [noAudit] = await startContenders(['noAudit'], place);
  if (!noAudit) return null;
  try {
    return await allRounds([gateway, noAudit], database, nextId, [AUDIT_CONCURRENCY], set);
  } finally {
    noAudit.child.kill('SIGTERM');
  }
}

async function measureAll(set, database, place) {
  const contenders = await startContenders(set.names, place);
  let next = 0;
  const nextId = () => database.panel[next++ % database.panel.length];
  const [gateway] = only(contenders, ['gateway']);
  const has = (part) => set.parts.includes(part);
  try {
    await compareAnswers(contenders, operations, database.panel.slice(0, MEMBERS_COMPARED));
    return {
      rounds: has('rounds') ? await allRounds(contenders, database, nextId, CONCURRENCY, set) : null,
      audit: has('audit') && gateway ? await compareAudit(gateway, place, database, nextId, set) : null,
      mixed: has('mixed') && gateway ? await mixedLoad(only(contenders, ['raw', 'gateway']), nextId, { seconds: Math.max(SHORTEST_MIX, set.seconds), count: set.rounds }) : null,
    };
  } finally {
    for (const { child } of contenders) child.kill('SIGTERM');
  }
}

async function main() {
  const set = settings();
  const database = await openDatabase(set.url, set.members);
  let found;
  try {
    found = await measureAll(set, database, { url: set.url, databasePid: database.pid, folder: database.folder });
  } finally {
    await database.close();
  }
  const sqlite = set.parts.includes('sqlite') ? await compareEmbedded({ members: database.members, rounds: set.rounds, seconds: set.seconds }) : null;
  const told = report({ ...found, sqlite, members: database.members, count: set.rounds, seconds: set.seconds });
  process.stdout.write(told.text);
  if (set.out) writeFileSync(set.out, `${JSON.stringify({ ratios: told.ratios }, null, 2)}\n`);
  if (set.write && existsSync(set.write)) {
    writeFileSync(set.write, told.markdown(readFileSync(set.write, 'utf8')));
    if (found.rounds) writeFileSync(join(dirname(set.write), 'performance.svg'), picture(told.shares));
  }
}
main().then(() => process.exit(0), (error) => { process.stderr.write(`${error.message}\n`); process.exit(1); });
