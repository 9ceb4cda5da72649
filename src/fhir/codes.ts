import type { CodingInput } from '../labelling/labels';
import { list, object, text, texts, type Json } from './json';

export interface CodeColumns { code_system: string | null; code: string | null; code_display: string | null }

const asCoding = (coding: Json): CodingInput => ({ system: text(coding.system), code: text(coding.code), display: text(coding.display) });

/** The codings of a CodeableConcept (of each, where it repeats); a bare code of older versions is one without a system. */
export function codingsOf(concept: unknown): CodingInput[] {
  if (typeof concept === 'string') return [{ system: null, code: text(concept), display: null }];
  return list(concept).flatMap((each) => (each.coding ? list(each.coding).map(asCoding) : each.code ? [asCoding(each)] : []));
}

/** The coding that stands for a concept: the first with a display, else the first; its display falls back to the text. */
export function chosenCoding(concept: unknown): CodingInput {
  const codings = codingsOf(Array.isArray(concept) ? concept.slice(0, 1) : concept);
  const chosen = codings.find((each) => each.code && each.display) ?? codings[0] ?? { system: null, code: null, display: null };
  return { ...chosen, display: chosen.display ?? text(object(concept)?.text) };
}

export function codeColumns(concept: unknown): CodeColumns {
  const chosen = chosenCoding(concept);
  return { code_system: chosen.system, code: chosen.code, code_display: chosen.display };
}

/** A concept in words: its text, else the display or code of its first coding. */
export function wordsOf(concept: unknown): string | null {
  if (typeof concept === 'string') return text(concept);
  const only = object(concept);
  if (!only) return null;
  const chosen = chosenCoding(only);
  return text(only.text) ?? chosen.display ?? chosen.code;
}
export const codeOf = (concept: unknown): string | null => codingsOf(concept)[0]?.code ?? (typeof concept === 'string' ? text(concept) : null);
export const hasCode = (concept: unknown, code: string): boolean => codingsOf(concept).some((each) => each.code === code);

/**
 * Elements that tell of people, places, money and the file itself, not of what the record reveals. Everything else of a resource is
 * shown to the labelling service, known to us or not, so that a new element of a new generation cannot slip past it.
 */
const NOT_REVEALING = new Set([
  'resourceType', 'id', 'meta', 'identifier', 'subject', 'patient', 'beneficiary', 'performer', 'author', 'custodian', 'recorder', 'asserter', 'requester', 'participant', 'provider', 'insurer',
  'insurance', 'payor', 'payee', 'facility', 'location', 'serviceProvider', 'managingOrganization', 'careTeam', 'encounter', 'priority', 'adjudication', 'net', 'unitPrice', 'quantity',
  'valueQuantity', 'referenceRange', 'timing', 'doseAndRate', 'locationCodeableConcept', 'clinicalStatus', 'verificationStatus', 'status', 'intent', 'period', 'class', 'url', 'attachment',
  'presentedForm', 'payment', 'total', 'billablePeriod', 'contained', 'source', 'claim', 'fullUrl', 'reference', 'div',
]);
/** Elements whose text is said in words. */
const IN_WORDS = new Set([
  'text', 'display', 'description', 'conclusion', 'title', 'valueString', 'name', 'detail', 'comment', 'patientInstruction', 'additionalInstruction', 'note', 'instruction', 'summary', 'indication', 'notDone',
  'valueMarkdown', 'reasonString', 'progress',
]);

/** Every coding and every word of a resource, each once. */
export function revealing(resource: Json): { codings: CodingInput[]; words: string[] } {
  const codings = new Map<string, CodingInput>();
  const words = new Set<string>();
  for (const element in resource) if (element !== 'text' && !NOT_REVEALING.has(element)) collect(element, resource[element], codings, words);
  return { codings: [...codings.values()], words: [...words] };
}

function collect(element: string, value: unknown, codings: Map<string, CodingInput>, words: Set<string>): void {
  if (typeof value === 'string') {
    if (IN_WORDS.has(element)) for (const each of texts(value)) words.add(each);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const each of value) collect(element, each, codings, words);
    return;
  }
  const json = value as Json;
  if (typeof json.code === 'string') {
    const coding = asCoding(json);
    codings.set(`${coding.system}|${coding.code}|${coding.display}`, coding);
    return;
  }
  for (const each in json) if (!NOT_REVEALING.has(each)) collect(each, json[each], codings, words);
}
