// Fills an empty database with the workload of docs/PERFORMANCE.md: BENCH_URL=mysql://… node bench/seed.js [members]
const { createDataSource } = require('../dist/src/entities/data-source.js');
const { TABLES } = require('../dist/src/entities/tables/index.js');
const { authorizationScopes, restrictionScopes } = require('../dist/src/privacy-office/spread.js');

const members = Number(process.argv[2] ?? 20000);
const now = '2026-01-01T00:00:00.000Z';
let state = 42;
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 4294967296; };
const pick = (list) => list[Math.floor(random() * list.length)];
const id = (kind, n) => `${kind}-${String(n).padStart(7, '0')}`;

async function main() {
  const source = await createDataSource(process.env.BENCH_URL).initialize();
  await source.runMigrations();
  const pending = new Map();
  const flush = async (table) => {
    const rows = pending.get(table) ?? [];
    if (rows.length === 0) return;
    const columns = Object.keys(rows[0]);
    await source.query(`INSERT INTO ${table} (${columns.map((each) => `\`${each}\``).join(', ')}) VALUES ${rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}`, rows.flatMap((row) => columns.map((each) => row[each])));
    pending.set(table, []);
  };
  const add = async (table, row) => {
    const full = Object.fromEntries(Object.entries(TABLES[table].columns).map(([name, kind]) => [name, row[name] ?? (kind.endsWith('?') ? null : kind === 'flag' || kind === 'mask' || kind === 'int' ? 0 : '')]));
    const rows = pending.get(table) ?? [];
    rows.push(full);
    pending.set(table, rows);
    if (rows.length >= 500) await flush(table);
  };
  const record = (member, n, extra) => ({
    member_id: member, id: n, code_system: 'http://example.org/codes', code: `C${Math.floor(random() * 500)}`, code_display: `Display ${Math.floor(random() * 500)}`, status: 'active', recorded_at: '2025-03-01T00:00:00.000Z',
    record_date: '2025-03-01T00:00:00.000Z', labels: random() < 0.1 ? pick([1, 2, 16, 32, 64]) : 0, labelled: 1, governed_by: 'NOTICE', source_type: 'Bench', updated_at: now, ...extra,
  });
  await add('organization', { id: 'org-phi', name: 'Company', kind: 'COVERED_ENTITY', updated_at: now });
  await add('organization', { id: 'org-plan', name: 'Plan', kind: 'HEALTH_PLAN', updated_at: now });
  for (let n = 0; n < members; n++) {
    const member = id('m', n);
    await add('member', { id: member, member_number: `MB${n}`, name_given: '["Given"]', name_family: `Family${n % 997}`, address_states: '["CA"]', name_text: `Given Family${n % 997}`, name_key: `given family${n % 997}`, family_key: `family${n % 997}`, birth_date: `19${50 + (n % 50)}-01-01`, gender: n % 2 ? 'male' : 'female', home_state: pick(['CA', 'NY', 'TX', 'OH']), updated_at: now });
    await add('coverage', { member_id: member, id: id('cov', n), plan_id: 'org-plan', subscriber_id: `S${n}`, start_at: '2020-01-01T00:00:00.000Z', basis: 'COVERAGE' });
    for (let k = 0; k < 5; k++) await add('care_team', { member_id: member, id: id('ct', k), practitioner_id: `prac-${Math.floor(random() * 400)}`, name: 'Someone', role: 'clinician', start_at: '2024-01-01T00:00:00.000Z', origin: 'IMPORT' });
    for (let k = 0; k < 8; k++) await add('medication', record(member, id(`med${k}`, n), { dosage: '1 daily', prescriber_id: 'prac-1', started_at: '2025-01-01T00:00:00.000Z' }));
    for (let k = 0; k < 6; k++) await add('condition_record', record(member, id(`con${k}`, n), { onset_at: '2024-05-01T00:00:00.000Z' }));
    for (let k = 0; k < 10; k++) await add('observation', record(member, id(`obs${k}`, n), { category: 'vital-signs', value: '120', unit: 'mmHg', effective_at: '2025-02-01T00:00:00.000Z' }));
    for (let k = 0; k < 3; k++) await add('care_gap', record(member, id(`gap${k}`, n), { measure: `M${k}`, due_at: '2026-03-01', status: 'open' }));
    for (let k = 0; k < (n % 5 < 4 ? 2 : 1); k++) {
      const row = { member_id: member, id: id(`auth${k}`, n), classes: JSON.stringify([pick(['PSY', 'HIV', 'SUD', 'STD'])]), categories: null, sale: 0, purposes: JSON.stringify(['TREAT', 'HPAYMT', 'HOPERAT']), recipients: JSON.stringify([pick([{ role: 'NURSE' }, { organizationId: 'org-plan' }, { role: 'PHARMACIST' }])]), start_at: '2025-01-01T00:00:00.000Z', end_at: null, signed_at: '2025-01-01T00:00:00.000Z', signed_by: member, signed_by_member: 1, revoked_at: null, recorded_at: now, recorded_by: null, source: 'API' };
      await add('authorization', row);
      for (const scope of authorizationScopes(row)) await add('authorization_scope', scope);
    }
    if (random() < 0.4) {
      const row = { member_id: member, id: id('res', n), kind: 'AGREED', status: 'ACCEPTED', recipients: JSON.stringify([{ role: pick(['NURSE', 'HEALTH_PLAN']) }]), purposes: '[]', categories: '[]', classes: JSON.stringify(['PSY']), coordinates: '[]', encounter_id: null, record_id: null, text: null, requested_at: '2025-01-01T00:00:00.000Z', requested_by: null, decided_at: '2025-01-02T00:00:00.000Z', decided_by: null, response: null, ended_at: null, ends_for_later_records_at: null, channel: 'PAPER', source: 'API' };
      await add('restriction', row);
      for (const scope of restrictionScopes(row, [])) await add('restriction_scope', scope);
    }
  }
  for (const table of pending.keys()) await flush(table);
  if (source.options.type === 'mariadb') for (const table of Object.keys(TABLES)) await source.query(`ANALYZE TABLE \`${table}\``);
  await source.destroy();
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
