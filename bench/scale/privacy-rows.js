// Authorizations, restrictions and audit events of the growth proof. What an authorization or a restriction spreads to is what the gateway's own
// functions make of it, once for each variant; the database then repeats the variants over the members.
const { authorizationScopes, restrictionScopes } = require('../../dist/src/privacy-office/spread.js');
const { CHAIN, hash, member, padded, spread } = require('./rows');

/** Further authorizations and restrictions a member, each naming one of so many organizations that nobody who asks belongs to. */
const MORE = 8;
const OTHERS = 400;
const other = (place) => [{ organizationId: `org-other-${place}` }];
const signed = { sale: 0, start_at: '2025-01-01T00:00:00.000Z', end_at: null, signed_at: '2025-01-01T00:00:00.000Z', signed_by: 'the member', signed_by_member: 1, revoked_at: null, recorded_at: '2026-01-01T00:00:00.000Z', recorded_by: null, source: 'API' };
const decided = { kind: 'AGREED', status: 'ACCEPTED', encounter_id: null, record_id: null, text: null, requested_at: '2025-01-01T00:00:00.000Z', requested_by: null, decided_at: '2025-01-02T00:00:00.000Z', decided_by: null, response: null, ended_at: null, ends_for_later_records_at: null, channel: 'PAPER', source: 'API' };
const asText = (row) => Object.fromEntries(Object.entries(row).map(([name, each]) => [name, Array.isArray(each) ? JSON.stringify(each) : each]));

/** The variants: those that the measured operations meet, then those that name others. */
function authorizations() {
  const common = ['PSY', 'HIV', 'SUD', 'STD'].flatMap((each) => [{ role: 'NURSE' }, { organizationId: 'org-plan' }, { role: 'PHARMACIST' }].map((recipient) => ({ classes: [each], recipients: [recipient], purposes: ['TREAT', 'HPAYMT', 'HOPERAT'] })));
  const others = Array.from({ length: OTHERS }, (_, place) => ({ classes: [['PSY', 'HIV', 'SUD', 'STD'][place % 4]], recipients: other(place), purposes: [place % 2 ? 'TREAT' : 'HOPERAT'] }));
  return { common: common.length, rows: [...common, ...others].map((each) => asText({ member_id: '', id: '', categories: null, ...signed, ...each })) };
}
function restrictions() {
  const common = ['NURSE', 'HEALTH_PLAN'].map((role) => ({ recipients: [{ role }], purposes: [], categories: [], classes: ['PSY'], coordinates: [] }));
  const others = Array.from({ length: OTHERS }, (_, place) => ({ recipients: other(place), purposes: [], categories: [], classes: [], coordinates: [`Member.${['medications', 'conditions', 'careGaps', 'observations'][place % 4]}`] }));
  return { common: common.length, rows: [...common, ...others].map((each) => asText({ member_id: '', id: '', ...decided, ...each })) };
}

const AUTHORIZATIONS = authorizations();
const RESTRICTIONS = restrictions();
/** What is copied from a variant: its rows stand in a table of the helper database, by variant and part. */
const VARIANTS = {
  authorization: AUTHORIZATIONS.rows.map((each) => [each]),
  authorization_scope: AUTHORIZATIONS.rows.map((each) => authorizationScopes(each)),
  restriction: RESTRICTIONS.rows.map((each) => [each]),
  restriction_scope: RESTRICTIONS.rows.map((each) => restrictionScopes(each, [])),
};

/** Two to a member, one to every fifth; and `more` for others. */
function authorization(more, key) {
  const { n, k } = spread(2 + more);
  const own = { member_id: member(n), [key]: `CONCAT('auth', ${k}, '-', ${padded(n)})` };
  const variant = `IF(${k} < 2, ${hash('authorization', `CONCAT(${n}, '-', ${k})`)} MOD ${AUTHORIZATIONS.common}, ${AUTHORIZATIONS.common} + ${hash('other', 's.seq')} MOD ${OTHERS})`;
  return { each: 2 + more, where: `NOT (${n} MOD 5 = 4 AND ${k} = 1)`, columns: own, variant };
}
/** One to two members in five; and `more` for others. */
function restriction(more, key) {
  const { n, k } = spread(1 + more);
  const own = { member_id: member(n), [key]: `CONCAT('res', ${k}, '-', ${padded(n)})` };
  const variant = `IF(${k} = 0, ${hash('restriction', n)} MOD ${RESTRICTIONS.common}, ${RESTRICTIONS.common} + ${hash('others', 's.seq')} MOD ${OTHERS})`;
  return { each: 1 + more, where: `${k} > 0 OR ${hash('restricted', n)} MOD 10 < 4`, columns: own, variant };
}

/**
 * Events as a trail of years has them, ten for each member, each about two members: its own and one far away. They are linked, so that they can be
 * sealed, though a link is not the hash of what its event says.
 */
const EVENTS = 10;
const place = `(s.seq MOD ${CHAIN} + 1)`;
const link = (at) => `REPEAT(LPAD(LOWER(HEX((s.seq DIV ${CHAIN}) * 1000000 + ${at})), 16, '0'), 4)`;
const eventId = (n) => `LOWER(CONCAT('019', LPAD(HEX((${n}) DIV 4096), 5, '0'), '-', LPAD(HEX((${n}) MOD 4096), 4, '0'), '-7000-8000-0000', LPAD(HEX(${n}), 8, '0')))`;
const farFrom = (n, turn, count) => `((${n} + ${Math.floor(count / 2)} + 7 * ${turn}) MOD ${count})`;
function auditEvent(count) {
  const [own, far] = [member(`s.seq MOD ${count}`), member(farFrom(`s.seq MOD ${count}`, `(s.seq DIV ${count})`, count))];
  return {
    each: EVENTS,
    columns: {
      chain_id: `CONCAT(LPAD(HEX(s.seq DIV ${CHAIN}), 8, '0'), '-0000-4000-8000-000000000000')`, seq: place, id: eventId('s.seq'), prev_hash: `IF(${place} = 1, REPEAT('0', 64), ${link(`${place} - 1`)})`, hash: link(place),
      at: "CONCAT(DATE_FORMAT('2022-01-01' + INTERVAL s.seq * 12 SECOND, '%Y-%m-%dT%H:%i:%s'), '.000Z')", kind: "'READ'", subject: `CONCAT('staff-', ${hash('staff', 's.seq')} MOD 5000)`, role: "'NURSE'",
      organization: "'org-phi'", purpose: "'TREAT'", clause: "'treatment'", operation: "'Chart'", coordinates: `'["Member.id","Member.name","Query.members"]'`,
      members: `CONCAT('["', LEAST(${own}, ${far}), '","', GREATEST(${own}, ${far}), '"]')`, notice_version: "'2025-07-16'", outcome: "'PERMIT'", request_id: "CONCAT('request-', s.seq)",
    },
  };
}
/** The same the other way round, in the members' order: the ten events of each, and the ten in which it is the one far away. */
function auditMember(count) {
  const { n, k } = spread(2 * EVENTS);
  const turn = `(${k} - ${EVENTS})`;
  const of = `IF(${k} < ${EVENTS}, ${k} * ${count} + ${n}, ${turn} * ${count} + (${n} + ${2 * count - Math.floor(count / 2)} - 7 * ${turn}) MOD ${count})`;
  return { each: 2 * EVENTS, columns: { member_id: member(n), event_id: eventId(of) } };
}

/** The tables with how their rows are made; with the audit trail of years where `more` is asked for. */
function privacyTables(count, isCrowded) {
  const more = isCrowded ? MORE : 0;
  return {
    authorization: authorization(more, 'id'), authorization_scope: authorization(more, 'authorization_id'), restriction: restriction(more, 'id'), restriction_scope: restriction(more, 'restriction_id'),
    ...(isCrowded ? { audit_event: auditEvent(count), audit_member: auditMember(count) } : {}),
  };
}
module.exports = { VARIANTS, privacyTables, signed };
