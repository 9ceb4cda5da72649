import { medicationIngredients } from '../../labelling/medication-ingredients';
import { codingsOf, wordsOf } from '../codes';
import { startOf } from '../dates';
import { first, list, object, text, type Json } from '../json';
import type { Mapping } from '../mapping';

/** The drug of an order: in the order itself, in a contained resource, or in a resource of its own. */
function drugOf(mapping: Mapping): { code: unknown; also: Json[] } {
  const { resource } = mapping;
  const given = first(resource, 'medicationCodeableConcept', 'medication');
  if (object(given) && !object(given)?.reference) return { code: given, also: [] };
  const target = mapping.find(first(resource, 'medicationReference', 'medication'), ['Medication'], 'medicationReference');
  if (!target?.resource) {
    const display = text(object(resource.medicationReference)?.display);
    return { code: display ? { text: display } : null, also: [] };
  }
  return { code: target.resource.code, also: [target.resource] };
}

const dosageOf = (resource: Json): string | null => {
  const said = list(first(resource, 'dosageInstruction', 'dosage')).flatMap((each) => text(each.text) ?? wordsOf(each.additionalInstruction) ?? []);
  return said.join('; ') || null;
};

/** Names of the drug in every spelling that the file gives: its ingredients are found in them. */
const namesOf = (code: unknown): string[] => [...codingsOf(code).flatMap((each) => each.display ?? []), ...list(code).flatMap((each) => text(each.text) ?? [])];

export function mapMedication(mapping: Mapping): void {
  const { resource } = mapping;
  if (!mapping.member(first(resource, 'subject', 'patient'), 'subject')) return;
  const drug = drugOf(mapping);
  const names = [...namesOf(drug.code), ...drug.also.flatMap((each) => list(each.ingredient).flatMap((one) => namesOf(one.itemCodeableConcept)))];
  const bounds = list(first(resource, 'dosageInstruction', 'dosage')).map((each) => object(object(object(each.timing)?.repeat)?.boundsPeriod)).find(Boolean);
  const effective = object(resource.effectivePeriod);
  const recordedAt = startOf(first(resource, 'authoredOn', 'dateAsserted', 'dateWritten'));
  const started = startOf(effective?.start) ?? startOf(resource.effectiveDateTime) ?? startOf(bounds?.start) ?? recordedAt;
  const requester = object(resource.requester);
  const by = mapping.people([requester?.agent ?? requester, resource.recorder, resource.informationSource].filter(Boolean), 'requester');
  const prescriber = by.practitioners[0] ?? null;
  const cites = [...mapping.cited(resource.reasonReference, 'reasonReference'), ...mapping.cited(resource.basedOn, 'basedOn')];
  const ingredients = medicationIngredients(names, [drug.code, ...drug.also.flatMap((each) => list(each.ingredient).map((one) => one.itemCodeableConcept))].flatMap(codingsOf));
  mapping.record('Medication', 'medication', {
    ...mapping.common({
      code: drug.code, status: text(resource.status), recordedAt: recordedAt ?? started, date: started,
      encounterId: mapping.encounter([resource.encounter, 'encounter'], [resource.context, 'context']), authorId: prescriber,
    }),
    dosage: dosageOf(resource), prescriber_id: mapping.type === 'MedicationRequest' ? prescriber : null, started_at: started,
    ended_at: startOf(effective?.end) ?? startOf(bounds?.end), ingredients: JSON.stringify(ingredients),
  }, mapping.source('Medication', started, { people: by.practitioners, organizations: by.organizations, also: drug.also, words: names }), cites);
}
