import { concept, local, relative, SYSTEM, type Resource } from './fhir';
import { attachment } from './clinical';
import { personReference } from './infrastructure';
import { daysAgo, type SampleMember } from './member';
import type { Visit } from './visits';

function document(member: SampleMember, what: string, type: unknown, text: string, more: Record<string, unknown>): Resource {
  return {
    resourceType: 'DocumentReference', id: member.idOf(what), status: 'current', type, subject: member.reference(0), date: daysAgo(21),
    custodian: relative('Organization', 'org-phi'), content: [{ attachment: attachment(what, text) }], ...more,
  };
}

/** Kept apart from the rest of the record: its author alone reads it. */
function psychotherapyNote(member: SampleMember, visit: Visit): Resource {
  return document(member, 'psychotherapy-note', { text: 'Psychotherapy note' }, 'Session 14. Dreams of the flooded house again; speaks of the father.', {
    meta: { security: [{ system: SYSTEM.actCode, code: 'PSYTHPN' }] },
    author: [personReference('prac-psychologist-1', 0)], context: { encounter: [local('Encounter', visit.id('enc'))] },
  });
}

function medicationReview(member: SampleMember): Resource {
  const type = concept(SYSTEM.loinc, '56445-0', 'Medication summary Document');
  return document(member, 'medication-review', type, 'Findings: takes all tablets at breakfast; two of them belong to the evening.\nRecommendation: a weekly box; check again in six weeks.', {
    author: [personReference('prac-pharmacist-1', member.number)],
  });
}

function legalCompilation(member: SampleMember): Resource {
  return document(member, 'legal-file', { text: 'Correspondence' }, 'Compiled at the request of counsel for the hearing about the kerb.', {
    meta: { tag: [{ system: SYSTEM.compilation, code: 'LEGAL' }] }, author: [personReference('prac-physician-1', 0)],
  });
}

/** The documents that are not notes of a visit. */
export function notesOf(member: SampleMember, visits: readonly Visit[]): Resource[] {
  const { story } = member;
  const [first] = visits;
  return [
    ...(story.psychotherapyNote && first ? [psychotherapyNote(member, first)] : []),
    ...(story.medicationReview ? [medicationReview(member)] : []),
    ...(story.legalCompilation ? [legalCompilation(member)] : []),
  ];
}
