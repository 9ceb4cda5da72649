/** The matrix against the policy's own words, and the short cuts that make it quick. */
import 'reflect-metadata';
import { tagsOf } from '../../src/directives/tags';
import { clausesOf } from '../../src/permissions/clauses';
import { JURISDICTIONS } from '../../src/permissions/jurisdictions';
import { catalogue } from '../../src/policy/catalogue';
import { CELL_KINDS } from '../../src/policy/lint';
import { bestAccess, matrix, TOLD_PURPOSES, type MatrixCell } from '../../src/policy/matrix';
import { alikeFor } from '../../src/policy/purposes-alike';
import { coordinateDecision } from '../../src/query/plan/verdicts';
import { SERVED_RESOLVERS } from '../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../src/schema/build-schema';
import { parentOfPurpose, PURPOSES, type Purpose } from '../../src/vocabulary/purposes';
import { ROLES, type Role } from '../../src/vocabulary/roles';

const CLAUSES = clausesOf(JURISDICTIONS);
const TAGS = tagsOf(buildGatewaySchema(SERVED_RESOLVERS));
async function cell(role: Role, purpose: Purpose, coordinate: string): Promise<MatrixCell> {
  const found = (await matrix(CLAUSES, TAGS, { roles: [role], purposes: [purpose] })).find((each) => each.coordinate === coordinate);
  if (!found) throw new Error(`no cell ${coordinate}`);
  return found;
}

test.each<[Role, Purpose, string, Partial<MatrixCell>]>([
  ['PHARMACIST', 'TREAT', 'Medication.dosage', { effect: 'CONDITIONAL', clause: 'treatment', reason: null, conditions: ['AUTHORIZATION', 'RELATIONSHIP', 'LABELS', 'RESTRICTION'] }],
  ['PHARMACIST', 'HPAYMT', 'Claim.status', { effect: 'DENY', clause: null, reason: 'PURPOSE_NOT_PERMITTED', conditions: [] }],
  ['PHARMACIST', 'TREAT', 'Claim.status', { effect: 'DENY', clause: 'treatment', reason: 'MINIMUM_NECESSARY' }],
  ['NURSE', 'TREAT', 'Member.governmentIds', { effect: 'DENY', reason: 'MINIMUM_NECESSARY' }],
  ['WORKFORCE', 'HPAYMT', 'Member.name', { effect: 'CONDITIONAL', clause: 'payment', conditions: ['RESTRICTION'] }],
  ['WORKFORCE', 'HOPERAT', 'Condition.code', { effect: 'CONDITIONAL', conditions: ['AUTHORIZATION', 'LABELS', 'RESTRICTION', 'STATE'] }],
  ['BUSINESS_ASSOCIATE', 'HPAYMT', 'Claim.status', { effect: 'CONDITIONAL', clause: 'business-associates', conditions: expect.arrayContaining(['RELATIONSHIP']) as never }],
  ['PRIVACY_OFFICER', 'HCOMPL', 'Member.name', { effect: 'PERMIT', clause: 'health-care-operations', conditions: [] }],
  ['PRIVACY_OFFICER', 'HCOMPL', 'Authorization.signedBy', { effect: 'PERMIT' }],
  ['AUDITOR', 'HCOMPL', 'Member.name', { effect: 'DENY', reason: 'PURPOSE_NOT_PERMITTED' }],
  ['NURSE', 'HRESCH', 'Condition.code', { effect: 'CONDITIONAL', clause: 'authorization', conditions: expect.arrayContaining(['AUTHORIZATION']) as never }],
  ['NURSE', 'HRESCH', 'Member.governmentIds', { effect: 'DENY' }],
  ['DISCLOSURE_RECIPIENT', 'PUBHLTH', 'Condition.code', { effect: 'CONDITIONAL', conditions: expect.arrayContaining(['GRANT', 'AUTHORIZATION']) as never }],
  ['DISCLOSURE_RECIPIENT', 'PUBHLTH', 'Member.privacy', { effect: 'DENY' }],
  ['DISCLOSURE_RECIPIENT', 'HMARKT', 'Condition.code', { effect: 'CONDITIONAL', clause: 'marketing', conditions: expect.not.arrayContaining(['GRANT']) as never }],
  ['PRIVACY_OFFICER', 'HCOMPL', 'Condition.code', { effect: 'CONDITIONAL', conditions: ['GRANT'] }],
  ['MEMBER', 'PATRQT', 'Member.governmentIds', { effect: 'CONDITIONAL', clause: 'access', conditions: ['RELATIONSHIP'] }],
  ['MEMBER', 'PATRQT', 'Member.id', { effect: 'CONDITIONAL', conditions: ['RELATIONSHIP'] }],
])('%s for %s: %s', async (role, purpose, coordinate, expected) => { expect(await cell(role, purpose, coordinate)).toMatchObject({ role, purpose, coordinate, ...expected }); });

test('purposes that are said to be alike are decided alike, cell by cell', () => {
  const groups = new Map<string, { role: Role; purpose: Purpose }[]>();
  for (const role of ROLES) for (const purpose of PURPOSES) { const key = alikeFor(CLAUSES, role, purpose); groups.set(key, [...(groups.get(key) ?? []), { role, purpose }]); }
  const decided = ({ role, purpose }: { role: Role; purpose: Purpose }): string => { const access = bestAccess(CLAUSES, role, purpose); return JSON.stringify(CELL_KINDS.map((each) => access.decide(each))); };
  let compared = 0;
  for (const group of groups.values()) {
    const [first, ...others] = group;
    const chosen = others.filter((_, place) => place === 0 || place === others.length - 1);
    for (const each of first ? chosen : []) { expect({ each, same: decided(each) === decided(first as never) }).toEqual({ each, same: true }); compared += 1; }
  }
  expect(compared).toBeGreaterThan(50);
  expect(groups.size).toBeLessThan(200);
});

test('the matrix without a list shows every code that is not its parent\'s', () => {
  const left = PURPOSES.filter((each) => !TOLD_PURPOSES.includes(each));
  expect(left.every((each) => parentOfPurpose(each) !== null)).toBe(true);
  expect(TOLD_PURPOSES).toEqual(expect.arrayContaining(['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'CAREMGT', 'HCOMPL', 'HMARKT', 'PATRQT', 'FAMRQT']));
  expect(coordinateDecision(bestAccess(CLAUSES, 'NURSE', 'COC'), 'Condition.code')?.effect).toBe(coordinateDecision(bestAccess(CLAUSES, 'NURSE', 'TREAT'), 'Condition.code')?.effect);
});
test('an empty list is nothing', async () => { expect(await matrix(CLAUSES, TAGS, { roles: [] })).toEqual([]); expect(await matrix(CLAUSES, TAGS, { purposes: [] })).toEqual([]); });

test('the catalogue has every field of the schema, once, with its tags', () => {
  const all = catalogue(TAGS);
  expect(new Set(all.map((each) => each.coordinate)).size).toBe(TAGS.size);
  expect(all.find((each) => each.coordinate === 'Member.birthDate')).toMatchObject({ category: 'IDENTITY', identifier: 'DATE', public: false, confidentiality: 'N' });
  expect(all.find((each) => each.coordinate === 'Viewer.role')).toMatchObject({ category: null, public: true, confidentiality: null });
  expect(catalogue(TAGS, { category: 'GOVERNMENT_ID' }).every((each) => each.category === 'GOVERNMENT_ID')).toBe(true);
});
