import { principalOf } from '../../src/identity/principal';
import { CLAIMS, pharmacist } from '../support/tokens';
import { ROLES } from '../../src/vocabulary/roles';

const codeOf = (run: () => unknown): unknown => { try { run(); return null; } catch (error) { return error; } };
const read = (changes: Record<string, unknown>) => () => principalOf(pharmacist(changes), CLAIMS);

describe('claims to principal', () => {
  const needs: Record<string, string[]> = {
    PHARMACIST: ['practitioner_id', 'org_id'], NURSE: ['practitioner_id', 'org_id'], HEALTHCARE_PROFESSIONAL: ['practitioner_id', 'org_id'],
    EXTERNAL_PROVIDER: ['practitioner_id', 'org_id'], BUSINESS_ASSOCIATE: ['org_id'], HEALTH_PLAN: ['org_id'], HIE_PARTICIPANT: ['org_id'],
    MEMBER: ['member_ids'],
  };
  it.each(ROLES)('%s needs the claims of the contract, and no more', (role) => {
    const all = { role, org_id: 'org-1', practitioner_id: 'prac-1', member_ids: ['m-1'] };
    expect(read(all)()).toMatchObject({ role });
    for (const claim of ['practitioner_id', 'org_id', 'member_ids']) {
      const outcome = codeOf(read({ ...all, [claim]: undefined }));
      if (needs[role]?.includes(claim)) expect(outcome).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining(claim) as string });
      else expect(outcome).toBeNull();
    }
  });
  it.each([
    ['an unknown role', { role: 'ADMINISTRATOR' }], ['a role in lower case', { role: 'pharmacist' }], ['a list of roles', { role: ['PHARMACIST'] }],
    ['a role of the prototype', { role: 'constructor' }], ['an empty organization', { org_id: '' }], ['an organization with a space', { org_id: 'a b' }],
    ['an organization that is a number', { org_id: 7 }], ['no purposes', { purpose_of_use: undefined }], ['purposes as text', { purpose_of_use: 'TREAT HPAYMT' }],
    ['purposes that are no text', { purpose_of_use: ['TREAT', 1] }],
    ['two members', { role: 'MEMBER', member_ids: ['m-1', 'm-2'] }], ['no member in the list', { role: 'MEMBER', member_ids: [] }],
    ['a member that is an object', { role: 'MEMBER', member_ids: [{}] }], ['a jti that is no text', { jti: 1 }],
  ])('%s is UNAUTHENTICATED', (_name, changes) => {
    expect(codeOf(read(changes))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
  it('leaves out what the vocabulary does not know, and repetitions', () => {
    expect(read({ purpose_of_use: ['TREAT', 'NEWCODE', 'TREAT', '__proto__', 'treat'] })()).toMatchObject({ purposes: ['TREAT'] });
  });
  it('gives a member to MEMBER alone', () => {
    expect(read({ member_ids: ['m-1'] })()).toMatchObject({ member: null });
  });
  it('reads the names that the deployer gives', () => {
    const claims = { sub: 's-1', 'https://idp.example/role': 'AUDITOR', pou: ['HCOMPL'] };
    expect(principalOf(claims, { ...CLAIMS, role: 'https://idp.example/role', purposes: 'pou' })).toMatchObject({ role: 'AUDITOR', purposes: ['HCOMPL'] });
  });
});
