import { codeOf, wordsOf } from '../codes';
import { startOf } from '../dates';
import { first, list, number, object, text, type Json } from '../json';
import type { Mapping } from '../mapping';

/** A value in words and its unit; null where the observation has none. */
function valueOf(part: Json): { value: string | null; unit: string | null } {
  const quantity = object(part.valueQuantity);
  if (quantity) {
    const value = number(quantity.value);
    return { value: value === null ? null : `${text(quantity.comparator) ?? ''}${value}`, unit: text(quantity.unit) ?? text(quantity.code) };
  }
  const period = object(part.valuePeriod);
  const range = object(part.valueRange);
  const words = wordsOf(part.valueCodeableConcept) ?? text(part.valueString) ?? text(part.valueDateTime) ?? text(part.valueTime)
    ?? (typeof part.valueBoolean === 'boolean' ? String(part.valueBoolean) : null) ?? (number(part.valueInteger) === null ? null : String(part.valueInteger))
    ?? (period ? [text(period.start), text(period.end)].filter(Boolean).join(' to ') : null)
    ?? (range ? [object(range.low), object(range.high)].map((each) => number(each?.value)).join(' to ') : null);
  return { value: words, unit: null };
}

/** `Systolic blood pressure 132 mm[Hg]; Diastolic blood pressure 86 mm[Hg]`. */
function inWords(components: Json[]): string | null {
  const parts = components.flatMap((each) => {
    const { value, unit } = valueOf(each);
    const words = [wordsOf(each.code), value ?? wordsOf(each.dataAbsentReason), unit].filter(Boolean).join(' ');
    return words ? [words] : [];
  });
  return parts.join('; ') || null;
}

/** How the values are said, for labelling: what is answered reveals as much as what was asked. */
const valuesSaid = (resource: Json, components: Json[]): string[] =>
  [resource, ...components].flatMap((each) => text(each.valueString) ?? []);

export function mapObservation(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const effective = startOf(first(resource, 'effectiveDateTime', 'effectiveInstant')) ?? startOf(object(resource.effectivePeriod)?.start);
  const recordedAt = startOf(resource.issued) ?? effective;
  const by = mapping.people(resource.performer, 'performer');
  const components = list(resource.component);
  const whole = valueOf(resource);
  const joined = inWords(components);
  const cites = ['hasMember', 'derivedFrom', 'focus', 'related'].flatMap((each) =>
    mapping.cited(list(resource[each]).map((one) => object(one.target) ?? one), each));
  mapping.record('Observation', 'observation', {
    ...mapping.common({
      code: resource.code, status: text(resource.status), recordedAt, date: effective,
      encounterId: mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']), authorId: by.practitioners[0] ?? null,
    }),
    category: codeOf(resource.category) ?? wordsOf(resource.category), value: [whole.value, joined].filter(Boolean).join('; ') || null,
    unit: joined ? null : whole.unit, effective_at: effective,
  }, mapping.source('Observation', effective ?? recordedAt, { people: by.practitioners, organizations: by.organizations, words: valuesSaid(resource, components) }), cites);
}
