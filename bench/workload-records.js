// The records of one member of the workload: what the visits of the sample generator leave behind, with the labels that the labelling service
// gives to their codes, and those of the condition that a drug or a finding was for.
const { ORDINARY_VISITS } = require('../dist/src/cli/sample/ordinary-visits.js');
const { SPECIAL_VISITS } = require('../dist/src/cli/sample/special-visits.js');
const { LabellingService } = require('../dist/src/labelling/labelling-service.js');
const { mostSpecific } = require('../dist/src/vocabulary/sensitivity.js');

const labelling = LabellingService.load({ codeSetsDir: null });
/** How many of each a member has, by turns: 8, 6, 10 and 3 on average. */
const COUNTS = { medication: [8, 5, 11, 7, 9], condition_record: [6, 4, 8, 5, 7], observation: [10, 6, 14, 9, 11], care_gap: [3, 1, 5, 2, 4] };
const MEASURES = ['Eye examination for members with diabetes', 'Blood pressure controlled', 'Colorectal cancer screening', 'Statin therapy for members with diabetes', 'Medication reconciliation after discharge', 'Influenza vaccination'];
const REVEALING_MEASURES = ['HIV viral load suppression', 'Depression remission at twelve months'];
const HABITS = ['', ', with water', ', before food', ', for 30 days', ', until the next visit', ', two refills'];
const SHARE_OF_SPECIAL = 0.3;

/** The class bits that the labelling service finds in a code by itself. */
function labelsOf(type, concept, part2Program) {
  const codings = (concept.coding ?? []).map(({ system, code, display }) => ({ system, code, display: display ?? null }));
  return labelling.label({ type, codings, texts: [concept.text], security: [], part2Program, date: null }).mask;
}

/** Each kind of record: what of a visit leaves one. */
const ELEMENTS = {
  medication: { type: 'Medication', of: (kind) => (kind.medications ?? []).map(({ code, dosage }) => ({ code, dosage })) },
  condition_record: { type: 'Condition', of: (kind) => [{ code: kind.reason }] },
  observation: { type: 'Observation', of: (kind) => (kind.findings ?? []).map((finding) => ({ code: finding.code, finding: finding.parts?.[0] ?? finding, category: finding.category ?? 'laboratory' })) },
};
const TABLES = Object.keys(ELEMENTS);
/** The elements of a visit with their labels, worked out once: the same few visits come again and again. */
function elementsOf(table, kind) {
  const { type, of } = ELEMENTS[table];
  const part2Program = kind.performedAt === 'org-part2';
  return of(kind).map((element) => {
    const own = labelsOf(type, element.code, part2Program);
    return { ...element, own, labels: mostSpecific(own | labelsOf('Condition', kind.reason, part2Program)), program: part2Program ? 'org-part2' : null };
  });
}
const byVisit = (visits) => new Map(visits.map((kind) => [kind, Object.fromEntries(TABLES.map((table) => [table, elementsOf(table, kind)]))]));
const SPECIAL = byVisit(SPECIAL_VISITS);
const ORDINARY = Object.fromEntries(TABLES.map((table) => [table, [...byVisit(ORDINARY_VISITS).values()].flatMap((each) => each[table])]));
const gapsOf = (measures) => measures.map((measure) => ({ measure, labels: labelsOf('CareGap', { text: measure }, false) }));
const [GAPS, REVEALING_GAPS] = [gapsOf(MEASURES), gapsOf(REVEALING_MEASURES)];

const instant = (random, from, to) => `${random.integer(from, to)}-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}T${String(random.integer(8, 17)).padStart(2, '0')}:00:00.000Z`;
const laterBy = (at, days) => new Date(Date.parse(at) + days * 86_400_000).toISOString();

const common = (member, id, random, at, { own, labels, program }) => ({
  member_id: member, id, recorded_at: at, record_date: at, labels, own_labels: own, labelled: random.chance(0.002) ? 0 : 1, governed_by: 'NOTICE', program_id: program, source_type: 'Bench', updated_at: laterBy(at, 1),
});
const coded = ({ code }) => ({ code_system: code.coding?.[0]?.system ?? null, code: code.coding?.[0]?.code ?? null, code_display: code.coding?.[0]?.display ?? code.text });
const OWN = {
  medication(random, { dosage }, at) {
    const status = random.pick(['active', 'active', 'active', 'completed', 'stopped']);
    return { status, dosage: `${dosage}${random.pick(HABITS)}`, prescriber_id: `prac-${random.integer(0, 9)}`, started_at: at, ended_at: status === 'active' ? null : laterBy(at, random.integer(5, 200)) };
  },
  condition_record(random, _, at) {
    const status = random.pick(['active', 'active', 'active', 'resolved']);
    return { status, onset_at: laterBy(at, -random.integer(0, 90)), abated_at: status === 'active' ? null : laterBy(at, random.integer(5, 300)) };
  },
  observation(random, { finding, category }, at) {
    const value = typeof finding.value === 'number' ? String(Math.round(finding.value * (0.8 + 0.4 * random.fraction()) * 10) / 10) : finding.text ?? null;
    return { status: 'final', category, value, unit: finding.unit ?? null, effective_at: at };
  },
};

function careGap(member, id, random) {
  const { measure, labels } = random.pick(random.chance(0.08) ? REVEALING_GAPS : GAPS);
  const at = instant(random, 2024, 2025);
  const closed = random.chance(0.3);
  return { ...common(member, id, random, at, { own: labels, labels, program: null }), status: closed ? 'closed' : 'open', measure, due_at: laterBy(at, 120).slice(0, 10), closed_at: closed ? laterBy(at, 60) : null };
}

/** [table, row] for every record of a member. One member in three has been to visits whose traces are specially protected. */
function* recordRows(member, number, random) {
  const special = random.chance(0.35) ? [SPECIAL.get(random.pick(SPECIAL_VISITS)), SPECIAL.get(random.pick(SPECIAL_VISITS))] : [];
  const id = (table, place) => `${table.slice(0, 3)}${String(place).padStart(2, '0')}-${String(number).padStart(7, '0')}`;
  for (const table of TABLES) {
    const rare = special.flatMap((each) => each[table]);
    for (let place = 0, count = random.pick(COUNTS[table]); place < count; place++) {
      const element = random.pick(rare.length > 0 && random.chance(SHARE_OF_SPECIAL) ? rare : ORDINARY[table]);
      const at = instant(random, 2021, 2025);
      yield [table, { ...common(member, id(table, place), random, at, element), ...coded(element), ...OWN[table](random, element, at) }];
    }
  }
  for (let place = 0, count = random.pick(COUNTS.care_gap); place < count; place++) yield ['care_gap', careGap(member, id('care_gap', place), random)];
}
module.exports = { recordRows };
