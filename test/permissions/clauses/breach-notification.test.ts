import { clausesOf } from '../../../src/permissions/clauses';
import { JURISDICTIONS } from '../../../src/permissions/jurisdictions';
import { authorizeCall } from '../../../src/privacy-office/authorize-call';
import { ROLES } from '../../../src/vocabulary/roles';
import { PURPOSES } from '../../../src/vocabulary/purposes';

// Whom an incident reached and what is due is tested over the gateway: test/grants/breach.test.ts.
describe('breach-notification', () => {
  test('opens and forbids nothing by itself', () => {
    const found = clausesOf(JURISDICTIONS).find((each) => each.id === 'breach-notification');
    expect([found?.permits, found?.prohibits, found?.grant]).toEqual([[], [], null]);
  });
  test('the privacy officer alone assesses', () => {
    const may = (role: (typeof ROLES)[number], purpose: (typeof PURPOSES)[number]): boolean => { try { authorizeCall({ role, purpose, grant: null }, 'assessBreach'); return true; } catch { return false; } };
    expect(ROLES.flatMap((role) => PURPOSES.filter((purpose) => may(role, purpose)).map((purpose) => `${role} ${purpose}`))).toEqual(['PRIVACY_OFFICER HCOMPL']);
  });
});
