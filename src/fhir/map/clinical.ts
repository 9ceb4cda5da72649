import { chosenCoding, codeOf, wordsOf } from '../codes';
import { startOf } from '../dates';
import { first, list, object, text, type Json } from '../json';
import type { Mapping } from '../mapping';

const moment = (resource: Json, element: string): string | null =>
  startOf(resource[`${element}DateTime`]) ?? startOf(object(resource[`${element}Period`])?.start) ?? startOf(resource[element]);

/** Who recorded or asserted it: the first stands for its author, all of them tell whether a Part 2 program recorded it. */
function recorders(mapping: Mapping, ...elements: string[]): { people: string[]; organizations: string[]; authorId: string | null } {
  const found = elements.map((each) => mapping.people(mapping.resource[each], each));
  const people = found.flatMap((each) => each.practitioners);
  return { people, organizations: found.flatMap((each) => each.organizations), authorId: people[0] ?? null };
}

export function mapCondition(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const encounterId = mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']);
  const onset = moment(resource, 'onset');
  const recordedAt = startOf(first(resource, 'recordedDate', 'assertedDate'));
  const by = recorders(mapping, 'recorder', 'asserter');
  const cites = mapping.cited(list(resource.evidence).flatMap((each) => list(each.detail)), 'evidence.detail');
  mapping.record('Condition', 'condition_record', {
    ...mapping.common({ code: resource.code, status: codeOf(resource.clinicalStatus), recordedAt, encounterId, date: onset, authorId: by.authorId }),
    onset_at: onset, abated_at: moment(resource, 'abatement'),
  }, mapping.source('Condition', onset ?? recordedAt, by), cites);
}

export function mapAllergy(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.patient, 'patient')) return;
  const recordedAt = startOf(first(resource, 'recordedDate', 'assertedDate')) ?? moment(resource, 'onset');
  const by = recorders(mapping, 'recorder', 'asserter');
  const reactions = list(resource.reaction).flatMap((each) => {
    const manifestations = list(each.manifestation).map(wordsOf).filter(Boolean).join(', ');
    return text(each.description) ?? (manifestations || []);
  });
  mapping.record('Allergy', 'allergy', {
    ...mapping.common({
      code: resource.code, status: codeOf(resource.clinicalStatus) ?? text(resource.status), recordedAt,
      encounterId: mapping.encounter([resource.encounter, 'encounter']), authorId: by.authorId,
    }),
    criticality: text(resource.criticality), reaction: reactions.join('; ') || null,
  }, mapping.source('Allergy', recordedAt, by));
}

export function mapImmunization(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.patient, 'patient')) return;
  const occurred = startOf(first(resource, 'occurrenceDateTime', 'date'));
  const recordedAt = startOf(resource.recorded) ?? occurred;
  const performers = list(resource.performer).flatMap((each) => list(each.actor).length ? list(each.actor) : [each]);
  const by = mapping.people(performers.filter((each) => each.reference ?? each.identifier), 'performer.actor');
  const cites = mapping.cited(resource.reasonReference, 'reasonReference');
  mapping.record('Immunization', 'immunization', {
    ...mapping.common({
      code: resource.vaccineCode, status: text(resource.status), recordedAt, date: occurred,
      encounterId: mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']), authorId: by.practitioners[0] ?? null,
    }),
    occurred_at: occurred,
  }, mapping.source('Immunization', occurred, { people: by.practitioners, organizations: by.organizations }), cites);
}

const RECORDED = /qicore-recorded$/;

export function mapProcedure(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(resource.subject, 'subject')) return;
  const performed = moment(resource, 'performed');
  const extension = list(resource.extension).find((each) => RECORDED.test(text(each.url) ?? ''));
  const recordedAt = startOf(extension?.valueDateTime) ?? performed;
  const performers = mapping.people(list(resource.performer).flatMap((each) => list(each.actor)), 'performer.actor');
  const by = recorders(mapping, 'recorder', 'asserter');
  const people = [...performers.practitioners, ...by.people];
  const cites = [...mapping.cited(resource.reasonReference, 'reasonReference'), ...mapping.cited(resource.report, 'report')];
  mapping.record('Procedure', 'procedure_record', {
    ...mapping.common({
      code: resource.code, status: text(resource.status), recordedAt, date: performed,
      encounterId: mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']), authorId: people[0] ?? null,
    }),
    performed_at: performed,
  }, mapping.source('Procedure', performed, { people, organizations: [...performers.organizations, ...by.organizations] }), cites);
}

/** The first reason of an encounter stands for it; a reference to a condition is cited, so that its labels flow. */
export function mapEncounter(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const period = object(resource.period);
  const start = startOf(period?.start);
  const provider = mapping.find(resource.serviceProvider, ['Organization'], 'serviceProvider')?.id || null;
  const conditions = list(resource.diagnosis).flatMap((each) => list(each.condition));
  const reasons = list(resource.reasonReference);
  const cites = [...mapping.cited(reasons, 'reasonReference'), ...mapping.cited(conditions, 'diagnosis.condition')];
  const reason = reasonOf(mapping, [...reasons, ...conditions]);
  mapping.record('Encounter', 'encounter', {
    ...mapping.common({ code: resource.type, status: text(resource.status), recordedAt: start, encounterId: mapping.id, date: start }),
    class: codeOf(resource.class) ?? text(object(resource.class)?.code), start_at: start, end_at: startOf(period?.end),
    reason_system: reason.system, reason_code: reason.code, reason_display: reason.display, organization_id: provider,
  }, mapping.source('Encounter', start, { organizations: provider ? [provider] : [] }), cites);
}

function reasonOf(mapping: Mapping, references: Json[]): { system: string | null; code: string | null; display: string | null } {
  const given = first(mapping.resource, 'reasonCode', 'reason');
  if (given) return chosenCoding(given);
  for (const each of references) {
    const target = mapping.find(each, ['Condition', 'Procedure', 'Observation'], 'reasonReference');
    if (target?.code) return target.code;
    if (target?.resource) return chosenCoding(target.resource.code);
  }
  return { system: null, code: null, display: null };
}
