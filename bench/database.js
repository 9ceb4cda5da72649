// The database of the bench: filled where it is empty, asked for the panel, and for what it counts itself.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const mysql = require('mysql2/promise');
const { seed } = require('./seed');

async function openDatabase(url, members) {
  const connection = await mysql.createConnection(url);
  const [tables] = await connection.query("SHOW TABLES LIKE 'member'");
  if (tables.length === 0) {
    process.stderr.write(`filling the database with ${members} members\n`);
    await seed(url, members);
  }
  const [whole] = await connection.query("SELECT id FROM organization WHERE id = 'org-phi'");
  if (whole.length === 0) throw new Error('BENCH_URL: the database was not filled to its end, or by something else: name an empty one');
  const [[{ file, place }]] = await connection.query("SELECT @@pid_file AS file, CONCAT(@@datadir, DATABASE()) AS place");
  const now = new Date().toISOString();
  const [panel] = await connection.query("SELECT DISTINCT member_id FROM care_team WHERE practitioner_id = 'prac-1' AND start_at <= ? AND (end_at IS NULL OR end_at > ?) ORDER BY member_id", [now, now]);
  const [[{ members: count }]] = await connection.query('SELECT COUNT(*) AS members FROM member');
  return {
    /** Ids of the nurse's members. */
    panel: panel.map((row) => row.member_id),
    members: Number(count),
    /** Of a server on this machine; null of another. */
    pid: existsSync(file) ? Number(readFileSync(file, 'utf8')) : null,
    /** Keys and checkpoints of the gateways on this database: its trail goes on from run to run, and is signed by them. */
    folder: join(tmpdir(), `phi-bench-keys-${process.getuid?.() ?? 0}`, createHash('sha256').update(place).digest('hex').slice(0, 12)),
    /** Statements that the server has run so far, this one included. */
    statements: async () => Number((await connection.query("SHOW GLOBAL STATUS LIKE 'Questions'"))[0][0].Value),
    close: () => connection.end(),
  };
}
module.exports = { openDatabase };
