// In a process of its own (bench/sqlite.js starts it): the gateway on a SQLite file, whole and without its audit record, and hand-written
// better-sqlite3 on the same file, by turns.
const { randomUUID } = require('node:crypto');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const Sqlite = require('better-sqlite3');
const { parse } = require('graphql');
const { executeOperation } = require('../dist/src/resolvers/execute.js');
const { openDecided } = require('../dist/src/server/assemble.js');
const { loadConfiguration } = require('../dist/src/server/configuration.js');
const { dataOf } = require('./compare');
const { openRaw } = require('./embedded-raw');
const operations = require('./operations');

function callerOf({ role, purposes, subject, organization, practitioner = null }) {
  return Object.freeze({ subject, role, organization, practitioner, member: null, purposes, tokenId: null, purpose: purposes[0], breakGlassReason: null, grant: null, requestId: randomUUID(), at: new Date().toISOString() });
}
/** An operation as the server hands it on when document and token are checked, to the text of the answer. */
const asker = (gateway) => {
  const documents = Object.fromEntries(Object.entries(operations).map(([name, { query }]) => [name, parse(query)]));
  return async (name, id) => {
    const answer = await executeOperation(gateway, { document: documents[name], operationName: null, variables: name === 'Q1' ? { id } : {}, caller: callerOf(operations[name].token) });
    return JSON.stringify({ data: answer.data, extensions: answer.extensions });
  };
};

async function openAll(path) {
  const folder = mkdtempSync(join(tmpdir(), 'phi-bench-embedded-'));
  const opened = await openDecided(loadConfiguration({ DATABASE_URL: `sqlite:${path}`, KEYS_DIR: folder, AUDIT_CHECKPOINT_DIR: folder, EXPORT_DIR: folder }));
  const withoutRecord = { ...opened.decided, ledger: { ...opened.decided.ledger, record: () => Promise.resolve(randomUUID()) } };
  const raw = openRaw(path);
  const close = async () => { raw.close(); await opened.close(); rmSync(folder, { recursive: true, force: true }); };
  return { contenders: { 'raw, rows': raw.rows, 'raw, JSON by the database': raw.json, 'gateway, data path': asker(withoutRecord), 'gateway with audit': asker(opened.decided) }, close };
}

function panelOf(path) {
  const database = new Sqlite(path, { readonly: true });
  const now = new Date().toISOString();
  const ids = database.prepare("SELECT DISTINCT member_id FROM care_team WHERE practitioner_id = 'prac-1' AND start_at <= ? AND (end_at IS NULL OR end_at > ?) ORDER BY member_id").pluck().all(now, now);
  database.close();
  return ids;
}

const canonical = (text) => JSON.stringify(dataOf(text), (_, value) => (value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value));
async function assertSame(contenders, name, ids) {
  for (const id of ids) {
    const answers = [];
    for (const ask of Object.values(contenders)) answers.push(canonical(await ask(name, id)));
    const odd = Object.keys(contenders).filter((_, place) => answers[place] !== answers[0]);
    if (odd.length > 0) throw new Error(`SQLite, ${name} of ${id}: ${odd.join(', ')} answer otherwise`);
  }
}

/** Answers for so long: ms of the clock and of CPU for one. */
async function timed(ask, next, seconds) {
  const [began, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  const end = began + BigInt(Math.round(seconds * 1e9));
  let count = 0;
  for (; process.hrtime.bigint() < end; count++) await ask(...next());
  const { user, system } = process.cpuUsage(cpu);
  return { clock: Number(process.hrtime.bigint() - began) / 1e6 / count, cpu: (user + system) / 1000 / count };
}

async function main({ path, rounds, seconds }) {
  const { contenders, close } = await openAll(path);
  const panel = panelOf(path);
  let place = 0;
  const found = {};
  for (const name of Object.keys(operations)) {
    await assertSame(contenders, name, name === 'Q1' ? panel : panel.slice(0, 1));
    const next = () => [name, panel[place++ % panel.length]];
    const of = (found[name] = Object.fromEntries(Object.keys(contenders).map((each) => [each, []])));
    for (const ask of Object.values(contenders)) await timed(ask, next, Math.min(1, seconds));
    for (let round = 0; round < rounds; round++) for (const [each, ask] of Object.entries(contenders)) of[each].push(await timed(ask, next, seconds));
  }
  await close();
  process.send(found);
}
main(JSON.parse(process.env.BENCH_STEP)).then(() => process.disconnect(), (error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
