// What one member of the workload signed and asked for: authorizations, of which some have ended or were revoked, and restrictions on classes,
// on categories and on single records, of which some were denied or are over.
const { authorizationScopes, restrictionScopes } = require('../dist/src/privacy-office/spread.js');

const NOW = '2026-01-01T00:00:00.000Z';
const json = JSON.stringify;
const CLASSES = ['PSY', 'HIV', 'SUD', 'STD', 'SEX', 'GDIS'];
const RECIPIENTS = [{ role: 'NURSE' }, { organizationId: 'org-plan' }, { role: 'PHARMACIST' }, { organizationId: 'org-phi' }, { role: 'HEALTH_PLAN' }];
const date = (random, from, to) => `${random.integer(from, to)}-${String(random.integer(1, 12)).padStart(2, '0')}-01T00:00:00.000Z`;

function authorization(member, id, random) {
  const start = date(random, 2023, 2025);
  const kind = random.fraction();
  return {
    member_id: member, id, classes: json(random.chance(0.3) ? [random.pick(CLASSES), random.pick(CLASSES)] : [random.pick(CLASSES)]), categories: null, sale: 0,
    purposes: json(random.chance(0.7) ? ['TREAT', 'HPAYMT', 'HOPERAT'] : ['TREAT', 'CAREMGT']), recipients: json(random.chance(0.3) ? [random.pick(RECIPIENTS), random.pick(RECIPIENTS)] : [random.pick(RECIPIENTS)]),
    start_at: start, end_at: kind < 0.1 ? '2026-01-01T00:00:00.000Z' : kind < 0.3 ? '2036-01-01T00:00:00.000Z' : null, signed_at: start, signed_by: member, signed_by_member: 1,
    revoked_at: kind > 0.9 ? '2025-12-01T00:00:00.000Z' : null, recorded_at: NOW, recorded_by: null, source: 'API',
  };
}

/** What a restriction narrows to: classes, one record, or a category. */
function narrowing(random, records) {
  const kind = random.fraction();
  if (kind < 0.55) return { classes: [random.pick(CLASSES)] };
  if (kind < 0.85) return { record: random.pick(records)[1].id };
  return { classes: [random.pick(CLASSES)], categories: [random.pick(['MEDICATION', 'CLINICAL'])] };
}
function restriction(member, id, random, records) {
  const { classes = [], categories = [], record = null } = narrowing(random, records);
  const asked = date(random, 2024, 2025);
  const kind = random.fraction();
  return {
    member_id: member, id, kind: 'AGREED', status: kind < 0.06 ? 'DENIED' : 'ACCEPTED', recipients: json(random.chance(0.1) ? [] : [random.pick([{ role: 'NURSE' }, { role: 'HEALTH_PLAN' }, { role: 'PHARMACIST' }, { organizationId: 'org-plan' }])]),
    purposes: json(random.chance(0.2) ? ['HPAYMT', 'HOPERAT'] : []), categories: json(categories), classes: json(classes), coordinates: '[]', encounter_id: null, record_id: record, text: null,
    requested_at: asked, requested_by: member, decided_at: asked, decided_by: 'bench-officer', response: null, ended_at: kind > 0.94 ? '2025-12-15T00:00:00.000Z' : null,
    ends_for_later_records_at: kind > 0.88 && kind <= 0.94 ? '2025-06-01T00:00:00.000Z' : null, channel: 'PAPER', source: 'API',
  };
}

/** [table, row]: four members in five have two authorizations, two in five have a restriction. */
function* standingRows(member, number, random, records) {
  for (let place = 0; place < (number % 5 === 4 ? 1 : 2); place++) {
    const row = authorization(member, `auth${place}-${String(number).padStart(7, '0')}`, random);
    yield ['authorization', row];
    for (const scope of authorizationScopes(row)) yield ['authorization_scope', scope];
  }
  if ((number * 7) % 5 >= 2) return;
  const row = restriction(member, `res-${String(number).padStart(7, '0')}`, random, records);
  yield ['restriction', row];
  for (const scope of restrictionScopes(row, [])) yield ['restriction_scope', scope];
}
module.exports = { standingRows };
