import { concept, dollars, local, relative, SYSTEM, type Resource } from './fhir';
import { personReference } from './infrastructure';
import { organization, type SampleMember } from './member';
import type { Visit } from './visits';

const adjudication = (code: string, amount: number): unknown =>
  ({ category: { coding: [{ system: SYSTEM.adjudication, code }] }, amount: dollars(amount) });

/** The lines of the bill: the visit, its reason, what was done, each with its words once more, as bills have them. */
function items(visit: Visit): unknown[] {
  const { kind } = visit;
  const lines = [concept(null, '', 'Office visit'), kind.reason, ...(kind.procedure ? [kind.procedure] : [])];
  return lines.map((line, index) => ({
    sequence: index + 1, productOrService: line, servicedPeriod: visit.period,
    ...(index === 0 ? { encounter: [local('Encounter', visit.id('enc'))] } : { diagnosisSequence: [1] }),
    ...(index === lines.length - 1 ? { net: dollars(kind.price) } : {}),
  }));
}

function diagnosis(visit: Visit): unknown[] {
  const cited = visit.number % 2 === 0
    ? { diagnosisReference: local('Condition', visit.id('cond')) }
    : { diagnosisCodeableConcept: visit.kind.reason };
  return [{ sequence: 1, ...cited }];
}

function common(member: SampleMember, visit: Visit): Record<string, unknown> {
  return {
    status: 'active', type: { coding: [{ system: SYSTEM.claimType, code: 'professional' }] }, use: 'claim', patient: member.reference(0),
    billablePeriod: visit.period, created: visit.period.end, provider: relative('Organization', visit.provider), ...visit.meta,
    diagnosis: diagnosis(visit), item: items(visit),
  };
}

function claim(member: SampleMember, visit: Visit): Resource {
  const covered = visit.payer ? local('Coverage', visit.coverageId) : { display: visit.number % 2 ? 'self-pay' : 'NO_INSURANCE' };
  return {
    resourceType: 'Claim', id: visit.id('claim'), ...common(member, visit), priority: { coding: [{ code: 'normal' }] },
    insurance: [{ sequence: 1, focal: true, coverage: covered }], total: dollars(visit.kind.price),
  };
}

/** What the payer says of the claim; `paidbypatient` as the CARIN Blue Button guide codes it. */
function explanation(member: SampleMember, visit: Visit): Resource {
  const { price } = visit.kind;
  const byPlan = visit.paidByMember || !visit.payer ? 0 : price * 0.8;
  const payor = visit.payer ? organization(visit.payer) : { display: 'NO_INSURANCE' };
  return {
    resourceType: 'ExplanationOfBenefit', id: visit.id('eob'),
    contained: [{ resourceType: 'Coverage', id: 'coverage', status: 'active', beneficiary: member.reference(0), payor: [payor] }],
    ...common(member, visit), outcome: 'complete', claim: local('Claim', visit.id('claim')), insurer: payor,
    insurance: [{ focal: true, coverage: { reference: '#coverage' } }],
    careTeam: [{ sequence: 1, provider: personReference(visit.performer, visit.number) }],
    total: [
      adjudication('submitted', price), adjudication('benefit', byPlan),
      {
        category: { coding: [{ system: 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication', code: 'paidbypatient' }] },
        amount: dollars(price - byPlan),
      },
    ],
    payment: { amount: dollars(byPlan) },
  };
}

/** The bill of a visit, and the payer's answer to it. */
export const billOf = (member: SampleMember, visit: Visit): Resource[] => [claim(member, visit), explanation(member, visit)];
