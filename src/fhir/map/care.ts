import { chosenCoding, codeOf, codingsOf, hasCode, wordsOf } from '../codes';
import { BEFORE_ALL, dateIn, earlierOf, endOf, laterOf, startOf } from '../dates';
import { first, list, number, object, text, texts, type Json } from '../json';
import type { Mapping } from '../mapping';

export function mapCarePlan(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.subject, 'subject')) return;
  const period = object(resource.period);
  const start = startOf(period?.start);
  const recordedAt = startOf(resource.created) ?? start;
  const by = mapping.people(resource.author, 'author');
  const activities = list(resource.activity);
  const details = activities.flatMap((each) => list(each.detail));
  const cites = [
    ...mapping.cited(resource.addresses, 'addresses'), ...mapping.cited(details.flatMap((each) => list(each.reasonReference)), 'activity.detail.reasonReference'),
    ...mapping.cited(activities.flatMap((each) => list(each.reference)), 'activity.reference'),
  ];
  const kinds = list(resource.category);
  const said = kinds.find((each) => wordsOf(each) && !hasCode(each, 'assess-plan')) ?? kinds[0] ?? null;
  mapping.record('CarePlan', 'care_plan', {
    ...mapping.common({
      code: said, status: text(resource.status), recordedAt, authorId: by.practitioners[0] ?? null,
      encounterId: mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']),
    }),
    title: text(resource.title) ?? wordsOf(said) ?? text(resource.description), start_at: start, end_at: startOf(period?.end),
    activities: JSON.stringify(details.map((each) => chosenCoding(each.code)).filter((each) => each.code ?? each.display)),
  }, mapping.source('CarePlan', start ?? recordedAt, { people: by.practitioners, organizations: by.organizations }), cites);
}

const NO_TEAM = new Set(['inactive', 'proposed', 'entered-in-error', 'suspended']);

/** Who is on the team, and when: the part of each participant's period that lies inside the team's. */
export function mapCareTeam(mapping: Mapping): void {
  const { resource } = mapping;
  const memberId = mapping.member(resource.subject, 'subject');
  if (!memberId) return;
  if (NO_TEAM.has(text(resource.status) ?? 'active')) return;
  const team = object(resource.period);
  list(resource.participant).forEach((participant, index) => {
    const given = object(participant.member);
    const target = given && mapping.find(given, ['Practitioner', 'PractitionerRole', 'Patient', 'Organization', 'RelatedPerson'], 'participant.member');
    const practitioner = target && mapping.practitioner(target, 'participant.member');
    if (!given || !practitioner) return;
    const own = object(participant.period);
    const start = laterOf(startOf(team?.start), startOf(own?.start)) ?? BEFORE_ALL;
    const end = earlierOf(endOf(team?.end), endOf(own?.end));
    if (end && end <= start) return;
    mapping.rows.push({ table: 'care_team', row: {
      member_id: memberId, id: index === 0 ? mapping.id : `${mapping.id}.${index}`, practitioner_id: practitioner, name: text(given.display),
      role: list(participant.role).map(wordsOf).find(Boolean) ?? null, start_at: start, end_at: end, origin: 'IMPORT', flagged: 0,
    } });
  });
}

const CLOSED_ISSUE = new Set(['cancelled', 'entered-in-error', 'mitigated']);

/** A DetectedIssue of code CAREGAP; any other issue has no place. */
export function mapDetectedIssue(mapping: Mapping): void {
  const { resource } = mapping;
  if (!hasCode(resource.code, 'CAREGAP')) { mapping.skipped = 'an issue that is no care gap has no place'; return; }
  if (!mapping.member(first(resource, 'patient', 'subject'), 'patient')) return;
  const evidence = list(resource.evidence);
  const measure = evidence.flatMap((each) => list(each.code)).map((each) => codeOf(each) ?? wordsOf(each)).find(Boolean) ?? text(resource.detail);
  const identified = startOf(resource.identifiedDateTime) ?? startOf(object(resource.identifiedPeriod)?.start) ?? startOf(resource.date);
  const mitigated = list(resource.mitigation).map((each) => startOf(each.date)).find(Boolean) ?? null;
  const by = mapping.people(resource.author, 'author');
  const closed = mitigated !== null || CLOSED_ISSUE.has(text(resource.status) ?? '');
  const cites = [...mapping.cited(evidence.flatMap((each) => list(each.detail)), 'evidence.detail'), ...mapping.cited(resource.implicated, 'implicated')];
  gap(mapping, {
    code: evidence.flatMap((each) => list(each.code))[0] ?? resource.code, measure, closedAt: closed ? mitigated ?? identified : null, closed,
    dueAt: dateIn(object(resource.identifiedPeriod)?.end), recordedAt: identified, by, cites,
  });
}

const count = (report: Json, population: string): number =>
  list(report.group).flatMap((each) => list(each.population)).filter((each) => hasCode(each.code, population)).reduce((sum, each) => sum + (number(each.count) ?? 0), 0);

/** A member in the denominator, neither excluded nor in the numerator, has an open gap; in the numerator, a closed one. */
export function mapMeasureReport(mapping: Mapping): void {
  const { resource } = mapping;
  if (text(resource.type) && text(resource.type) !== 'individual') { mapping.skipped = 'a report of many members has no place'; return; }
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const excluded = count(resource, 'denominator-exclusion') + count(resource, 'denominator-exception');
  if (count(resource, 'denominator') === 0 || excluded > 0) { mapping.skipped = 'the measure does not apply to the member'; return; }
  const closed = count(resource, 'numerator') > 0;
  const recordedAt = startOf(resource.date) ?? startOf(object(resource.period)?.start);
  const measure = (text(resource.measure) ?? '').split('|')[0]?.split('/').pop() || null;
  const by = mapping.people(resource.reporter, 'reporter');
  const cites = mapping.cited(resource.evaluatedResource, 'evaluatedResource');
  gap(mapping, {
    code: measure ? { coding: [{ code: measure, display: measure }] } : null, measure, closed, closedAt: closed ? recordedAt : null, recordedAt, by, cites,
    dueAt: dateIn(object(resource.period)?.end),
  });
}

interface Gap {
  code: unknown; measure: string | null; closed: boolean; closedAt: string | null; dueAt: string | null; recordedAt: string | null;
  by: { practitioners: string[]; organizations: string[] }; cites: string[];
}
function gap(mapping: Mapping, given: Gap): void {
  const words = [given.measure, ...texts(mapping.resource.detail), ...codingsOf(given.code).map((each) => each.display)].filter((each): each is string => Boolean(each));
  mapping.record('CareGap', 'care_gap', {
    ...mapping.common({
      code: given.code, status: given.closed ? 'closed' : 'open', recordedAt: given.recordedAt, authorId: given.by.practitioners[0] ?? null,
      encounterId: mapping.encounter([mapping.resource.encounter, 'encounter']),
    }),
    measure: given.measure, due_at: given.dueAt, closed_at: given.closedAt,
  }, mapping.source('CareGap', given.recordedAt, { people: given.by.practitioners, organizations: given.by.organizations, words }), given.cites);
}
