import type { Principal } from '../../src/identity/caller';
import { callerOf, type RequestHeaders } from '../../src/identity/purpose';
import { NAMED_ONLY, parentOfPurpose, PURPOSES, type Purpose } from '../../src/vocabulary/purposes';
import type { Role } from '../../src/vocabulary/roles';

const principal = (purposes: Purpose[], role: Role = 'PHARMACIST'): Principal =>
  ({ subject: 's-1', role, organization: 'org-1', practitioner: 'prac-1', member: null, purposes, tokenId: null });
const REQUEST = { id: 'r-1', at: '2026-01-01T00:00:00.000Z' };
const call = (who: Principal, headers: RequestHeaders) => callerOf(who, headers, REQUEST);
const outcome = (who: Principal, headers: RequestHeaders): string => {
  try {
    return call(who, headers).purpose;
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const purpose = (...values: string[]): RequestHeaders => ({ 'x-purpose-of-use': values });
const REASON = { 'x-break-glass-reason': ['found%20unconscious'] };

describe('the purpose of a request', () => {
  it('is the only one of the token, without a header', () => expect(outcome(principal(['TREAT']), {})).toBe('TREAT'));
  it('must be named where the token permits several', () => expect(outcome(principal(['TREAT', 'HPAYMT']), {})).toBe('PURPOSE_REQUIRED'));
  it('is nothing where the token permits nothing', () => {
    expect(outcome(principal([]), {})).toBe('PURPOSE_NOT_PERMITTED');
    expect(outcome(principal([]), purpose('TREAT'))).toBe('PURPOSE_NOT_PERMITTED');
  });
  it.each([['treat'], ['TREAT '], ['TREAT, HPAYMT'], ['TREAT HPAYMT'], ['NEWCODE'], [''], ['__proto__'], ['constructor'], ['TREAT\u0000']])('%j is no code', (code) => {
    expect(outcome(principal(['TREAT', 'HPAYMT']), purpose(code))).toBe('PURPOSE_NOT_PERMITTED');
  });
  it('may be sent once', () => {
    expect(outcome(principal(['TREAT']), purpose('TREAT', 'TREAT'))).toBe('PURPOSE_NOT_PERMITTED');
  });
  it('is one of the token or a child that inherits, for every pair of the vocabulary', () => {
    for (const granted of PURPOSES) for (const asked of PURPOSES) {
      const line: Purpose[] = [];
      for (let at: Purpose | null = asked; at; at = NAMED_ONLY.includes(at) ? null : parentOfPurpose(at)) line.push(at);
      expect([granted, asked, outcome(principal([granted]), { ...purpose(asked), ...REASON })])
        .toEqual([granted, asked, line.includes(granted) ? asked : 'PURPOSE_NOT_PERMITTED']);
    }
  });
});

describe('the reason for breaking the glass', () => {
  const breaking = (...values: string[]) => call(principal(['ETREAT', 'BTG']), { ...purpose('ETREAT'), 'x-break-glass-reason': values });
  it('is decoded and trimmed', () => expect(breaking('%20%20Bewu%C3%9Ftlos%20gefunden%20').breakGlassReason).toBe('Bewußtlos gefunden'));
  it('counts characters, not bytes', () => {
    expect(breaking('%F0%9F%98%80'.repeat(10)).breakGlassReason).toBe('😀'.repeat(10));
    expect(breaking('a'.repeat(500)).breakGlassReason).toHaveLength(500);
  });
  it.each([
    ['none', []], ['two', ['long enough a reason', 'long enough a reason']], ['9 characters', ['123456789']], ['501 characters', ['a'.repeat(501)]],
    ['blanks around 9 characters', ['%20%20%20123456789%20%20']], ['a broken escape', ['100% certain of it']], ['bytes that are no UTF-8', ['%FF%FE%FDaaaaaaaaaaaa']],
    ['letters beyond ASCII as they are', ['Bewußtlos gefunden']], ['a control character', ['found%00unconscious']],
  ])('%s: BAD_USER_INPUT', (_name, values) => {
    expect(() => breaking(...values)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error);
  });
  it('is not read for another purpose', () => {
    expect(call(principal(['TREAT']), { 'x-break-glass-reason': ['short'] }).breakGlassReason).toBeNull();
  });
});

describe('X-Grant', () => {
  const grant = (role: Role, ...values: string[]) => call(principal(['HCOMPL'], role), { 'x-grant': values });
  it.each(['DISCLOSURE_RECIPIENT', 'WORKFORCE', 'PRIVACY_OFFICER'] as const)('%s may send it', (role) => expect(grant(role, 'g-1').grant).toBe('g-1'));
  it.each(['PHARMACIST', 'MEMBER', 'AUDITOR', 'HEALTH_PLAN', 'PERSONAL_REPRESENTATIVE'] as const)('%s may not', (role) => {
    expect(() => grant(role, 'g-1')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }) as Error);
  });
  it.each([[['g-1', 'g-2']], [['']], [['a b']]])('%j is BAD_USER_INPUT', (values) => {
    expect(() => grant('WORKFORCE', ...values)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error);
  });
  it('leaves a frozen caller', () => {
    const caller = grant('WORKFORCE', 'g-1');
    expect(caller).toMatchObject({ requestId: 'r-1', at: REQUEST.at, purpose: 'HCOMPL' });
    expect(Object.isFrozen(caller)).toBe(true);
  });
});
