// Hand-written better-sqlite3 with the policy of bench/policy-sql.js, in two ways: rows that become objects in the process, and JSON that the
// database builds in one statement. Whichever is faster for an operation is what the gateway is compared with.
const Sqlite = require('better-sqlite3');
const { CLASSES } = require('../dist/src/vocabulary/sensitivity.js');
const { answersBy } = require('./answers');
const { NURSE, PLAN, TYPES, COVERED, ruleValues } = require('./policy-sql');

// SQLite asks an EXISTS of every member until the page is full; a list of the panel is read once.
const PANEL = "m.id IN (SELECT t.member_id FROM care_team t WHERE t.practitioner_id = 'prac-1' AND t.start_at <= ? AND (t.end_at IS NULL OR t.end_at > ?))";

function open(path) {
  const database = new Sqlite(path, { readonly: true });
  database.aggregate('BIT_OR', { deterministic: true, start: 0, step: (mask, bits) => (bits === null ? mask : mask | bits) });
  const statements = new Map();
  const prepared = (sql) => statements.get(sql) ?? statements.set(sql, database.prepare(sql).raw(true)).get(sql);
  return { rows: (sql, values) => prepared(sql).all(...values), close: () => database.close() };
}

const CLASS_NAMES = JSON.stringify(CLASSES);
const labels = `CASE WHEN r.labels = 0 THEN json('[]') ELSE (SELECT json_group_array(each.value) FROM json_each('${CLASS_NAMES}') each WHERE r.labels & (1 << each.key)) END`;
const code = (full) => `json_object(${full ? "'system', r.code_system, " : ''}'code', r.code, 'display', r.code_display)`;
const NODES = {
  medications: (full) => `'id', r.id, 'code', ${code(full)}, 'status', r.status, 'dosage', r.dosage, 'startedAt', r.started_at${full ? `, 'labels', ${labels}` : ''}`,
  conditions: (full) => `'id', r.id, 'code', ${code(full)}, 'status', r.status, 'onsetAt', r.onset_at${full ? `, 'labels', ${labels}` : ''}`,
  careGaps: () => "'id', r.id, 'measure', r.measure, 'status', r.status, 'dueAt', r.due_at",
};
// Rows come in the order of the primary key (member_id, id).
const connection = (key, rule, full) => `'${key}', json_object('nodes', (SELECT json_group_array(json_object(${NODES[key](full)})) FROM ${TYPES[key].table} r WHERE r.member_id = m.id AND ${rule}))`;
const memberJson = (keys, rule, full) => `SELECT json_object('id', m.id, 'memberNumber', m.member_number, 'name', json_object('given', json(m.name_given), 'family', m.name_family${full ? ", 'text', m.name_text" : ''}), 'birthDate', m.birth_date${full ? ", 'gender', m.gender" : ''}, ${keys.map((key) => connection(key, rule, full)).join(', ')}) FROM member m`;

function jsonAnswers(rows) {
  const of = (keys, rule, full, where) => {
    const sql = `${memberJson(keys, rule, full)} WHERE ${where}`;
    return (first, now, last) => rows(sql, [...keys.flatMap((key) => ruleValues(TYPES[key].type, now)), ...first, now, now, ...last]).map((row) => row[0]);
  };
  const [one, panel, plan] = [of(['medications', 'conditions', 'careGaps'], NURSE, true, `m.id = ? AND ${PANEL}`), of(['medications', 'conditions'], NURSE, false, `${PANEL} ORDER BY m.id LIMIT ?`), of(['medications', 'careGaps'], PLAN, false, `${COVERED} ORDER BY m.id LIMIT ?`)];
  const now = () => new Date().toISOString();
  return {
    Q1: (id) => `{"data":{"member":${one([id], now(), [])[0] ?? 'null'}}}`,
    Q2: () => `{"data":{"members":{"nodes":[${panel([], now(), [50]).join(',')}]}}}`,
    Q3: () => `{"data":{"members":{"nodes":[${plan([], now(), [200]).join(',')}]}}}`,
  };
}

/** Each way: (operation, id) to the text of an answer. */
function openRaw(path) {
  const { rows, close } = open(path);
  const [byRows, byJson] = [answersBy(rows, { panel: PANEL }), jsonAnswers(rows)];
  return { rows: async (operation, id) => JSON.stringify({ data: await byRows[operation](id) }), json: async (operation, id) => byJson[operation](id), close };
}
module.exports = { openRaw };
