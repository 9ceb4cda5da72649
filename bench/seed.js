// Fills an empty database with the workload of docs/PERFORMANCE.md: BENCH_URL=mysql://… (or sqlite:PATH) node bench/seed.js [members]
const mysql = require('mysql2/promise');
const Sqlite = require('better-sqlite3');
const { createDataSource } = require('../dist/src/entities/data-source.js');
const { TABLES } = require('../dist/src/entities/tables/index.js');
const { workload } = require('./workload');

const ROWS_A_STATEMENT = 500;
const STATEMENTS_A_COMMIT = 100;

async function migrate(url) {
  const source = await createDataSource(url).initialize();
  await source.runMigrations();
  await source.destroy();
}

/** The columns written of a table: those of the workload and those that cannot be null, which get what stands for nothing. */
function writerOf(table, row) {
  const { columns } = TABLES[table];
  const nothing = (kind) => (['flag', 'mask', 'int'].includes(kind) ? 0 : '');
  const names = Object.keys(columns).filter((name) => name in row || !columns[name].endsWith('?'));
  return { names, values: (each) => names.map((name) => each[name] ?? (columns[name].endsWith('?') ? null : nothing(columns[name]))) };
}

/** Batches of rows of one table, with their columns: [table, names, rows]. */
function* batches(members) {
  const open = new Map();
  for (const [table, row] of workload(members)) {
    if (!open.has(table)) open.set(table, { ...writerOf(table, row), rows: [] });
    const { names, values, rows } = open.get(table);
    rows.push(values(row));
    if (rows.length === ROWS_A_STATEMENT) yield [table, names, rows.splice(0)];
  }
  for (const [table, { names, rows }] of open) if (rows.length > 0) yield [table, names, rows];
}

async function fillMariadb(url, members) {
  const connection = await mysql.createConnection({ uri: url, charset: 'utf8mb4' });
  await connection.query('SET unique_checks = 0, foreign_key_checks = 0, autocommit = 0');
  let statements = 0;
  for (const [table, names, rows] of batches(members)) {
    await connection.query(`INSERT INTO \`${table}\` (${names.map((each) => `\`${each}\``).join(', ')}) VALUES ?`, [rows]);
    if (++statements % STATEMENTS_A_COMMIT === 0) await connection.query('COMMIT');
  }
  await connection.query('COMMIT');
  for (const table of Object.keys(TABLES)) await connection.query(`ANALYZE TABLE \`${table}\``);
  await connection.end();
}

function fillSqlite(url, members) {
  const database = new Sqlite(url.slice('sqlite:'.length));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  const inserts = new Map();
  database.transaction(() => {
    for (const [table, names, rows] of batches(members)) {
      if (!inserts.has(table)) inserts.set(table, database.prepare(`INSERT INTO "${table}" (${names.map((each) => `"${each}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`));
      for (const row of rows) inserts.get(table).run(row);
    }
  })();
  database.exec('ANALYZE');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** Fills the database at this address, which must be empty or migrated and empty. */
async function seed(url, members) {
  await migrate(url);
  if (url.startsWith('sqlite:')) fillSqlite(url, members);
  else await fillMariadb(url, members);
}
module.exports = { seed };

if (require.main === module) {
  if (!process.env.BENCH_URL) { process.stderr.write('BENCH_URL is not set: mysql://… or sqlite:PATH of an empty database\n'); process.exit(2); }
  seed(process.env.BENCH_URL, Number(process.argv[2] ?? 20_000)).catch((error) => { process.stderr.write(`${error.message}\n`); process.exitCode = 1; });
}
