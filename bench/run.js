// npm run bench: every contender on loopback, the same answers of all, interleaved rounds, ratios paired per round (a noisy machine bothers all
// alike). script/bench has a MariaDB of its own for it; with BENCH_URL=mysql://… it uses that one, and fills it where it is empty.
//   --rounds 5 --seconds 2 --members 20000   --only raw,gateway (contenders)   --parts rounds,audit,mixed,sqlite
//   --out FILE (shares of raw as JSON)       --write docs/PERFORMANCE.md (with its picture beside it)
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { parseArgs } = require('node:util');
const { compareAnswers } = require('./compare');
const { CONTENDERS, startContenders, stopContenders } = require('./contenders');
const { openDatabase } = require('./database');
const { newAgent } = require('./load');
const { rounds } = require('./measure');
const { mixedLoad } = require('./mixed');
const operations = require('./operations');
const { picture } = require('./picture');
const { report } = require('./report');
const { compareEmbedded } = require('./sqlite');

const PARTS = ['rounds', 'audit', 'mixed', 'sqlite'];
const CONCURRENCY = [1, 16];
const AUDIT_CONCURRENCY = 64;
const MEMBERS_COMPARED = 20;
const SHORTEST_MIX = 5;
const SHORTEST_AUDIT = 4;

function settings() {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const options = { rounds: text('5'), seconds: text('2'), members: text('20000'), only: text(), parts: text(PARTS.join()), out: text(), write: text() };
  const { values } = parseArgs({ options });
  if (!process.env.BENCH_URL) throw new Error('BENCH_URL is not set: npm run bench has a MariaDB of its own; or name one, with an empty database or one that bench/seed.js filled');
  const numbers = Object.fromEntries(['rounds', 'seconds', 'members'].map((name) => [name, Number(values[name])]));
  for (const [name, value] of Object.entries(numbers)) if (!(value > 0)) throw new Error(`--${name}: expects a number above 0`);
  const parts = values.parts.split(',');
  const unknown = parts.find((each) => !PARTS.includes(each));
  if (unknown !== undefined) throw new Error(`--parts: ${unknown} is no part; there are ${PARTS.join(', ')}`);
  // Raw is what all the others are a share of.
  const names = values.only ? [...new Set(['raw', ...values.only.split(',')])] : Object.keys(CONTENDERS);
  return { ...values, ...numbers, url: process.env.BENCH_URL, names, parts };
}

/** Every operation at every concurrency: { operation: { c1: { contender: [measured, …] } } }. */
async function allRounds(contenders, database, nextId, levels, { seconds, rounds: count }) {
  const found = {};
  for (const operation of Object.keys(operations)) for (const concurrency of levels) {
    process.stderr.write(`${operation} at concurrency ${concurrency}\n`);
    const agent = newAgent(concurrency);
    const nextOf = (each) => () => each.ask(operation, nextId());
    (found[operation] ??= {})[`c${concurrency}`] = await rounds(contenders, database, nextOf, { concurrency, seconds, count, agent });
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
    // Longer than the answers that wait for each other: sixty-four of Q3 take seconds.
    return await allRounds([gateway, noAudit], database, nextId, [AUDIT_CONCURRENCY], { ...set, seconds: Math.max(SHORTEST_AUDIT, set.seconds) });
  } finally {
    await stopContenders([noAudit]);
  }
}

async function measureAll(set, database, place) {
  const contenders = await startContenders(set.names, place);
  let next = 0;
  const nextId = () => database.panel[next++ % database.panel.length];
  const [gateway] = only(contenders, ['gateway']);
  const has = (part) => set.parts.includes(part);
  const mix = { seconds: Math.max(SHORTEST_MIX, set.seconds), count: set.rounds };
  try {
    await compareAnswers(contenders, operations, database.panel.slice(0, MEMBERS_COMPARED));
    return {
      rounds: has('rounds') ? await allRounds(contenders, database, nextId, CONCURRENCY, set) : null,
      audit: has('audit') && gateway ? await compareAudit(gateway, place, database, nextId, set) : null,
      mixed: has('mixed') && gateway ? await mixedLoad(only(contenders, ['raw', 'gateway']), nextId, mix) : null,
    };
  } finally {
    await stopContenders(contenders);
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
  const isWithSqlite = set.parts.includes('sqlite');
  const sqlite = isWithSqlite ? await compareEmbedded({ members: database.members, rounds: set.rounds, seconds: set.seconds }) : null;
  const told = report({ ...found, sqlite, members: database.members, count: set.rounds, seconds: set.seconds });
  process.stdout.write(told.text);
  if (set.out) writeFileSync(set.out, `${JSON.stringify({ ratios: told.ratios }, null, 2)}\n`);
  if (set.write && existsSync(set.write)) {
    writeFileSync(set.write, told.markdown(readFileSync(set.write, 'utf8')));
    if (found.rounds) writeFileSync(join(dirname(set.write), 'performance.svg'), picture(told.shares));
  }
}
main().then(() => process.exit(0), (error) => { process.stderr.write(`${error.message}\n`); process.exit(1); });
