// Fills one database of the growth proof by statements of the database's own, in the order of the primary keys; other indexes are made at the end, in
// one pass. What is loaded whole is noted in a helper database and is not loaded again; a table that was cut off begins anew.
const { createHash } = require('node:crypto');
const { readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const mysql = require('mysql2/promise');
const { createDataSource } = require('../../dist/src/entities/data-source.js');
const { TABLES } = require('../../dist/src/entities/tables/index.js');
const { authorizationScopes } = require('../../dist/src/privacy-office/spread.js');
const { folderOfDatabase } = require('../../dist/src/audit/checkpoint-folder.js');
const { createCheckpoints } = require('../../dist/src/audit/checkpoints.js');
const { loadKeys } = require('../../dist/src/server/keys.js');
const { TABLES_OF_MEMBERS, NOW } = require('./rows');
const { VARIANTS, privacyTables, signed } = require('./privacy-rows');

const HELPER = 'scale_helper';
const EMPTY = 'scale_empty';
const schemaVersion = () => createHash('sha256').update(readFileSync(join(__dirname, '../../dist/src/entities/migrations/initial-sql.js'))).digest('hex').slice(0, 16);
const names = (list) => list.map((each) => `\`${each}\``).join(', ');
const typeOf = (kind) => (/^(flag|mask|int)/.test(kind) ? 'INT' : kind.startsWith('double') ? 'DOUBLE' : 'TEXT');
const emptyOf = (kind) => (kind.endsWith('?') ? 'NULL' : typeOf(kind) === 'TEXT' ? "''" : '0');

async function prepareHelper(connection) {
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${HELPER} CHARACTER SET utf8mb4`);
  await connection.query(`CREATE TABLE IF NOT EXISTS ${HELPER}.loaded (place VARCHAR(64), version VARCHAR(64), seconds DOUBLE, PRIMARY KEY (place, version))`);
  for (const [table, variants] of Object.entries(VARIANTS)) {
    const { columns } = TABLES[table];
    await connection.query(`DROP TABLE IF EXISTS ${HELPER}.${table}`);
    await connection.query(`CREATE TABLE ${HELPER}.${table} (variant INT, place INT, ${Object.entries(columns).map(([name, kind]) => `\`${name}\` ${typeOf(kind)}`).join(', ')}, PRIMARY KEY (variant, place))`);
    const rows = variants.flatMap((parts, variant) => parts.map((row, place) => [variant, place, ...Object.keys(columns).map((name) => row[name] ?? null)]));
    await connection.query(`INSERT INTO ${HELPER}.${table} (variant, place, ${names(Object.keys(columns))}) VALUES ?`, [rows]);
  }
}

/** The rows of the members from one number to before another: what is not given is copied from the variant, or left as a missing fact. */
function insertOf(table, { each, columns, where, variant }, from, to) {
  const kinds = Object.entries(TABLES[table].columns);
  const values = kinds.map(([name, kind]) => columns[name] ?? (variant ? `v.\`${name}\`` : emptyOf(kind)));
  const source = `seq_${from * each}_to_${to * each - 1} s${variant ? ` STRAIGHT_JOIN ${HELPER}.${table} v ON v.variant = ${variant}` : ''}`;
  return `INSERT INTO \`${table}\` (${names(kinds.map(([name]) => name))}) SELECT ${values.join(', ')} FROM ${source}${where ? ` WHERE ${where}` : ''}`;
}

/** Members whose rows come in one statement. */
const STEP = 100000;
async function indexesOf(connection, database, table) {
  const [[{ 'Create Table': text }]] = await connection.query(`SHOW CREATE TABLE ${database}.\`${table}\``);
  return text.split('\n').map((line) => line.trim().replace(/,$/, '')).filter((line) => /^(UNIQUE )?KEY /.test(line));
}
/** A table without its indexes is one whose load was cut off: what it shall have is what an empty database of the same schema has. */
async function fill(connection, database, table, rows, count) {
  const change = (lines) => (lines.length > 0 ? connection.query(`ALTER TABLE \`${table}\` ${lines.join(', ')}`) : undefined);
  await connection.query(`TRUNCATE TABLE \`${table}\``);
  await change((await indexesOf(connection, database, table)).map((line) => `DROP KEY ${/`[^`]+`/.exec(line)[0]}`));
  for (let from = 0; from < count; from += STEP) await connection.query(insertOf(table, rows, from, Math.min(count, from + STEP)));
  await change((await indexesOf(connection, EMPTY, table)).map((line) => `ADD ${line}`));
  await connection.query(`ANALYZE TABLE \`${table}\``);
}

/** The member with 200 authorizations that name the very caller. */
const MANY = { member: 777, authorizations: 200 };
async function giveMany(connection) {
  const rows = Array.from({ length: MANY.authorizations }, (_, place) => ({ member_id: `m-${String(MANY.member).padStart(7, '0')}`, id: `many-${place}`, categories: null, classes: '["HIV"]', recipients: '[{"role":"NURSE"}]', purposes: '["TREAT","HPAYMT","HOPERAT"]', ...signed }));
  for (const [table, all] of [['authorization', rows], ['authorization_scope', rows.flatMap(authorizationScopes)]])
    await connection.query(`REPLACE INTO \`${table}\` (${names(Object.keys(all[0]))}) VALUES ?`, [all.map((each) => Object.values(each))]);
}

/** Seals the loaded trail once, as a gateway would have done while it grew: at its start it has only what came since. */
async function sealTrail(url, directories) {
  const source = await createDataSource(url).initialize();
  try {
    const keys = loadKeys({ production: false, directories });
    await createCheckpoints(source, { folder: folderOfDatabase(directories.auditCheckpoints, url), signing: keys.auditSigning, onFinding: ({ kind }) => { throw new Error(`the loaded trail cannot be sealed: ${kind}`); } }).take();
  } finally {
    await source.destroy();
  }
}

/** @returns whether anything is missing in the database, or was made under another schema */
async function isLoaded(connection, { database }) {
  const [found] = await connection.query(`SELECT COUNT(*) AS found FROM information_schema.tables WHERE table_schema = '${HELPER}' AND table_name = 'loaded'`);
  if (found[0].found === 0) return false;
  const [rows] = await connection.query(`SELECT 1 FROM ${HELPER}.loaded WHERE place = ? AND version = ?`, [`${database} whole`, schemaVersion()]);
  return rows.length > 0;
}

/** An empty database of the current schema. */
async function createTables(connection, url, database, directories) {
  await connection.query(`DROP DATABASE IF EXISTS ${database}`);
  await connection.query(`DELETE FROM ${HELPER}.loaded WHERE place LIKE '${database} %'`);
  await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  rmSync(folderOfDatabase(directories.auditCheckpoints, `${url}${database}`), { recursive: true, force: true });
  const source = await createDataSource(`${url}${database}`).initialize();
  try { await source.runMigrations(); } finally { await source.destroy(); }
}
async function nameOrganizations(connection) {
  for (const [id, kind] of [['org-phi', 'COVERED_ENTITY'], ['org-plan', 'HEALTH_PLAN']]) await connection.query(`REPLACE INTO organization (id, name, kind, part2_program, updated_at) VALUES (?, ?, ?, 0, ${NOW})`, [id, id, kind]);
}

/** Does a part of a database that is not noted as done, and notes it. */
async function once(connection, place, say, work) {
  const version = schemaVersion();
  const [done] = await connection.query(`SELECT 1 FROM ${HELPER}.loaded WHERE place = ? AND version = ?`, [place, version]);
  if (done.length > 0) return;
  const began = Date.now();
  await work();
  const seconds = (Date.now() - began) / 1000;
  await connection.query(`INSERT INTO ${HELPER}.loaded VALUES (?, ?, ?)`, [place, version, seconds]);
  say(`${place}: ${seconds.toFixed(0)} s`);
}

async function load(url, { database, count, isCrowded }, directories, say) {
  const connection = await mysql.createConnection(url);
  try {
    await prepareHelper(connection);
    await once(connection, `${EMPTY} tables`, say, () => createTables(connection, url, EMPTY, directories));
    const part = (name, work) => once(connection, `${database} ${name}`, say, work);
    await part('tables', () => createTables(connection, url, database, directories));
    await connection.query(`USE ${database}`);
    await connection.query("SET SESSION time_zone = '+00:00'");
    await part('organization', () => nameOrganizations(connection));
    const tables = { ...Object.fromEntries(Object.entries(TABLES_OF_MEMBERS).map(([table, make]) => [table, make()])), ...privacyTables(count, isCrowded) };
    for (const [table, rows] of Object.entries(tables)) await part(table, () => fill(connection, database, table, rows, count));
    await part('many', () => giveMany(connection));
    await part('sealed', () => sealTrail(`${url}${database}`, directories));
    await part('whole', async () => undefined);
  } finally {
    await connection.end();
  }
}
module.exports = { isLoaded, load, MANY };
