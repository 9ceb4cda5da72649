import type { World } from '../../oracle/world';

const NOW = '2026-03-15T12:00:00.000Z';
const LONG_AGO = '2020-01-01T00:00:00.000Z';

/** `members` members on the care team of one nurse, each with records of three types, all visible. */
export function cohort(members: number): World {
  const ids = Array.from({ length: members }, (_, place) => `m${String(place).padStart(3, '0')}`);
  const record = (memberId: string, type: string): World['records'][number] => ({
    id: `${memberId}-${type}`, memberId, type, encounterId: null, date: LONG_AGO, labels: [], labelled: true, authorId: null, programId: null, governedBy: 'NOTICE', governingPlanId: null,
    payerId: null, legal: false, withheld: false, medicationReview: false, cites: [],
  });
  return {
    now: NOW, organizations: [{ id: 'company', kind: 'COVERED_ENTITY', part2Program: false }], members: ids.map((id) => ({ id, birthDate: '1970-01-01', deceasedAt: null, state: 'NY' })), coverages: [],
    careTeam: ids.map((memberId) => ({ id: `${memberId}-team`, memberId, practitionerId: 'nurse', start: LONG_AGO, end: null })), namedBy: [], agreements: [], representations: [], openings: [], optOuts: [],
    authorizations: [], restrictions: [], confidential: [], grants: [], records: ids.flatMap((id) => ['Condition', 'Medication', 'CareGap'].map((type) => record(id, type))),
  };
}
