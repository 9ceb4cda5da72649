import { clausesOf } from '../../../src/permissions/clauses';
import { nonPhi } from '../../../src/permissions/clauses/non-phi';
import { coordinateDecision, withheldLine } from '../../../src/query/plan/verdicts';
import { tagsOf } from '../../../src/directives/tags';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { createAccess, NO_FACTS } from '../../../src/query/plan/access';
import { SERVED_RESOLVERS } from '../../../src/resolvers/served-resolvers';
import { buildGatewaySchema } from '../../../src/schema/build-schema';
import { ROLES } from '../../../src/vocabulary/roles';
import { auditor, caller, nurse, reaches, see } from './facts';

const tags = tagsOf(buildGatewaySchema(SERVED_RESOLVERS));
const accessOf = (role: (typeof ROLES)[number]) => createAccess(clausesOf(JURISDICTIONS), caller(role, 'HCOMPL'), NO_FACTS);

/** Notice: "Information Covered by this Notice", what is not PHI. */
describe('non-phi: what holds nothing of a member', () => {
  test.each(['Notice.version', 'Notice.effectiveFrom', 'Clause.citation', 'Viewer.role', 'FieldPolicy.coordinate'])('%s is no cell of a member and is decided by nobody', (coordinate) => {
    expect(ROLES.map((role) => coordinateDecision(accessOf(role), coordinate))).toEqual(ROLES.map(() => null));
  });
  test.each(['Notice.version', 'PageInfo.hasNextPage', 'Clause.title', 'Code.system'])('%s never makes a withheld line', (coordinate) => {
    expect(ROLES.map((role) => withheldLine(accessOf(role), coordinate))).toEqual(ROLES.map(() => null));
  });
  test.each(['Member.name', 'Condition.code', 'Claim.status', 'Contact.emails'])('%s is a cell, and decided for everybody', (coordinate) => {
    expect(ROLES.every((role) => coordinateDecision(accessOf(role), coordinate) !== null)).toBe(true);
  });
  test('every field is one or the other: public without a category, or PHI with exactly one', () => {
    const odd = [...tags.values()].filter((each) => !each.entry && each.public === (each.category !== null));
    expect(odd.map((each) => each.coordinate)).toEqual([]);
  });
  test('no field of a member, or of a record of one, is public', () => {
    const open = [...tags.values()].filter((each) => each.public && /^(Member|HumanName|Contact|Address|GovernmentId|Coverage|CareTeamMember|Condition|Medication|Allergy|Observation|Encounter|Document|Claim)\./.test(each.coordinate));
    expect(open.map((each) => each.coordinate)).toEqual([]);
  });
  test('the clause opens no member to anybody and hides nothing', () => {
    expect([nonPhi.permits, nonPhi.prohibits, nonPhi.purposes]).toEqual([[], [], []]);
    expect([reaches(auditor, []), see(auditor, 'Member.name', []), see(nurse, 'Member.name', [])]).toEqual([false, false, false]);
  });
});
