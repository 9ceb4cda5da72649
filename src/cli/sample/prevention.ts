import { concept, local, SYSTEM, type Concept, type Resource } from './fhir';
import { dateAgo, daysAgo, type SampleMember } from './member';
import type { Visit } from './visits';

const ACTIVE = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] };

function allergy(member: SampleMember): Resource {
  return {
    resourceType: 'AllergyIntolerance', id: member.idOf('allergy'), clinicalStatus: ACTIVE, type: 'allergy', criticality: 'high',
    code: { text: 'Peanut (substance)' }, patient: member.reference(0), recordedDate: daysAgo(600), reaction: [{ manifestation: [{ text: 'Hives' }] }],
  };
}

function immunization(member: SampleMember): Resource {
  return {
    resourceType: 'Immunization', id: member.idOf('imm'), status: 'completed', occurrenceDateTime: daysAgo(250), primarySource: true,
    vaccineCode: concept(SYSTEM.cvx, '140', 'Influenza, seasonal, injectable, preservative free'), patient: member.reference(1),
  };
}

/** A gap in care, as the DEQM guide writes it: what is missing, and the record that makes it due. */
function careGap(member: SampleMember, number: number, measure: Concept, because?: Visit): Resource {
  return {
    resourceType: 'DetectedIssue', id: member.idOf('gap', number), status: 'preliminary',
    code: { coding: [{ system: SYSTEM.actCode, code: 'CAREGAP', display: 'Care gaps' }] }, patient: member.reference(0),
    identifiedDateTime: daysAgo(30), evidence: [{ code: [measure], ...(because ? { detail: [local('Condition', because.id('cond'))] } : {}) }],
  };
}

function measureReport(member: SampleMember, measure: string, done: boolean): Resource {
  const count = (code: string, value: number): unknown => ({ code: { coding: [{ system: SYSTEM.measurePopulation, code }] }, count: value });
  return {
    resourceType: 'MeasureReport', id: member.idOf('measure'), status: 'complete', type: 'individual', measure: `http://example.org/fhir/Measure/${measure}`,
    subject: member.reference(0), date: daysAgo(25), period: { start: dateAgo(390), end: dateAgo(25) },
    group: [{ population: [count('initial-population', 1), count('denominator', 1), count('denominator-exclusion', 0), count('numerator', done ? 1 : 0)] }],
  };
}

const MEASURES: Readonly<Record<string, [string, string]>> = Object.freeze({
  diabetes: ['diabetes-eye-exam', 'Eye examination for members with diabetes'],
  hypertension: ['blood-pressure-control', 'Blood pressure controlled'],
  hiv: ['hiv-viral-suppression', 'HIV viral load suppression'],
  depression: ['depression-remission', 'Depression remission at twelve months'],
});

/** Allergies, vaccinations, and what a good year would still hold. */
export function preventionOf(member: SampleMember, visits: readonly Visit[]): Resource[] {
  const gaps = visits.flatMap((visit, index) => {
    const measure = MEASURES[visit.kind.key];
    return measure ? [careGap(member, index + 1, concept(SYSTEM.measure, ...measure), visit)] : [];
  });
  const { key } = visits[0]?.kind ?? {};
  return [
    ...(member.number % 3 === 1 ? [allergy(member)] : []), ...(member.number % 2 === 0 ? [immunization(member)] : []), ...gaps,
    ...(member.number % 4 === 3 || key === 'check-up' ? [measureReport(member, 'colorectal-screening', member.random.chance(0.5))] : []),
  ];
}
