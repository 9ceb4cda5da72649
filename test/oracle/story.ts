/** A small world for readable cases: one adult member, ann, on whose care team practitioner p1 is; each case adds its facts. */
import type { Cell, World, WorldCaller, WorldRecord } from './world';

export const NOW = '2026-03-15T12:00:00.000Z';
export const BEFORE = '2026-01-01T00:00:00.000Z';
export const LATER = '2027-01-01T00:00:00.000Z';
type One<K extends keyof World> = World[K] extends (infer T)[] ? T : never;

const ORGANIZATIONS: World['organizations'] = [
  ['company', 'COVERED_ENTITY'], ['plan', 'HEALTH_PLAN'], ['plan2', 'HEALTH_PLAN'], ['clinic', 'PROVIDER'], ['program', 'PROVIDER'], ['hie', 'HIE'],
  ['billing', 'BUSINESS_ASSOCIATE'], ['employer', 'OTHER'],
].map(([id = '', kind = '']) => ({ id, kind, part2Program: id === 'program' }));

export function worldOf(facts: Partial<World> = {}): World {
  return {
    now: NOW, organizations: ORGANIZATIONS, members: [member()], coverages: [coverage()], careTeam: [careTeam()], namedBy: [], agreements: [],
    representations: [], openings: [], optOuts: [], authorizations: [], restrictions: [], confidential: [], grants: [], records: [], ...facts,
  };
}

export const member = (facts: Partial<One<'members'>> = {}) => ({ id: 'ann', birthDate: '1980-05-05', deceasedAt: null, state: null, ...facts });
export const coverage = (facts: Partial<One<'coverages'>> = {}) => ({ id: 'cov', memberId: 'ann', planId: 'plan', start: '2025-01-01T00:00:00.000Z', end: null, ...facts });
export const careTeam = (facts: Partial<One<'careTeam'>> = {}) => ({ id: 'team', memberId: 'ann', practitionerId: 'p1', start: BEFORE, end: null, ...facts });
export const agreement = (facts: Partial<One<'agreements'>> = {}): One<'agreements'> => ({
  id: 'agreement', organizationId: 'billing', kind: 'BUSINESS_ASSOCIATE', purposes: ['HPAYMT'], categories: ['IDENTITY', 'FINANCIAL'], remunerated: false,
  start: BEFORE, end: null, ...facts,
});
export const representation = (facts: Partial<One<'representations'>> = {}): One<'representations'> => ({
  id: 'rep', memberId: 'ann', subject: 'rita', kind: 'HEALTH_CARE_POA', start: BEFORE, end: null, categories: null, excludedClasses: null, ...facts,
});
export const authorization = (facts: Partial<One<'authorizations'>> = {}): One<'authorizations'> => ({
  id: 'auth', memberId: 'ann', classes: [], categories: null, sale: false, purposes: ['TREAT', 'HPAYMT', 'HOPERAT'],
  recipients: [{ role: 'PHARMACIST' }, { role: 'NURSE' }, { role: 'WORKFORCE' }, { role: 'EXTERNAL_PROVIDER' }, { role: 'HEALTH_PLAN' }, { role: 'HIE_PARTICIPANT' }],
  start: null, end: null, signedAt: BEFORE, revokedAt: null, signedByMember: true, ...facts,
});
export const agreed = (facts: Partial<One<'restrictions'>> = {}): One<'restrictions'> => ({
  id: 'agreed', memberId: 'ann', kind: 'AGREED', status: 'ACCEPTED', recipients: [], purposes: [], categories: [], classes: [], coordinates: [],
  encounterId: null, recordId: null, start: BEFORE, endedAt: null, ...facts,
});
export const paid = (facts: Partial<One<'restrictions'>> = {}) => agreed({ id: 'paid', kind: 'PAID_IN_FULL', encounterId: 'visit', ...facts });
export const grant = (clause: string, facts: Partial<One<'grants'>> = {}): One<'grants'> => ({
  id: 'grant', clause, status: 'ACCEPTED', recipient: { subject: 'agent' }, memberIds: ['ann'], categories: ['IDENTITY', 'CONTACT', 'COVERAGE', 'CARE_TEAM', 'CLINICAL', 'MEDICATION', 'CARE_MANAGEMENT', 'NOTE', 'FINANCIAL'],
  classes: [], recordIds: null, remunerated: false, elements: {}, decidedAt: BEFORE, expires: LATER, ...facts,
});
export const record = (type: string, facts: Partial<WorldRecord> = {}): WorldRecord => ({
  id: 'r', memberId: 'ann', type, encounterId: null, date: '2026-02-01T00:00:00.000Z', labels: [], labelled: true, authorId: null, programId: null,
  governedBy: 'NOTICE', governingPlanId: null, payerId: type === 'Claim' ? 'plan' : null, legal: false, withheld: false, medicationReview: false, cites: [], ...facts,
});

const HOME: Record<string, string> = { EXTERNAL_PROVIDER: 'clinic', BUSINESS_ASSOCIATE: 'billing', HEALTH_PLAN: 'plan', HIE_PARTICIPANT: 'hie' };
const ALONE = new Set(['MEMBER', 'PERSONAL_REPRESENTATIVE', 'DISCLOSURE_RECIPIENT', 'PRIVACY_OFFICER', 'AUDITOR']);

export function caller(role: string, purpose: string, facts: Partial<WorldCaller> = {}): WorldCaller {
  return {
    subject: role === 'PERSONAL_REPRESENTATIVE' ? 'rita' : 'somebody', role, purpose, organizationId: ALONE.has(role) ? null : HOME[role] ?? 'company',
    practitionerId: ALONE.has(role) ? null : 'p1', memberId: role === 'MEMBER' ? 'ann' : null, ...facts,
  };
}

/** Who reads under the grant of these stories. */
export const agent = (purpose: string, facts: Partial<WorldCaller> = {}): WorldCaller => caller('DISCLOSURE_RECIPIENT', purpose, { subject: 'agent', grantId: 'grant', ...facts });

/** `Member.x` is ann's; any other coordinate is that of record `r`, unless another id is given. */
export const cell = (coordinate: string, recordId = 'r'): Cell =>
  ({ memberId: 'ann', recordId: coordinate.startsWith('Member.') ? null : recordId, coordinate });
