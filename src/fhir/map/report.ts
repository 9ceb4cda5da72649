import { joined } from '../attachments';
import { codeOf, wordsOf } from '../codes';
import { startOf } from '../dates';
import { first, list, object, text, type Json } from '../json';
import type { Mapping } from '../mapping';

const actorsOf = (performers: unknown): Json[] => list(performers).map((each) => object(each.actor) ?? each);

/** A report, and the text that it presents as a document of its own, which cites it: notes are of another category than findings. */
export function mapReport(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const effective = startOf(resource.effectiveDateTime) ?? startOf(object(resource.effectivePeriod)?.start);
  const recordedAt = startOf(resource.issued) ?? effective;
  const by = mapping.people([...actorsOf(resource.performer), ...list(resource.resultsInterpreter)], 'performer');
  const encounterId = mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']);
  const results = list(resource.result);
  const shared = { people: by.practitioners, organizations: by.organizations };
  const common = mapping.common({ code: resource.code, status: text(resource.status), recordedAt, date: effective, encounterId, authorId: by.practitioners[0] ?? null });
  const found = results.flatMap((each) => mapping.find(each, ['Observation'], 'result')?.id || []);
  mapping.record('DiagnosticReport', 'diagnostic_report', {
    ...common, category: codeOf(resource.category) ?? wordsOf(resource.category), conclusion: text(resource.conclusion), effective_at: effective, result_ids: JSON.stringify(found),
  }, mapping.source('DiagnosticReport', effective ?? recordedAt, shared), found.map((id) => `Observation/${id}`));
  const presented = joined(resource.presentedForm);
  if (!presented.text) return;
  mapping.record('Document', 'document', {
    ...common, id: `${mapping.id}-text`, record_date: recordedAt, title: presented.title ?? wordsOf(resource.code), text: presented.text,
    medication_review: mapping.isMedicationReview(resource.code),
  }, mapping.source('Document', effective ?? recordedAt, { ...shared, words: [presented.text] }), [`DiagnosticReport/${mapping.id}`]);
}

export function mapDocument(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const context = object(resource.context);
  const recordedAt = startOf(first(resource, 'date', 'indexed', 'created')) ?? startOf(object(context?.period)?.start);
  const by = mapping.people([...list(resource.author), ...list(resource.authenticator)], 'author');
  const custodian = mapping.find(resource.custodian, ['Organization'], 'custodian')?.id || null;
  const body = joined(list(resource.content).map((each) => object(each.attachment)));
  const related = [...list(context?.related), ...list(resource.relatesTo).map((each) => object(each.target))].map((each) => object(each?.ref) ?? each);
  const organizations = custodian ? [custodian, ...by.organizations] : by.organizations;
  mapping.record('Document', 'document', {
    ...mapping.common({
      code: resource.type, status: text(resource.status), recordedAt, authorId: by.practitioners[0] ?? null,
      encounterId: mapping.encounter(...list(context?.encounter).map((each): [Json, string] => [each, 'context.encounter'])),
    }),
    title: text(resource.description) ?? body.title ?? wordsOf(resource.type), text: body.text, medication_review: mapping.isMedicationReview(resource.type),
  }, mapping.source('Document', recordedAt, { people: by.practitioners, organizations, words: [body.title, body.text].filter((each): each is string => each !== null) }),
  mapping.cited(related, 'context.related'));
}
