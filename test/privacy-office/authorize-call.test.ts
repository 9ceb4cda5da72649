import { CALL_RULES, MUTATIONS, authorizeCall, type MutationName } from '../../src/privacy-office/authorize-call';
import { PURPOSES, type Purpose } from '../../src/vocabulary/purposes';
import { ROLES, type Role } from '../../src/vocabulary/roles';

const OWN = ['optOutOfExchange', 'optInToExchange', 'recordAuthorization', 'revokeAuthorization', 'requestRestriction', 'endRestriction', 'requestConfidentialCommunication',
  'requestAccess', 'requestAmendment', 'fileStatementOfDisagreement', 'requestAccounting', 'requestNoticeCopy', 'fileComplaint'];
const CLINICAL = ['recordMedicationReview', 'openCareGap', 'closeCareGap'];

/** Policy section 11, written down a second time. */
const EXPECTED: Partial<Record<Role, { purpose: Purpose[]; mutations: string[] }>> = {
  PRIVACY_OFFICER: { purpose: ['HCOMPL'], mutations: MUTATIONS.filter((each) => !CLINICAL.includes(each)) },
  MEMBER: { purpose: ['PATRQT'], mutations: OWN },
  PERSONAL_REPRESENTATIVE: { purpose: ['FAMRQT', 'PWATRNY'], mutations: OWN },
  PHARMACIST: { purpose: ['TREAT', 'COC', 'POPHLTH'], mutations: CLINICAL },
  NURSE: { purpose: ['TREAT', 'COC', 'POPHLTH'], mutations: CLINICAL },
  HEALTHCARE_PROFESSIONAL: { purpose: ['TREAT', 'COC', 'POPHLTH'], mutations: CLINICAL },
  WORKFORCE: {
    purpose: ['HOPERAT', 'CAREMGT', 'FRAUD', 'HACCRED', 'HDM', 'HOUTCOMS', 'HPRGRP', 'HQUALIMP', 'HSYSADMIN', 'LABELING', 'METAMGT', 'MEMADMIN', 'PATADMIN', 'PATSFTY',
      'PERFMSR', 'RECORDMGT', 'SYSDEV', 'HTEST', 'TRAIN'],
    mutations: ['assignCareTeam', 'endCareTeamAssignment', 'requestGrant', 'openCareGap', 'closeCareGap'],
  },
};
const may = (role: Role, purpose: Purpose, mutation: MutationName, grant: string | null = null): boolean => {
  try { authorizeCall({ role, purpose, grant }, mutation); return true; } catch (error) { expect(error).toMatchObject({ code: 'FORBIDDEN' }); return false; }
};

test.each(ROLES.map((role) => [role]))('%s may call what section 11 gives it, for its purposes, and nothing else', (role) => {
  for (const purpose of PURPOSES) for (const mutation of MUTATIONS) {
    const rule = EXPECTED[role];
    const expected = Boolean(rule?.purpose.includes(purpose) && rule.mutations.includes(mutation));
    expect(`${purpose} ${mutation} ${may(role, purpose, mutation)}`).toBe(`${purpose} ${mutation} ${expected}`);
  }
});
test('who reads under a grant writes nothing', () => {
  expect(may('PRIVACY_OFFICER', 'HCOMPL', 'decideRestriction', 'grant')).toBe(false);
  expect(may('WORKFORCE', 'HOPERAT', 'requestGrant', 'grant')).toBe(false);
});
test('every mutation has a caller', () => {
  expect(MUTATIONS.filter((each) => !CALL_RULES.some((rule) => rule.mutations.includes(each)))).toEqual([]);
});
