// The rows of the growth proof as expressions of SQL over a sequence of whole numbers (`s.seq`): the database makes them itself, in the order of
// the primary key. A member's rows depend on the member's number alone, so a smaller database is the beginning of a larger one, row for row.
const NOW = "'2026-01-01T00:00:00.000Z'";
/** A practice: so many members and practitioners, five of these to a member; each practitioner has a panel of 250. */
const PRACTICE = 20000;
const PRACTITIONERS = 400;
/** Every tenth member is on the panel of this practitioner: 100,000 of a million. */
const LARGE_PANEL = { practitioner: 'prac-large', every: 10 };
/** The chains of the loaded audit events: so many events each. */
const CHAIN = 100000;

const quoted = (text) => `'${text}'`;
const one = (list, place) => `ELT(1 + (${place}), ${list.map((each) => (typeof each === 'number' ? each : quoted(each))).join(', ')})`;
/** A number that is the same each time for the same row, and without a pattern. */
const hash = (salt, of) => `CRC32(CONCAT('${salt}', ${of}))`;
const padded = (of) => `LPAD(${of}, 7, '0')`;
const member = (of) => `CONCAT('m-', ${padded(of)})`;
/** Rows so many to a member: the member's number, and the place among the member's own. */
const spread = (each) => ({ n: `(s.seq DIV ${each})`, k: `(s.seq MOD ${each})` });

function record(kind, each, extra) {
  const { n, k } = spread(each);
  const row = `CONCAT('${kind}', s.seq)`;
  return {
    each,
    columns: {
      member_id: member(n), id: `CONCAT('${kind}', ${k}, '-', ${padded(n)})`, code_system: "'http://example.org/codes'", code: `CONCAT('C', ${hash('code', row)} MOD 500)`,
      code_display: `CONCAT('Display ', ${hash('display', row)} MOD 500)`, status: "'active'", recorded_at: "'2025-03-01T00:00:00.000Z'", record_date: "'2025-03-01T00:00:00.000Z'",
      labels: `IF(${hash('label', row)} MOD 10 = 0, ${one([1, 2, 16, 32, 64], `${hash('class', row)} MOD 5`)}, 0)`, labelled: '1', governed_by: "'NOTICE'", source_type: "'Bench'", updated_at: NOW, ...extra,
    },
  };
}

function members() {
  const n = 's.seq';
  const family = `CONCAT('Family', ${n} MOD 997)`;
  return {
    each: 1,
    columns: {
      id: member(n), member_number: `CONCAT('MB', ${n})`, name_given: `'["Given"]'`, name_family: family, address_states: `'["CA"]'`, name_text: `CONCAT('Given ', ${family})`,
      name_key: `CONCAT('given ', LOWER(${family}))`, family_key: `LOWER(${family})`, birth_date: `CONCAT('19', 50 + ${n} MOD 50, '-01-01')`, gender: `IF(${n} MOD 2, 'male', 'female')`,
      home_state: one(['CA', 'NY', 'TX', 'OH'], `${hash('state', n)} MOD 4`), updated_at: NOW,
    },
  };
}

/** Five of the practice to a member; the sixth is the practitioner of the large panel. */
function careTeam() {
  const { n, k } = spread(6);
  const own = `CONCAT('prac-', (${n} DIV ${PRACTICE}) * ${PRACTITIONERS} + (${n} * 5 + ${k}) MOD ${PRACTITIONERS})`;
  return {
    each: 6, where: `${k} < 5 OR ${n} MOD ${LARGE_PANEL.every} = 0`,
    columns: {
      member_id: member(n), id: `CONCAT('ct', ${k}, '-', ${padded(n)})`, practitioner_id: `IF(${k} < 5, ${own}, '${LARGE_PANEL.practitioner}')`, name: "'Someone'", role: "'clinician'",
      start_at: "'2024-01-01T00:00:00.000Z'", origin: "'IMPORT'",
    },
  };
}

const coverage = () => ({
  each: 1, columns: { member_id: member('s.seq'), id: `CONCAT('cov-', ${padded('s.seq')})`, plan_id: "'org-plan'", subscriber_id: "CONCAT('S', s.seq)", start_at: "'2020-01-01T00:00:00.000Z'", basis: "'COVERAGE'" },
});

/** What members have, a row of each table by its place. `more`: 1 with further authorizations and restrictions for others (privacy-rows.js). */
const RECORDS = {
  medication: () => record('med', 8, { dosage: "'1 daily'", prescriber_id: "'prac-1'", started_at: "'2025-01-01T00:00:00.000Z'" }),
  condition_record: () => record('con', 6, { onset_at: "'2024-05-01T00:00:00.000Z'" }),
  observation: () => record('obs', 1, { category: "'vital-signs'", value: "'120'", unit: "'mmHg'", effective_at: "'2025-02-01T00:00:00.000Z'" }),
  care_gap: () => record('gap', 3, { measure: "CONCAT('M', s.seq MOD 3)", due_at: "'2026-03-01'", status: "'open'" }),
};
module.exports = { PRACTICE, PRACTITIONERS, LARGE_PANEL, CHAIN, NOW, hash, member, padded, spread, TABLES_OF_MEMBERS: { member: members, coverage, care_team: careTeam, ...RECORDS } };
