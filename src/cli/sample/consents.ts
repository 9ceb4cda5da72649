import { local, SYSTEM, type Resource } from './fhir';
import { daysAgo, organization, type SampleMember } from './member';
import type { ConsentKind } from './stories';
import type { Visit } from './visits';

type Provision = Record<string, unknown>;
const purposes = (...codes: string[]): unknown[] => codes.map((code) => ({ system: SYSTEM.actReason, code }));
const labels = (...codes: string[]): unknown[] => codes.map((code) => ({ system: SYSTEM.actCode, code }));
const recipient = (id: string): unknown => ({ role: { coding: [{ system: SYSTEM.participation, code: 'IRCP' }] }, reference: organization(id) });

function consent(member: SampleMember, kind: ConsentKind, provision: Provision, policy: string): Resource {
  return {
    resourceType: 'Consent', id: member.idOf('consent', kind), status: 'active',
    scope: { coding: [{ system: SYSTEM.consentScope, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: SYSTEM.loinc, code: '59284-0' }] }], patient: member.reference(0), dateTime: daysAgo(150),
    performer: [member.reference(0)], organization: [organization('org-phi')],
    sourceAttachment: { contentType: 'text/plain', title: 'Signed form', data: Buffer.from('Signed on paper.').toString('base64') },
    policyRule: { coding: [{ system: SYSTEM.actCode, code: policy }] }, provision,
  };
}

const PROVISIONS: Record<ConsentKind, (visits: readonly Visit[]) => [Provision, string]> = {
  // The plan's case management may know of HIV.
  'hiv-to-plan': () => [{
    type: 'permit', period: { start: '2026-01-01', end: '2035-12-31' }, actor: [recipient('org-plan-a')],
    purpose: purposes('CAREMGT', 'HPAYMT'), securityLabel: labels('HIV'),
  }, 'OPTIN'],
  // The one consent of 42 CFR 2.31(a)(4)(i), for all future treatment, payment and operations at the company.
  'part2-single': () => [{
    type: 'permit', period: { start: '2026-01-01', end: '2035-12-31' }, actor: [recipient('org-phi')],
    purpose: purposes('TREAT', 'HPAYMT', 'HOPERAT'), securityLabel: labels('SUD', '42CFRPart2'),
  }, 'OPTIN'],
  expired: () => [{
    type: 'permit', period: { start: '2024-01-01', end: '2024-12-31' }, actor: [recipient('org-clinic')],
    purpose: purposes('TREAT'), securityLabel: labels('OPIOIDUD'),
  }, 'OPTIN'],
  'exchange-opt-out': () => [{ type: 'deny', actor: [recipient('org-hie')] }, 'OPTOUT'],
  // One visit is nobody's business at the clinic outside.
  restriction: ([first]) => [{
    type: 'deny', actor: [recipient('org-clinic')], purpose: purposes('TREAT'),
    ...(first ? { data: [{ meaning: 'related', reference: local('Encounter', first.id('enc')) }] } : {}),
  }, 'OPTOUTE'],
};

/** What the member signed: authorizations, a restriction, the opt-out from the exchange. */
export const consentsOf = (member: SampleMember, visits: readonly Visit[]): Resource[] =>
  (member.story.consents ?? []).map((kind) => consent(member, kind, ...PROVISIONS[kind](visits)));
