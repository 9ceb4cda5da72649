// Copies what the three operations read from the bench's MariaDB database (read only) into PostgreSQL, by COPY, row by row; does nothing where the
// same data already lies there. BENCH_URL=mysql://… BENCH_POSTGRES_URL=postgres://… node bench/peers/postgres-fill.js
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Transform } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const mysql = require('mysql2');
const { Client } = require('pg');
const { from: copyFrom } = require('pg-copy-streams');
const { CLASSES } = require('../../dist/src/vocabulary/sensitivity.js');

const RECORD = ['encounter_id', 'recorded_at', 'record_date', 'labels', 'labelled', 'governed_by'];
const CODED = ['member_id', 'id', 'code_system', 'code', 'code_display', 'status'];
/** Each table of PostgreSQL: the table of MariaDB it is copied from, the columns, and the key in whose order its rows are laid down. */
const COPIED = {
  'chart.member': ['member', ['id', 'member_number', 'name_given', 'name_family', 'name_text', 'birth_date', 'gender'], 'id'],
  'chart.medication': ['medication', [...CODED, 'dosage', 'started_at', ...RECORD], 'member_id, id'],
  'chart.condition': ['condition_record', [...CODED, 'onset_at', ...RECORD], 'member_id, id'],
  'chart.care_gap': ['care_gap', ['member_id', 'id', 'measure', 'status', 'due_at', ...RECORD], 'member_id, id'],
  'privacy.care_team': ['care_team', ['member_id', 'practitioner_id', 'start_at', 'end_at'], 'member_id, id'],
  'privacy.coverage': ['coverage', ['member_id', 'plan_id', 'start_at', 'end_at'], 'member_id, id'],
  'privacy.authorization_scope': ['authorization_scope', ['member_id', 'recipient', 'purpose', 'class_mask', 'start_at', 'end_at'], 'member_id, recipient, purpose'],
  'privacy.restriction_scope': ['restriction_scope', ['member_id', 'type', 'recipient', 'purpose', 'class_mask', 'encounter_id', 'record_id', 'recorded_before', 'start_at', 'end_at'], 'member_id, type, recipient'],
};
const array = (list) => `{${list.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
const ESCAPED = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
/** A row in COPY's text format; a name's given parts are a list there and JSON here. */
const line = (row, columns) => `${row.map((value, place) => {
  if (value === null) return '\\N';
  return (columns[place] === 'name_given' ? array(JSON.parse(value)) : String(value)).replace(/[\\\t\n\r]/g, (each) => ESCAPED[each]);
}).join('\t')}\n`;

async function copy(source, target, table, [origin, columns, key]) {
  const rows = source.query({ sql: `SELECT ${columns.join(', ')} FROM ${origin} ORDER BY ${key}`, rowsAsArray: true }).stream({ highWaterMark: 1000 });
  const lines = new Transform({ writableObjectMode: true, transform: (row, _, done) => done(null, line(row, columns)) });
  await pipeline(rows, lines, target.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)));
}
/** What the copy depends on: this layout, the classes, and the rows themselves by MariaDB's own checksums. */
async function fingerprintOf(source, layout) {
  const [sums] = await source.promise().query(`CHECKSUM TABLE ${Object.values(COPIED).map(([origin]) => origin).join(', ')}`);
  return createHash('sha256').update(JSON.stringify([layout, COPIED, sums])).digest('hex');
}
async function main() {
  const layout = readFileSync(join(__dirname, 'postgres.sql'), 'utf8').replaceAll('${CLASSES}', array(CLASSES));
  const [before, after] = layout.split(/^-- -{20,}$/m);
  const source = mysql.createConnection({ uri: process.env.BENCH_URL, dateStrings: true });
  const target = new Client({ connectionString: process.env.BENCH_POSTGRES_URL });
  await target.connect();
  try {
    const fingerprint = await fingerprintOf(source, layout);
    await target.query('CREATE TABLE IF NOT EXISTS public.copied (fingerprint text)');
    if ((await target.query('SELECT FROM public.copied WHERE fingerprint = $1', [fingerprint])).rowCount > 0) return;
    process.stderr.write('postgres: copying the data of the bench\n');
    await target.query('DELETE FROM public.copied');
    await target.query(before);
    for (const [table, how] of Object.entries(COPIED)) await copy(source, target, table, how);
    await target.query(after);
    // Frozen and marked all visible, so that an index alone answers; and the planner knows what lies there.
    for (const table of Object.keys(COPIED)) await target.query(`VACUUM (FREEZE, ANALYZE) ${table}`);
    await target.query('INSERT INTO public.copied VALUES ($1)', [fingerprint]);
  } finally {
    source.end();
    await target.end();
  }
}
main().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exitCode = 1; });
