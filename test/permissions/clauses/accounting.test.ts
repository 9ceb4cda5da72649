import { CLAUSE_IDS } from '../../../src/vocabulary/clauses';
import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { mayAskForAccounting } from '../../../src/privacy-office/read-accounting';
import { ROLES } from '../../../src/vocabulary/roles';
import { PURPOSES } from '../../../src/vocabulary/purposes';

// What is listed, folded, cut and kept back is tested over the gateway: test/grants/accounting.test.ts.
describe('accounting', () => {
  test('opens and forbids nothing by itself', () => {
    const found = clausesOf(JURISDICTIONS).find((each) => each.id === 'accounting');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test('the member, a representative and the privacy office may ask, each for their own purpose, and nobody under a grant', () => {
    const may = ROLES.flatMap((role) => PURPOSES.filter((purpose) => mayAskForAccounting({ role, purpose, grant: null })).map((purpose) => `${role} ${purpose}`));
    expect(may.sort()).toEqual(['MEMBER PATRQT', 'PERSONAL_REPRESENTATIVE FAMRQT', 'PERSONAL_REPRESENTATIVE PWATRNY', 'PRIVACY_OFFICER HCOMPL']);
    expect(mayAskForAccounting({ role: 'PRIVACY_OFFICER', purpose: 'HCOMPL', grant: 'g' })).toBe(false);
  });
  test('of the clauses, those of section 7 that the regulation lists are accounted, and no other', () => {
    const listed = clausesOf(JURISDICTIONS).filter((each) => each.accounted).map((each) => each.id);
    expect(listed).toEqual(CLAUSE_IDS.filter((each) => ['threat-to-safety', 'public-health', 'abuse-victims', 'health-oversight', 'judicial-proceedings', 'law-enforcement', 'coroners', 'organ-donation', 'research',
      'government-functions', 'workers-compensation', 'required-by-law'].includes(each)));
  });
});
