// The workload of docs/PERFORMANCE.md as rows, one member after the other: the same rows for a size and seed on every machine, and for both
// databases. People, visits and codes are those of the sample generator; labels are the labelling service's; what authorizations and restrictions
// open and hide is spread by the privacy office's own code.
const { FAMILY_NAMES, GIVEN_NAMES, HOMES } = require('../dist/src/cli/sample/names.js');
const { Random } = require('../dist/src/cli/sample/random.js');
const { recordRows } = require('./workload-records');
const { standingRows } = require('./workload-standing');

const NOW = '2026-01-01T00:00:00.000Z';
const key = (kind, number) => `${kind}-${String(number).padStart(7, '0')}`;
/** A care company has as many clinicians as it takes for a panel of about 250 members each. */
const cliniciansFor = (members) => Math.max(4, Math.round(members / 50));

function* organizations() {
  yield ['organization', { id: 'org-phi', name: 'Lanternleaf Care Company', kind: 'COVERED_ENTITY', part2_program: 0, updated_at: NOW }];
  yield ['organization', { id: 'org-part2', name: 'Merrowfen Recovery Program', kind: 'PROVIDER', part2_program: 1, updated_at: NOW }];
  yield ['organization', { id: 'org-plan', name: 'Bramble Health Plan', kind: 'HEALTH_PLAN', part2_program: 0, updated_at: NOW }];
  yield ['organization', { id: 'org-plan-b', name: 'Pocketwatch Mutual', kind: 'HEALTH_PLAN', part2_program: 0, updated_at: NOW }];
}

function memberRow(id, number, random) {
  const [given, family, home] = [random.pick(GIVEN_NAMES), random.pick(FAMILY_NAMES), random.pick(HOMES)];
  const initial = random.pick(FAMILY_NAMES).slice(0, 1);
  return ['member', {
    id, member_number: `PHI-${String(number).padStart(8, '0')}`, name_given: JSON.stringify([given, initial]), name_family: family, name_text: `${given} ${initial} ${family}`,
    name_key: `${given} ${initial} ${family}`.toLowerCase(), family_key: family.toLowerCase(), birth_date: birthDate(random), gender: random.pick(['female', 'male']),
    emails: JSON.stringify([`${given}.${family}.${number}@example.org`.toLowerCase()]), address_lines: JSON.stringify(['1 Quillow Lane']), address_cities: JSON.stringify([home.town]),
    address_states: JSON.stringify([home.state]), preferred_language: random.chance(0.15) ? 'es' : 'en', home_state: home.state, updated_at: NOW,
  }];
}
const birthDate = (random) => `${random.integer(1936, 2004)}-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`;

/** Most are covered by the plan of the bench all along; some came from another plan, some left for one. */
function* coverageRows(member, number, random) {
  const coverage = (part, plan_id, start_at, end_at) => ['coverage', { member_id: member, id: `cov-${part}`, plan_id, subscriber_id: `SUB-${number}-${part}`, start_at, end_at, basis: 'COVERAGE' }];
  const kind = random.fraction();
  if (kind < 0.88) yield coverage(1, 'org-plan', '2020-01-01T00:00:00.000Z', null);
  else {
    const [before, after] = kind < 0.95 ? ['org-plan-b', 'org-plan'] : ['org-plan', 'org-plan-b'];
    yield coverage(1, before, '2020-01-01T00:00:00.000Z', '2024-09-01T00:00:00.000Z');
    yield coverage(2, after, '2024-09-01T00:00:00.000Z', null);
  }
}

/** Five clinicians each, four for every twentieth member; some have left the team. */
function* careTeamRows(member, number, random, clinicians) {
  for (let place = 1; place <= (number % 20 === 0 ? 4 : 5); place++) {
    yield ['care_team', {
      member_id: member, id: `ct-${place}`, practitioner_id: `prac-${random.integer(0, clinicians - 1)}`, name: `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`,
      role: random.pick(['Nurse', 'Pharmacist', 'Physician']), start_at: `202${random.integer(2, 4)}-01-01T00:00:00.000Z`, end_at: random.chance(0.08) ? '2025-07-01T00:00:00.000Z' : null, origin: 'IMPORT', flagged: 0,
    }];
  }
}

/** [table, row], in the order of members, then the organizations. Rows of one table have the same columns always; what is left out is null or none. */
function* workload(members, seed = 1) {
  const clinicians = cliniciansFor(members);
  for (let number = 0; number < members; number++) {
    const member = key('m', number);
    const random = new Random(seed, `bench ${number}`);
    yield memberRow(member, number, random);
    yield* coverageRows(member, number, random);
    yield* careTeamRows(member, number, random, clinicians);
    const records = [...recordRows(member, number, random)];
    yield* records;
    yield* standingRows(member, number, random, records);
  }
  // Last, so that a database which has them is whole.
  yield* organizations();
}
module.exports = { workload };
