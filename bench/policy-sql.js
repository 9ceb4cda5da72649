// The policy of the bench's two callers as hand-written SQL, and the shape of what it answers: for MariaDB and for SQLite, whose BIT_OR is a
// function of the process.
const { CLASSES } = require('../dist/src/vocabulary/sensitivity.js');

const PSYTHPN = 256;
/** What a restriction narrows to, where it does: classes, an encounter, a record, what was recorded before it ended for later records. */
const NARROWED = `(x.class_mask = 0 OR (x.class_mask & r.labels) <> 0) AND (x.encounter_id IS NULL OR x.encounter_id = r.encounter_id) AND (x.record_id IS NULL OR x.record_id = r.id)
  AND (x.recorded_before IS NULL OR r.recorded_at IS NULL OR r.recorded_at < x.recorded_before)`;

/** What the nurse sees of a record: Part 2 by authorization, no other author's psychotherapy note, no agreed restriction for nurses. */
const NURSE = `r.labelled = 1 AND r.governed_by = 'NOTICE' AND (r.labels & ${PSYTHPN}) = 0
  AND ((r.labels & 2) = 0 OR EXISTS (SELECT 1 FROM authorization_scope a WHERE a.member_id = r.member_id AND a.recipient IN ('role:NURSE', 'sub:bench-nurse', 'org:org-phi') AND a.purpose = 'TREAT' AND (a.class_mask & 2) <> 0 AND a.start_at <= ? AND (a.end_at IS NULL OR a.end_at > ?)))
  AND NOT EXISTS (SELECT 1 FROM restriction_scope x WHERE x.member_id = r.member_id AND x.type = ? AND x.recipient IN ('*', 'role:NURSE', 'sub:bench-nurse', 'org:org-phi') AND x.purpose IN ('*', 'TREAT') AND x.start_at <= ? AND (x.end_at IS NULL OR x.end_at > ?) AND ${NARROWED})`;
/** What the plan sees: dated inside its coverage, every special class by authorization, no restriction for plans. */
const PLAN = `r.labelled = 1 AND r.governed_by = 'NOTICE'
  AND EXISTS (SELECT 1 FROM coverage c WHERE c.member_id = r.member_id AND c.plan_id = 'org-plan' AND c.start_at <= r.record_date AND (c.end_at IS NULL OR r.record_date < c.end_at))
  AND (r.labels = 0 OR (r.labels & ~COALESCE((SELECT BIT_OR(a.class_mask) FROM authorization_scope a WHERE a.member_id = r.member_id AND a.recipient IN ('role:HEALTH_PLAN', 'sub:bench-plan', 'org:org-plan') AND a.purpose IN ('CAREMGT', 'HOPERAT') AND a.start_at <= ? AND (a.end_at IS NULL OR a.end_at > ?)), 0)) = 0)
  AND NOT EXISTS (SELECT 1 FROM restriction_scope x WHERE x.member_id = r.member_id AND x.type = ? AND x.recipient IN ('*', '!payer', 'role:HEALTH_PLAN', 'sub:bench-plan', 'org:org-plan') AND x.purpose IN ('*', 'CAREMGT', 'HOPERAT') AND x.start_at <= ? AND (x.end_at IS NULL OR x.end_at > ?) AND ${NARROWED})`;
/** The values of either, in the order of their marks. */
const ruleValues = (type, now) => [now, now, type, now, now];

/** The classes in the order of their bits (src/vocabulary/sensitivity.ts). */
const labelsOf = (mask) => CLASSES.filter((_, bit) => mask & (1 << bit));
const codeOf = (system, code, display, full) => (full ? { system, code, display } : { code, display });

/** Each type: its table, the columns read, a row as it is answered. `full` is what Q1 asks for besides. */
const TYPES = {
  medications: {
    type: 'Medication', table: 'medication', columns: 'r.code, r.code_display, r.status, r.dosage, r.started_at, r.code_system, r.labels',
    node: (row, full) => ({ id: row[1], code: codeOf(row[7], row[2], row[3], full), status: row[4], dosage: row[5], startedAt: row[6], ...(full ? { labels: labelsOf(row[8]) } : {}) }),
  },
  conditions: {
    type: 'Condition', table: 'condition_record', columns: 'r.code, r.code_display, r.status, r.onset_at, r.code_system, r.labels',
    node: (row, full) => ({ id: row[1], code: codeOf(row[6], row[2], row[3], full), status: row[4], onsetAt: row[5], ...(full ? { labels: labelsOf(row[7]) } : {}) }),
  },
  careGaps: { type: 'CareGap', table: 'care_gap', columns: 'r.measure, r.status, r.due_at', node: (row) => ({ id: row[1], measure: row[2], status: row[3], dueAt: row[4] }) },
};
const marks = (list) => list.map(() => '?').join(', ');
const recordsSql = (key, rule, ids) => `SELECT r.member_id, r.id, ${TYPES[key].columns} FROM ${TYPES[key].table} r WHERE r.member_id IN (${marks(ids)}) AND ${rule} ORDER BY r.member_id, r.id`;

const COLUMNS = 'm.id, m.member_number, m.name_given, m.name_family, m.birth_date, m.name_text, m.gender';
const PANEL = "EXISTS (SELECT 1 FROM care_team t WHERE t.member_id = m.id AND t.practitioner_id = 'prac-1' AND t.start_at <= ? AND (t.end_at IS NULL OR t.end_at > ?))";
// Counted, not EXISTS: of that MariaDB makes a table of all whom the plan covers, for every page of 200 (20 times the cost with 20,000 members).
const COVERED = "(SELECT COUNT(*) FROM coverage c WHERE c.member_id = m.id AND c.plan_id = 'org-plan' AND c.start_at <= ? AND (c.end_at IS NULL OR c.end_at > ?)) > 0";
module.exports = { NURSE, PLAN, TYPES, COLUMNS, PANEL, COVERED, marks, recordsSql, ruleValues };
